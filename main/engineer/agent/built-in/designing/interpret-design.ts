/**
 * "Design a bracket that carries 800 N down on the selected face, fixed at the wall, of 6061, yield over 1.5": a brief, or the
 * one thing that is asked about next. Nothing that decides the design is made up; what has a usual meaning is told as a note.
 */
import { PROCESS_TITLES } from '../../../../../preload/contract/index.ts';
import { Clause, quotation } from '../clause.ts';
import { takeMaterials } from '../entities.ts';
import { notUnderstood } from '../intents/geometry.ts';
import { ask, type Choice, type Interpretation, step } from '../interpretation.ts';
import type { Scene } from '../scene.ts';
import { briefText } from './brief-text.ts';
import {
  DIRECTION_CHOICES,
  directionOf,
  PRINTED,
  type SaidLoad,
  SIDE_CHOICES,
  sideNamed,
  takeAims,
  takeBudget,
  takeDefinitions,
  takeDirection,
  takeHeld,
  takeLoad,
  takeLoadPlace,
  takeProcesses,
  takeQuantityOfPieces,
  takeRequirements,
} from './phrases.ts';
import type { ScenePlace, SceneUse } from './scene-places.ts';
import { takeNoun, takeStart } from './starting-points.ts';
import { threadOf, withoutVerb } from './thread.ts';
import { askRange, askVariation, takeVariation } from './variation.ts';
import type { Start, Wish, WishedLoad } from './wish.ts';

/** Words of such a request that say nothing more. */
const GLUE =
  /\b(?:carr(?:y|ies|ying)|holds?|holding|supports?|supporting|bears?|bearing|withstands?|withstanding|takes?|loaded|load|loads|force|weight|able|capable|under|against|made|make|out of|made of|made from|material|materials|brief|designed?|one|each|should|must|shall|may|while|but|keep|keeping|stay|stays|staying|pushing|pulling|acting|applied|budget|search|rigidly|firmly|possible|requirements?|rest|other|either|starting|displacement|deflection|against yield|bolted|displace|maximum|max|subject)\b/;

/** @returns null where the text has nothing to do with a design that is asked for */
export function interpretDesign(text: string, scene: Scene): { found: Interpretation; isAnswer: boolean } | null {
  const thread = threadOf(text, scene);
  return thread && { found: understand(thread.text, scene), isAnswer: thread.isAnswer };
}

function understand(text: string, scene: Scene): Interpretation {
  const said = text.replace(/[?.!\s]+$/, '');
  const clause = new Clause(withoutVerb(said));
  Object.assign(clause, { original: said });
  const definitions = takeDefinitions(clause);
  const example = takeExample(clause, scene);
  const noun = takeNoun(clause);
  const begun = takeStart(clause, scene, noun);
  if ('question' in begun) return begun.question;
  const { start } = begun;
  const part = start.kind === 'part' ? scene.parts.find(({ id }) => id === start.partId)! : null;
  const notes: string[] = [];
  if (part) notes.push(`It starts from “${part.name}” of this project.`);

  const budget = takeBudget(clause);
  const quantity = takeQuantityOfPieces(clause);
  const processes = takeProcesses(clause);
  if (processes.length > 1)
    return ask(
      `By which process is it made? A brief has one, and ${processes.map((each) => PROCESS_TITLES[each].toLowerCase()).join(' and ')} were named.`,
    );
  if (processes.length === 0 && clause.has(PRINTED)) return askPrinting(said);
  const variation = part ? takeVariation(clause, part) : null;
  const required = takeRequirements(clause);
  if (required.wrong) return ask(required.wrong);
  notes.push(...required.notes);
  const aims = takeAims(clause);
  const places = new Places(clause, definitions, placesOf(start, scene, example));
  const heldWords = takeHeld(clause);
  const load = takeLoad(clause);
  if (load.note) notes.push(load.note);
  const loadWords = load.place ?? takeLoadPlace(clause);
  const wayWords = load.direction ?? takeDirection(clause);
  const materials = takeMaterials(clause, scene);
  if (materials.unknown.length > 0)
    return ask(`The library has no material “${materials.unknown[0]}”. Which one do you mean?`);
  notes.push(...materials.notes);
  if (materials.names.length > 1) clause.takeAll(/\bor\b/);
  clause.takeAll(GLUE);
  if (clause.leftover().length > 0) return notUnderstood(clause);

  // What is missing, one thing at a time.
  const onlyVibration =
    required.limits.length > 0 && required.limits.every(({ of }) => of === 'vibration' || of === 'part');
  const wished = wishedLoad(load, wayWords, loadWords, example, places, said);
  if ('question' in wished) return wished.question;
  if (!onlyVibration || load.force_N !== undefined || load.pressure !== undefined) {
    const missing = missingOfLoad(wished.load, said, scene, start);
    if (missing) return missing;
  }
  const held = heldWords === undefined ? example?.held[0] && placeOfAll(example.held) : places.find(heldWords);
  if (held === null) return askPlace(places.wordsOf(heldWords!), said);
  if (!held)
    return ask(
      'Where is it held? Select the face and say “the selected face”, name it, or choose a side.',
      [
        ...places.known
          .filter(({ name }) => name !== wished.load.on?.name)
          .map(({ name }) => ({ label: name, reply: `${said}, fixed at "${name}"` })),
        ...SIDE_CHOICES.map(({ label, words }) => ({ label, reply: `${said}, fixed at ${words}` })),
      ].slice(0, 10),
    );
  if (materials.names.length === 0) return askMaterial(said, part?.material ?? null);
  if (required.limits.every(({ of }) => of === 'part'))
    return ask(
      'What must it withstand? Say how far stress may go, how far it may move, or which frequency it must stay above.',
      [
        { label: 'Stress at most yield / 1.5', reply: `${said}, stress at most yield / 1.5` },
        { label: 'Stress at most yield / 2', reply: `${said}, stress at most yield / 2` },
      ],
    );
  if (part && !variation) return askVariation(part, said);
  const [open] = variation?.unbounded ?? [];
  if (open) return askRange(open);

  if (aims.length === 0) notes.push('The aim is the least mass, for nothing else was said.');
  if (processes.length === 0)
    notes.push('No process was said: whether it can be made is not judged. Add one in the brief, such as milling.');
  const wish: Wish = {
    noun: nameOf(noun, start),
    said,
    start,
    load: wished.load,
    held: named(held, wished.load.on, 'fixed face'),
    materials: materials.names,
    ...(processes[0] ? { process: processes[0] } : {}),
    ...(quantity === undefined ? {} : { quantity }),
    limits: required.limits,
    aims: aims.length > 0 ? aims : ['mass'],
    vary: variation?.vary ?? null,
    ...budget,
  };
  const steps = [step('write_brief', { text: briefText(wish) }), step('search_designs', { brief: wish.noun })];
  return { kind: 'plan', steps, notes };
}

