/** Candidates on branches of a project: what such a branch is called, where it begins, and what it says of itself. */
import type { BranchDesign, BranchInfo, RequirementResult } from '../../../preload/contract/index.ts';

const LONGEST_BRIEF = 70;

/**
 * By brief and number: `Shelf bracket/design 12`. Letters that names of branches cannot have are left out.
 * @param existing names of all branches, ended ones too: a name is never given twice
 */
export function branchNameOf(brief: string, number: number, existing: readonly string[]): string {
  const plain = brief
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 ._-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, LONGEST_BRIEF)
    .trim();
  const name = `${plain || 'Brief'}/design ${number}`;
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name} - ${count}`;
    if (!existing.includes(tried)) return tried;
  }
}

/** Where a branch for a design begins: what is open now, but for branches of other designs, which it shall stand beside. */
export function baseOf(branches: readonly BranchInfo[]): string {
  let at = branches.find(({ current }) => current)!;
  while (at.parent !== null && (at.design !== null || at.status !== 'open'))
    at = branches.find(({ name }) => name === at.parent)!;
  return at.name;
}

const figure = (value: number | null, unit: string): string =>
  value === null ? 'unknown' : `${Number(value.toPrecision(4))}${unit === '1' || unit === '' ? '' : ` ${unit}`}`;

const requirementInWords = ({ text, value, unit, limit, margin, holds, isRule, note }: RequirementResult): string =>
  isRule
    ? `${text}: ${holds ? 'holds' : `fails${note ? `, ${note}` : ''}`}`
    : `${text}: ${figure(value, unit)} against ${figure(limit, unit)}, margin ${
        margin === null ? 'unknown' : `${margin > 0 ? '+' : ''}${figure(100 * margin, '%')}`
      }`;

/** All that is known of it, a line each: part, material, dimensions, load cases, aims, margins. */
export function aboutDesign({ brief, candidate, cases }: Omit<BranchDesign, 'partId'>): string {
  const { number, concept, material, values, objectives, requirements, feasible } = candidate;
  return [
    `Design ${number} of the brief "${brief}": ${feasible ? 'all requirements hold' : 'it misses a requirement'}, as it was judged.`,
    `Part: ${concept}, ${material}.`,
    `Dimensions: ${values.map(({ name, value, unit }) => `${name} ${figure(value, unit)}`).join(', ') || 'as drawn'}.`,
    `Load cases: ${cases.map(({ name, type }) => `${name} (${type})`).join(', ') || 'none'}.`,
    ...objectives.map(({ text, value, unit }) => `${text}: ${figure(value, unit)}`),
    ...requirements.map(requirementInWords),
  ].join('\n');
}
