/**
 * The text of a brief as the form reads and changes it: by its structure, so that comments, order and whatever the form knows
 * nothing of stay as they are. Pure.
 */
import { type Document, isCollection, isMap, parseDocument, stringify } from 'yaml';
import { type BoxContent, boxOf, type InterfaceContent, interfacesOf } from './interface-document.ts';

export type BriefPath = (string | number)[];
type Plain = Record<string, unknown>;

/** What the form shows; anything may be missing or of another kind, for the text is written by hand too. */
export interface BriefContent {
  name: string;
  about: string;
  process: string;
  quantity: string;
  materials: string[];
  interfaces: InterfaceContent[];
  envelope: BoxContent | null;
  keepOuts: BoxContent[];
  concepts: ConceptContent[];
  cases: CaseContent[];
  requirements: string[];
  /** One or several. */
  objectives: string[];
  minutes: string;
  solves: string;
}
export interface ConceptContent {
  kind: 'part' | 'archetype' | 'generate';
  /** Of a part or an archetype. */
  of: string;
  name: string;
  vary: { variable: string; range: { low: string; high: string } | { choices: string } }[];
  set: { variable: string; value: string }[];
  faces: { name: string; on: string }[];
}
export interface CaseContent {
  name: string;
  type: string;
  restraints: ItemContent[];
  loads: ItemContent[];
}
/** A restraint or a load: where, and what it is, each as text. */
export interface ItemContent {
  on: string;
  /** `force`, `pressure`, `fix`: the one key beside `on`; empty where there are others, which the text alone shows. */
  kind: string;
  value: string;
  /** All of it, on one line. */
  text: string;
}

const record = (value: unknown): Plain =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Plain) : {};
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const word = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? flow(value) : String(value);

/** On one line: `{on: wall, fix: all}`. */
export const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

/** @returns null where the text is no YAML, or no map */
export function readContent(text: string): BriefContent | null {
  const document = parsed(text);
  if (!document) return null;
  const data = record(document.toJS({ maxAliasCount: 100 }));
  const budget = record(data['budget']);
  return {
    name: word(data['name']),
    about: word(data['about']),
    process: word(data['process']),
    quantity: word(data['quantity']),
    materials: list(data['materials']).map(word),
    interfaces: interfacesOf(data['interfaces']),
    envelope: data['envelope'] == null ? null : boxOf(data['envelope']),
    keepOuts: list(data['keep_out']).map(boxOf),
    concepts: list(data['concepts']).map(conceptOf),
    cases: Object.entries(record(data['cases'])).map(([name, one]) => caseOf(name, record(one))),
    requirements: list(data['requirements']).map(word),
    objectives: list(data['objective']).map(word),
    minutes: word(budget['minutes']),
    solves: word(budget['solves']),
  };
}

function conceptOf(value: unknown): ConceptContent {
  const concept = record(value);
  const kind = 'archetype' in concept ? 'archetype' : concept['generate'] === true ? 'generate' : 'part';
  return {
    kind,
    of: kind === 'generate' ? '' : word(concept[kind]),
    name: word(concept['name']),
    vary: Object.entries(record(concept['vary'])).map(([variable, range]) => ({
      variable,
      range: Array.isArray(range)
        ? { low: word(range[0]), high: word(range[1]) }
        : { choices: list(record(range)['choices']).map(word).join(', ') },
    })),
    set: Object.entries(record(concept['set'])).map(([variable, value]) => ({ variable, value: word(value) })),
    faces: Object.entries(record(concept['faces'])).map(([name, on]) => ({ name, on: list(on).map(word).join('; ') })),
  };
}

function caseOf(name: string, one: Plain): CaseContent {
  return {
    name,
    type: word(one['type']) || 'static',
    restraints: list(one['restraints']).map(itemOf),
    loads: list(one['loads']).map(itemOf),
  };
}

function itemOf(value: unknown): ItemContent {
  const item = record(value);
  const others = Object.keys(item).filter((key) => key !== 'on');
  const [kind] = others;
  const simple = others.length === 1 && typeof item['on'] === 'string';
  return {
    on: simple ? word(item['on']) : '',
    kind: simple ? kind! : '',
    value: simple ? word(item[kind!]) : '',
    text: flow(value),
  };
}

function parsed(text: string): Document | null {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0 || !(document.contents === null || isMap(document.contents))) return null;
  return document;
}

/** A number where it is one, so that it is written without quotation marks; else the text. */
export const scalarOf = (text: string): string | number =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;

