/** What the window and the solver's worker say to each other. */

import type { Solution, SolvableSketch } from '../../../main/sketch/index.ts';
import type { ErrorData, SketchEntity } from '../../../preload/contract/index.ts';

export type Ask =
  | { kind: 'load'; wasm: string }
  | { kind: 'solve'; id: number; sketch: SolvableSketch }
  | { kind: 'begin'; id: number; sketch: SolvableSketch }
  /** Several points move by the same amount: the ends of a line that is dragged. */
  | { kind: 'drag'; id: number; targets: { id: string; to: [number, number] }[] }
  | { kind: 'end'; id: number }
  | { kind: 'regions'; id: number; entities: SketchEntity[] };

export type Answer =
  | { kind: 'solution'; id: number; solution: Solution }
  | {
      kind: 'moved';
      id: number;
      solved: boolean;
      points: [string, readonly [number, number]][];
      radii_mm: [string, number][];
      milliseconds: number;
    }
  | { kind: 'ended'; id: number; entities: Solution['entities'] }
  | { kind: 'outlines'; id: number; outlines: Outlines }
  | { kind: 'failed'; id: number; error: ErrorData };

type Point = readonly [number, number];
/** Closed regions to be shaded, and the places where an outline does not close. */
export interface Outlines {
  /** Rings of points: the outer boundary, then the holes. */
  regions: Point[][][];
  openEnds: Point[];
}
