/** What a design can start from: a part of the project, or what a shipped brief starts from. */
import { parse } from 'yaml';
import { type Clause, quotation } from '../clause.ts';
import { ask, type Interpretation } from '../interpretation.ts';
import type { Scene } from '../scene.ts';
import { FAMILIES, rootOf } from '../words.ts';
import type { Start } from './wish.ts';

/** Words before the noun that say how it shall be, not what it is. */
const ADJECTIVES =
  /^(?:lightest|lightweight|stiffest|strongest|cheapest|new|better|best|good|stiff|strong|cheap|simple|small|optimal|optimi[sz]ed|suitable|milled|turned|cast|printed|machined|sheet|metal|light|lighter|wall|mounting|possible)$/;
/** Those of them that are an aim or a process: they are understood, or asked about, later. */
const SAYS_MORE =
  /^(?:lightest|lightweight|stiff|stiffest|strongest|cheap|cheapest|optimal|metal|sheet|milled|turned|cast|printed|machined)$/;
const GENERIC = /^(?:part|component|piece|it|this|one|design|thing|something|body|model|version)$/;
const NOUN_ENDS =
  /^(?:that|which|for|to|with|carrying|made|from|of|under|in|as|loaded|fixed|held|by|on|at|and|starting|like|where|out|able|withstanding|holding|supporting|bearing|,)$/;

/** The noun of what shall be designed, taken out: `l-bracket` of "design the lightest l-bracket for 800 N". */
export function takeNoun(clause: Clause): string {
  const [, ahead = ''] = /^ *(.*?)(?: ,|$)/.exec(clause.rest) ?? [];
  const words: string[] = [];
  for (const word of ahead.split(' ')) {
    if (NOUN_ENDS.test(word) || (/\d/.test(word) && words.length > 0)) break;
    if (/\d/.test(word)) continue;
    if (/^(?:a|an|the|me|us|some|my|our|this|that)$/.test(word) || word === '') continue;
    words.push(word);
    if (words.length > 5) break;
  }
  const noun = words.filter(
    (word) => !ADJECTIVES.test(word) && !FAMILIES.some(({ pattern }) => pattern.test(word)) && !word.includes('⟦'),
  );
  for (const word of noun) clause.take(new RegExp(String.raw`(?<![\w-])${escaped(word)}(?![\w-])`));
  for (const word of words)
    if (ADJECTIVES.test(word) && !SAYS_MORE.test(word)) clause.take(new RegExp(String.raw`(?<![\w-])${word}(?![\w-])`));
  return noun.filter((word) => !GENERIC.test(word)).join(' ');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const tokens = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
    .map((word) => rootOf(word.replace(/(?<=\w{3})s$/, '')));

export interface Sample {
  name: string;
  key: string;
  file: Record<string, unknown>;
  /** Faces that its concepts name, by what they are called. */
  faces: Record<string, string[]>;
  tokens: string[];
}

export const samplesOf = (scene: Pick<Scene, 'samples'>): Sample[] =>
  scene.samples.map(({ key, name, text }) => {
    const file = parse(text) as Record<string, unknown>;
    const concepts = (file['concepts'] as Record<string, unknown>[] | undefined) ?? [];
    const faces = Object.fromEntries(
      concepts.flatMap((concept) =>
        Object.entries((concept['faces'] as Record<string, string | string[]> | undefined) ?? {}).map(
          ([place, on]) => [place, [on].flat()] as const,
        ),
      ),
    );
    const kinds = concepts.flatMap((concept) => [concept['archetype'], concept['part']]).join(' ');
    return { key, name, file, faces, tokens: tokens(`${name} ${kinds}`) };
  });

const startOfSample = ({ name, file, faces }: Sample): Start => ({ kind: 'sample', name, file, faces });

/** The start that was named or can only be meant, or a question with the starts that there are. */
export function takeStart(clause: Clause, scene: Scene, noun: string): { start: Start } | { question: Interpretation } {
  const samples = samplesOf(scene);
  const said = clause.original.replace(/[?.!\s]+$/, '');
  const quoted = (what: string): string | undefined => {
    for (const [index, name] of clause.quoted.entries())
      if (
        clause.take(
          new RegExp(
            String.raw`\(? ?(?:starting (?:from|like) |like |from )?(?:the )?${what} ${quotation(index)}( ?\))?`,
          ),
        )
      )
        return name;
    return undefined;
  };
  const part = quoted('part');
  const sample = quoted('sample');
  if (part !== undefined) {
    const found = scene.parts.find(({ id, name }) => id === part || name.toLowerCase() === part.toLowerCase());
    if (found) return { start: { kind: 'part', partId: found.id, name: found.name } };
    return { question: ask(`There is no part called “${part}”.`) };
  }
  if (sample !== undefined) {
    const found = samples.find(({ name }) => name.toLowerCase() === sample.toLowerCase());
    if (found) return { start: startOfSample(found) };
    return { question: ask(`There is no sample brief called “${sample}”.`) };
  }
  const wanted = tokens(noun);
  const fits = (of: readonly string[]): boolean => wanted.some((token) => of.includes(token));
  const selected = new Set(scene.selection.map(({ partId }) => partId));
  const parts = scene.parts.filter(({ name }) => wanted.length === 0 || fits(tokens(name)));
  const chosen = parts.length > 1 ? parts.filter(({ id }) => selected.has(id)) : parts;
  if (chosen.length === 1) {
    const [{ id, name }] = chosen as [(typeof chosen)[number]];
    return { start: { kind: 'part', partId: id, name } };
  }
  const alike = samples.filter((each) => fits(each.tokens));
  const offered = [
    ...(parts.length > 0 ? parts : scene.parts).map(({ name }) => ({
      label: `The part “${name}”`,
      reply: `${said}, starting from part "${name}"`,
    })),
    ...(alike.length > 0 || scene.parts.length > 0 ? alike : samples).map(({ name }) => ({
      label: `As the sample “${name}”`,
      reply: `${said}, like sample "${name}"`,
    })),
  ].slice(0, 12);
  const what = noun === '' ? 'it' : `the ${noun}`;
  return {
    question: ask(
      offered.length === 0
        ? `Nothing here is like ${what}. Import or draw a part to start from, or write a brief in the Design panel.`
        : `What should ${what} start from? ${scene.parts.length === 0 ? 'The project has no part, but shipped briefs bring one along, with their sizes.' : ''}`.trim(),
      offered,
    ),
  };
}
