/** Designs side by side: a row for each aim, margin, dimension and what they are made of. Pure. */
import type { BranchDesign } from '../../../preload/contract/index.ts';
import { marginInWords, withUnit } from './words.ts';

export interface ComparedRow {
  name: string;
  /** One a design, in their order; `holds` where it is a margin. */
  cells: { text: string; holds?: boolean }[];
}

const ABSENT = '–';

/** What one design has and another has not is told by a dash, not left out. */
export function comparedBranches(designs: readonly BranchDesign[]): ComparedRow[] {
  const candidates = designs.map(({ candidate }) => candidate);
  const names = <T>(
    of: (candidate: (typeof candidates)[number]) => readonly T[],
    name: (one: T) => string,
  ): string[] => [...new Set(candidates.flatMap((candidate) => of(candidate).map(name)))];
  const objectives = names(
    ({ objectives: all }) => all,
    ({ text }) => text,
  ).map((name) => ({
    name,
    cells: candidates.map(({ objectives: all }) => {
      const found = all.find(({ text }) => text === name);
      return { text: found ? withUnit(found.value, found.unit) : ABSENT };
    }),
  }));
  const margins = names(
    ({ requirements }) => requirements,
    ({ text }) => text,
  ).map((name) => ({
    name,
    cells: candidates.map(({ requirements }) => {
      const found = requirements.find(({ text }) => text === name);
      if (!found) return { text: ABSENT };
      const { holds, isRule, margin } = found;
      return { text: isRule ? (holds ? 'holds' : 'fails') : marginInWords(margin), holds };
    }),
  }));
  const dimensions = names(
    ({ values }) => values,
    ({ name }) => name,
  ).map((name) => ({
    name,
    cells: candidates.map(({ values }) => {
      const found = values.find((each) => each.name === name);
      return { text: found ? withUnit(found.value, found.unit) : ABSENT };
    }),
  }));
  return [
    ...objectives,
    ...margins,
    { name: 'Part', cells: candidates.map(({ concept }) => ({ text: concept })) },
    { name: 'Material', cells: candidates.map(({ material }) => ({ text: material })) },
    ...dimensions,
    {
      name: 'Load cases',
      cells: designs.map(({ cases }) => ({ text: cases.map(({ name }) => name).join(', ') })),
    },
  ];
}
