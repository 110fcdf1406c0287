/** Single changes of a design that the models expect to help a requirement most. Predicted, not solved. */
import type { DesignMove } from '../../../preload/contract/index.ts';
import { formatNumber } from '../../document/index.ts';
import { marginOf, type Requirement } from '../requirements/requirement.ts';
import { type Bound, modelsOf, type Observation } from '../search/models.ts';
import type { DesignPoint, DesignSpace } from '../search/space.ts';

const MOVES = 3;
/** A move changes one variable by this share of its range, at most; one that is chosen from a list, to the next choice. */
const STEP = 0.2;

export interface MovesRequest {
  space: DesignSpace;
  observations: readonly Observation[];
  seed: number;
  /** The design that is changed. */
  point: DesignPoint;
  /** Index of the requirement's number, what it asks, and its limits by material. */
  number: number;
  requirement: Pick<Requirement, 'comparison' | 'dimension'>;
  bound: Pick<Bound, 'limits'>;
}

export function helpfulMoves(request: MovesRequest): DesignMove[] {
  const { space, observations, seed, point, number, requirement, bound } = request;
  const models = modelsOf(space, observations, seed);
  const model = models?.numbers[number];
  if (!model) return [];
  const at = space.coordinatesOf(point.values);
  const marginAt = (coordinates: number[]): { margin: number; value: number[] } => {
    const moved = space.pointAt(coordinates, point.material);
    const value = model.value(model.estimate(space.inputOf(moved)).mean);
    return { margin: marginOf(requirement, value, bound.limits[moved.material]!), value: moved.values };
  };
  const now = marginAt(at).margin;
  const moves = space.variables.flatMap((variable, k) =>
    (variable.kind === 'range'
      ? [at[k]! - 2 * STEP, at[k]! + 2 * STEP]
      : space.neighbours(k, point.values[k]!)
    ).flatMap((place) => {
      const moved = [...at];
      moved[k] = Math.min(1, Math.max(-1, place));
      const { margin, value } = marginAt(moved);
      const to = value[k]!;
      if (to === point.values[k] || margin <= now + 1e-3) return [];
      const unit = variable.unit === '1' ? '' : ` ${variable.unit}`;
      return [
        {
          text: `${variable.name} from ${formatNumber(point.values[k]!, 4)}${unit} to ${formatNumber(to, 4)}${unit}`,
          variable: variable.name,
          value: to,
          unit: variable.unit,
          predictedMargin: margin,
        },
      ];
    }),
  );
  return moves.sort((a, b) => b.predictedMargin - a.predictedMargin).slice(0, MOVES);
}
