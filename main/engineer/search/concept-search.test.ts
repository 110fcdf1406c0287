import { describe, expect, it } from 'vitest';
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import { materialByName } from '../../physics/index.ts';
import type { Brief } from '../brief/brief.ts';
import type { Concept } from '../concepts/concept.ts';
import { ConceptSearch } from './concept-search.ts';

const range = (name: string) => ({ name, unit: 'mm', kind: 'range', minimum: 1, maximum: 9, start: 5 }) as const;
const goals = [{ number: 0, direction: 'minimise', weight: 1 }] as const;

function started(mass: number): ConceptSearch {
  const concept = { name: 'beam', variables: [range('width'), range('height')] } as unknown as Concept;
  const search = new ConceptSearch(concept, { materials: [materialByName('Al 6061-T6')] } as unknown as Brief, 0);
  find(search, mass);
  return search;
}

/** A design, and a round after it. */
function find(search: ConceptSearch, mass: number): void {
  const at = search.observations.length;
  search.observations.push({
    point: { values: [1 + at / 100, 5], material: 0 },
    numbers: [mass],
    candidate: {} as DesignCandidate,
  });
  search.learn([], goals);
}

/** Rounds that find nothing better, until the search is over: the sizes that its region of trust has in them. */
function reachesUntilDone(search: ConceptSearch): number[] {
  const reaches = [search.reach];
  for (let round = 0; !search.done && round < 200; round++) {
    find(search, 10);
    if (search.reach !== reaches.at(-1)) reaches.push(search.reach);
  }
  return reaches.map((reach) => Number(reach.toFixed(3)));
}

const SECOND_LOOK = [0.15, 0.075, 0.037, 0.019];

describe('the region of trust', () => {
  it('shrinks while nothing is found, and is looked at once more from near before the search is over', () => {
    expect(reachesUntilDone(started(1))).toEqual([1, 0.5, 0.25, 0.125, 0.063, 0.031, ...SECOND_LOOK]);
  });

  it('is looked at again as long as that made the design lighter by two per cent', () => {
    const search = started(1);
    while (search.reach !== 0.15) find(search, 10);
    find(search, 0.9);
    expect(reachesUntilDone(search)).toEqual([...SECOND_LOOK.slice(0, 3), ...SECOND_LOOK]);
    const little = started(1);
    while (little.reach !== 0.15) find(little, 10);
    find(little, 0.99);
    expect(reachesUntilDone(little)).toEqual(SECOND_LOOK);
  });

  it('shrinks where the models hope for nothing twice in a row, and only then ends the search', () => {
    const search = started(1);
    const hopeless = [{ point: { values: [2, 2], material: 0 }, violation: 0, merit: 0 }];
    const ended: boolean[] = [];
    while (ended.length < 100 && !ended.at(-1)) ended.push(search.isExhausted([], goals, hopeless));
    // Two looks at each of nine sizes.
    expect(ended).toHaveLength(2 * (6 + SECOND_LOOK.length - 1));
    expect(Number(search.reach.toFixed(3))).toBe(0.019);
  });
});
