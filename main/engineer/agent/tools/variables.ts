/** Tools that set dimensions: variables of a part, of its script too, and numbers of its steps. */
import * as v from 'valibot';
import type { AnyRecord, FeatureRecord, PartRecord, VariableValue } from '../../../../preload/contract/index.ts';
import { evaluateAs, expressionOf, quantity, type RecordEdit, setVariable } from '../../../document/index.ts';
import { commit, densityOf, tryOn, volumeOf } from './change.ts';
import { kilograms, percentChange, variableText } from './figures.ts';
import { Expression, PartName, VariableName } from './inputs.ts';
import {
  bodiesOf,
  featuresOfPart,
  oneOf,
  type ProjectView,
  partOf,
  refusal,
  variableNamed,
  variablesOf,
  viewOf,
} from './project-view.ts';
import { type DryRun, defineTool, type ToolContext } from './tool.ts';

interface Setting {
  variable: string;
  value: string;
}

interface Planned {
  view: ProjectView;
  part: PartRecord;
  variables: VariableValue[];
  edit: RecordEdit;
  label: string;
  assumptions: string[];
}

/** Several variables of one part as one change. */
export async function planVariables(
  context: ToolContext,
  said: string | undefined,
  settings: readonly Setting[],
): Promise<Planned> {
  const view = await viewOf(context);
  const part = partOf(view, context, said);
  const variables = await variablesOf(context, part);
  const records = new Map(view.records);
  const edit: RecordEdit = { put: [], remove: [] };
  const assumptions: string[] = [];
  for (const { variable, value } of settings) {
    const found = variableNamed(variables, variable, part);
    checkExpression(found, value, variables);
    const outside = outsideRange(found, value, variables);
    if (outside) assumptions.push(outside);
    const partId = found.scope === 'project' ? null : part.id;
    const { put } = setVariable({ partId, name: found.name, expression: value, dimension: found.dimension }, records);
    for (const record of put) {
      records.set(record.id, record);
      edit.put = [...edit.put.filter(({ id }) => id !== record.id), record];
    }
  }
  const label =
    settings.length === 1
      ? `Set ${settings[0]!.variable} of ${part.name} to ${settings[0]!.value}`
      : `Set ${settings.map(({ variable }) => variable).join(', ')} of ${part.name}`;
  return { view, part, variables, edit, label: label.slice(0, 300), assumptions };
}

/** What expressions see. */
export const tableOf = (variables: readonly VariableValue[]) =>
  Object.fromEntries(
    variables.flatMap(({ name, value, dimension }) =>
      value === undefined ? [] : [[name, quantity(value, dimension)]],
    ),
  );

/** @throws ArtificerError `units.*`, `expression.*` where it cannot be what the variable holds */
function checkExpression(variable: VariableValue, value: string, variables: readonly VariableValue[]): void {
  const found = evaluateAs(value, variable.dimension, tableOf(variables));
  if (variable.dimension === 'length' && (variable.value ?? 0) > 0 && found <= 0)
    throw refusal('agent.not-positive', `${variable.name} can't be ${value}: it has to be more than nothing.`);
}

function outsideRange(variable: VariableValue, value: string, variables: readonly VariableValue[]): string | null {
  const found = evaluateAs(value, variable.dimension, tableOf(variables));
  const { minimum, maximum, dimension, name } = variable;
  const below = minimum !== undefined && found < minimum - 1e-9;
  const above = maximum !== undefined && found > maximum + 1e-9;
  if (!below && !above) return null;
  return `${name} is meant to lie between ${variableText(minimum, dimension)} and ${variableText(maximum, dimension)}; ${value} is ${below ? 'below' : 'above'} that.`;
}

