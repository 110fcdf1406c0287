/** Sand casting in a mould of two halves. Small holes and finished faces are machined afterwards, and are not cast. */
import type { ManufacturingPlan } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { closedVoids } from '../../geometry/voids.ts';
import { type CastBody, planCasting } from '../../plan/casting.ts';
import { RateBook } from '../../plan/rate-book.ts';
import { boresOf } from '../common/bores.ts';
import { applyWallThickness } from '../common/thickness.ts';
import { extentAlong } from '../common/walls.ts';
import { figure } from '../findings.ts';
import { isFinished, middleOf, type Task } from '../process.ts';
import { applyEdges } from './edges.ts';
import { bestPull, type Pull } from './pull.ts';

export function checkCasting(task: Task): ManufacturingPlan {
  const smallest = new RateBook(task.material).figure('casting.smallest-core');
  const bodies = task.shapes.map((shape): CastBody => {
    task.step('Looking for the parting');
    const drilled = boresOf(shape).filter(({ diameter_mm }) => diameter_mm < smallest);
    const machined = new Set(drilled.flatMap(({ faces, hole }) => [...faces, ...(hole?.faces ?? [])]));
    const isCast = (face: number): boolean => !machined.has(face) && !isFinished(task, shape, face);
    const pull = bestPull(shape, isCast, task.options.direction, task.findings.limit('casting.draft'));
    const cores = applyUndercuts(task, shape, pull, isCast);
    applyDraft(task, shape, pull, isCast);
    task.step('Measuring walls');
    applyWallThickness(task, shape, 'casting.wall-thickness', (face) => machined.has(face));
    applyUniformity(task, shape, isCast);
    task.step('Looking at edges');
    applyEdges(task, shape, pull, isCast);
    applyVoids(task, shape);
    return { shape, pull, cores, drilled: drilled.length };
  });
  return planCasting(task, bodies);
}

/** Answers with how many cores it would take. */
function applyUndercuts({ findings }: Task, shape: Shape, pull: Pull, isCast: (face: number) => boolean): number {
  const limit = findings.limit('casting.undercut');
  const waiting = new Set<number>();
  pull.hidden.forEach((share, face) => {
    if (share > limit && isCast(face)) waiting.add(face);
  });
  if (waiting.size === 0) {
    findings.apply('casting.undercut', shape, {
      measured: 0,
      faces: [],
      at_mm: shape.info.mass.centroid_mm,
      say: () => '',
      fix: () => [],
    });
    return 0;
  }
  let cores = 0;
  for (const face of [...waiting]) {
    if (!waiting.delete(face)) continue;
    const group = [face];
    for (const each of group)
      for (const { face: other } of shape.neighbours[each]!) if (waiting.delete(other)) group.push(other);
    cores++;
    const worst = group.reduce((a, b) => (pull.hidden[b]! > pull.hidden[a]! ? b : a));
    findings.apply('casting.undercut', shape, {
      measured: pull.hidden[worst]!,
      faces: [worst, ...group],
      at_mm: middleOf(shape, worst),
      say: () => 'Neither half of the mould comes off these faces: a core or a loose piece has to make them.',
      fix: () => [
        { words: 'Open it along the pull of the mould, or move the parting.' },
        { words: 'Or accept a core; the plan counts one.' },
      ],
    });
  }
  return cores;
}

/** Lower than this a face comes out of the sand as it is. */
const LEAST_HEIGHT_mm = 1;

function applyDraft({ findings }: Task, shape: Shape, pull: Pull, isCast: (face: number) => boolean): void {
  pull.draft_deg.forEach((lean, face) => {
    // What leans by more than this is no wall along the pull.
    if (!isCast(face) || lean > 45 || pull.hidden[face]! > 0.5) return;
    if (extentAlong(shape, new Set([face]), pull.direction) < LEAST_HEIGHT_mm) return;
    // Half a rounding's facet is no draft.
    const measured = lean < 1e-4 ? 0 : lean;
    findings.apply('casting.draft', shape, {
      measured,
      faces: [face],
      at_mm: middleOf(shape, face),
      say: (is, least) => `The face leans by ${is} from the pull of the mould; ${least} lets it come out.`,
      fix: (to) => [
        {
          words: `Give it a draft of ${figure(to)} degrees.`,
          change: { what: 'draft-angle', from: measured, to, unit: 'deg' },
        },
      ],
    });
  });
}

/** The largest ball in the material against the thickness that most walls have. */
function applyUniformity({ findings }: Task, shape: Shape, isCast: (face: number) => boolean): void {
  const walls = shape.samples
    .flatMap(({ face, area_mm2 }, i) => {
      const wall = shape.walls[i];
      return wall && isCast(face) ? [{ distance: wall.distance_mm, area_mm2 }] : [];
    })
    .sort((a, b) => a.distance - b.distance);
  const half = walls.reduce((sum, { area_mm2 }) => sum + area_mm2, 0) / 2;
  let passed = 0;
  const usual = walls.find(({ area_mm2 }) => {
    passed += area_mm2;
    return passed >= half;
  })?.distance;
  if (usual === undefined) return;
  let thickest = -1;
  shape.balls.forEach((ball, i) => {
    if (thickest < 0 || ball > shape.balls[thickest]!) thickest = i;
  });
  const ball = shape.balls[thickest]!;
  const { face, point } = shape.samples[thickest]!;
  findings.apply('casting.uniformity', shape, {
    measured: ball / usual,
    faces: [face],
    at_mm: point,
    say: (measured, most) =>
      `Here a ball of ${figure(ball)} mm fits into the metal, ${measured} times the usual wall of ${figure(usual)} mm: it freezes last and shrinks (${most} is good).`,
    fix: (to) => [
      {
        words: `Hollow it out until the wall is ${figure(to * usual)} mm or less.`,
        change: { what: 'wall-thickness', from: ball, to: to * usual, unit: 'mm' },
      },
    ],
  });
}

function applyVoids({ findings }: Task, shape: Shape): void {
  const voids = closedVoids(shape);
  findings.apply('casting.closed-void', shape, {
    measured: voids.length,
    faces: voids.flat(),
    at_mm: voids[0] ? middleOf(shape, voids[0][0]!) : shape.info.mass.centroid_mm,
    say: () => 'The hollow is closed on all sides: no core can be held in it, or taken out.',
    fix: () => [{ words: 'Give it openings to the outside.' }],
  });
}
