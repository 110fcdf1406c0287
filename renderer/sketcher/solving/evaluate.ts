/** Dimensions with their expressions replaced by values. Pure. */
import { parseQuantity, type Variables } from '../../../main/document/index.ts';
import type { SolvableSketch } from '../../../main/sketch/index.ts';
import { type Sketch, type SketchConstraint, toErrorData } from '../../../preload/contract/index.ts';

export type Dimension = Extract<SketchConstraint, { value: unknown }>;
export const isDimension = (constraint: SketchConstraint): constraint is Dimension => 'value' in constraint;
export const isAngle = (dimension: Dimension): dimension is Extract<Dimension, { kind: 'angle' }> =>
  dimension.kind === 'angle';
export const textOf = (dimension: Dimension): string =>
  isAngle(dimension) ? dimension.value.angle : dimension.value.length;
export const withText = (dimension: Dimension, text: string): Dimension =>
  isAngle(dimension)
    ? { ...dimension, value: { angle: text } }
    : ({ ...dimension, value: { length: text } } as Dimension);

/** mm or rad. A bare number means mm, or degrees. @throws ArtificerError `expression.*`, `units.*` */
export const evaluateText = (text: string, angle: boolean, variables: Variables): number =>
  parseQuantity(text, angle ? 'angle' : 'length', { defaultUnit: angle ? 'deg' : 'mm', variables });

export interface EvaluatedSketch {
  sketch: SolvableSketch;
  values: Record<string, number>;
  /** Why a dimension cannot be evaluated: it is left out of the sketch that is solved. */
  errors: Record<string, string>;
}

export function evaluateSketch(
  sketch: Pick<Sketch, 'entities' | 'constraints'>,
  variables: Variables,
): EvaluatedSketch {
  const values: Record<string, number> = {};
  const errors: Record<string, string> = {};
  const constraints: SolvableSketch['constraints'] = [];
  for (const constraint of sketch.constraints) {
    if (!isDimension(constraint)) {
      constraints.push(constraint);
      continue;
    }
    try {
      // What a reference dimension was told does not matter: it is measured.
      const value = constraint.reference ? 1 : evaluateText(textOf(constraint), isAngle(constraint), variables);
      if (!constraint.reference) values[constraint.id] = value;
      constraints.push({ ...constraint, value } as SolvableSketch['constraints'][number]);
    } catch (error) {
      const { message, hint } = toErrorData(error);
      errors[constraint.id] = hint ? `${message} ${hint}` : message;
    }
  }
  return { sketch: { entities: [...sketch.entities], constraints }, values, errors };
}
