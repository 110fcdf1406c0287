/** Milling on three axes: from every side that is needed, with straight tools. */
import type { ManufacturingPlan } from '../../../../preload/contract/index.ts';
import {
  candidateDirections,
  fewestDirections,
  NEGLIGIBLE,
  type Reach,
  reachOf,
  sharesByFace,
} from '../../geometry/reach.ts';
import type { Shape } from '../../geometry/shape.ts';
import { type MilledBody, planMilling } from '../../plan/milling.ts';
import { boresOf } from '../common/bores.ts';
import { applySize, applyWallThickness } from '../common/thickness.ts';
import { heightOfWall } from '../common/walls.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import { applyCorners, applySlots } from './corners.ts';
import { applyHoles } from './holes.ts';

export function checkMilling(task: Task): ManufacturingPlan {
  const milled = task.shapes.map((shape): MilledBody => {
    task.step('Looking from every side');
    const reach = reachOf(shape, candidateDirections(shape));
    const chosen = fewestDirections(reach, shape);
    const sides = { reach, shares: reach.directions.map((_, bit) => sharesByFace(reach, shape, 1 << bit)) };
    const bores = boresOf(shape);
    task.step('Measuring walls');
    applyWallThickness(task, shape, 'milling.wall-thickness');
    applyRibs(task, shape);
    task.step('Looking at corners and holes');
    applyCorners(task, shape, sides);
    applySlots(task, shape, sides);
    applyHoles(task, shape, bores);
    applyUndercuts(task, shape, reach);
    applySetUps(task, shape, chosen.length);
    applySize(task, shape, 'milling.size');
    return {
      shape,
      directions: chosen.map((bit) => reach.directions[bit]!),
      shares: chosen.map((bit) => sides.shares[bit]!),
      bores,
    };
  });
  return planMilling(task, milled);
}

function applyRibs({ findings }: Task, shape: Shape): void {
  for (const feature of shape.features) {
    if (feature.kind !== 'wall') continue;
    const [a, b] = feature.faces.map((face) => heightOfWall(shape, face));
    // Both sides stand on something: a rib. A plate with something on it is held from below.
    if (a === null || b === null || a === undefined || b === undefined) continue;
    const height = Math.min(a, b);
    const { thickness_mm, faces } = feature;
    findings.apply('milling.thin-rib', shape, {
      measured: height / thickness_mm,
      faces,
      at_mm: middleOf(shape, faces[0]!),
      say: (measured, most) =>
        `The wall is ${measured} times as high (${figure(height)} mm) as it is thick (${figure(thickness_mm)} mm); above ${most} it gives way to the cutter.`,
      fix: (to) => [
        {
          words: `Make it at least ${figure(height / to)} mm thick.`,
          change: { what: 'wall-thickness', from: thickness_mm, to: height / to, unit: 'mm' },
        },
        {
          words: `Or at most ${figure(thickness_mm * to)} mm high.`,
          change: { what: 'height', from: height, to: thickness_mm * to, unit: 'mm' },
        },
      ],
    });
  }
}

/** Neighbouring faces that no straight tool reaches are one undercut. */
function applyUndercuts({ findings }: Task, shape: Shape, reach: Reach): void {
  const reached = sharesByFace(reach, shape, 0xffffffff);
  const waiting = new Set<number>();
  let worst = 0;
  reached.forEach((share, face) => {
    if (1 - share > NEGLIGIBLE) waiting.add(face);
    if (1 - share > 1 - reached[worst]!) worst = face;
  });
  const tell = (faces: number[]): void => {
    const first = faces.reduce((best, face) => (reached[face]! < reached[best]! ? face : best));
    findings.apply('milling.undercut', shape, {
      measured: 1 - reached[first]!,
      faces: [first, ...faces],
      at_mm: middleOf(shape, first),
      say: (measured) =>
        `No straight tool reaches ${measured === '1' ? 'these faces' : 'all of these faces'} from any side.`,
      fix: () => [
        { words: 'Open it towards one side, or divide the part there.' },
        { words: 'Or allow a T-slot or lollipop cutter, and leave room for its neck.' },
      ],
    });
  };
  if (waiting.size === 0) {
    if (reached.length > 0) tell([worst]);
    return;
  }
  for (const face of [...waiting]) {
    if (!waiting.delete(face)) continue;
    const group = [face];
    for (const each of group)
      for (const { face: other } of shape.neighbours[each]!) if (waiting.delete(other)) group.push(other);
    tell(group);
  }
}

function applySetUps({ findings }: Task, shape: Shape, count: number): void {
  findings.apply('milling.set-ups', shape, {
    measured: count,
    faces: [],
    at_mm: shape.info.mass.centroid_mm,
    say: (measured, most) =>
      `The part has to be clamped ${measured} times to reach all of it; up to ${most} is common.`,
    fix: () => [{ words: 'Turn holes and pockets to the same few sides.' }],
  });
}
