import { describe, expect, it } from 'vitest';
import { modalAmplitudes, peakOverCycle, responseFrequencies, responseOf, staticRemainder } from './response.ts';

/** One mass of 1 t on a spring: w = 10 rad/s. */
const oscillator = { eigenvalues: [100], forces: [3], dampingRatio: 0.05 };
const natural = 10 / (2 * Math.PI);

describe('a damped oscillator', () => {
  it('answers slow forces like its spring, and resonance with 1 / (2 zeta) of that, a quarter period late', () => {
    const [slow] = modalAmplitudes(oscillator, 0);
    expect(slow!.re).toBeCloseTo(0.03, 12);
    expect(slow!.im).toBeCloseTo(0, 12);
    const [resonant] = modalAmplitudes(oscillator, natural);
    expect(resonant!.re).toBeCloseTo(0, 12);
    expect(resonant!.im).toBeCloseTo(-0.03 / (2 * 0.05), 12);
    const [fast] = modalAmplitudes(oscillator, 100 * natural);
    expect(fast!.re / (-3 / 1000 ** 2)).toBeCloseTo(1, 3);
  });

  it('is sampled most closely where its peak is', () => {
    const frequencies = responseFrequencies({ from_Hz: 0, to_Hz: 4, points: 5, dampingRatio: 0.05 }, [100]);
    expect(frequencies).toEqual([...frequencies].sort((a, b) => a - b));
    expect(frequencies[0]).toBe(0);
    expect(frequencies.at(-1)).toBe(4);
    const largest = Math.max(
      ...frequencies.map((f) => Math.hypot(...Object.values(modalAmplitudes(oscillator, f)[0]!))),
    );
    // Den Hartog: 1 / (2 zeta sqrt(1 - zeta^2)) of the static deflection.
    expect(largest / (0.03 / (0.1 * Math.sqrt(1 - 0.05 ** 2)))).toBeCloseTo(1, 9);
  });

  it('gets what modes left out from the static solution', () => {
    const quantity = { modes: [0.2], static: 0.01 };
    const remainder = staticRemainder(oscillator, quantity);
    expect(responseOf(modalAmplitudes(oscillator, 0), quantity, remainder).re).toBeCloseTo(0.01, 12);
    expect(staticRemainder(oscillator, { modes: [0.2], static: null })).toBe(0);
  });

  it('shows the largest value through a cycle of what is not linear', () => {
    // A point on an ellipse with half axes 3 and 2.
    const peak = peakOverCycle(
      [
        { re: 3, im: 0 },
        { re: 0, im: 2 },
      ],
      (values) => Math.hypot(...values),
    );
    expect(peak).toBeCloseTo(3, 9);
  });
});
