/** Which part, study, variable, step or material words mean. One that could be several is a question, never a guess. */
import type { VariableValue } from '../../../../preload/contract/index.ts';
import { simplifiedName } from '../../../physics/index.ts';
import { type Clause, quotation } from './clause.ts';
import { ask, type Choice, type Interpretation } from './interpretation.ts';
import type { Scene, ScenePart, SceneStep, SceneStudy } from './scene.ts';
import { FAMILIES, rootOf, STUDY_WORDS } from './words.ts';

/** Found, or a question, or neither: nothing of the kind was named. */
export type Found<T> = { found: T; note?: string } | { question: Interpretation } | null;

const isQuestion = <T>(found: Found<T>): found is { question: Interpretation } => found !== null && 'question' in found;

export { isQuestion };

/** The request again, with one of the choices named so that it is clear. */
export const sayingWhich = (clause: Clause, what: string, name: string): string =>
  `${clause.original.replace(/[?.!\s]+$/, '')} (${what} "${name}")`;

const choicesOf = (clause: Clause, what: string, names: readonly string[]): Choice[] =>
  names.slice(0, 8).map((name) => ({ label: name, reply: sayingWhich(clause, what, name) }));

/** `(part "L-bracket")`, `study "Shelf load"`: said with its kind and in quotation marks. */
export function takeExplicit(clause: Clause, what: string): string | undefined {
  for (const [index, name] of clause.quoted.entries()) {
    const mark = quotation(index);
    if (clause.take(new RegExp(String.raw`\(? ?\b${what} ${mark}( ?\))?`))) return name;
  }
  return undefined;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ')
    .trim();
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A name as it may stand in a sentence; taken out where it does. */
function takeName(clause: Clause, name: string): boolean {
  const words = plain(name);
  if (words.length < 2) return false;
  const pattern = words.split(' ').map(escaped).join('[ _-]+');
  return clause.take(new RegExp(String.raw`(?<![\w-])${pattern}(?![\w-])`)) !== null;
}

/** The part that is named, else the selected one, else the only one. */
export function takePart(clause: Clause, scene: Scene): Found<ScenePart> {
  const explicit = takeExplicit(clause, 'part');
  const byLength = [...scene.parts].sort((a, b) => b.name.length - a.name.length);
  const named = explicit
    ? scene.parts.find(({ id, name }) => id === explicit || plain(name) === plain(explicit))
    : byLength.find(({ name }) => takeName(clause, name));
  if (named) return { found: named };
  if (explicit) return { question: ask(`There is no part called “${explicit}”.`) };
  const selected = new Set(scene.selection.map(({ partId }) => partId));
  const [only] = selected;
  const part = selected.size === 1 ? scene.parts.find(({ id }) => id === only) : undefined;
  if (part) return { found: part };
  const [first] = scene.parts;
  if (first && scene.parts.length === 1) {
    // "the bracket" is the L-bracket where there is nothing else; "the ribs" are not the part, though its name has ribs in it.
    const names = [...first.variables, ...first.steps].flatMap(({ name }) => tokensOf(name));
    for (const word of plain(first.name).split(' '))
      if (word.length > 3 && !names.includes(rootOf(word))) clause.take(new RegExp(`\\b${escaped(word)}\\b`));
    return { found: first };
  }
  if (!first)
    return { question: ask('The project has no part yet. Import one, or add a sample part, and say it again.') };
  return {
    question: ask(
      `There are ${scene.parts.length} parts: which one do you mean?`,
      choicesOf(
        clause,
        'part',
        scene.parts.map(({ name }) => name),
      ),
    ),
  };
}

/**
 * The study that is named, by its name or by its kind, else the only one of these types. Null where the project has none of
 * them.
 */
export function takeStudy(clause: Clause, scene: Scene, types?: readonly string[]): Found<SceneStudy> {
  const explicit = takeExplicit(clause, 'study');
  const named = explicit
    ? scene.studies.find(({ id, name }) => id === explicit || plain(name) === plain(explicit))
    : [...scene.studies].sort((a, b) => b.name.length - a.name.length).find(({ name }) => takeName(clause, name));
  clause.take(/\b(study|studies|analysis|simulation)\b/);
  if (named) return { found: named };
  if (explicit) return { question: ask(`There is no study called “${explicit}”.`) };
  const byWords = STUDY_WORDS.find(({ pattern }) => clause.has(pattern));
  const fitting = (wanted: readonly string[] | undefined) =>
    wanted ? scene.studies.filter(({ type }) => wanted.includes(type)) : scene.studies;
  const candidates = fitting(types ?? byWords?.types);
  const [first] = candidates;
  if (!first) return null;
  if (candidates.length === 1) return { found: first };
  const latest = candidates.find(({ name }) => name === scene.latestStudy);
  if (latest) return { found: latest };
  return {
    question: ask(
      `There are ${candidates.length} studies that could be meant: which one?`,
      choicesOf(
        clause,
        'study',
        candidates.map(({ name }) => name),
      ),
    ),
  };
}

const tokensOf = (name: string): string[] => plain(name).split(' ').map(rootOf);

/** The variable that the words name; several that fit as well are a question. `extra` are roots said in another way. */
export function takeVariable(clause: Clause, part: ScenePart, extra: readonly string[] = []): Found<VariableValue> {
  const explicit = takeExplicit(clause, 'variable');
  if (explicit) {
    const found = part.variables.find(({ name }) => plain(name) === plain(explicit));
    // What was said before it had to be told apart is explained by it now.
    takeTokens(clause, tokensOf(`${explicit} ${found?.note ?? ''}`));
    return found ? { found } : { question: unknownVariable(clause, part, explicit) };
  }
  for (const variable of [...part.variables].sort((a, b) => b.name.length - a.name.length))
    if (takeExactly(clause, variable.name)) return { found: variable };
  const said = new Set([...clause.words().map(rootOf), ...extra]);
  const scored = part.variables
    .map((variable) => {
      const tokens = tokensOf(variable.name);
      const hits = tokens.filter((token) => said.has(token));
      return { variable, tokens, hits, whole: hits.length === tokens.length };
    })
    .filter(({ hits }) => hits.length > 0)
    .sort((a, b) => Number(b.whole) - Number(a.whole) || b.hits.length - a.hits.length);
  const [best, second] = scored;
  if (!best) return null;
  const most = Math.max(...scored.map(({ hits }) => hits.length));
  const same =
    second !== undefined &&
    ((best.whole === second.whole && best.hits.length === second.hits.length) ||
      (best.whole && most > best.hits.length));
  // "the rib" is no name of a dimension, but of what has several: only a whole name, or one that nothing else comes near, will do.
  if (same || (!best.whole && scored.length > 1)) {
    const names = scored.filter(({ hits }) => hits.length === most || best.whole).map(({ variable }) => variable.name);
    return {
      question: ask(`That could be ${inWords(names)}: which one?`, choicesOf(clause, 'variable', names)),
    };
  }
  if (!best.whole) {
    const missing = best.tokens.filter((token) => !best.hits.includes(token));
    const kinds = ['thickness', 'width', 'height', 'length', 'depth', 'diameter', 'radius', 'count', 'angle'];
    const contrary = kinds.some((kind) => said.has(kind) && !best.tokens.includes(kind));
    if (contrary) return null;
    takeTokens(clause, [...best.hits, ...tokensOf(best.variable.note ?? '')]);
    return {
      found: best.variable,
      note: `“${best.hits.join(' ')}” is taken to mean ${best.variable.name} (${missing.join(' ')}).`,
    };
  }
  takeTokens(clause, best.tokens);
  // Words that the part itself uses for it say nothing new: `Of the screw holes`.
  takeTokens(clause, tokensOf(best.variable.note ?? ''));
  return { found: best.variable };
}

export const inWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function takeExactly(clause: Clause, name: string): boolean {
  const pattern = new RegExp(String.raw`(?<![\w-])${escaped(name.toLowerCase())}(?![\w-])`);
  // One word is only a name by itself where no longer name could be meant.
  return name.includes('_') && clause.take(pattern) !== null;
}

function takeTokens(clause: Clause, tokens: readonly string[]): void {
  for (const word of clause.words()) {
    if (!tokens.includes(rootOf(word))) continue;
    clause.take(new RegExp(String.raw`(?<![\w-])${escaped(word)}(?![\w-])`));
  }
}

export const unknownVariable = (clause: Clause, part: ScenePart, said?: string): Interpretation =>
  ask(
    part.variables.length === 0
      ? `“${part.name}” has no named dimensions. Give them names in the Variables panel, then they can be changed in words.`
      : `I don't know which dimension ${said ? `“${said}”` : 'that'} is. “${part.name}” has ${part.variables.map(({ name }) => name).join(', ')}.`,
    choicesOf(
      clause,
      'variable',
      part.variables.map(({ name }) => name),
    ),
  );

/** Steps by a word: a name, or a kind such as "rib" that several may have. */
export function takeSteps(
  clause: Clause,
  part: ScenePart,
): { steps: SceneStep[]; words: string; plural: boolean } | null {
  const explicit = takeExplicit(clause, 'step');
  if (explicit) {
    const found = part.steps.find(({ id, name }) => id === explicit || plain(name) === plain(explicit));
    return found ? { steps: [found], words: found.name, plural: false } : null;
  }
  const byLength = [...part.steps].sort((a, b) => b.name.length - a.name.length);
  for (const found of byLength)
    if (plain(found.name).length > 2 && takeName(clause, found.name))
      return { steps: [found], words: found.name, plural: false };
  const bodies = part.steps.filter(({ kind }) => kind !== 'sketch' && kind !== 'datum-plane');
  for (const word of clause.leftover()) {
    const root = rootOf(word);
    if (root.length < 3) continue;
    const fitting = bodies.filter(
      ({ name, kind }) => tokensOf(name).includes(root) || (kind === root && !tokensOf(name).includes('hole')),
    );
    if (fitting.length === 0) continue;
    clause.take(new RegExp(String.raw`(?<![\w-])${escaped(word)}(?![\w-])`));
    clause.take(/\b(both|all)\b/);
    return { steps: fitting, words: word, plural: root !== word || /s$/.test(word) };
  }
  return null;
}

/** Materials that are named, in order. A family stands for its usual grade, and that is said. */
export function takeMaterials(clause: Clause, scene: Scene): { names: string[]; notes: string[]; unknown: string[] } {
  const names: string[] = [];
  const notes: string[] = [];
  const unknown: string[] = [];
  const explicit = takeExplicit(clause, 'material');
  if (explicit) {
    const found = scene.materials.find(({ name }) => simplifiedName(name) === simplifiedName(explicit));
    if (found) names.push(found.name);
    else unknown.push(explicit);
  }
  const squeezed = [...scene.materials].sort((a, b) => b.name.length - a.name.length);
  for (const { name } of squeezed)
    for (const form of formsOf(name)) if (takeForm(clause, form) && !names.includes(name)) names.push(name);
  for (const [number, called] of alloysByNumber(scene)) {
    const [only] = called;
    if (called.length !== 1 || names.includes(only!)) continue;
    if (
      !clause.take(
        new RegExp(String.raw`(?<![\w.])(?:(?:aluminium|aluminum|al|alloy|magnesium) )?${number}(?![\w.%]| ?mm)`),
      )
    )
      continue;
    names.push(only!);
    notes.push(`“${number}” is taken as ${only}, the one of that number in the library.`);
  }
  for (const { pattern, name, grade } of FAMILIES) {
    if (!clause.take(pattern)) continue;
    // "Stainless 316L" is one material, not two.
    if (names.some((each) => scene.materials.some((one) => one.name === each && belongs(one, name)))) continue;
    const known = scene.materials.some((material) => material.name === grade);
    if (!known) unknown.push(name);
    else if (!names.includes(grade)) {
      names.push(grade);
      notes.push(`“${name}” is taken as ${grade}, its usual grade. Name another one if you mean that.`);
    }
  }
  return { names, notes, unknown };
}

/** `6061`: wrought alloys by their four digits, with all tempers of them that there are. */
function alloysByNumber(scene: Scene): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name } of scene.materials) {
    const number = /^(?:Al|Mg) (\d{4})\b/.exec(name)?.[1];
    if (number) found.set(number, [...(found.get(number) ?? []), name]);
  }
  return found;
}

