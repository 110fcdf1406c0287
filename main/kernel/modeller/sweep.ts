/** How far a face goes round its axis, and from where to where along it, from points of its surface. */
import type { FaceInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { cross, dot, length, scale, subtract, unit } from './vectors.ts';

type Axis = NonNullable<FaceInfo['axis']>;
type Sweep = NonNullable<FaceInfo['sweep']>;

/** Every row of points at one value of the second parameter; within a row no two neighbours are half a turn apart. */
export type PointGrid = readonly (readonly Vector3[])[];

export function sweepOf(axis: Axis, grid: PointGrid): Sweep | undefined {
  const columns = grid[0]?.map((_, i) => grid.map((row) => row[i]!)) ?? [];
  // One of the two parameters goes round; which one is for the surface to choose.
  const turns = [...grid, ...columns].map((line) => turnOf(axis, line)).filter((turn) => turn !== undefined);
  const longest = turns.reduce<Turn | undefined>(
    (best, turn) => (best && Math.abs(best.angle) >= Math.abs(turn.angle) ? best : turn),
    undefined,
  );
  if (!longest) return undefined;
  const along = grid.flat().map((point) => dot(subtract(point, axis.origin_mm), axis.direction));
  return {
    start: longest.angle < 0 ? longest.to : longest.from,
    angle_rad: Math.min(Math.abs(longest.angle), 2 * Math.PI),
    along_mm: [Math.min(...along), Math.max(...along)],
  };
}

interface Turn {
  from: Vector3;
  to: Vector3;
  /** Signed, right-handed about the axis. */
  angle: number;
}

function turnOf({ origin_mm, direction }: Axis, line: readonly Vector3[]): Turn | undefined {
  const radials: Vector3[] = [];
  for (const point of line) {
    const from = subtract(point, origin_mm);
    const across = subtract(from, scale(direction, dot(from, direction)));
    // A point on the axis itself (the tip of a cone) looks nowhere.
    const radial = length(across) > 1e-9 * (1 + length(from)) ? unit(across) : undefined;
    if (!radial) return undefined;
    radials.push(radial);
  }
  let angle = 0;
  for (let i = 1; i < radials.length; i++) {
    const [a, b] = [radials[i - 1]!, radials[i]!];
    angle += Math.atan2(dot(cross(a, b), direction), dot(a, b));
  }
  return { from: radials[0]!, to: radials.at(-1)!, angle };
}
