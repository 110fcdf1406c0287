/** A sketch as features see it: solved, with its plane. Plain data, so that it can be remembered without a shape. */
import type { Evaluated, Sketch, SketchEntity } from '../../../../preload/contract/index.ts';
import type { FeatureOutcome } from '../../../../preload/contract/parts.ts';
import type { Frame } from '../operation.ts';

export interface SketchResult {
  frame: Frame;
  /** With the positions that were found. */
  entities: SketchEntity[];
  solution: NonNullable<FeatureOutcome['sketch']>;
}

export type EvaluatedSketch = Evaluated<Sketch>;