/** The text with one value put or (undefined) taken away; what is empty after that goes too. */
export function withValue(text: string, path: BriefPath, value: unknown): string {
  return withEdit(text, (document) => {
    if (value === undefined) document.deleteIn(path);
    else put(document, path, value);
  });
}

function put(document: Document, path: BriefPath, value: unknown): void {
  const known = document.getIn(path, true);
  // A scalar keeps its comment and its quotation marks.
  if (known && typeof known === 'object' && 'value' in known && (value === null || typeof value !== 'object')) {
    (known as { value: unknown }).value = value;
    return;
  }
  const node = document.createNode(value);
  if (isCollection(node))
    node.flow = path.length > 1 || path[0] === 'materials' || path[0] === 'budget' || path[0] === 'envelope';
  if (document.contents === null) document.contents = document.createNode({}) as never;
  document.setIn(path, node);
}

/** The text with a key of a map called otherwise, in its place. */
export function withKey(text: string, path: BriefPath, from: string, to: string): string {
  return withEdit(text, (document) => {
    const map = document.getIn(path);
    if (!isMap(map) || map.has(to)) return;
    for (const pair of map.items) {
      const key = pair.key as { value?: unknown } | string;
      if (typeof key === 'object' && key.value === from) key.value = to;
    }
  });
}

/** A case by another name, also where requirements and objectives speak of it. */
export function withCaseName(text: string, from: string, to: string): string {
  const renamed = withKey(text, ['cases'], from, to);
  return renamed === text ? text : withWords(renamed, (written) => written.replaceAll(`in "${from}"`, `in "${to}"`));
}

/** A face by another name, also where cases and requirements speak of it. */
export const withFaceName = (text: string, concept: number, from: string, to: string): string =>
  withPlaceName(text, ['concepts', concept, 'faces'], from, to);
/** An interface by another name, everywhere. */
export const withInterfaceName = (text: string, from: string, to: string): string =>
  withPlaceName(text, ['interfaces'], from, to);

function withPlaceName(text: string, path: BriefPath, from: string, to: string): string {
  const renamed = withKey(text, path, from, to);
  if (renamed === text) return text;
  const spoken = withWords(renamed, (written) => written.replaceAll(` on ${from})`, ` on ${to})`));
  return withEdit(spoken, (document) => {
    const cases = document.get('cases');
    if (!isMap(cases)) return;
    const content = readContent(spoken)!;
    for (const { name, restraints, loads } of content.cases)
      for (const [key, items] of [
        ['restraints', restraints],
        ['loads', loads],
      ] as const)
        for (const [index, { on }] of items.entries())
          if (on === from) put(document, ['cases', name, key, index, 'on'], to);
  });
}

function withWords(text: string, change: (written: string) => string): string {
  const { requirements, objectives } = readContent(text)!;
  let now = text;
  for (const [index, written] of requirements.entries())
    if (change(written) !== written) now = withValue(now, ['requirements', index], change(written));
  const single = objectives.length === 1;
  for (const [index, written] of objectives.entries())
    if (change(written) !== written)
      now = withValue(now, single ? ['objective'] : ['objective', index], change(written));
  return now;
}

function withEdit(text: string, edit: (document: Document) => void): string {
  const document = parsed(text);
  if (!document) return text;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** A line that is an item of its own (`{on: wall, fix: all}`), as data; null while it is none. */
export function itemFrom(text: string): Plain | null {
  const document = parseDocument(text);
  return document.errors.length === 0 && isMap(document.contents) ? record(document.toJS()) : null;
}

// Requirements

export interface RequirementParts {
  quantity: string;
  comparison: '<=' | '>=';
  limit: string;
  case: string;
}

/** In its parts; null where it is written in a way that has none. */
export function requirementParts(text: string): RequirementParts | null {
  const [, quantity, comparison, limit, of] = /^\s*(.*?)\s*(<=|>=)\s*(.*?)(?:\s+in\s+"([^"]*)")?\s*$/.exec(text) ?? [];
  if (quantity === undefined || limit === undefined || /[<>=]/.test(limit)) return null;
  return { quantity, comparison: comparison as '<=', limit, case: of ?? '' };
}
export const requirementText = ({ quantity, comparison, limit, case: of }: RequirementParts): string =>
  `${quantity} ${comparison} ${limit}${of === '' ? '' : ` in "${of}"`}`;

/** What the engine says of something that it quotes or names, without saying where. */
export const problemsAbout = (problems: readonly string[], ...words: (string | RegExp)[]): string[] =>
  problems.filter((problem) =>
    words.some((each) =>
      typeof each === 'string' ? each !== '' && problem.includes(`"${each}"`) : each.test(problem),
    ),
  );
