import { expect, it } from 'vitest';
import type { SensitivityFunctional } from '../../../preload/contract/index.ts';
import { sensitivitiesOf } from '../../testing/sensitivities.ts';
import { adviceFor, effectsOf } from './advice.ts';

const { summary } = sensitivitiesOf('study');

it('orders dimensions by what one percent of them does, with signs kept', () => {
  const [functional] = summary.functionals as [SensitivityFunctional];
  const effects = effectsOf(functional, summary);
  expect(effects.map(({ name }) => name)).toEqual(['height', 'length']);
  // -41.5 per mm of 30 mm, and 6.2 per mm of 200 mm.
  expect(effects[0]!.onePercent).toBeCloseTo(-12.45, 10);
  expect(effects[1]!.onePercent).toBeCloseTo(12.4, 10);
  expect(effects[0]!.share).toBeCloseTo(-12.45 / 420, 10);
});

it('advises to take away where outward movement makes it worse, and to add where it helps', () => {
  expect(adviceFor(0.2, { quantity: 'compliance' })).toBe('push in');
  expect(adviceFor(-0.2, { quantity: 'compliance' })).toBe('pull out');
});

it('advises the other way round where more of the quantity is better', () => {
  for (const quantity of ['frequency', 'buckling'] as const) {
    expect(adviceFor(0.2, { quantity })).toBe('pull out');
    expect(adviceFor(-0.2, { quantity })).toBe('push in');
  }
});
