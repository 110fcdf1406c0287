import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { SurrogateParameter } from '../../../preload/contract/index.ts';
import { evaluateField, evaluateScalar, type Surrogate } from '../model/surrogate.ts';
import { trainField } from '../model/train-field.ts';
import { type Designs, trainScalar } from '../model/train-scalar.ts';
import { decompose, fieldsOf, snapshotsOf } from '../reduction/decomposition.ts';
import { inputOf, valuesAt } from '../sampling/design-space.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { checkModel } from './check-model.ts';
import { writeSurrogate } from './write-surrogate.ts';

const PARAMETERS: SurrogateParameter[] = [
  { name: 'length', unit: 'mm', minimum: 50, maximum: 90, logarithmic: true },
  { name: 'angle', unit: 'deg', minimum: -10, maximum: 10, logarithmic: false },
];
const POINTS = 40;
/** A field of rank two whose size goes with the cube of the length. */
const fieldAt = ([length, angle]: readonly number[]): Float32Array =>
  Float32Array.from(
    { length: POINTS },
    (_, i) => (length! / 70) ** 3 * (Math.sin(i / 9) + 0.02 * angle! * Math.cos(i / 5)),
  );

function trained(): Surrogate {
  const n = 30;
  const designs = sobolPoints(2, n, 3).map((point) => valuesAt(PARAMETERS, point));
  const inputs = Float64Array.from(designs.flatMap((values) => [...inputOf(PARAMETERS, values)]));
  const all: Designs = { inputs, n, d: 2, fold: Int32Array.from({ length: n }, (_, i) => i % 5), folds: 5 };
  const options = { level: 0.9, seed: 1 };
  const values = Float64Array.from(designs, ([length, angle]) => length! ** 3 * (2 + Math.sin(angle! / 10)));
  const scalar = trainScalar(all, { name: 'stiffness', unit: 'N/mm', values }, options);
  expect(scalar.crossValidated.r2).toBeGreaterThan(0.999);
  const field = trainField(
    all,
    { name: 'displacement', unit: 'mm', components: 1, values: designs.map(fieldAt) },
    options,
    () => {},
  );
  expect(field.crossValidated.relativeL2).toBeLessThan(0.01);
  return { parameters: PARAMETERS, scalars: [scalar.model], fields: [field.model] };
}

test('the ONNX file answers as the plain evaluation does', async () => {
  const surrogate = trained();
  const bytes = writeSurrogate(surrogate, 'test', { note: 'a test' });
  expect(checkModel(bytes).outputs.map(({ name }) => name)).toEqual([
    'scalars',
    'scalars_low',
    'scalars_high',
    'displacement',
    'displacement_half_width',
  ]);
  const session = await ort.InferenceSession.create(bytes);
  const designs = randomPoints(2, 7, 9).map((point) => valuesAt(PARAMETERS, point));
  const feeds = { parameters: new ort.Tensor('float64', Float64Array.from(designs.flat()), [7, 2]) };
  const answers = await session.run(feeds);
  designs.forEach((values, b) => {
    const input = inputOf(PARAMETERS, values);
    const scalar = evaluateScalar(surrogate.scalars[0]!, input);
    expect(Number(answers['scalars']!.data[b]) / scalar.value).toBeCloseTo(1, 8);
    expect(Number(answers['scalars_low']!.data[b]) / scalar.low).toBeCloseTo(1, 8);
    expect(Number(answers['scalars_high']!.data[b]) / scalar.high).toBeCloseTo(1, 8);
    const field = evaluateField(surrogate.fields[0]!, input);
    const truth = fieldAt(values);
    for (let i = 0; i < POINTS; i++) {
      expect(Number(answers['displacement']!.data[b * POINTS + i])).toBeCloseTo(field.values[i]!, 5);
      expect(Number(answers['displacement_half_width']!.data[b * POINTS + i])).toBeCloseTo(field.halfWidths[i]!, 5);
      expect(field.values[i]).toBeCloseTo(truth[i]!, 1);
    }
  });
});

test('a decomposition finds the two modes that a field of rank two has, and no third', () => {
  const designs = sobolPoints(2, 12, 4).map((point) => valuesAt(PARAMETERS, point));
  const snapshots = snapshotsOf(designs.map(fieldAt), false);
  const all = designs.map((_, i) => i);
  const found = decompose(snapshots, all, { tolerance: 1e-6, most: 10 });
  expect(found.modes).toBe(2);
  const { mean, modes } = fieldsOf(snapshots, found);
  for (let i = 0; i < POINTS; i++) {
    const value = mean[i]! + found.coefficients[0]! * modes[i]! + found.coefficients[1]! * modes[POINTS + i]!;
    expect(value * snapshots.sizes[0]!).toBeCloseTo(fieldAt(designs[0]!)[i]!, 5);
  }
});

test('a file that is cut off, or asks for more than arithmetic, is refused before it is run', () => {
  const bytes = writeSurrogate(trained(), 'test', {});
  expect(() => checkModel(bytes.subarray(0, bytes.length - 40))).toThrow('no whole ONNX model');
  expect(() => checkModel(new Uint8Array(0))).toThrow('no whole ONNX model');
  const text = new TextDecoder('latin1').decode(bytes);
  const loop = Uint8Array.from(text.replace('Sqrt', 'Loop'), (letter) => letter.charCodeAt(0));
  expect(() => checkModel(loop)).toThrow('the operator "Loop"');
});
