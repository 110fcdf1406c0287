/** What is to be drawn: the sketch as it is, and what the pointer and the tool in hand add to it. */
import type { SketchConstraint } from '../../../preload/contract/index.ts';
import type { Theme } from '../../viewport/api.ts';
import type { Diagnosis } from '../session/state.ts';
import type { Dimension } from '../solving/evaluate.ts';
import type { Point2 } from './frame.ts';
import type { LiveGeometry } from './geometry.ts';
import type { GlyphPlan } from './glyphs.ts';
import type { Projection } from './projection.ts';

export interface DimensionText {
  dimension: Dimension;
  text: string;
}

export interface Picture {
  width: number;
  height: number;
  ratio: number;
  theme: Theme;
  view: Projection;
  geometry: LiveGeometry;
  constraints: readonly SketchConstraint[];
  dimensions: readonly DimensionText[];
  glyphs: GlyphPlan | null;
  diagnosis: Diagnosis | null;
  /** Entities that a conflicting, and that a redundant constraint is about. */
  conflicted: ReadonlySet<string>;
  redundant: ReadonlySet<string>;
  /** Dimensions and entities with an expression that cannot be evaluated. */
  broken: ReadonlySet<string>;
  selection: ReadonlySet<string>;
  hovered: string | null;
  /** Outlines of closed regions, each ring a polygon; none while something moves. */
  regions: readonly (readonly Point2[])[][];
  openEnds: readonly Point2[];
  /** What the tool in hand is about to make. */
  preview: LiveGeometry | null;
  previewDimension: DimensionText | null;
  /** Where the pointer snapped to, and why. */
  snap: { at: Point2; words: string | null } | null;
  /** Lines that something is in line with. */
  guides: readonly [Point2, Point2][];
  /** The rectangle being dragged, CSS pixels. */
  box: { x0: number; y0: number; x1: number; y1: number } | null;
  /** The dimension whose text is covered by a field. */
  editing: string | null;
}

/** What can be hit besides curves and points. */
export interface Hits {
  glyphs: { id: string; x: number; y: number }[];
  labels: { id: string; x: number; y: number; width: number }[];
}
