/** Designs in words and figures, as a person reads them. Pure. */
import type { DesignCandidate, DesignOutcome, RequirementResult } from '../../../preload/contract/index.ts';
import { formatNumber } from '../../units/format.ts';

const SYMBOLS: Record<string, string> = {
  '1': '',
  '-': '',
  '': '',
  degC: '°C',
  deg: '°',
  'mm^3': 'mm³',
  'mm^2': 'mm²',
};

/** `6.2 mm`; the number alone where it has no unit. */
export function withUnit(value: number | null, unit: string, digits = 4): string {
  if (value === null) return 'unknown';
  const symbol = SYMBOLS[unit] ?? unit;
  const number = formatNumber(value, digits);
  return symbol === '' ? number : symbol === '°' ? `${number}°` : `${number}\u00a0${symbol}`;
}

export const unitSymbol = (unit: string): string => SYMBOLS[unit] ?? unit;

/** `+4.2 %`, `−31 %`. */
export function marginInWords(margin: number | null): string {
  if (margin === null) return 'unknown';
  const percent = 100 * margin;
  const shown = formatNumber(percent, Math.abs(percent) >= 100 ? 3 : 2);
  return `${percent > 0 ? '+' : ''}${shown}\u00a0%`;
}

export const valuesInWords = ({ values }: Pick<DesignCandidate, 'values'>): string =>
  values.map(({ name, value, unit }) => `${name} ${withUnit(value, unit)}`).join(', ');

export const PURPOSES: Record<DesignCandidate['purpose'], string> = {
  spread: 'Spread out',
  improve: 'Improve',
  confirm: 'Confirm',
};
export const PURPOSES_ABOUT: Record<DesignCandidate['purpose'], string> = {
  spread: 'Tried to see how the design behaves over its ranges',
  improve: 'Tried because models of the designs before expected it to be better',
  confirm: 'Solved on finer and finer meshes until its figures settled',
};

export const VERDICTS: Record<DesignOutcome['verdict'], { label: string; kind: 'success' | 'warning' | 'error' }> = {
  solved: { label: 'Solved', kind: 'success' },
  infeasible: { label: 'Cannot be met', kind: 'error' },
  budget: { label: 'Budget used up', kind: 'warning' },
  cancelled: { label: 'Stopped', kind: 'warning' },
};

/** What fails, shortest first words: the requirement that misses most. */
export function worstOf({ requirements }: Pick<DesignCandidate, 'requirements'>): RequirementResult | null {
  let worst: RequirementResult | null = null;
  for (const one of requirements)
    if (!worst || (one.margin ?? Number.NEGATIVE_INFINITY) < (worst.margin ?? Number.NEGATIVE_INFINITY)) worst = one;
  return worst;
}

/** The line of a brief that a problem is about, counted from 1: the first one with what the problem quotes. */
export function lineOfProblem(problem: string, text: string): number | null {
  const lines = text.split('\n');
  const said = /\bline (\d+)/i.exec(problem);
  if (said) return Number(said[1]) <= lines.length ? Number(said[1]) : null;
  // What it is about comes after where it is: `Concept "Beam": the part has no variable "heigth".`
  const [where = '', ...rest] = problem.split(/(?<=^[A-Za-z]+ "[^"]*"): /);
  for (const [, quoted] of `${rest.join(': ')} ${where}`.matchAll(/"([^"]+)"/g)) {
    const found = lines.findIndex((line) => !line.trimStart().startsWith('#') && line.includes(quoted!));
    if (found >= 0) return found + 1;
  }
  const key = /^([a-z_]+)[.:]/.exec(problem)?.[1];
  const found = key === undefined ? -1 : lines.findIndex((line) => line.startsWith(`${key}:`));
  return found >= 0 ? found + 1 : null;
}
