import { describe, expect, it } from 'vitest';
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import { nameIn } from './brief-name.ts';
import { bestSoFar, frontOf, plotOf } from './front.ts';
import { lineOfProblem, marginInWords, withUnit } from './words.ts';

const candidate = (number: number, values: (number | null)[], margin: number | null): DesignCandidate => ({
  number,
  concept: 'beam',
  material: 'Steel',
  values: [],
  purpose: 'spread',
  state: values.length === 0 ? 'failed' : 'solved',
  requirements: [],
  feasible: margin !== null && margin >= 0,
  margin,
  objectives: values.map((value, k) => ({
    text: k === 0 ? 'minimise mass' : 'maximise first_frequency',
    value,
    unit: '',
  })),
  mass_kg: null,
  solves: 1,
  seconds: 1,
});

describe('the front', () => {
  it('has the feasible designs that none beats in every aim, each aim in its direction', () => {
    const tried = [
      candidate(1, [2, 100], 0.1),
      candidate(2, [3, 150], 0.1),
      // Beaten by 1: heavier and lower.
      candidate(3, [2.5, 90], 0.2),
      // Best of all, but misses.
      candidate(4, [1, 200], -0.1),
      // The same as 1: told once.
      candidate(5, [2, 100], 0.1),
      candidate(6, [], null),
    ];
    expect(frontOf(tried)).toEqual([1, 2]);
  });
  it('of one aim is its best design', () => {
    expect(frontOf([candidate(1, [2], 0.1), candidate(2, [1.5], 0), candidate(3, [1], -0.1)])).toEqual([2]);
  });
});

it('the best so far begins with the first that holds, and never gets worse', () => {
  const tried = [candidate(1, [1], -0.5), candidate(2, [3], 0.2), candidate(3, [4], 0.3), candidate(4, [2], 0)];
  expect(bestSoFar(tried)).toEqual({ number: [1, 2, 3, 4], value: [Number.NaN, 3, 3, 2] });
});

it('far misses are drawn at the rim, and failures not at all', () => {
  const [near, far, ...rest] = plotOf([candidate(1, [1], -0.2), candidate(2, [1], -9), candidate(3, [], null)], 1);
  expect(near).toMatchObject({ y: -0.2, beyond: false });
  expect(far).toMatchObject({ y: -0.6, beyond: true });
  expect(rest).toEqual([]);
});

it('a problem leads to the line that it quotes, not to a comment on it', () => {
  const text = '# "heigth" is wrong\nname: Beam\nvary: {heigth: [1, 2]}\nobjective: minimise mas';
  expect(lineOfProblem('Concept "Beam": the part has no variable "heigth".', text)).toBe(3);
  expect(lineOfProblem('objective: "minimise mas" is no objective.', text)).toBe(4);
  expect(lineOfProblem('objective.0: expected text', text)).toBe(4);
  expect(lineOfProblem('Nested mappings are not allowed at line 2, column 3', text)).toBe(2);
  expect(lineOfProblem('It requires nothing.', text)).toBeNull();
});

it('margins and values are written with their signs and units', () => {
  expect(marginInWords(0.0421)).toBe('+4.2\u00a0%');
  expect(marginInWords(-3.132)).toBe('−313\u00a0%');
  expect(withUnit(80, 'degC')).toBe('80\u00a0°C');
  expect(withUnit(2, '1')).toBe('2');
  expect(withUnit(null, 'mm')).toBe('unknown');
});

it('a brief is called what its first line says', () => {
  expect(nameIn('# name: no\nname: Shelf bracket # for books')).toBe('Shelf bracket');
  expect(nameIn('about: x\nname: "A: b"')).toBe('A: b');
  expect(nameIn('name:\nabout: x')).toBe('Brief');
});
