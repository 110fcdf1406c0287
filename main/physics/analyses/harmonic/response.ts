/**
 * Steady response to loads that vary as cos(2 pi f t), by superposition of modes with the same damping ratio each, and with what
 * the modes left out carry statically (the residual vector; R. R. Craig, A. J. Kurdila, Fundamentals of Structural Dynamics,
 * 2nd ed. 2006, section 11.4): u = sum of phi q + (u_static - sum of phi p / w^2).
 */
import { frequencyOf } from '../modal/frequency.ts';

export interface Complex {
  re: number;
  im: number;
}

export interface ModalBasis {
  /** Squares of the circular frequencies, 1/s^2; 0 for motions as a rigid body. */
  eigenvalues: ArrayLike<number>;
  /** Work of the loads' amplitudes on each mass-normalised shape. */
  forces: ArrayLike<number>;
  dampingRatio: number;
}

/** Amplitude of each mode at a frequency. A motion as a rigid body has none that is bounded at 0 Hz. */
export function modalAmplitudes({ eigenvalues, forces, dampingRatio }: ModalBasis, frequency_Hz: number): Complex[] {
  const omega = 2 * Math.PI * frequency_Hz;
  return Array.from(eigenvalues, (eigenvalue, mode) => {
    const real = eigenvalue - omega ** 2;
    const imaginary = 2 * dampingRatio * Math.sqrt(eigenvalue) * omega;
    const size = real ** 2 + imaginary ** 2;
    return { re: (forces[mode]! * real) / size, im: (-forces[mode]! * imaginary) / size };
  });
}

/** Offsets from a resonance in half-widths of its peak (damping ratio times frequency) where the curve is sampled. */
const AROUND_RESONANCE = [0, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 4.5, 7, 10, 15];

/** Frequencies at which to answer: evenly spaced, and more of them round each resonance in the range. Ascending. */
export function responseFrequencies(
  range: { from_Hz: number; to_Hz: number; points: number; dampingRatio: number },
  eigenvalues: ArrayLike<number>,
): number[] {
  const { from_Hz, to_Hz, points, dampingRatio } = range;
  const all = new Set<number>();
  const steps = Math.max(1, points - 1);
  for (let i = 0; i <= steps; i++) all.add(from_Hz + ((to_Hz - from_Hz) * i) / steps);
  for (let mode = 0; mode < eigenvalues.length; mode++) {
    if (!(eigenvalues[mode]! > 0)) continue;
    const natural = frequencyOf(eigenvalues[mode]!);
    // The largest displacement is a little below the natural frequency.
    const peak = natural * Math.sqrt(Math.max(0, 1 - 2 * dampingRatio ** 2));
    for (const offset of AROUND_RESONANCE)
      for (const sign of [-1, 1]) {
        const frequency = peak + sign * offset * dampingRatio * natural;
        if (frequency >= from_Hz && frequency <= to_Hz) all.add(frequency);
      }
  }
  return [...all].sort((a, b) => a - b);
}

/** One linear quantity: its value in every mass-normalised shape and in the static solution (null where there is none). */
export interface LinearQuantity {
  modes: ArrayLike<number>;
  static: number | null;
}

/** What the static solution has beyond the modes' own static parts. */
export function staticRemainder({ eigenvalues, forces }: ModalBasis, quantity: LinearQuantity): number {
  if (quantity.static === null) return 0;
  let rest = quantity.static;
  for (let mode = 0; mode < eigenvalues.length; mode++)
    if (eigenvalues[mode]! > 0) rest -= (quantity.modes[mode]! * forces[mode]!) / eigenvalues[mode]!;
  return rest;
}

export function responseOf(amplitudes: readonly Complex[], quantity: LinearQuantity, remainder: number): Complex {
  let re = remainder;
  let im = 0;
  amplitudes.forEach((amplitude, mode) => {
    re += amplitude.re * quantity.modes[mode]!;
    im += amplitude.im * quantity.modes[mode]!;
  });
  return { re, im };
}

/** Phases looked at when a quantity that is not linear is followed through a cycle: its peak is missed by less than 0.1 %. */
const PHASES = 72;

/** Largest value through a cycle of a quantity made of complex components. */
export function peakOverCycle(components: readonly Complex[], evaluate: (values: number[]) => number): number {
  let peak = 0;
  for (let step = 0; step < PHASES; step++) {
    const angle = (2 * Math.PI * step) / PHASES;
    const values = components.map(({ re, im }) => re * Math.cos(angle) - im * Math.sin(angle));
    peak = Math.max(peak, Math.abs(evaluate(values)));
  }
  return peak;
}
