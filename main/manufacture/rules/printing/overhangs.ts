/** Overhangs, bridges and lying channels, face by face. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { dot } from '../../geometry/vectors.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import type { Build, Hanging } from './build.ts';

/** What is this far from upright is a ceiling that lines can be drawn across. */
const CEILING_deg = 75;

export function applyOverhangs(task: Task, shape: Shape, build: Build, process: string, bridge_mm: number): void {
  const byFace = new Map<number, Hanging[]>();
  for (const each of build.hanging) byFace.set(each.sample.face, [...(byFace.get(each.sample.face) ?? []), each]);
  for (const [face, all] of byFace) {
    const [bridges, open] = [all.filter(isCarried), all.filter((each) => !isCarried(each))];
    const area = (list: readonly Hanging[]): number => list.reduce((sum, { sample }) => sum + sample.area_mm2, 0);
    const isCeiling = (list: readonly Hanging[]): boolean => list.some(({ angle_deg }) => angle_deg > CEILING_deg);
    if (bridges.length > 0 && area(bridges) >= area(open)) {
      const longest = bridges.reduce((a, b) => (b.span_mm! > a.span_mm! ? b : a));
      if (isCeiling(bridges) || longest.span_mm! <= bridge_mm) applyBridge(task, shape, face, longest, process);
      else applyOverhang(task, shape, face, steepest(bridges), process);
    } else if (open.length > 0) applyOverhang(task, shape, face, steepest(open), process);
  }
  if (byFace.size > 0) return;
  task.findings.apply(`${process}.overhang`, shape, {
    measured: 0,
    faces: [],
    at_mm: shape.info.mass.centroid_mm,
    say: () => '',
    fix: () => [],
  });
}

const isCarried = ({ span_mm }: Hanging): boolean => span_mm !== null;
const steepest = (list: readonly Hanging[]): Hanging => list.reduce((a, b) => (b.angle_deg > a.angle_deg ? b : a));

function applyBridge(
  { findings }: Task,
  shape: Shape,
  face: number,
  { span_mm, sample }: Hanging,
  process: string,
): void {
  findings.apply(`${process}.bridge`, shape, {
    measured: span_mm!,
    faces: [face],
    at_mm: sample.point,
    say: (measured, most) => `The ceiling spans ${measured} between its supports; up to ${most} holds without support.`,
    fix: (to) => [
      {
        words: `Shorten it to ${figure(to)} mm, or vault it at 45 degrees.`,
        change: { what: 'width', from: span_mm!, to, unit: 'mm' },
      },
    ],
  });
}

function applyOverhang(
  { findings }: Task,
  shape: Shape,
  face: number,
  { angle_deg, sample }: Hanging,
  process: string,
): void {
  findings.apply(`${process}.overhang`, shape, {
    measured: angle_deg,
    faces: [face],
    at_mm: sample.point,
    say: (measured, most) => `The face hangs over by ${measured} from upright; above ${most} it has to be supported.`,
    fix: (to) => [
      {
        words: `Slope it to ${figure(to)} degrees, for instance with a chamfer below.`,
        change: { what: 'slope-angle', from: angle_deg, to, unit: 'deg' },
      },
      { words: 'Or print it another way up.' },
    ],
  });
}

/** Round holes across the build direction: their crown is an overhang that shrinks to nothing at the top. */
export const isLying = ({ surfaces }: Shape, face: number, up: Vector3): boolean => {
  const { type, concave, axis } = surfaces[face]!;
  return type === 'cylinder' && concave && axis !== undefined && Math.abs(dot(axis.direction, up)) < 0.7;
};

export function applyChannels({ findings }: Task, shape: Shape, up: Vector3, rule: string): void {
  shape.surfaces.forEach(({ radius_mm, sweep }, face) => {
    // A rounding at the foot of a wall is no channel.
    if (!isLying(shape, face, up) || (sweep?.angle_rad ?? 0) < Math.PI - 0.1) return;
    findings.apply(rule, shape, {
      measured: 2 * radius_mm,
      faces: [face],
      at_mm: middleOf(shape, face),
      say: (measured, most) =>
        `The hole lies across the build direction and is ${measured} wide; up to ${most} its crown holds.`,
      fix: (to) => [
        {
          words: `Make it a teardrop or a diamond, or at most ${figure(to)} mm wide.`,
          change: { what: 'diameter', from: 2 * radius_mm, to, unit: 'mm' },
        },
      ],
    });
  });
}