export const setVariables = defineTool({
  name: 'set_variables',
  title: 'Set variables',
  description:
    'Gives variables of a part new values or expressions, as one change. The part is rebuilt first; if a step fails with the new values nothing changes.',
  input: v.strictObject({
    part: v.optional(PartName),
    values: v.pipe(
      v.array(v.strictObject({ variable: VariableName, value: Expression })),
      v.minLength(1),
      v.maxLength(50),
    ),
  }),
  effect: 'document',
  dryRun: async (context, { part: said, values }): Promise<DryRun> => {
    const planned = await planVariables(context, said, values);
    const { part, view } = planned;
    const before = (await bodiesOf(context, part)).reduce((sum, { mass }) => sum + mass.volume_mm3, 0);
    const tried = await tryOn(context, part, planned.edit);
    const density = densityOf(view, part);
    const after = volumeOf(tried.view);
    const scale = density === undefined ? null : density * 1e-9;
    return {
      text: `${planned.label}${scale === null ? '' : `; the mass goes from ${kilograms(before * scale)} to ${kilograms(after * scale)} (${percentChange(before, after)})`}.`,
      changes: changesOf(planned, tried.after.variables, values),
      ...(planned.assumptions.length > 0 ? { assumptions: planned.assumptions } : {}),
    };
  },
  run: async (context, { part: said, values }) => {
    const planned = await planVariables(context, said, values);
    const { part, view } = planned;
    const before = (await bodiesOf(context, part)).reduce((sum, { mass }) => sum + mass.volume_mm3, 0);
    const tried = await tryOn(context, part, planned.edit);
    const after = volumeOf(tried.view);
    await commit(context, planned.label, planned.edit, part);
    const density = densityOf(view, part);
    const changes = changesOf(planned, tried.after.variables, values);
    return {
      text: `${changes.map(({ what, before: was, after: is }) => `${what}: ${was} → ${is}`).join('; ')}.${
        density === undefined
          ? ''
          : ` The mass is now ${kilograms(after * density * 1e-9)} (${percentChange(before, after)}).`
      }`,
      data: {
        part: part.name,
        changes,
        volume_mm3: after,
        ...(density === undefined ? {} : { mass_kg: after * density * 1e-9 }),
      },
      ...(planned.assumptions.length > 0 ? { assumptions: planned.assumptions } : {}),
    };
  },
});

function changesOf(planned: Planned, after: readonly VariableValue[], settings: readonly Setting[]) {
  return settings.map(({ variable }) => {
    const was = variableNamed(planned.variables, variable, planned.part);
    const is = after.find(({ name }) => name === was.name);
    return {
      what: was.name,
      before: variableText(was.value, was.dimension),
      after: variableText(is?.value, was.dimension),
    };
  });
}

/** A number of a step that is not given by a variable alone, by its path: `radius`, `extent.distance`. */
export interface StepNumber {
  path: string;
  dimension: 'length' | 'angle' | 'number';
  expression: string;
}

export function numbersOf(data: unknown, path = ''): StepNumber[] {
  if (data === null || typeof data !== 'object') return [];
  const found = Array.isArray(data) ? null : expressionOf(data);
  if (found) return [{ path, dimension: found.dimension, expression: found.text }];
  return Object.entries(data).flatMap(([key, value]) => {
    const id = (value as { id?: unknown } | null)?.id;
    return numbersOf(value, path === '' ? key : `${path}.${Array.isArray(data) && typeof id === 'string' ? id : key}`);
  });
}

function withNumber<T>(data: T, path: string, text: string, at = ''): T {
  if (data === null || typeof data !== 'object') return data;
  const found = Array.isArray(data) ? null : expressionOf(data);
  if (found) return (at === path ? { [found.dimension]: text } : data) as T;
  const entries = Object.entries(data).map(([key, value]) => {
    const id = (value as { id?: unknown } | null)?.id;
    const name = Array.isArray(data) && typeof id === 'string' ? id : key;
    return [key, withNumber(value, path, text, at === '' ? name : `${at}.${name}`)] as const;
  });
  return (Array.isArray(data) ? entries.map(([, value]) => value) : Object.fromEntries(entries)) as T;
}

const StepName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(300),
  v.description('Name or id of a step of the part.'),
);

