/** A part script from its source to bodies: run, resolved, evaluated by the kernel. */
import { type FeatureOutcome, type JobContext, toErrorData, type VariableValue } from '../../preload/contract/index.ts';
import { evaluateAs, quantity } from '../document/index.ts';
import type { EvaluatedPart, EvaluateRequest, Kernel } from '../kernel/port.ts';
import { resolveScriptedPart, runPartScript, type ScriptedPart } from '../scripting/index.ts';
import { usageError } from './output.ts';

export interface BuiltPart {
  scripted: ScriptedPart;
  variables: VariableValue[];
  evaluated: EvaluatedPart;
  seconds: { script: number; evaluate: number };
}

export async function buildPart(
  kernel: Kernel,
  script: { source: string; fileName: string; values?: Record<string, string | number> },
  want: EvaluateRequest['want'],
  context: JobContext,
): Promise<BuiltPart> {
  const started = performance.now();
  const scripted = await runPartScript(script, context);
  const { variables, steps } = resolveScriptedPart(scripted);
  const ran = performance.now();
  const evaluated = await kernel.evaluate({ partKey: script.fileName, steps, imports: {}, want }, context);
  const seconds = { script: (ran - started) / 1000, evaluate: (performance.now() - ran) / 1000 };
  return { scripted, variables, evaluated, seconds };
}

/** `width=40mm`, several times. @throws ArtificerError `usage` */
export function parseSettings(texts: readonly string[]): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const text of texts) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*\S)\s*$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw usageError(`--set takes NAME=VALUE, not "${text}".`, 'For example: --set width=40mm');
    if (Object.hasOwn(values, name)) throw usageError(`"${name}" is set twice.`);
    values[name] = value;
  }
  return values;
}

/** Refuses names that the part does not have, and values that can't be read or are out of range. @throws ArtificerError `usage` */
export function checkSettings(values: Readonly<Record<string, string>>, variables: readonly VariableValue[]): void {
  const table = Object.fromEntries(
    variables.flatMap(({ name, dimension, value }) =>
      value === undefined ? [] : [[name, quantity(value, dimension)]],
    ),
  );
  for (const [name, text] of Object.entries(values)) {
    const variable = variables.find((each) => each.name === name);
    const list = `It has: ${variables.map(variableInWords).join('; ') || 'none'}.`;
    if (!variable) throw usageError(`The part has no variable "${name}".`, list);
    let value: number;
    try {
      value = evaluateAs(text, variable.dimension, table);
    } catch (thrown) {
      throw usageError(`"${text}" is no value for "${name}": ${toErrorData(thrown).message}`, list);
    }
    const slack = 1e-9 * Math.max(1, Math.abs(value));
    const low = variable.minimum !== undefined && value < variable.minimum - slack;
    const high = variable.maximum !== undefined && value > variable.maximum + slack;
    if (low || high) throw usageError(`"${name}" = ${text} is out of its range.`, list);
  }
}

const UNITS = { length: ' mm', angle: ' deg', number: '' } as const;
const shown = (value: number, { dimension }: VariableValue): string =>
  `${Number((dimension === 'angle' ? (value * 180) / Math.PI : value).toPrecision(12))}${UNITS[dimension]}`;

/** `width 40 mm (20 mm to 80 mm)` */
export function variableInWords(variable: VariableValue): string {
  const { name, value, minimum, maximum } = variable;
  const now = value === undefined ? variable.expression : shown(value, variable);
  const range = [
    ...(minimum === undefined ? [] : [`from ${shown(minimum, variable)}`]),
    ...(maximum === undefined ? [] : [`to ${shown(maximum, variable)}`]),
  ].join(' ');
  return `${name} ${now}${range === '' ? '' : ` (${range})`}`;
}

export const isFailed = ({ state }: FeatureOutcome): boolean => state === 'failed' || state === 'blocked';
