import { describe, expect, it } from 'vitest';
import { materialByName } from '../../physics/index.ts';
import { DesignSpace } from './space.ts';
import { TrustRegion } from './trust-region.ts';

const range = (name: string) => ({ name, unit: 'mm', kind: 'range', minimum: 1, maximum: 9, start: 5 }) as const;
const goals = [{ number: 0, direction: 'minimise', weight: 1 }] as const;

function started(mass: number): TrustRegion {
  const space = new DesignSpace({ variables: [range('width'), range('height')] }, [materialByName('Al 6061-T6')]);
  const search = new TrustRegion(space);
  find(search, mass);
  return search;
}

/** A design, and a round after it. */
function find(search: TrustRegion, mass: number): void {
  const at = search.observations.length;
  search.observations.push({
    point: { values: [1 + at / 100, 5], material: 0 },
    numbers: [mass],
  });
  search.learn([], goals);
}

/** Rounds that find nothing better, until the search is over: the sizes that its region of trust has in them. */
function reachesUntilDone(search: TrustRegion): number[] {
  const reaches = [search.reach];
  for (let round = 0; !search.done && round < 200; round++) {
    find(search, 10);
    if (search.reach !== reaches.at(-1)) reaches.push(search.reach);
  }
  return reaches.map((reach) => Number(reach.toFixed(3)));
}

const SMALLER = [1, 0.5, 0.25, 0.125, 0.063, 0.031, 0.016];
const proposal = (gain: number) => ({ point: { values: [2, 2], material: 0 }, violation: 0, merit: 0, gain });

describe('the region of trust', () => {
  it('shrinks while nothing is found, until there is nothing left to find', () => {
    expect(reachesUntilDone(started(1))).toEqual(SMALLER);
  });

  it('grows again with success, and is searched anew from near when the bounds have changed', () => {
    const search = started(1);
    while (search.reach > 0.2) find(search, 10);
    for (const mass of [0.9, 0.8]) find(search, mass);
    expect(search.reach).toBeCloseTo(1.6 * 0.125, 12);
    reachesUntilDone(search);
    search.reopen();
    expect(reachesUntilDone(search)).toEqual([0.15, 0.075, 0.037, 0.019]);
  });

  it('shrinks without a design where the models hope for nothing', () => {
    const search = started(1);
    const designs = search.observations.length;
    const reaches = [search.reach];
    while (!search.done) {
      search.pass();
      reaches.push(search.reach);
    }
    expect(reaches.map((reach) => Number(reach.toFixed(3)))).toEqual(SMALLER);
    expect(search.observations).toHaveLength(designs);
  });

  it('hopes for what the models expect to gain, but only once there are designs enough to know, and one that holds', () => {
    const search = started(1);
    expect(search.isWorthwhile([], goals, [proposal(0)])).toBe(true);
    while (search.observations.length < 6) find(search, 10);
    expect(search.isWorthwhile([], goals, [proposal(0), proposal(0.0001)])).toBe(false);
    expect(search.isWorthwhile([], goals, [proposal(0), proposal(0.01)])).toBe(true);
    const missed = [{ number: 0, comparison: '<=' as const, limits: [0.5] }];
    expect(search.isWorthwhile(missed, goals, [proposal(0)])).toBe(true);
  });
});
