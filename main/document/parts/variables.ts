/**
 * Variables of a part: those of the whole project, its own, those that its script declares (which a record of the same
 * name overrides), with the expressions of the configuration that is shown. All are evaluated in the order in which they
 * need each other; what cannot be evaluated says why on the variable itself.
 */
import { ArtificerError, type ErrorData, toErrorData } from '../../../preload/contract/errors.ts';
import type { VariableValue } from '../../../preload/contract/parts.ts';
import type { ConfigurationRecord, VariableRecord } from '../../../preload/contract/records.ts';
import type { VariableDimension } from '../../../preload/contract/sketches.ts';
import { namesIn } from '../expression-names.ts';
import { evaluate, isFunctionName, type Quantity, quantity } from '../expressions.ts';
import { listInWords, refuse } from '../refuse.ts';
import { unitNamed } from '../unit-table.ts';
import { formatQuantity, parseQuantity } from '../units.ts';
import type { PartDefinition } from './definition.ts';

/** A variable that a script declares. */
export interface DeclaredVariable {
  name: string;
  dimension: VariableDimension;
  expression: string;
  minimum?: string | undefined;
  maximum?: string | undefined;
  note?: string | undefined;
}

/** By name, as expressions take them. */
export type VariableTable = Readonly<Record<string, Quantity>>;

export interface EvaluatedVariables {
  values: VariableValue[];
  /** Those that have a value. */
  table: VariableTable;
  /** Why the others have none, by name: the message of an expression that uses one. */
  failures: ReadonlyMap<string, ErrorData>;
}

/** What a bare number means. */
const BARE: Record<VariableDimension, string | undefined> = { length: 'mm', angle: 'deg', number: undefined };

/** The value of an expression in mm, rad or plain. @throws ArtificerError `expression.*`, `units.*` */
export function evaluateAs(text: string, dimension: VariableDimension, variables: VariableTable = {}): number {
  const unit = BARE[dimension];
  const value = parseQuantity(text, dimension, { variables, ...(unit === undefined ? {} : { defaultUnit: unit }) });
  if (dimension !== 'angle') return value;
  // Rounded for people to read, a full turn would be a little more than one.
  const { si, powers } = evaluate(text, variables);
  return powers[4] === 0 ? (si * Math.PI) / 180 : si;
}

const LENGTH_OR_ANGLE = new Set(['1,0,0,0,0', '0,0,0,0,1']);

/** Why a name can't be given to a variable, or null: an expression could not be read any more, or would change its meaning. */
export function whyReserved(name: string): ErrorData | null {
  const unit = unitNamed(name);
  const isUnit = unit !== undefined && LENGTH_OR_ANGLE.has(unit.powers.join(','));
  if (!isUnit && !isFunctionName(name) && name !== 'pi' && name !== 'π') return null;
  return refuse(
    'variable.reserved-name',
    `"${name}" is ${isUnit ? 'a unit' : 'a word of expressions'}, so a variable can't be called that.`,
    { hint: `Call it ${name}_1, for instance.` },
  ).data;
}

interface Entry extends DeclaredVariable {
  id?: string;
  scope: VariableValue['scope'];
  /** Of the project's variables, which see each other alone. */
  ofProject: boolean;
  error?: ErrorData;
}

/** Everything that has a value in this part. */
export function evaluateVariables(
  definition: Pick<PartDefinition, 'variables' | 'projectVariables' | 'configuration'>,
  declared: readonly DeclaredVariable[] = [],
): EvaluatedVariables {
  const project = unique(definition.projectVariables.map((record) => entryOf(record, 'project')));
  const own = unique(ownEntries(definition.variables, declared, definition.configuration));
  const hidden = new Set(own.map(({ name }) => name));
  const ofProject = new Evaluator(project, null);
  const ofPart = new Evaluator(own, ofProject);
  const values = [
    ...project.filter(({ name }) => !hidden.has(name)).map((entry) => ofProject.valueOf(entry)),
    ...own.map((entry) => ofPart.valueOf(entry)),
  ];
  const table: Record<string, Quantity> = Object.create(null);
  const failures = new Map<string, ErrorData>();
  for (const { name, value, error, dimension } of values)
    if (value !== undefined) table[name] ??= quantity(value, dimension);
    else if (error && !failures.has(name)) failures.set(name, error);
  return { values, table, failures };
}

