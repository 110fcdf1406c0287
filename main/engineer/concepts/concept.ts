/** A concept: a part that can be made with other values of its variables, and where the brief's interfaces are on it. */
import type { JobContext } from '../../../preload/contract/index.ts';
import { parseQuantity, quantity } from '../../document/index.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import type { ConceptRequest, Varied } from '../brief/brief.ts';
import { refuseDesign } from '../errors.ts';

/** Something of a design that may be chosen. Values are in the unit. */
export type DesignVariable = { name: string; unit: 'mm' | 'deg' | '1'; start: number } & (
  | { kind: 'range'; minimum: number; maximum: number }
  /** Ascending. */
  | { kind: 'choices'; choices: number[] }
);

export interface ConceptImport {
  hash: string;
  brep: Uint8Array;
  name: string;
}

export interface Concept {
  name: string;
  about: string;
  fileName: string;
  source: string;
  /** Values that stay as they are, as expressions. */
  fixed: Record<string, string>;
  variables: DesignVariable[];
  /** Selectors of faces by the name of the interface. */
  faces: Record<string, string[]>;
  /** Bodies of files by the source's name in the script. */
  imports: Record<string, ConceptImport[]>;
}

export interface ScriptOfConcept {
  fileName: string;
  source: string;
  about?: string;
  imports?: Record<string, ConceptImport[]>;
}

const UNITS = { length: 'mm', angle: 'deg', number: '1' } as const;
const DEGREES = 180 / Math.PI;

export const expressionOf = (value: number, { unit }: Pick<DesignVariable, 'unit'>): string =>
  unit === '1' ? `${value}` : `${value} ${unit}`;

/**
 * Checks what is varied and set against the part's own variables.
 * @throws ArtificerError `design.concept` and what the script is refused for
 */
export async function conceptFromScript(
  request: ConceptRequest,
  script: ScriptOfConcept,
  context: JobContext,
): Promise<Concept> {
  const { fileName, source } = script;
  const fixed = Object.fromEntries(Object.entries(request.set).map(([name, value]) => [name, `${value}`]));
  const scripted = await runPartScript({ source, fileName, values: fixed }, context);
  const { variables } = resolveScriptedPart(scripted);
  const refuse = (message: string, hint?: string) =>
    refuseDesign('concept', `Concept "${request.name}": ${message}`, hint);
  const list = `The part has ${variables.map(({ name }) => name).join(', ') || 'no variables'}.`;
  const find = (name: string) => {
    const found = variables.find((each) => each.name === name);
    if (!found) throw refuse(`the part has no variable "${name}".`, list);
    return found;
  };
  const table = Object.fromEntries(
    variables.flatMap(({ name, dimension, value }) =>
      value === undefined ? [] : [[name, quantity(value, dimension)]],
    ),
  );
  const free = Object.entries(request.vary).map(([name, varied]): DesignVariable => {
    const variable = find(name);
    const factor = variable.dimension === 'angle' ? DEGREES : 1;
    const read = (amount: string | number): number =>
      parseQuantity(amount, variable.dimension, { variables: table }) *
      (variable.dimension === 'angle' && typeof amount === 'string' ? DEGREES : 1);
    const least = (variable.minimum ?? Number.NEGATIVE_INFINITY) * factor;
    const most = (variable.maximum ?? Number.POSITIVE_INFINITY) * factor;
    const now = (variable.value ?? Number.NaN) * factor;
    const asked = variedValues(varied, read);
    const [low, high] = [asked[0]!, asked.at(-1)!];
    const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
    if (asked.some((value, i) => i > 0 && value <= asked[i - 1]! + slack))
      throw refuse(`the values of "${name}" do not ascend.`);
    if (low < least - slack || high > most + slack)
      throw refuse(
        `"${name}" may go from ${low} to ${high}, but the part takes ${least} to ${most} ${UNITS[variable.dimension]}.`,
      );
    const base = { name, unit: UNITS[variable.dimension] };
    const near = Number.isFinite(now) ? Math.min(high, Math.max(low, now)) : (low + high) / 2;
    if (varied.kind === 'range' && variable.dimension === 'number') {
      // Counts are whole where the part's own value and both bounds are.
      if ([now, low, high].every(Number.isInteger)) {
        const choices = Array.from({ length: high - low + 1 }, (_, i) => low + i);
        return { ...base, kind: 'choices', choices, start: nearest(choices, near) };
      }
    }
    return varied.kind === 'range'
      ? { ...base, kind: 'range', minimum: low, maximum: high, start: near }
      : { ...base, kind: 'choices', choices: asked, start: nearest(asked, near) };
  });
  for (const name of Object.keys(request.set)) find(name);
  return {
    name: request.name,
    about: script.about ?? scripted.about ?? '',
    fileName,
    source,
    fixed,
    variables: free,
    faces: request.faces,
    imports: script.imports ?? {},
  };
}

const variedValues = (varied: Varied, read: (amount: string | number) => number): number[] =>
  varied.kind === 'range'
    ? [read(varied.minimum), read(varied.maximum)]
    : varied.choices.map(read).sort((a, b) => a - b);

const nearest = (choices: readonly number[], value: number): number =>
  choices.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best));
