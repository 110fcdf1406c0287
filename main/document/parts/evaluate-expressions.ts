/** Replaces every expression of a feature by its value: `{ length: 'wall * 2' }` by a number in mm, an angle by one in rad. */
import { ArtificerError, type ErrorData, toErrorData } from '../../../preload/contract/errors.ts';
import type { Evaluated, VariableDimension } from '../../../preload/contract/sketches.ts';
import { namesIn } from '../expression-names.ts';
import { refuse } from '../refuse.ts';
import { type EvaluatedVariables, evaluateAs, type VariableTable } from './variables.ts';

const DIMENSION_KEYS: readonly VariableDimension[] = ['length', 'angle', 'number'];

export type ExpressionVariables = Pick<EvaluatedVariables, 'table' | 'failures'>;
export const NO_VARIABLES: ExpressionVariables = { table: {}, failures: new Map() };

/** The expression in this piece of data, if it is one. */
export function expressionOf(data: object): { dimension: VariableDimension; text: string } | null {
  const keys = Object.keys(data);
  if (keys.length !== 1) return null;
  const dimension = DIMENSION_KEYS.find((each) => each === keys[0]);
  const text = dimension && (data as Record<string, unknown>)[dimension];
  return dimension && typeof text === 'string' ? { dimension, text } : null;
}

export interface FieldFailure {
  /** `extent.distance`, `constraints.width.value`: list items by their id where they have one. */
  field: string;
  error: ErrorData;
}

/** The same data with numbers for expressions; what fails is NaN there and told of. */
export function evaluateWhatCanBe<T>(
  data: T,
  variables: ExpressionVariables,
): { data: Evaluated<T>; failures: FieldFailure[] } {
  const failures: FieldFailure[] = [];
  const walk = (value: unknown, path: string): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value))
      return value.map((each, index) => walk(each, `${path}${path && '.'}${nameOfItem(each, index)}`));
    const expression = expressionOf(value);
    if (expression)
      try {
        return numberOf(expression.text, expression.dimension, variables);
      } catch (thrown) {
        failures.push({ field: path, error: toErrorData(thrown) });
        return Number.NaN;
      }
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, walk(each, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return { data: walk(data, '') as Evaluated<T>, failures };
}

/**
 * The same for a feature of a name.
 * @throws ArtificerError `feature.expression`, naming the feature and the field
 */
export function evaluateExpressions<T>(
  feature: T,
  variables: ExpressionVariables,
  about: { id?: string; name: string },
): Evaluated<T> {
  const { data, failures } = evaluateWhatCanBe(feature, variables);
  if (failures.length > 0) throw new ArtificerError(expressionError(failures, about));
  return data;
}

/** One error for all that failed in a feature. */
export function expressionError(failures: readonly FieldFailure[], about: { id?: string; name: string }): ErrorData {
  const [first] = failures as [FieldFailure];
  const more = failures.length - 1;
  return refuse('feature.expression', `${about.name}: ${first.error.message}`, {
    cause: `field ${first.field}${more > 0 ? ` and ${more} more` : ''}`,
    ...(first.error.hint ? { hint: first.error.hint } : {}),
    ...(about.id === undefined ? {} : { recordId: about.id }),
    details: { fields: failures.map(({ field, error }) => ({ field, code: error.code, message: error.message })) },
  }).data;
}

const nameOfItem = (item: unknown, index: number): string => {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : String(index);
};

function numberOf(text: string, dimension: VariableDimension, { table, failures }: ExpressionVariables): number {
  // "There is no unit or variable called wall" would mislead where it is there but has no value.
  for (const name of namesIn(text)) {
    const failure = Object.hasOwn(table, name) ? undefined : failures.get(name);
    if (failure)
      throw refuse('variable.needs-failed', `The variable "${name}" has no value.`, {
        cause: failure.message,
        hint: `Correct "${name}" first.`,
      });
  }
  return evaluateAs(text, dimension, table as VariableTable);
}

/** Every expression in any data. */
export function expressionsIn(data: unknown): string[] {
  if (data === null || typeof data !== 'object') return [];
  if (Array.isArray(data)) return data.flatMap(expressionsIn);
  const expression = expressionOf(data);
  return expression ? [expression.text] : Object.values(data).flatMap(expressionsIn);
}

/** The same data with other texts in its expressions; the same object where none changed. */
export function withExpressions<T>(data: T, change: (text: string) => string): T {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) {
    const items = data.map((each) => withExpressions(each, change));
    return items.some((each, index) => each !== data[index]) ? (items as T) : data;
  }
  const expression = expressionOf(data);
  if (expression) {
    const text = change(expression.text);
    return text === expression.text ? data : ({ [expression.dimension]: text } as T);
  }
  const entries = Object.entries(data).map(([key, each]) => [key, withExpressions(each, change)] as const);
  return entries.some(([key, each]) => each !== (data as Record<string, unknown>)[key])
    ? (Object.fromEntries(entries) as T)
    : data;
}
