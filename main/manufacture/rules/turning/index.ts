/** Turning from bar, with what is off the axis milled by driven tools. */
import { ArtificerError, type ManufacturingPlan } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { planTurning, type TurnedBody } from '../../plan/turning.ts';
import { boresOf } from '../common/bores.ts';
import { applyWallThickness } from '../common/thickness.ts';
import { figure } from '../findings.ts';
import type { Task } from '../process.ts';
import { type Turned, turnedAbout } from './axis.ts';
import { applyBores } from './bores.ts';
import { applyCorners, applyGrooves, applyRecesses } from './profile.ts';

export function checkTurning(task: Task): ManufacturingPlan {
  const bodies = task.shapes.map((shape, index): TurnedBody => {
    task.step('Looking for the axis');
    const turned = turnedAbout(shape, task.options.direction);
    if (!turned)
      throw new ArtificerError({
        code: 'manufacture.not-turned',
        category: 'refused',
        // By its number: the name of a body can be the key of the feature that made it, which tells a person nothing.
        message: `${task.shapes.length === 1 ? 'The body' : `Body ${index + 1}`} has no face of revolution: there is nothing to turn.`,
        hint: 'Check it for milling, or for another process.',
      });
    const bores = boresOf(shape);
    const asides = asideGroups(shape, turned);
    applyShape(task, shape, turned, asides, new Set(bores.flatMap(({ faces }) => faces)));
    task.step('Measuring walls');
    applyWallThickness(task, shape, 'turning.wall-thickness');
    task.step('Looking along the axis');
    applySlenderness(task, shape, turned);
    applyBores(task, shape, turned, bores);
    applyCorners(task, shape, turned, bores);
    applyGrooves(task, shape, turned);
    applyRecesses(task, shape, turned);
    applyDiameter(task, shape, turned);
    return { shape, turned, asides };
  });
  return planTurning(task, bodies);
}

/** Faces that are not of revolution, by what hangs together. */
function asideGroups(shape: Shape, { round }: Turned): number[][] {
  const waiting = new Set(round.flatMap((each, face) => (each ? [] : [face])));
  const groups: number[][] = [];
  for (const face of [...waiting]) {
    if (!waiting.delete(face)) continue;
    const group = [face];
    for (const each of group)
      for (const { face: other } of shape.neighbours[each]!) if (waiting.delete(other)) group.push(other);
    groups.push(group);
  }
  return groups;
}

function applyShape(
  { findings }: Task,
  shape: Shape,
  turned: Turned,
  asides: readonly number[][],
  inBores: ReadonlySet<number>,
): void {
  const { faces, mass } = shape.info;
  const sum = (wanted: (face: number) => boolean): number =>
    faces.reduce((total, { area_mm2 }, face) => total + (!turned.square[face] && wanted(face) ? area_mm2 : 0), 0);
  const round = sum((face) => turned.round[face]!);
  // Holes beside the axis are drilled; it is the outside and the inside that have to be round.
  const other = sum((face) => !turned.round[face] && !inBores.has(face));
  const aside = asides.flat();
  findings.apply('turning.not-round', shape, {
    measured: round / (round + other),
    faces: aside,
    at_mm: mass.centroid_mm,
    say: (measured) => `Only ${figure(100 * Number(measured))} % of the outside and inside is round about one axis.`,
    fix: () => [{ words: 'Mill it instead, or make its outside round.' }],
  });
  findings.apply('turning.off-axis', shape, {
    measured: asides.length,
    faces: aside,
    at_mm: aside[0] === undefined ? mass.centroid_mm : faces[aside[0]]!.centroid_mm,
    say: (measured) =>
      `${measured === '1' ? 'One feature is' : `${measured} features are`} off the axis: driven tools or a second machine make ${measured === '1' ? 'it' : 'them'}.`,
    fix: () => [{ words: 'Leave out flats, cross holes and eccentric holes where the part works without them.' }],
  });
}

function applySlenderness({ findings }: Task, shape: Shape, turned: Turned): void {
  const outer = shape.surfaces.flatMap(({ type, concave, radius_mm, sweep }, face) =>
    type === 'cylinder' && !concave && turned.round[face] && sweep
      ? [{ length: sweep.along_mm[1] - sweep.along_mm[0], diameter: 2 * radius_mm, face }]
      : [],
  );
  const along = outer.reduce((sum, each) => sum + each.length, 0);
  const diameter =
    along > 0 ? outer.reduce((sum, each) => sum + each.length * each.diameter, 0) / along : 2 * turned.radius_mm;
  const whole = turned.to_mm - turned.from_mm;
  findings.apply('turning.slenderness', shape, {
    measured: whole / diameter,
    faces: outer.map(({ face }) => face),
    at_mm: shape.info.mass.centroid_mm,
    say: (measured, most) =>
      `The shaft is ${measured} times as long as it is thick; above ${most} it bends away from the tool.`,
    fix: (to) => [
      {
        words: `Make it about ${figure(whole / to)} mm thick.`,
        change: { what: 'diameter', from: diameter, to: whole / to, unit: 'mm' },
      },
      {
        words: `Or at most ${figure(diameter * to)} mm long.`,
        change: { what: 'length', from: whole, to: diameter * to, unit: 'mm' },
      },
    ],
  });
}

function applyDiameter({ findings }: Task, shape: Shape, { radius_mm }: Turned): void {
  findings.apply('turning.diameter', shape, {
    measured: 2 * radius_mm,
    faces: [],
    at_mm: shape.info.mass.centroid_mm,
    say: (measured, most) => `The part is ${measured} across; the lathe takes ${most}.`,
    fix: (to) => [
      {
        words: 'Choose a larger lathe, or divide the part.',
        change: { what: 'size', from: 2 * radius_mm, to, unit: 'mm' },
      },
    ],
  });
}
