import { expect, test } from 'vitest';
import type { PartRecord } from '../../../preload/contract/index.ts';
import { placesOfFeatures, placesOfItems } from './portable-ids.ts';

const part = (...features: string[]): PartRecord => ({
  type: 'part',
  id: 'part_aaaaaa',
  name: '',
  bodies: [],
  features: features.map((name) => `feature_${name}`),
});

test('features are called by their place in the history, within names of faces and as keys too', () => {
  const named = (a: string, b: string) => ({
    on: [{ by: 'name', name: `feature_${b}/round(feature_${a}/side(line1)|feature_${a}/end)` }],
    suppressed: { [`feature_${a}`]: true },
  });
  const placed = placesOfFeatures(part('aaaaaa', 'bbbbbb'))(named('aaaaaa', 'bbbbbb'));
  expect(placed).toEqual(placesOfFeatures(part('xxxxxxxx', 'yyyyyyyy'))(named('xxxxxxxx', 'yyyyyyyy')));
  expect(placed.on[0]!.name).toBe('step 1/round(step 0/side(line1)|step 0/end)');
  // In another order it is another part, and what is no step of it stays what it is.
  expect(placesOfFeatures(part('bbbbbb', 'aaaaaa'))(named('aaaaaa', 'bbbbbb'))).not.toEqual(placed);
  expect(placesOfFeatures(part())('feature_zzzzzz/end')).toBe('feature_zzzzzz/end');
});

test('items of a study are called by their place, and which load a case means is kept', () => {
  const study = (one: string, two: string, meant: string) => ({
    loads: [
      { id: one, kind: 'force', value: 1 },
      { id: two, kind: 'force', value: 2 },
    ],
    cases: [{ id: 'c', loads: [{ load: meant, factor: 1 }] }],
  });
  expect(placesOfItems(study('a', 'b', 'a'))).toEqual(placesOfItems(study('p', 'q', 'p')));
  expect(placesOfItems(study('a', 'b', 'a'))).not.toEqual(placesOfItems(study('p', 'q', 'q')));
  // An id that is also a word of the study changes no word.
  expect(placesOfItems(study('force', 'b', 'force'))).toEqual(placesOfItems(study('a', 'b', 'a')));
  expect(placesOfItems({ id: 'fixed', kind: 'fixed' })).not.toEqual(placesOfItems({ id: 'force', kind: 'force' }));
});