async function planStep(
  context: ToolContext,
  input: { part?: string | undefined; step: string; number?: string | undefined; value: string },
): Promise<{
  view: ProjectView;
  part: PartRecord;
  step: FeatureRecord;
  number: StepNumber;
  edit: RecordEdit;
  label: string;
}> {
  const view = await viewOf(context);
  const part = partOf(view, context, input.part);
  const step = oneOf(featuresOfPart(view, part), input.step, 'step');
  const numbers = numbersOf(step.feature);
  const fitting = input.number === undefined ? numbers : numbers.filter(({ path }) => path === input.number);
  const [number] = fitting;
  if (!number || fitting.length > 1)
    throw refusal(
      'agent.which',
      fitting.length > 1
        ? `The step "${step.name}" has ${numbers.length} numbers: which one?`
        : `The step "${step.name}" has no number${input.number === undefined ? '' : ` called "${input.number}"`}.`,
      numbers.length > 0
        ? `It has ${numbers.map(({ path, expression }) => `${path} (${expression})`).join(', ')}.`
        : undefined,
      { details: { candidates: numbers.map(({ path, expression }) => ({ name: path, expression })) } },
    );
  const variables = await variablesOf(context, part);
  evaluateAs(input.value, number.dimension, tableOf(variables));
  const changed: AnyRecord = { ...step, feature: withNumber(step.feature, number.path, input.value) };
  return {
    view,
    part,
    step,
    number,
    edit: { put: [changed], remove: [] },
    label: `Set ${number.path} of ${step.name} to ${input.value}`.slice(0, 300),
  };
}

export const setStepNumber = defineTool({
  name: 'set_step_number',
  title: 'Set a number of a step',
  description:
    "Changes a number in a step of the part's history, such as the radius of a fillet or the distance of an extrusion. Steps of a script are changed by its variables instead.",
  input: v.strictObject({
    part: v.optional(PartName),
    step: StepName,
    number: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(200),
        v.description('Which: "radius", "extent.distance". Only needed where there are several.'),
      ),
    ),
    value: Expression,
  }),
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { part, edit, label, step, number } = await planStep(context, input);
    await tryOn(context, part, edit);
    return {
      text: `${label}.`,
      changes: [{ what: `${number.path} of ${step.name}`, before: number.expression, after: input.value }],
    };
  },
  run: async (context, input) => {
    const { view, part, edit, label, step, number } = await planStep(context, input);
    const tried = await tryOn(context, part, edit);
    await commit(context, label, edit, part);
    const density = densityOf(view, part);
    const volume_mm3 = volumeOf(tried.view);
    return {
      text: `${number.path} of "${step.name}": ${number.expression} → ${input.value}.${
        density === undefined ? '' : ` The mass is now ${kilograms(volume_mm3 * density * 1e-9)}.`
      }`,
      data: {
        part: part.name,
        step: step.name,
        number: number.path,
        before: number.expression,
        after: input.value,
        volume_mm3,
      },
    };
  },
});

export const readVariables = defineTool({
  name: 'read_variables',
  title: 'Read variables',
  description: 'The variables of a part: values, expressions, the range they are meant for.',
  input: v.strictObject({ part: v.optional(PartName), variable: v.optional(VariableName) }),
  effect: 'nothing',
  run: async (context, { part: said, variable }) => {
    const view = await viewOf(context);
    const part = partOf(view, context, said);
    const all = await variablesOf(context, part);
    const wanted = variable === undefined ? all : [variableNamed(all, variable, part)];
    return {
      text:
        wanted.length === 0
          ? `"${part.name}" has no variables.`
          : `${wanted.map(({ name, value, dimension }) => `${name} = ${variableText(value, dimension)}`).join(', ')}.`,
      data: {
        part: part.name,
        variables: wanted.map(({ name, expression, value, dimension, minimum, maximum, note }) => ({
          name,
          expression,
          value: variableText(value, dimension),
          ...(minimum === undefined ? {} : { minimum: variableText(minimum, dimension) }),
          ...(maximum === undefined ? {} : { maximum: variableText(maximum, dimension) }),
          ...(note ? { note } : {}),
        })),
      },
    };
  },
});

export const VARIABLE_TOOLS = [readVariables, setVariables, setStepNumber];
