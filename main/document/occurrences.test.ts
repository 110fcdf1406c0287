import { describe, expect, test } from 'vitest';
import { boxWithBore } from './box.fixture.ts';
import { distinctNames, indicesCalled, occurrenceNames } from './occurrences.ts';
import { select } from './selectors.ts';

describe('names in an assembly', () => {
  test('that are alike are numbered, all of them, and never become one that is there already', () => {
    expect(distinctNames(['bolt', 'nut', 'bolt'])).toEqual(['bolt (1)', 'nut', 'bolt (2)']);
    expect(distinctNames(['bolt', 'bolt (1)', 'bolt'])).toEqual(['bolt (2)', 'bolt (1)', 'bolt (3)']);
  });

  test('are the way down to an occurrence', () => {
    expect(occurrenceNames([['frame', 'bolt'], ['lid', 'bolt'], ['lid', 'bolt'], ['']])).toEqual([
      'frame/bolt',
      'lid/bolt (1)',
      'lid/bolt (2)',
      'Component',
    ]);
  });

  test('mean the one of exactly this name, or all on whose way they are', () => {
    const names = ['bolt/Body', 'frame/bolt (1)/Body', 'frame/bolt (2)/Body', 'frame/bolting/Body'];
    expect(indicesCalled(names, 'bolt/Body')).toEqual([0]);
    expect(indicesCalled(names, 'bolt')).toEqual([0, 1, 2]);
    expect(indicesCalled(names, 'frame/bolt')).toEqual([1, 2]);
    expect(indicesCalled(names, 'bolt (2)')).toEqual([2]);
    expect(indicesCalled(names, 'frame')).toEqual([1, 2, 3]);
    expect(indicesCalled(names, 'rod')).toEqual([]);
  });
});

describe('a selector of some bodies', () => {
  const named = (name: string) => ({ ...boxWithBore(), name });
  const bodies = [named('low/box'), named('high/box'), named('high (1)/pin')];

  test('looks through these alone', () => {
    expect(select('faces of "low" >Z', bodies)).toEqual([{ body: 0, kind: 'face', index: 5 }]);
    expect(select('faces >Z', bodies)).toHaveLength(3);
    expect(select('faces of "high" |X and >X', bodies)).toEqual([
      { body: 1, kind: 'face', index: 1 },
      { body: 2, kind: 'face', index: 1 },
    ]);
    expect(select('bodies of "low/box"', bodies)).toEqual([{ body: 0, kind: 'body', index: 0 }]);
  });

  test('is refused where there is no such body, or where more is written than it understands', () => {
    expect(() => select('faces of "rod" >Z', bodies)).toThrow('There is no body "rod".');
    expect(() => select('faces of "low" >Z here', bodies)).toThrow(/can't be read/);
    expect(() => select('faces of low', bodies)).toThrow();
  });
});
