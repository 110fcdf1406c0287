/** Which dimensions of a part may change, and how far. */
import type { VariableValue } from '../../../../../preload/contract/index.ts';
import { variableText } from '../../tools/figures.ts';
import type { Clause } from '../clause.ts';
import { ask, type Interpretation } from '../interpretation.ts';
import { NUMBER } from '../quantities.ts';
import type { ScenePart } from '../scene.ts';
import { rootOf } from '../words.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const VERB = /\b(?:vary|varying|(?:may|can) (?:change|vary)|change|adjust|choose)\b/;
const UNIT = '(mm|cm|in|deg|rad)';
/** What one changes of a part whose outer sizes are given by where it must fit. */
const INNER = ['thickness', 'radius', 'rib', 'wall', 'fillet', 'gauge', 'fin'];

const isBounded = ({ minimum, maximum }: VariableValue): boolean => minimum !== undefined && maximum !== undefined;
const rangeOf = ({ minimum, maximum, dimension }: VariableValue): [string, string] => [
  variableText(minimum, dimension),
  variableText(maximum, dimension),
];
const tokensOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[\s_-]+/)
    .map(rootOf);

export interface Variation {
  vary: Record<string, [string, string]>;
  /** Named without a range, and the part has none for it. */
  unbounded: VariableValue[];
}

/** What was said of it, taken out; null where nothing was said. */
export function takeVariation(clause: Clause, part: ScenePart): Variation | null {
  const verb = clause.take(VERB) !== null;
  clause.takeAll(VERB);
  const vary: Variation['vary'] = {};
  const unbounded: VariableValue[] = [];
  const put = (variable: VariableValue) => {
    if (isBounded(variable)) vary[variable.name] = rangeOf(variable);
    else unbounded.push(variable);
  };
  for (const variable of [...part.variables].sort((a, b) => b.name.length - a.name.length)) {
    const name = tokensPattern(variable.name);
    const ranged = clause.take(
      new RegExp(
        String.raw`(?:the )?${name}(?: may| can| must| should)?(?: be| change| vary| go| range| lie)?(?: from| between| of)? ${NUMBER} ?${UNIT}? ?(?:to|and|-|up to|\.\.\.?) ?${NUMBER} ?${UNIT}?(?![\w.])`,
      ),
    );
    if (ranged) {
      const [, low, lowUnit, high, highUnit] = ranged;
      const unit = highUnit ?? lowUnit ?? { length: 'mm', angle: 'deg', number: '' }[variable.dimension];
      vary[variable.name] = [`${low} ${lowUnit ?? unit}`.trim(), `${high} ${unit}`.trim()];
    } else if (verb && clause.take(new RegExp(`(?:the )?${name}`))) put(variable);
  }
  if (verb && clause.take(/\b(?:all|every)(?: of)?(?: (?:its|the))? (?:dimensions?|variables?|sizes?)\b/))
    for (const variable of part.variables) if (isBounded(variable)) vary[variable.name] ??= rangeOf(variable);
  clause.takeAll(/\b(?:only|dimensions?|variables?)\b/);
  return Object.keys(vary).length > 0 || unbounded.length > 0 ? { vary, unbounded } : null;
}

const tokensPattern = (name: string): string =>
  String.raw`(?<![\w-])${name
    .toLowerCase()
    .split(/[\s_-]+/)
    .map(escaped)
    .join('[ _-]+')}(?![\w-])`;

export function askVariation(part: ScenePart, said: string): Interpretation {
  const free = part.variables.filter(isBounded);
  const inner = free.filter(({ name }) => tokensOf(name).some((token) => INNER.includes(token)));
  const names = (variables: readonly VariableValue[]): string => variables.map(({ name }) => name).join(', ');
  if (part.variables.length === 0)
    return ask(
      `“${part.name}” has no named dimensions that could change. Name some in the Variables panel, and say it again.`,
    );
  const example = part.variables[0]!.name;
  return ask(
    `Which dimensions of “${part.name}” may change? It has ${names(part.variables)}. Say for instance “vary ${example} from ${range(part.variables[0]!)}”.`,
    [
      ...(inner.length > 0 && inner.length < free.length
        ? [{ label: names(inner), reply: `${said}, vary ${inner.map(({ name }) => name).join(' and ')}` }]
        : []),
      ...(free.length > 0
        ? [
            {
              label: free.length === 1 ? names(free) : `All ${free.length}, within their own ranges`,
              reply: `${said}, vary all dimensions`,
            },
          ]
        : []),
    ],
  );
}

const range = (variable: VariableValue): string =>
  isBounded(variable)
    ? rangeOf(variable).join(' to ')
    : `${variableText(half(variable, 0.7), variable.dimension)} to ${variableText(half(variable, 1.4), variable.dimension)}`;
const half = ({ value }: VariableValue, factor: number): number | undefined =>
  value === undefined ? undefined : Number((value * factor).toPrecision(2));

export const askRange = (variable: VariableValue): Interpretation =>
  ask(
    `From where to where may ${variable.name} go? It is ${variableText(variable.value, variable.dimension)} now. Say “${variable.name} from ${range(variable)}”.`,
  );