// Where

/** Names of places as they are said, and what they stand for. */
class Places {
  readonly known: ScenePlace[];
  readonly #clause: Clause;
  readonly #definitions: Map<string, string>;

  constructor(clause: Clause, definitions: Map<string, string>, known: ScenePlace[]) {
    this.#clause = clause;
    this.#definitions = new Map(
      [...definitions].map(([mark, words]) => [plainName(this.#unquoted(mark)), words] as const),
    );
    this.known = known;
  }
  #unquoted(words: string): string {
    return words.replace(/⟦(\d+)⟧/g, (mark, index: string) => this.#clause.quoted[Number(index)] ?? mark);
  }
  wordsOf(words: string): string {
    return this.#unquoted(words).trim();
  }

  /** Null where nobody has said what it is. */
  find(words: string): ScenePlace | null {
    const text = this.wordsOf(words);
    const defined = this.#definitions.get(plainName(text));
    if (defined !== undefined) {
      const place = this.find(defined);
      return place && { ...place, name: text };
    }
    // As it is written out for what was selected, or by whoever knows selectors.
    if (words.includes('⟦') && /^faces? \S/.test(text)) return { name: '', on: text.split('; ') };
    const known = this.known.find(({ name }) => plainName(name) === plainName(text));
    return known ?? sideNamed(text.toLowerCase());
  }
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ')
    .replace(/ (?:face|side|surface)$/, '')
    .trim();

function placesOf(start: Start, scene: Scene, example: SceneUse | null): ScenePlace[] {
  if (start.kind === 'sample') {
    const interfaces = Object.keys((start.file['interfaces'] as object | undefined) ?? {});
    return [
      ...Object.entries(start.faces).map(([name, on]) => ({ name, on })),
      ...interfaces.filter((name) => !Object.hasOwn(start.faces, name)).map((name) => ({ name, on: [name] })),
    ];
  }
  const uses = scene.uses.filter(({ partId }) => partId === start.partId);
  const all = [...(example ? [example] : []), ...uses].flatMap(({ held, loaded }) => [...held, ...(loaded ?? [])]);
  // Two studies may call different faces the same: then neither is meant.
  return all
    .filter(
      ({ name, on }, k) =>
        all.findIndex((each) => plainName(each.name) === plainName(name) && `${each.on}` === `${on}`) === k,
    )
    .filter(({ name }, _k, kept) => kept.filter((each) => plainName(each.name) === plainName(name)).length === 1)
    .map(({ name, on }) => ({ name: name.toLowerCase(), on }));
}

/** `as in the study "Shelf load"`: held and loaded as there. */
function takeExample(clause: Clause, scene: Scene): SceneUse | null {
  for (const [index, name] of clause.quoted.entries())
    if (clause.take(new RegExp(String.raw`\b(?:loaded |held |used )*as in (?:the )?study ${quotation(index)}`)))
      return scene.uses.find(({ study }) => study.toLowerCase() === name.toLowerCase()) ?? null;
  return null;
}

const placeOfAll = (places: readonly ScenePlace[]): ScenePlace => ({
  name: places[0]!.name.toLowerCase(),
  on: places.flatMap(({ on }) => on),
});

/** A place that was only pointed at has a name by what it is for; no two have the same. */
function named(place: ScenePlace, other: ScenePlace | undefined, otherwise: string): ScenePlace {
  const name = place.name || otherwise;
  return { ...place, name: other && other.name === name && `${other.on}` !== `${place.on}` ? otherwise : name };
}

const askPlace = (words: string, said: string): Interpretation =>
  ask(
    /^(?:the )?select(?:ed|ion)|^here$|^this\b/.test(words)
      ? 'Nothing is selected. Click the face in the model, and say it again; or choose a side.'
      : `Which face is “${words}”? Select it and say “the selected face”, or choose a side.`,
    SIDE_CHOICES.map(({ label, words: side }) => ({ label, reply: `${said}, where "${words}" is ${side}` })),
  );

// The load

function wishedLoad(
  load: SaidLoad,
  way: string | undefined,
  where: string | undefined,
  example: SceneUse | null,
  places: Places,
  said: string,
): { load: WishedLoad } | { question: Interpretation } {
  const [only] = example?.loaded?.length === 1 ? example.loaded : [];
  const size = only?.direction ? Math.hypot(...only.direction) : 0;
  const on = where === undefined ? only && { ...only, name: only.name.toLowerCase() } : places.find(where);
  if (on === null) return { question: askPlace(places.wordsOf(where!), said) };
  const direction = (way === undefined ? undefined : directionOf(way)) ?? only?.direction;
  return {
    load: {
      ...(load.pressure ? { pressure: load.pressure } : {}),
      ...(load.force_N === undefined ? (only && !load.pressure ? { force_N: size } : {}) : { force_N: load.force_N }),
      ...(direction ? { direction } : {}),
      ...(on ? { on: named(on, undefined, 'loaded face') } : {}),
    },
  };
}

function missingOfLoad(load: WishedLoad, said: string, scene: Scene, start: Start): Interpretation | null {
  if (load.force_N === undefined && !load.pressure)
    return ask(
      'How large is the load? Say for instance “800 N downwards on the top face”, or “10 bar of pressure on the bore”.',
      [...examplesOf(scene, start, said)],
    );
  if (load.force_N === 0) return ask('How large is the load? One of 0 N loads nothing.');
  if (!load.on)
    return ask(
      `Where does the load act? Select the face and say “the selected face”, name it, or choose a side.`,
      [
        ...examplesOf(scene, start, said),
        ...knownPlaces(scene, start).map((name) => ({ label: name, reply: `${said}, loaded on "${name}"` })),
        ...SIDE_CHOICES.map(({ label, words }) => ({ label, reply: `${said}, loaded on ${words}` })),
      ].slice(0, 12),
    );
  if (!load.pressure && !load.direction)
    return ask(
      `Which way does the load push?`,
      DIRECTION_CHOICES.map(({ label, words }) => ({ label, reply: `${said}, ${words}` })),
    );
  return null;
}

const knownPlaces = (scene: Scene, start: Start): string[] => placesOf(start, scene, null).map(({ name }) => name);

/** Studies of the part that say how it is loaded and held. */
const examplesOf = (scene: Scene, start: Start, said: string): Choice[] =>
  start.kind !== 'part'
    ? []
    : scene.uses
        .filter(({ partId, loaded, held }) => partId === start.partId && loaded?.length === 1 && held.length > 0)
        .map(({ study }) => ({ label: `As in the study “${study}”`, reply: `${said}, as in study "${study}"` }));

// The rest

const askMaterial = (said: string, present: string | null): Interpretation =>
  ask('What may it be made of? Name one or several materials; the search chooses among them.', [
    ...(present ? [{ label: `${present}, as now`, reply: `${said}, made of ${present}` }] : []),
    ...[
      ['Al 6061-T6', 'Aluminium 6061-T6'],
      ['Steel S235JR', 'Steel S235JR'],
      ['Al 6061-T6 or Steel S235JR', 'Either of them'],
    ].flatMap(([name, label]) => (name === present ? [] : [{ label: label!, reply: `${said}, made of ${name}` }])),
  ]);

const askPrinting = (said: string): Interpretation =>
  ask('Printed by which process?', [
    { label: PROCESS_TITLES['fused-filament'], reply: said.replace(PRINTED, 'fused-filament printed') },
    { label: PROCESS_TITLES['laser-powder-bed'], reply: said.replace(PRINTED, 'laser powder bed') },
  ]);

function nameOf(noun: string, start: Start): string {
  const name = noun || start.name;
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.slice(0, 100);
}