const entryOf = (record: VariableRecord, scope: Entry['scope']): Entry => ({
  id: record.id,
  name: record.name,
  dimension: record.dimension,
  expression: record.expression,
  ...(record.minimum === undefined ? {} : { minimum: record.minimum }),
  ...(record.maximum === undefined ? {} : { maximum: record.maximum }),
  ...(record.note === undefined ? {} : { note: record.note }),
  scope,
  ofProject: scope === 'project',
});

function ownEntries(
  records: readonly VariableRecord[],
  declared: readonly DeclaredVariable[],
  configuration: ConfigurationRecord | undefined,
): Entry[] {
  const overrides = new Map(records.map((record) => [record.name, record]));
  const declaredNames = new Set(declared.map(({ name }) => name));
  const entries: Entry[] = declared.map((each) => {
    const record = overrides.get(each.name);
    const entry: Entry = { ...each, scope: 'script', ofProject: false };
    if (!record) return entry;
    // What the script says about a variable stays true where the record says nothing.
    const { dimension: _dimension, scope: _scope, ofProject: _ofProject, ...said } = entryOf(record, 'script');
    return { ...entry, ...said };
  });
  for (const record of records) if (!declaredNames.has(record.name)) entries.push(entryOf(record, 'part'));
  if (!configuration) return entries;
  return entries.map((entry) =>
    Object.hasOwn(configuration.values, entry.name)
      ? { ...entry, expression: configuration.values[entry.name]!, scope: 'configuration' as const }
      : entry,
  );
}

/** Marks the second of two with the same name, and names that can't be used. */
function unique(entries: Entry[]): Entry[] {
  const names = new Set<string>();
  return entries.map((entry) => {
    const twice = names.has(entry.name);
    names.add(entry.name);
    const error = twice
      ? refuse('variable.duplicate', `There are two variables called "${entry.name}".`, { hint: 'Rename one of them.' })
          .data
      : whyReserved(entry.name);
    return error ? { ...entry, error: entry.id === undefined ? error : { ...error, recordId: entry.id } } : entry;
  });
}

type Answer = { value: number } | { error: ErrorData };

/** Evaluates the entries of one scope, each when it is first asked for. */
class Evaluator {
  readonly #entries = new Map<string, Entry>();
  readonly #outer: Evaluator | null;
  readonly #answers = new Map<Entry, Answer>();

  constructor(entries: readonly Entry[], outer: Evaluator | null) {
    for (const entry of entries) if (!entry.error) this.#entries.set(entry.name, entry);
    this.#outer = outer;
  }

  valueOf(entry: Entry): VariableValue {
    const { error: _error, ofProject: _ofProject, minimum, maximum, ...shown } = entry;
    const answer: Answer = entry.error ? { error: entry.error } : this.#answer(entry);
    const range = this.#range(entry);
    const value: VariableValue = { ...shown, ...range.bounds };
    if (shown.note === undefined) delete value.note;
    if ('error' in answer) return { ...value, error: answer.error };
    const outside = range.error ?? outOfRange(entry, answer.value, range.bounds);
    return { ...value, value: answer.value, ...(outside ? { error: outside } : {}) };
  }

