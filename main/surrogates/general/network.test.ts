import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { randomStream } from '../numerics/random.ts';
import { GENERAL_FOLDER, openGeneralModel } from './card.ts';
import { NODE_FEATURES, PART_FEATURES } from './features.ts';
import { fitProportional } from './fit.ts';
import { quantile, rankCorrelation } from './judge.ts';
import { bandOf, isWorthwhile } from './measure.ts';
import { evaluate, trainNetwork } from './network.ts';
import { readCorrection, writeCorrection } from './onnx.ts';

const OPTIONS = { hidden: [10], seed: 2, epochs: 150, batch: 32, rate: 0.02, decay: 0, huber: 1 };

function examples(count: number, seed: number) {
  const random = randomStream(seed);
  const inputs = Float64Array.from({ length: 2 * count }, () => 10 * random() - 3);
  const targets = Float64Array.from(
    { length: count },
    (_, i) => Math.sin(inputs[2 * i]! / 3) + 0.1 * inputs[2 * i + 1]!,
  );
  return { inputs, targets, weights: new Float64Array(count).fill(1) };
}

test('a network learns a smooth function, and the same one from the same seed', () => {
  const network = trainNetwork(examples(200, 1), 2, OPTIONS);
  const unseen = examples(100, 9);
  const answers = evaluate(network, unseen.inputs);
  const errors = unseen.targets.map((target, i) => Math.abs(answers[i]! - target));
  // The function spans some 2.6.
  expect(quantile([...errors], 0.9)).toBeLessThan(0.1);
  expect(evaluate(trainNetwork(examples(200, 1), 2, OPTIONS), unseen.inputs)).toEqual(answers);
  // Targets in another order teach nothing.
  const shuffledTargets = { ...examples(200, 1), targets: examples(200, 1).targets.toReversed() };
  const nonsense = evaluate(trainNetwork(shuffledTargets, 2, { ...OPTIONS, epochs: 20 }), unseen.inputs);
  expect(quantile([...unseen.targets.map((target, i) => Math.abs(nonsense[i]! - target))], 0.9)).toBeGreaterThan(0.3);
});

test('a proportional fit finds the factors, and answers nothing with nothing', () => {
  const inputs = Float64Array.from([1, 0, 2, 1, 0, 3, 4, 1, 1, 2, 2, 2]);
  const targets = Float64Array.from({ length: 6 }, (_, i) => 2 * inputs[2 * i]! - 0.5 * inputs[2 * i + 1]!);
  const fitted = fitProportional(inputs, targets, 2);
  // The ridge shrinks by a hundredth or so.
  const answers = [...evaluate(fitted, Float64Array.from([1, 0, 0, 1, 0, 0]))];
  expect(answers).toEqual([expect.closeTo(2, 1), expect.closeTo(-0.5, 1), 0]);
});

test('the shipped correction says the same in ONNX Runtime as here', async () => {
  const folder = join(import.meta.dirname, '../../..', GENERAL_FOLDER);
  const { card, correction } = openGeneralModel(folder);
  const bytes = new Uint8Array(readFileSync(join(folder, card.model!.name)));
  expect(bytes.length).toBeLessThan(40 * 2 ** 20);
  expect(readCorrection(writeCorrection(correction!, {}))).toEqual(correction);
  const random = randomStream(4);
  const nodes = Float64Array.from({ length: 7 * NODE_FEATURES.length }, () => 4 * random() - 2);
  const part = Float64Array.from(PART_FEATURES, () => 0.05 * random());
  const session = await ort.InferenceSession.create(bytes);
  const answers = await session.run({
    nodes: new ort.Tensor('float64', nodes, [7, NODE_FEATURES.length]),
    part: new ort.Tensor('float64', part, [1, PART_FEATURES.length]),
  });
  const bounded = (x: number, most: number) => Math.exp(Math.max(-most, Math.min(most, x)));
  const stress = Array.from(evaluate(correction!.stress, nodes), (x) => expect.closeTo(bounded(x, 0.7), 10));
  expect([...(answers['stress_factor']!.data as Float64Array)]).toEqual(stress);
  expect((answers['displacement_factor']!.data as Float64Array)[0]).toBeCloseTo(
    bounded(evaluate(correction!.displacement, part)[0]!, 0.4),
    10,
  );
});

test('a model that its card does not describe is not used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'artificer-general-'));
  try {
    cpSync(join(import.meta.dirname, '../../..', GENERAL_FOLDER), folder, { recursive: true });
    const path = join(folder, openGeneralModel(folder).card.model!.name);
    const bytes = readFileSync(path);
    bytes[bytes.length - 200]! ^= 1;
    writeFileSync(path, bytes);
    expect(() => openGeneralModel(folder)).toThrow('is not the one that its card describes');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('ranks are compared, not values; bands keep their promise', () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1e6])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
  // Spearman's formula for one swap among five: 1 - 6 * 2 / (5 * 24).
  expect(rankCorrelation([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).toBeCloseTo(0.9, 12);
  const random = randomStream(3);
  let inside = 0;
  for (let trial = 0; trial < 400; trial++) {
    const { low, high } = bandOf(Array.from({ length: 50 }, () => 0.5 + random()));
    const next = 0.5 + random();
    if (next >= low && next <= high) inside++;
  }
  // 47 of 51 in the mean; three standard deviations of 400 trials are 4 %.
  expect(inside / 400).toBeGreaterThan(0.88);
  expect(inside / 400).toBeLessThan(0.96);
});

test('a correction is shipped only where it beats the coarse solve of equal time', () => {
  const judgement = (displacement: number, peak: number) => ({
    displacement,
    vonMises: 0.1,
    peak_MPa: peak,
    referencePeak_MPa: 100,
    largestDisplacement: 1,
    referenceMean_MPa: 20,
  });
  const rival = Array.from({ length: 50 }, (_, i) => judgement(0.02 + i / 1000, 80));
  const better = rival.map((one) => judgement(one.displacement / 2, 95));
  expect(isWorthwhile(better, rival)).toBe(true);
  expect(isWorthwhile(rival, rival)).toBe(false);
  // Displacements alone are not enough.
  expect(
    isWorthwhile(
      better.map((one) => judgement(one.displacement, 130)),
      rival,
    ),
  ).toBe(false);
});
