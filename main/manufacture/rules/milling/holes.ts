/** Holes that are drilled on a milling machine. */
import type { Shape } from '../../geometry/shape.ts';
import { nearestDrill, STOCK } from '../../plan/stock.ts';
import { type Bore, drilledOf, entryOf, flatBottomOf } from '../common/bores.ts';
import { figure } from '../findings.ts';
import type { Task } from '../process.ts';

/** Wider ones are milled or bored. */
export const LARGEST_DRILL_mm = STOCK.drill.steps_mm.at(-1)!.to;

export function applyHoles(task: Task, shape: Shape, bores: readonly Bore[]): void {
  for (const bore of drilledOf(bores)) {
    applyDepth(task, shape, bore);
    applyDiameter(task, shape, bore);
    if (bore.diameter_mm > LARGEST_DRILL_mm) continue;
    applyStandard(task, shape, bore);
    applyBottom(task, shape, bore);
    applyEntry(task, shape, bore);
  }
}

function applyDepth({ findings }: Task, shape: Shape, { faces, diameter_mm, length_mm, middle_mm }: Bore): void {
  findings.apply('milling.hole-depth', shape, {
    measured: length_mm / diameter_mm,
    faces,
    at_mm: middle_mm,
    say: (measured, most) =>
      `The hole is ${measured} times as deep (${figure(length_mm)} mm) as it is wide (${figure(diameter_mm)} mm); ${most} is the usual limit.`,
    fix: (to) => [
      {
        words: `Make it at most ${figure(to * diameter_mm)} mm deep.`,
        change: { what: 'depth', from: length_mm, to: to * diameter_mm, unit: 'mm' },
      },
      {
        words: `Or at least ${figure(length_mm / to)} mm wide.`,
        change: { what: 'diameter', from: diameter_mm, to: length_mm / to, unit: 'mm' },
      },
    ],
  });
}

function applyDiameter({ findings }: Task, shape: Shape, { faces, diameter_mm, middle_mm }: Bore): void {
  findings.apply('milling.hole-diameter', shape, {
    measured: diameter_mm,
    faces,
    at_mm: middle_mm,
    say: (measured, least) => `The hole is ${measured} wide; drills below ${least} break easily.`,
    fix: (to) => [
      { words: `Make it ${figure(to)} mm wide.`, change: { what: 'diameter', from: diameter_mm, to, unit: 'mm' } },
    ],
  });
}

function applyStandard({ findings }: Task, shape: Shape, { faces, diameter_mm, middle_mm, hole }: Bore): void {
  const drill = nearestDrill(diameter_mm);
  if (drill === null || hole?.type === 'tapered') return;
  findings.apply('milling.hole-standard', shape, {
    measured: Math.abs(diameter_mm - drill),
    faces,
    at_mm: middle_mm,
    say: () => `No common drill is ${Number(diameter_mm.toFixed(3))} mm wide; the nearest is ${drill} mm.`,
    fix: () => [
      { words: `Make it ${drill} mm wide.`, change: { what: 'diameter', from: diameter_mm, to: drill, unit: 'mm' } },
    ],
  });
}

function applyBottom({ findings }: Task, shape: Shape, bore: Bore): void {
  const bottom = flatBottomOf(shape, bore);
  if (bottom === null) return;
  const { faces, diameter_mm, length_mm, middle_mm } = bore;
  findings.apply('milling.hole-flat-bottom', shape, {
    measured: length_mm / diameter_mm,
    faces: [bottom, ...faces],
    at_mm: middle_mm,
    say: (measured) =>
      `The hole ends flat, ${measured} diameters deep: a drill leaves a cone, so a second tool has to go in.`,
    fix: () => [{ words: 'Let it end in a cone of 118 degrees, or go through.' }],
  });
}

function applyEntry({ findings }: Task, shape: Shape, bore: Bore): void {
  if (bore.hole && ['counterbored', 'countersunk', 'tapered'].includes(bore.hole.type)) return;
  const entry = entryOf(shape, bore);
  if (!entry) return;
  const { faces, middle_mm } = bore;
  findings.apply('milling.hole-entry', shape, {
    measured: entry.angle_deg,
    faces: [...faces, entry.face],
    at_mm: middle_mm,
    say: (measured, most) => `The drill meets a face that is ${measured} off square; above ${most} it runs away.`,
    fix: () => [
      { words: 'Give it a spot face square to the hole (a counterbore).' },
      { words: 'Or turn the hole square to the face.' },
    ],
  });
}