  /** The quantity behind a name, undefined where there is none. @throws ArtificerError `variable.*` */
  lookUp(name: string): Quantity | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return this.#outer?.lookUp(name);
    const answer = this.#answer(entry);
    if ('value' in answer) return quantity(answer.value, entry.dimension);
    throw refuse('variable.needs-failed', `The variable "${name}" has no value.`, {
      cause: answer.error.message,
      hint: `Correct "${name}" first.`,
    });
  }

  /** Evaluates what the entry needs first, however long the chain: by a stack of its own, not by recursion. */
  #answer(entry: Entry): Answer {
    const path: { entry: Entry; needs: Entry[] }[] = [];
    const enter = (next: Entry): void => {
      const needs = namesIn(next.expression).flatMap((name) => this.#entries.get(name) ?? []);
      path.push({ entry: next, needs: needs.reverse() });
    };
    if (!this.#answers.has(entry)) enter(entry);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.needs.pop();
      if (next === undefined) {
        path.pop();
        if (!this.#answers.has(top.entry)) this.#answers.set(top.entry, this.#attempt(top.entry));
        continue;
      }
      if (this.#answers.has(next)) continue;
      const at = path.findIndex((each) => each.entry === next);
      if (at < 0) {
        enter(next);
        continue;
      }
      // Everybody in the circle hears of the same one.
      const circle = path.slice(at).map((each) => each.entry);
      for (const each of circle) this.#answers.set(each, { error: circleError(circle, each) });
    }
    return this.#answers.get(entry)!;
  }

  #attempt(entry: Entry): Answer {
    try {
      return { value: this.#evaluate(entry.expression, entry.dimension) };
    } catch (thrown) {
      return { error: about(entry, toErrorData(thrown)) };
    }
  }

  #evaluate(text: string, dimension: VariableDimension): number {
    const table: Record<string, Quantity> = Object.create(null);
    for (const name of namesIn(text)) {
      const value = this.lookUp(name);
      if (value) table[name] = value;
    }
    return evaluateAs(text, dimension, table);
  }

  #range(entry: Entry): { bounds: { minimum?: number; maximum?: number }; error?: ErrorData } {
    const bounds: { minimum?: number; maximum?: number } = {};
    for (const side of ['minimum', 'maximum'] as const) {
      const text = entry[side];
      if (text === undefined) continue;
      try {
        bounds[side] = this.#evaluate(text, entry.dimension);
      } catch (thrown) {
        const { message, ...rest } = toErrorData(thrown);
        return {
          bounds,
          error: about(entry, { ...rest, message: `The ${side} of "${entry.name}" can't be read: ${message}` }),
        };
      }
    }
    return { bounds };
  }
}

const about = (entry: Entry, error: ErrorData): ErrorData =>
  entry.id === undefined || error.recordId !== undefined ? error : { ...error, recordId: entry.id };

function circleError(circle: readonly Entry[], entry: Entry): ErrorData {
  const names = circle.map(({ name }) => name);
  const words =
    names.length === 1
      ? `"${names[0]}" is defined by itself.`
      : `${listInWords(names)} are defined by each other, so none of them has a value.`;
  return about(entry, refuse('variable.circle', words, { hint: 'Give one of them a number.' }).data);
}

/** Outside its range a variable keeps its value: the range is where the part is meant to work, not a law. */
function outOfRange(
  entry: Entry,
  value: number,
  { minimum, maximum }: { minimum?: number; maximum?: number },
): ErrorData | undefined {
  // Conversions leave dust in the last digits.
  const slack = 1e-12 * Math.max(Math.abs(value), Math.abs(minimum ?? 0), Math.abs(maximum ?? 0));
  const low = minimum !== undefined && value < minimum - slack;
  const high = maximum !== undefined && value > maximum + slack;
  if (!low && !high) return undefined;
  const bound = formatQuantity((low ? minimum : maximum)!, entry.dimension);
  return about(
    entry,
    new ArtificerError({
      code: 'variable.out-of-range',
      category: 'unmet',
      message: `"${entry.name}" is ${formatQuantity(value, entry.dimension)}, ${low ? 'less than its minimum' : 'more than its maximum'} of ${bound}.`,
      hint: 'The part is still rebuilt, but outside the range that it was made for.',
    }).data,
  );
}
