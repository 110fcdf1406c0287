/** A request in plain words, understood or asked about. Pure: what it is about is in the scene. */

import { nameOfStudy } from '../tools/loads.ts';
import { Clause, splitRequests } from './clause.ts';
import { interpretDesign } from './designing/interpret-design.ts';
import { designs } from './intents/designs.ts';
import { setDimension } from './intents/dimensions.ts';
import { edges, holes, notUnderstood, suppress } from './intents/geometry.ts';
import { goals } from './intents/goals.ts';
import type { Intent } from './intents/intent.ts';
import { materials } from './intents/materials.ts';
import { deciding, exporting, HELP, helping, loads, undoing } from './intents/others.ts';
import { addStudy, explain, lookUp, readQuantity, sensitivities, solveIt, weigh } from './intents/results.ts';
import { ask, type Interpretation } from './interpretation.ts';
import type { Scene } from './scene.ts';

/** In this order: the first that is one of its kind and leaves nothing unexplained is what was meant. */
const INTENTS: readonly Intent[] = [
  helping,
  deciding,
  undoing,
  designs,
  goals,
  explain,
  sensitivities,
  weigh,
  addStudy,
  holes,
  edges,
  loads,
  materials,
  readQuantity,
  exporting,
  setDimension,
  suppress,
  solveIt,
  lookUp,
];

export function interpret(text: string, scene: Scene): Interpretation {
  const answered = answerToQuestion(text, scene);
  const said = answered ?? text;
  const design = interpretDesign(said, scene);
  if (design && !design.isAnswer) return design.found;
  if (design) {
    // What was said may be no answer at all: "what is the mass?"
    const apart = design.found.kind === 'plan' ? null : interpretAlone(said, scene);
    return apart?.kind === 'plan' || apart?.kind === 'answer' ? apart : design.found;
  }
  return interpretAlone(said, scene);
}

function interpretAlone(said: string, scene: Scene): Interpretation {
  const whole = interpretOne(said, scene);
  if (whole.kind !== 'question' || whole.understood) return bare(whole);
  const parts = splitRequests(said);
  const split = parts.length > 1 ? parts : splitAtAnd(said);
  const all = split.length > 1 ? together(split, scene) : null;
  return bare(all ?? whole);
}

interface Judged {
  /** The question is about what was understood, not about words that were not. */
  understood?: boolean;
}
type JudgedInterpretation = Interpretation & Judged;
const bare = ({ understood: _understood, ...rest }: JudgedInterpretation): Interpretation => rest as Interpretation;

function interpretOne(text: string, scene: Scene): JudgedInterpretation {
  let unexplained: { clause: Clause; question: boolean } | null = null;
  for (const intent of INTENTS) {
    const clause = new Clause(text);
    const found = intent(clause, scene);
    if (!found) continue;
    // One that came near to being understood, but for a second wish in the same sentence, is cut apart before anybody is asked.
    if (found.kind === 'question')
      return unexplained ? notUnderstood(unexplained.clause) : { ...found, understood: true };
    const left = clause.leftover();
    if (left.length === 0) return { ...found, understood: true };
    if (!unexplained || left.length < unexplained.clause.leftover().length) unexplained = { clause, question: false };
  }
  if (unexplained) return notUnderstood(unexplained.clause);
  return ask(`I did not understand that. ${HELP}`);
}

/** Several requests in one sentence: each must make sense by itself, or the whole is asked about. */
function together(texts: readonly string[], scene: Scene): JudgedInterpretation | null {
  let now = scene;
  const found = texts.map((text) => {
    const each = interpretOne(text, now);
    now = after(now, each);
    return each;
  });
  const question = found.find(({ kind, understood }) => kind === 'question' && understood);
  if (found.some(({ kind, understood }) => kind === 'question' && !understood)) return null;
  if (question) return question;
  const plans = found.flatMap((each) => (each.kind === 'plan' ? [each] : []));
  if (plans.length !== found.length) return null;
  const notes = plans.flatMap((each) => each.notes ?? []);
  const steps = plans.flatMap((each) => each.steps);
  // Solving what has just been solved, because two questions need it, happens once.
  const unique = steps.filter(
    ({ tool, input }, k) =>
      tool !== 'solve_study' ||
      !steps.slice(0, k).some((each) => each.tool === tool && each.input['study'] === input['study']),
  );
  return { kind: 'plan', steps: unique, ...(notes.length > 0 ? { notes } : {}), understood: true };
}

/** The scene as it will be once these operations are done. */
function after(scene: Scene, found: Interpretation): Scene {
  if (found.kind !== 'plan') return scene;
  let next = scene;
  for (const { tool, input } of found.steps) {
    const name = String(input['study'] ?? '');
    if (tool === 'solve_study')
      next = {
        ...next,
        latestStudy: name,
        studies: next.studies.map((study) => (study.name === name ? { ...study, solved: true } : study)),
      };
    else if (tool === 'add_study') {
      const like = next.studies.find((study) => study.name === input['like']);
      const type = String(input['type']);
      const made = nameOfStudy(type, like?.name ?? '');
      const study = { id: made, name: made, type, partId: like?.partId ?? '', solved: false, loads: [] };
      next = { ...next, latestStudy: made, studies: [...next.studies, study] };
    } else if (!READS.has(tool))
      next = { ...next, studies: next.studies.map((study) => ({ ...study, solved: false })) };
  }
  return next;
}
/** After anything else a result is one of the design before. */
const READS = new Set([
  'measure_mass',
  'read_results',
  'explain_result',
  'read_variables',
  'list_project',
  'inspect_part',
  'export_model',
]);

/** "Set the thickness to 8 mm and solve": cut at each "and" in turn, until both sides make sense. */
function splitAtAnd(text: string): string[] {
  return text
    .split(/\s+and\s+|,\s+/i)
    .map((each) => each.trim())
    .filter(Boolean);
}

/** A short answer to what was asked last: one of its choices, by its words or its number. */
function answerToQuestion(text: string, scene: Scene): string | null {
  const last = scene.entries.findLast(({ kind }) => kind === 'question' || kind === 'operation' || kind === 'reply');
  if (last?.kind !== 'question' || last.choices.length === 0) return null;
  const said = plain(text);
  if (/^(yes|yes please|ok|okay|do it|sure|go ahead|please do)$/.test(said) && last.choices.length === 1)
    return last.choices[0]!.reply;
  const exact = last.choices.filter(({ label }) => plain(label) === said);
  if (exact.length === 1) return exact[0]!.reply;
  const words = said
    .split(' ')
    .filter((word) => word.length > 1 && !['the', 'one', 'please', 'that', 'in', 'on', 'of'].includes(word));
  if (words.length === 0 || words.length > 4) return null;
  const fitting = last.choices.filter(({ label }) => words.every((word) => plain(label).split(' ').includes(word)));
  return fitting.length === 1 ? fitting[0]!.reply : null;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.%]+/gu, ' ')
    .trim();
