/** The line that values are plotted along: two places of the shown part, and the numbers found between them. */
import { create } from 'zustand';
import type { Vector3 } from '../../preload/contract/index.ts';

export interface PathSample {
  /** From the first place, mm. */
  distance_mm: number;
  at_mm: Vector3;
  /** Off the part there are none. */
  inside: boolean;
  values: Record<string, number>;
}

export interface PathState {
  /** Part space: none, the first, or both. */
  points_mm: Vector3[];
  samples: PathSample[];
  /** What the samples are of. */
  of: { inputHash: string; frame: number } | null;
  /** Where the chart is pointed at. */
  marked_mm: Vector3 | null;
}
export const usePath = create<PathState>(() => ({ points_mm: [], samples: [], of: null, marked_mm: null }));
export const clearPath = (): void => usePath.setState({ points_mm: [], samples: [], of: null, marked_mm: null });

/** A further click: the second end, or a new beginning. */
export function addPathPoint(at: Vector3): void {
  usePath.setState(({ points_mm }) => ({
    points_mm: points_mm.length === 1 ? [...points_mm, at] : [at],
    samples: [],
    of: null,
    marked_mm: null,
  }));
}

/** Evenly spaced places from one end to the other. */
export function pathPlaces([from, to]: readonly [Vector3, Vector3], count: number): Vector3[] {
  return Array.from(
    { length: count },
    (_, i): Vector3 => [0, 1, 2].map((k) => from[k]! + ((to[k]! - from[k]!) * i) / (count - 1)) as Vector3,
  );
}
