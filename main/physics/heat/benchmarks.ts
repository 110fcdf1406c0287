/**
 * A transient of 200 steps against the same work asked for step by step: each separate solve takes one step of the same length
 * from where the last one ended. Both do everything, from arrays to temperatures; the separate ones also prove the result.
 */
import type { HeatModel } from '../../../native/index.d.ts';
import { requireCore } from '../native-core.ts';

export interface TransientBenchmark {
  nodes: number;
  steps: number;
  /** The whole transient, s. */
  together_s: number;
  /** One separate solve, s: the mean of those that were taken. */
  each_s: number;
  /** `together_s` over `steps` separate solves. */
  share: number;
  /** Largest difference between the transient and the separate solves where these ended, over the span of temperatures. */
  difference: number;
  factorisations: number;
}

/** @param model with initial temperatures; @param sampled separate solves that are really taken, the others are like them */
export async function benchmarkTransient(
  model: HeatModel,
  steps: number,
  step_s: number,
  sampled: number,
  threads: number,
): Promise<TransientBenchmark> {
  const core = requireCore();
  const n = model.nodes.length / 3;
  let started = performance.now();
  const together = await core.solveTransientHeat(model, {
    end: steps * step_s,
    step: step_s,
    outputTimes: Float64Array.of(sampled * step_s),
    outputFlux: false,
    threads,
  });
  const together_s = (performance.now() - started) / 1000;
  let temperature = model.initialTemperature!;
  started = performance.now();
  for (let i = 0; i < sampled; i++) {
    const one = await core.solveTransientHeat(
      { ...model, initialTemperature: temperature },
      { end: step_s, step: step_s, outputFlux: false, threads },
    );
    temperature = one.temperature;
  }
  const each_s = (performance.now() - started) / 1000 / sampled;
  let largest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let node = 0; node < n; node++) {
    const value = together.frameTemperatures[node]!;
    largest = Math.max(largest, Math.abs(value - temperature[node]!));
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return {
    nodes: n,
    steps,
    together_s,
    each_s,
    share: together_s / (steps * each_s),
    difference: largest / (highest - lowest),
    factorisations: together.factorisations,
  };
}
