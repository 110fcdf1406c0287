/** "Set the thickness to 8 mm", "make the ribs 2 mm thicker", "halve the width", "make the fillet 3 mm". */
import type { VariableValue } from '../../../../../preload/contract/index.ts';
import type { Clause } from '../clause.ts';
import { isQuestion, takePart, takeSteps, takeVariable, unknownVariable } from '../entities.ts';
import { ask, type Interpretation, plan, step } from '../interpretation.ts';
import { type Said, takePercent, takeQuantity } from '../quantities.ts';
import type { ScenePart } from '../scene.ts';
import { COMPARATIVES, rootOf } from '../words.ts';
import type { Intent } from './intent.ts';

const SET =
  /\b(set|make|change|put|adjust|modify|turn|give|resize|should be|must be|has to be|needs to be|is to be|be|equals?|use)\b|=/;
const GROW = /\b(increase|raise|grow|enlarge|extend|lengthen|widen|thicken|deepen|add|bump up|bump)\b/;
const SHRINK = /\b(decrease|reduce|lower|shrink|shorten|narrow|cut|less|smaller)\b/;
const VERB_ROOTS: Record<string, string> = {
  lengthen: 'length',
  shorten: 'length',
  widen: 'width',
  narrow: 'width',
  thicken: 'thickness',
  deepen: 'depth',
};
const FACTORS: [RegExp, number][] = [
  [/\b(double|twice)\b/, 2],
  [/\b(halve|half)\b/, 0.5],
  [/\b(triple|3 times|three times)\b/, 3],
];
const VAGUE =
  /\b(thicker|thinner|wider|narrower|taller|higher|longer|shorter|deeper|bigger|smaller|larger|increase|decrease|reduce|raise)\b/;

interface Wish {
  /** +1 more, -1 less, 0 a new value. */
  sign: 1 | -1 | 0;
  value?: Said | undefined;
  percent?: number | undefined;
  factor?: number | undefined;
}

export const setDimension: Intent = (clause, scene) => {
  const vague = VAGUE.exec(clause.rest)?.[0];
  const wish = takeWish(clause);
  if (!wish) return null;
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const variable = takeVariable(clause, part.found, wish.roots);
  if (isQuestion(variable)) return variable.question;
  if (!variable)
    return stepNumber(clause, part.found, wish) ?? (wish.certain ? unknownVariable(clause, part.found) : null);
  const { found } = variable;
  if (wish.value === undefined && wish.percent === undefined && wish.factor === undefined)
    return ask(
      `${wish.sign > 0 ? 'Increase' : wish.sign < 0 ? 'Reduce' : 'Set'} ${found.name} ${wish.sign === 0 ? 'to' : 'by'} how much? It is ${shown(found)} now.`,
      vague ? choicesFor(found, wish.sign) : [],
    );
  const value = valueFor(found, wish);
  if (typeof value !== 'string') return value;
  const input = { part: part.found.name, values: [{ variable: found.name, value }] };
  return withNote(plan(step('set_variables', input)), variable.note);
};

const withNote = (interpretation: Interpretation, note: string | undefined): Interpretation =>
  interpretation.kind === 'plan' && note ? { ...interpretation, notes: [note] } : interpretation;

const choicesFor = ({ name, value, dimension }: VariableValue, sign: number) =>
  dimension !== 'length' || value === undefined || sign === 0
    ? []
    : [0.1, 0.25].map((share) => {
        const to = Number((value * (1 + sign * share)).toPrecision(3));
        return { label: `${name} = ${to} mm`, reply: `set variable "${name}" to ${to} mm` };
      });

/** `bare`: a name and a number without a verb, which is enough where nothing else is said. */
function takeWish(clause: Clause): (Wish & { roots: string[]; certain: boolean; bare?: boolean }) | null {
  const roots: string[] = [];
  for (const [pattern, factor] of FACTORS)
    if (clause.take(pattern)) {
      clause.take(/\b(as|the|make|size|value)\b/);
      comparative(clause, roots);
      return { sign: 0, factor, roots, certain: true };
    }
  const direction = comparative(clause, roots);
  const verb = direction === 0 ? (clause.take(GROW) ?? clause.take(SHRINK)) : (clause.take(SET) ?? clause.take(GROW));
  const root = verb && VERB_ROOTS[verb[0].trim()];
  if (root) roots.push(root);
  const sign = direction || (verb && GROW.test(verb[0]) ? 1 : verb && SHRINK.test(verb[0]) ? -1 : 0);
  const set = sign === 0 ? clause.take(SET) : null;
  clause.takeAll(/\b(set|make|change|be|to be)\b/);
  const bare = sign === 0 && !set;
  const to = sign !== 0 && /\bto\b/.test(clause.rest) && !/\bby\b/.test(clause.rest) && direction === 0;
  const percent = takePercent(clause);
  if (percent !== null) return bare ? null : { sign: sign === 0 ? 0 : sign, percent, roots, certain: sign !== 0 };
  const value = takeQuantity(clause, ['length', 'angle']);
  if (!value) return sign === 0 ? null : { sign, roots, certain: false };
  comparative(clause, roots, true);
  return { sign: to ? 0 : sign, value, roots, certain: !bare && value.kind !== 'bare', bare };
}