const belongs = (material: { name: string; category: string }, family: string): boolean =>
  `${material.name} ${material.category}`
    .toLowerCase()
    .replace(/aluminum/g, 'aluminium')
    .includes(family.toLowerCase().split(' ')[0]!);

/** How people write a material: `Al 6061-T6`, `6061-T6`, `6061`; `S235JR`, `1.4301`, `304`. */
function formsOf(name: string): string[] {
  const forms = [name];
  const numbered = name.replace(/^(Al|Mg|Steel|Stainless|Tool steel|Cast iron|Copper|Brass|Bronze|Ti) /, '');
  if (numbered !== name) forms.push(numbered, `${FULL[name.split(' ')[0]!] ?? ''} ${numbered}`.trim());
  const [grade, inBrackets] = /^(.*?) \(([^)]+)\)/.exec(numbered)?.slice(1) ?? [];
  if (grade && inBrackets) forms.push(grade, inBrackets);
  const [base] = numbered.split('+');
  if (base && base !== numbered) forms.push(base);
  return [...new Set(forms)]
    .filter((each) => simplifiedName(each).length >= 3 && /\d|[A-Z]{3}/.test(each))
    .sort((a, b) => b.length - a.length);
}
const FULL: Record<string, string> = { Al: 'aluminium', Mg: 'magnesium', Ti: 'titanium' };

/** Letters and digits in this order, with whatever people put between them. */
function takeForm(clause: Clause, form: string): boolean {
  const parts = form.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const pattern = parts.map(escaped).join('[ ./+_-]*');
  return clause.take(new RegExp(String.raw`(?<![\w.])${pattern}(?![\w]|\.\d)`)) !== null;
}
