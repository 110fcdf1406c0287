/**
 * A request for a design is often complete only after a few questions: what was answered is put behind what was asked for, so
 * that all of it is understood together. What was selected is written out at once, for the next click selects something else.
 */
import type { AgentEntry } from '../../../../../preload/contract/index.ts';
import type { Scene } from '../scene.ts';
import { faceKey } from './scene-places.ts';

const DESIGNS =
  /^\s*(?:(?:please|now|ok|okay|can you|could you|would you|i want you to|i'd like you to|let us|let's|help me(?: to)?)[ ,]+)*(?:(?:design|devise|develop|engineer)\b(?!\s+(?:\d+|of|panel)\b)|(?:write|make|draw up|create)(?: me)? a brief (?:for|of)\b|(?:find|make|create)(?: me)? (?:a|an|the) (?:new |best |lightest |stiffest |cheapest )?design (?:of|for)\b)/i;

export const asksForDesign = (text: string): boolean => DESIGNS.test(text);

/** Of this text or of what was said before, so that it may be an answer. */
export const mayAskForDesign = (text: string, entries: readonly AgentEntry[]): boolean =>
  asksForDesign(text) ||
  entries
    .slice(-30)
    .some((entry) => entry.kind === 'question' && QUESTIONS.some(({ pattern }) => pattern.test(entry.text)));

/** The verb, taken off: what is left begins with what shall be designed. */
export const withoutVerb = (text: string): string => text.replace(DESIGNS, '');

/** Questions that this part of the agent asks, and what their answer is put behind. */
export const QUESTIONS: { pattern: RegExp; prefix: string; unless: RegExp }[] = [
  { pattern: /^How large is the load\b/, prefix: 'load of', unless: /\b(?:load|force|carr|pressure)/i },
  { pattern: /^Where does the load act\b/, prefix: 'loaded on', unless: /\b(?:on|at|onto|to)\b/i },
  { pattern: /^Which way does the load push\b/, prefix: 'pushing', unless: /\bpush|\bpull|\bact/i },
  { pattern: /^Where is it held\b/, prefix: 'fixed at', unless: /\b(?:fixed|held|clamped|bolted|screwed|mounted)\b/i },
  { pattern: /^What may it be made of\b/, prefix: 'made of', unless: /\b(?:of|from|in)\b/i },
  { pattern: /^What must it withstand\b/, prefix: '', unless: /^/ },
  { pattern: /^Which dimensions of\b/, prefix: 'vary', unless: /\bvary\b|\bchange\b/i },
  { pattern: /^From where to where may\b/, prefix: 'vary', unless: /\bvary\b/i },
  { pattern: /^Which face is “(.+?)”/, prefix: 'where "$1" is', unless: /\bwhere\b/i },
  { pattern: /^What should .* start from\b/, prefix: 'starting from', unless: /\bfrom\b|\blike\b/i },
];

const SELECTED =
  /\b(?:the |this |these |those |what is |what's )?(?:selected (?:faces?|surfaces?|sides?)|selected|selection|faces? (?:i (?:have )?selected|that (?:is|are) selected))\b|\b(?:this|these) (?:faces?|surfaces?)\b|\bhere\b/gi;

type Item = Parameters<typeof faceKey>[0];

/** `the selected face` as the face that it is: `"face Base/end"`. Where nothing is selected it stays, and is asked about. */
export function withSelection(text: string, selection: readonly Item[], scene: Pick<Scene, 'faces' | 'parts'>): string {
  if (!SELECTED.test(text)) return text;
  SELECTED.lastIndex = 0;
  const faces = selection.flatMap((item) => scene.faces.get(faceKey(item)) ?? []);
  if (faces.length === 0) return text;
  const named = faces.map((face) => face.replaceAll('"', "'")).join('; ');
  const [first] = selection;
  const part = scene.parts.find(({ id }) => id === first?.partId);
  const written = text.replace(SELECTED, `"${named}"`);
  return part && scene.parts.length > 1 && !/\bpart "/.test(written) ? `${written} (part "${part.name}")` : written;
}

export interface Thread {
  /** All that was said, as one request. */
  text: string;
  /** It is an answer: it may also be something else altogether. */
  isAnswer: boolean;
}

/** The request for a design that this text is, or that it goes on with; null where it is neither. */
export function threadOf(text: string, scene: Scene): Thread | null {
  const now = withSelection(text, scene.selection, scene);
  if (asksForDesign(text)) return { text: now, isAnswer: false };
  const { entries } = scene;
  const from = entries.findLastIndex(({ kind }) => kind !== 'request' && kind !== 'question') + 1;
  let said: string | null = null;
  let question: string | null = null;
  for (const entry of entries.slice(from)) {
    if (entry.kind === 'question') question = entry.text;
    else if (entry.kind === 'request') {
      const words = withSelection(entry.text, selectionOf(entry), scene);
      if (asksForDesign(entry.text)) said = words;
      else if (said !== null) said = put(said, words, question);
    }
  }
  if (said === null || question === null || entries.at(-1)?.kind !== 'question') return null;
  return { text: put(said, now, question), isAnswer: true };
}

const selectionOf = (entry: Extract<AgentEntry, { kind: 'request' }>): Item[] => entry.selection ?? [];

function put(said: string, answer: string, question: string | null): string {
  const known = QUESTIONS.find(({ pattern }) => pattern.test(question ?? ''));
  const bare = answer.trim().replace(/[.!?]+$/, '');
  const prefix =
    known && !known.unless.test(bare)
      ? `${known.pattern.exec(question!)![0].replace(known.pattern, known.prefix)} `
      : '';
  return `${said.replace(/[?.!\s]+$/, '')}, ${prefix}${bare}`;
}
