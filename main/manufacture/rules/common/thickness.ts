/** Rules that most processes have: thin walls, narrow gaps, and how large the part may be. */
import type { Shape } from '../../geometry/shape.ts';
import { figure } from '../findings.ts';
import type { Task } from '../process.ts';
import { isFinished, middleOf } from '../process.ts';
import { thinnest, thinPairs } from './walls.ts';

/** @param leaveOut faces that are not there yet when walls have to hold: drilled afterwards */
export function applyWallThickness(
  task: Task,
  shape: Shape,
  rule: string,
  leaveOut: (face: number) => boolean = () => false,
): void {
  const { findings } = task;
  const limit = findings.limit(rule);
  const thin = thinPairs(shape, shape.walls, limit).filter(
    ({ faces }) => !faces.some((face) => isFinished(task, shape, face) || leaveOut(face)),
  );
  const worst = thinnest(shape, shape.walls);
  // Where nothing is thin the thinnest wall is still worth knowing.
  const places = thin.length > 0 ? thin : worst && worst.distance_mm >= limit ? [worst] : [];
  for (const { faces, distance_mm, at_mm } of places)
    findings.apply(rule, shape, {
      measured: distance_mm,
      faces,
      at_mm,
      say: (measured, least) => `The wall is ${measured} thick; it should be at least ${least}.`,
      fix: (to) => [
        {
          words: `Make the wall ${figure(to)} mm thick.`,
          change: { what: 'wall-thickness', from: distance_mm, to, unit: 'mm' },
        },
      ],
    });
}

export function applyGaps(task: Task, shape: Shape, rule: string): void {
  const { findings } = task;
  const limit = findings.limit(rule);
  const narrow = thinPairs(shape, shape.gaps, limit).filter(({ faces: [a, b] }) => a !== b);
  const worst = thinnest(shape, shape.gaps);
  const places = narrow.length > 0 ? narrow : worst && worst.distance_mm >= limit ? [worst] : [];
  for (const { faces, distance_mm, at_mm } of places)
    findings.apply(rule, shape, {
      measured: distance_mm,
      faces,
      at_mm,
      say: (measured, least) => `The gap is ${measured} wide; below ${least} its sides may grow together.`,
      fix: (to) => [
        { words: `Make the gap ${figure(to)} mm wide.`, change: { what: 'width', from: distance_mm, to, unit: 'mm' } },
      ],
    });
}

/** @param most of the sides of the box count: all three, or only the largest */
export function applySize(task: Task, shape: Shape, rule: string): void {
  const { min, max } = shape.info.box;
  const measured = Math.max(...[0, 1, 2].map((k) => max[k]! - min[k]!));
  task.findings.apply(rule, shape, {
    measured,
    faces: [],
    at_mm: shape.info.mass.centroid_mm,
    say: (size, most) => `The body is ${size} long; at most ${most} fits.`,
    fix: (to) => [
      {
        words: 'Divide the part, or choose a larger machine.',
        change: { what: 'size', from: measured, to, unit: 'mm' },
      },
    ],
  });
}

/** Full outer cylinders that stand free: pins. */
export function applyPins(task: Task, shape: Shape, rule: string): void {
  const { surfaces } = shape;
  surfaces.forEach(({ type, concave, radius_mm, sweep }, face) => {
    if (type !== 'cylinder' || concave || (sweep?.angle_rad ?? 0) < 5.9) return;
    const height = sweep ? sweep.along_mm[1] - sweep.along_mm[0] : 0;
    // A disc is no pin.
    if (height < radius_mm) return;
    task.findings.apply(rule, shape, {
      measured: 2 * radius_mm,
      faces: [face],
      at_mm: middleOf(shape, face),
      say: (measured, least) => `The pin is ${measured} across; it should be at least ${least}.`,
      fix: (to) => [
        {
          words: `Make the pin ${figure(to)} mm across.`,
          change: { what: 'diameter', from: 2 * radius_mm, to, unit: 'mm' },
        },
      ],
    });
  });
}
