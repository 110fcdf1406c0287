import { expect, test } from 'vitest';
import { conformalFactor } from '../calibration/conformal.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { Likelihood } from './likelihood.ts';
import { fitProcess, predict } from './process.ts';

const D = 3;
const truth = ([x, y, z]: readonly number[]): number => Math.log(2 + x! + 0.3 * Math.sin(2 * y!)) + 0.2 * y! * z!;
const centred = (points: number[][]): number[][] => points.map((point) => point.map((x) => 2 * x - 1));
const observe = (n: number) => {
  const points = centred(sobolPoints(D, n, 1));
  return { points, inputs: Float64Array.from(points.flat()), n, d: D, values: Float64Array.from(points, truth) };
};

test('the gradient of the restricted likelihood is that of differences', () => {
  const likelihood = new Likelihood(observe(30), 'matern52', 'linear');
  const at = Float64Array.of(0.4, 0.9, 0.1, -6);
  const { gradient } = likelihood.evaluate(at)!;
  for (let k = 0; k < at.length; k++) {
    const [up, down] = [1e-5, -1e-5].map((h) => likelihood.evaluate(at.map((x, i) => x + (i === k ? h : 0)))!.value);
    expect(gradient[k]).toBeCloseTo((up! - down!) / 2e-5, 4);
  }
});

test('a process goes through what it was fitted to, and foretells a smooth function elsewhere', () => {
  const observations = observe(40);
  const { process } = fitProcess(observations, { seed: 1 });
  observations.points.forEach((point, i) => {
    expect(predict(process, point).mean).toBeCloseTo(observations.values[i]!, 3);
  });
  const errors = centred(randomPoints(D, 60, 5)).map((point) => predict(process, point).mean - truth(point));
  expect(Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / 60)).toBeLessThan(0.01);
});

test('leaving one out in closed form equals fitting without it', () => {
  const observations = observe(25);
  const options = { seed: 1, covariances: ['matern52'], trends: ['linear'] } as const;
  const { process, hyperparameters, leaveOneOut } = fitProcess(observations, options);
  const rest = {
    ...observations,
    n: 24,
    inputs: observations.inputs.slice(D),
    values: observations.values.slice(1).map((value) => (value - process.shift) / process.scale),
  };
  const projected = new Likelihood(rest, 'matern52', 'linear').project(hyperparameters)!;
  const without = fitProcess(
    { ...rest, values: observations.values.slice(1) },
    { ...options, start: hyperparameters, iterations: 0 },
  );
  expect(projected.variance).toBeGreaterThan(0);
  const error = observations.values[0]! - predict(without.process, observations.points[0]!).mean;
  expect(leaveOneOut.errors[0]).toBeCloseTo(error, 8);
});

test('the conformal factor is the ceil((n + 1) level)-th smallest score', () => {
  expect(
    conformalFactor(
      Array.from({ length: 19 }, (_, i) => 19 - i),
      0.9,
    ),
  ).toBe(18);
  expect(conformalFactor([1, 2, 3], 0.9)).toBe(3);
});
