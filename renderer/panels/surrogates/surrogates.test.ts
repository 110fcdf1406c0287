import { expect, it } from 'vitest';
import { encodeBundle, type StudySurrogate, type SurrogateComparison } from '../../../preload/contract/index.ts';
import { recordsWithValues } from '../../actions/surrogates.ts';
import { numbersOf } from './live/predicted-numbers.ts';
import { runningErrors } from './running-errors.ts';
import { draftOf, surrogateOf, whyNot } from './setup-state.ts';
import { marginOf, quantityInWords } from './words.ts';

const REFERENCE = Float32Array.of(0, 0, 0, 10, 0, 0);
const bundle = (arrays: Record<string, Float32Array>): Uint8Array => encodeBundle({ meta: {}, arrays });
const PREDICTED = bundle({
  nodes: Float32Array.of(0, 0, 0, 12, 0, 0),
  displacement: Float32Array.of(0, 0, 0, 0, 3, 4),
  'displacement/half': Float32Array.of(0, 0, 0, 0, 0.3, 0.4),
  vonMises: Float32Array.of(-1, 90),
  'vonMises/half': Float32Array.of(1, 9),
});

it('paints a prediction on the points that are predicted themselves', () => {
  const stress = numbersOf(PREDICTED, REFERENCE, 'von_mises', 0, null)!;
  expect([...stress.numbers.movement]).toEqual([0, 0, 0, 2, 0, 0]);
  // A stress of this kind is never negative.
  expect([...stress.numbers.values]).toEqual([0, 90]);
  expect(stress).toMatchObject({ range: [0, 90], largest: { value: 90, half: 9 } });
  const moved = numbersOf(PREDICTED, REFERENCE, 'displacement.magnitude', 10, null)!;
  expect([...moved.numbers.movement]).toEqual([0, 0, 0, 2, 30, 40]);
  expect(moved.largest.value).toBe(5);
  expect(moved.largest.half).toBeCloseTo(0.5, 6);
});

it('keeps what colours mean while a dimension is dragged, and paints nothing of another mesh', () => {
  expect(numbersOf(PREDICTED, REFERENCE, 'von_mises', 0, [10, 120])!.range).toEqual([0, 120]);
  expect(numbersOf(PREDICTED, new Float32Array(9), 'von_mises', 0, null)).toBeNull();
  expect(numbersOf(PREDICTED, REFERENCE, 'temperature', 0, null)).toBeNull();
});

const SUGGESTED = {
  parameters: [
    { name: 'rib', unit: 'mm', minimum: 4, maximum: 6, logarithmic: true, value: 5, chosen: true },
    { name: 'lean', unit: 'deg', minimum: 10, maximum: 20, logarithmic: true, value: 15, chosen: false },
  ],
  quantities: [{ name: 'mass', unit: 'kg', chosen: true }],
  fields: ['von_mises'],
} as Parameters<typeof draftOf>[1];

it('makes of what is suggested what a study keeps, and remembers what was chosen before', () => {
  const draft = draftOf('study', SUGGESTED, undefined);
  expect(whyNot(draft)).toBeNull();
  const kept = surrogateOf(draft);
  expect(kept).toEqual({
    parameters: [{ name: 'rib', unit: 'mm', minimum: 4, maximum: 6, reference: 5 }],
    quantities: ['mass'],
    fields: ['von_mises'],
    designs: 30,
    seed: 1,
  });
  const before: StudySurrogate = { ...kept, parameters: [{ ...kept.parameters[0]!, maximum: 9 }], fields: [] };
  const again = draftOf('study', { ...SUGGESTED, parameters: [{ ...SUGGESTED.parameters[0]!, value: 8 }] }, before);
  // The design that others are compared with stays the one that it was.
  expect(surrogateOf(again)).toEqual(before);
});

it('says why nothing can be made of a choice yet', () => {
  const draft = draftOf('study', SUGGESTED, undefined);
  const none = draft.parameters.map((one) => ({ ...one, chosen: false }));
  expect(whyNot({ ...draft, parameters: none })).toMatch(/variable/);
  const empty = draft.parameters.map((one) => ({ ...one, maximum: one.minimum }));
  expect(whyNot({ ...draft, parameters: empty })).toMatch(/rib has no width/);
  expect(whyNot({ ...draft, quantities: [], fields: [] })).toMatch(/quantity/);
  expect(whyNot({ ...draft, designs: 5 })).toMatch(/10 to 1000/);
});

it('writes all values as one edit of the part’s variables', () => {
  const variable = { type: 'variable', partId: 'part_abcdef', dimension: 'length', order: 0 } as const;
  const rib = { ...variable, id: 'variable_rib001', name: 'rib', expression: '5 mm' };
  const records = new Map([[rib.id, rib]]);
  const parameters = [
    { name: 'rib', unit: 'mm' },
    { name: 'lean', unit: 'deg' },
  ] as const;
  const put = recordsWithValues('part_abcdef', parameters, [5.5, 30], records);
  expect(put).toMatchObject([
    { ...rib, expression: '5.5 mm' },
    { type: 'variable', name: 'lean', expression: '30 deg', dimension: 'angle', partId: 'part_abcdef' },
  ]);
});

it('tells how predictions held against solutions: relative errors, and how often the interval held', () => {
  const compared = (value: number, solved: number | null): SurrogateComparison => ({
    at: 0,
    values: [1],
    on: 'own mesh',
    scalars: [{ name: 'mass', unit: 'kg', value, low: value - 1, high: value + 1, solved }],
  });
  // 3 % and 4 % off: root of the mean square 3.54 %.
  const [mass] = runningErrors([compared(103, 100), compared(96, 100), compared(1, null), compared(100.5, 100)]);
  expect(mass).toMatchObject({ name: 'mass', n: 3, within: 1 });
  expect(mass!.relative).toBeCloseTo(Math.sqrt((0.03 ** 2 + 0.04 ** 2 + 0.005 ** 2) / 3), 12);
});

it('says how much of an allowable is left, by the value and by the end of its interval', () => {
  expect(marginOf(100, 150, 200)).toEqual({ margin: 0.5, least: 0.25, tone: 'success' });
  expect(marginOf(190, 210, 200).tone).toBe('warning');
  expect(marginOf(210, 230, 200).tone).toBe('error');
});

it('calls quantities as people do', () => {
  expect(quantityInWords('max von_mises on faces %TORUS')).toBe('Largest von Mises on faces %TORUS');
  expect(quantityInWords('max displacement.x')).toBe('Largest displacement X');
  expect(quantityInWords('probe tip end')).toBe('Probe “tip end”');
  expect(quantityInWords('buckling 2')).toBe('Buckling factor 2');
});