/** `thicker`, taken out; adjectives such as `thick` after the number are left as words that name the variable. */
function comparative(clause: Clause, roots: string[], only = false): 1 | -1 | 0 {
  for (const [word, { root, sign }] of Object.entries(COMPARATIVES))
    if (clause.take(new RegExp(`\\b${word}\\b`))) {
      roots.push(root);
      return only ? 0 : sign;
    }
  if (clause.take(/\b(bigger|larger)\b/)) return 1;
  if (clause.take(/\bsmaller\b/)) return -1;
  return 0;
}

const shown = ({ value, dimension }: VariableValue): string =>
  value === undefined
    ? 'unknown'
    : dimension === 'length'
      ? `${Number(value.toPrecision(6))} mm`
      : dimension === 'angle'
        ? `${Number(((value * 180) / Math.PI).toPrecision(6))} deg`
        : `${Number(value.toPrecision(6))}`;

/** The expression that the variable gets, or a question. */
function valueFor(variable: VariableValue, { sign, value, percent, factor }: Wish): string | Interpretation {
  const { dimension, name } = variable;
  const now = variable.value;
  const unit = dimension === 'length' ? ' mm' : dimension === 'angle' ? ' deg' : '';
  const base = dimension === 'angle' && now !== undefined ? (now * 180) / Math.PI : now;
  const scaled = (by: number): string | Interpretation =>
    base === undefined
      ? ask(`${name} has no value now, so it can't be scaled.`)
      : `${Number((base * by).toPrecision(9))}${unit}`;
  if (factor !== undefined) return scaled(factor);
  if (percent !== undefined) {
    if (sign === 0)
      return ask(`Set ${name} to ${percent} % of what it is now, or change it by ${percent} %?`, [
        { label: `to ${percent} %`, reply: `set variable "${name}" to ${scaledText(base, percent / 100, unit)}` },
        { label: `${percent} % more`, reply: `increase variable "${name}" by ${percent} %` },
        { label: `${percent} % less`, reply: `reduce variable "${name}" by ${percent} %` },
      ]);
    return scaled(1 + (sign * percent) / 100);
  }
  const said = value!;
  const fits = said.kind === 'bare' || said.kind === dimension;
  if (!fits) return ask(`${name} is ${article(dimension)}: ${said.text} can't be its value.`);
  const text = said.kind === 'bare' ? `${said.text}${unit}` : said.text;
  if (sign === 0) return text;
  if (base === undefined) return ask(`${name} has no value now, so nothing can be added to it.`);
  if (said.kind !== 'bare' && said.kind === 'length' && !/ mm$/.test(said.text))
    return `${Number(base.toPrecision(9))}${unit} ${sign > 0 ? '+' : '-'} ${text}`;
  return `${Number((base + sign * said.value).toPrecision(9))}${unit}`;
}
const scaledText = (base: number | undefined, by: number, unit: string): string =>
  base === undefined ? '?' : `${Number((base * by).toPrecision(6))}${unit}`;
const article = (dimension: string): string =>
  dimension === 'angle' ? 'an angle' : dimension === 'length' ? 'a length' : 'a plain number';

/** "Make the fillet 3 mm": a number of a step, where the part's steps are not those of a script. */
function stepNumber(clause: Clause, part: ScenePart, wish: Wish): Interpretation | null {
  if (wish.sign !== 0 || wish.value === undefined) return null;
  const found = takeSteps(clause, part);
  if (!found) return null;
  const own = found.steps.filter(({ scripted, numbers }) => !scripted && numbers.length > 0);
  if (own.length === 0)
    return found.steps.some(({ scripted }) => scripted)
      ? unknownVariable(clause, part, found.words)
      : ask(`“${found.words}” has no number that could be ${wish.value.text}.`);
  if (own.length > 1)
    return ask(
      `There are ${own.length} steps that could be meant: which one?`,
      own.map(({ name }) => ({ label: name, reply: `${clause.original.replace(/[?.!\s]+$/, '')} (step "${name}")` })),
    );
  const [only] = own as [(typeof own)[0]];
  const roots = clause.words().map(rootOf);
  const byName = only.numbers.filter(({ path }) => roots.some((root) => path.toLowerCase().includes(root)));
  const numbers =
    byName.length > 0
      ? byName
      : only.numbers.filter(({ dimension }) => wish.value!.kind === 'bare' || dimension === wish.value!.kind);
  if (numbers.length !== 1)
    return ask(
      `“${only.name}” has ${only.numbers.length} numbers: which one?`,
      only.numbers.map(({ path, expression }) => ({
        label: `${path} (${expression})`,
        reply: `set ${path} of step "${only.name}" to ${wish.value!.text}`,
      })),
    );
  clause.takeAll(/\b(radius|distance|size|thickness|height|depth|diameter|angle|to|of)\b/);
  const unit = numbers[0]!.dimension === 'length' ? ' mm' : numbers[0]!.dimension === 'angle' ? ' deg' : '';
  return plan(
    step('set_step_number', {
      part: part.name,
      step: only.name,
      number: numbers[0]!.path,
      value: wish.value.kind === 'bare' ? `${wish.value.text}${unit}` : wish.value.text,
    }),
  );
}
