/**
 * Case control of a Nastran deck: what is solved, and which sets of restraints and loads each subcase chooses. What stands before
 * the first SUBCASE holds in all of them; what stands within takes its place there. Source: MSC Nastran Quick Reference Guide,
 * "Case Control Commands".
 */
import { type Account, refuseFile } from './account.ts';
import type { DeckModel } from './deck-model.ts';

export interface Subcase {
  line: number;
  name: string;
  /** Numbers of the sets that it chooses. */
  spc: number | null;
  load: number | null;
  method: number | null;
}

export interface CaseControl {
  type: Extract<DeckModel['type'], 'static' | 'modal'>;
  /** At least one, all held by the same restraints. */
  subcases: [Subcase, ...Subcase[]];
}

/** What changes the answer and is not followed. */
const LEFT_OUT: Record<string, string> = {
  TEMPERATURE: 'temperatures: their stress is left out',
  TEMP: 'temperatures: their stress is left out',
  DEFORM: 'enforced deformations are left out',
  MPC: 'equations among displacements are left out',
  SUPORT: 'free bodies are left out',
  STATSUB: 'pre-stress is left out',
  ADAPT: 'another study than this one',
};
/** What makes a case of others. */
const OF_OTHERS = ['SUBCOM', 'SYM', 'SYMCOM', 'REPCASE'];

/** @throws ArtificerError `exchange.bdf-solution` */
export function caseControl(lines: readonly { line: number; text: string }[], account: Account): CaseControl {
  let type: CaseControl['type'] = 'static';
  const all: Subcase = { line: 0, name: '', spc: null, load: null, method: null };
  const found: Subcase[] = [];
  let isLeftOut = false;
  for (const { line, text } of lines) {
    const [, word = '', value = ''] = /^\s*([A-Za-z]+\d*)(?:\([^)]*\))?\s*=?\s*(.*?)\s*$/.exec(text) ?? [];
    const name = word.toUpperCase();
    const now = found.at(-1) ?? all;
    if (name === 'SUBCASE') {
      isLeftOut = false;
      found.push({ ...all, line, name: `Subcase ${value}` });
    } else if (OF_OTHERS.includes(name)) {
      isLeftOut = true;
      account.note(line, name, 'not understood', 'a case made of others is left out');
    } else if (isLeftOut) {
      // It says something of the case that is left out.
    } else if (name === 'SOL') type = solution(line, value, account);
    else if (name === 'SPC') now.spc = Number(value);
    else if (name === 'LOAD') now.load = Number(value);
    else if (name === 'METHOD') now.method = Number(value);
    else if (name === 'LABEL' && found.length > 0 && value !== '') now.name = value;
    else if (LEFT_OUT[name]) account.note(line, name, 'not understood', LEFT_OUT[name]);
    else account.note(line, name, 'understood', 'case control that says nothing of the physics');
  }
  const [first = { ...all, name: 'Step 1' }, ...later] = found;
  return { type, subcases: [first, ...later.filter((one) => isSolved(one, first, type, account))] };
}

function solution(line: number, value: string, account: Account): CaseControl['type'] {
  const known: Record<string, CaseControl['type']> = {
    '101': 'static',
    SESTATIC: 'static',
    '103': 'modal',
    SEMODES: 'modal',
  };
  const type = known[value.toUpperCase()];
  if (!type) throw refuseFile('bdf-solution', `SOL ${value} cannot be solved.`, 'SOL 101 and SOL 103 can.', line);
  account.note(line, `SOL ${value}`, 'understood', type === 'static' ? 'a static study' : 'natural frequencies');
  return type;
}

/** Whether a further subcase is one of the same study: held as the first is. */
function isSolved(one: Subcase, first: Subcase, type: CaseControl['type'], account: Account): boolean {
  const why =
    type === 'modal'
      ? 'only the first is read: natural frequencies have no loads'
      : one.spc !== first.spc
        ? 'it is held otherwise than the first and left out'
        : null;
  if (why) account.note(one.line, 'SUBCASE', 'not understood', `${one.name}: ${why}`);
  return why === null;
}
