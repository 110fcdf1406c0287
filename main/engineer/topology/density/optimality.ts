/**
 * The optimality criteria update (Bendsøe 1995; Sigmund 2001, equation 2): densities grow where stiffness is cheap, with
 * the price of volume found by bisection, so that the design has exactly the volume it may have.
 */
export interface UpdateOptions {
  /** Largest change of a density. */
  move: number;
  /** The volume that a design would have, in the unit of `target`. */
  volumeOf(design: Float64Array): number;
  target: number;
  /** Densities that may change. */
  free: Uint8Array;
}

/** @param gradient by each density, none above 0; @param volumeGradient none below 0 */
export function optimalityUpdate(
  design: Float64Array,
  gradient: Float64Array,
  volumeGradient: Float64Array,
  { move, volumeOf, target, free }: UpdateOptions,
): Float64Array {
  const benefit = design.map((value, i) => {
    if (!free[i] || !(volumeGradient[i]! > 0)) return 0;
    return value * Math.sqrt(Math.max(-gradient[i]!, 0) / volumeGradient[i]!);
  });
  const at = (root: number): Float64Array =>
    design.map((value, i) => {
      if (!free[i]) return value;
      // Where volume costs nothing (a projection gone flat), nothing is to be gained either.
      if (!(volumeGradient[i]! > 0)) return value;
      return Math.max(0, value - move, Math.min(1, value + move, benefit[i]! / root));
    });
  const largest = benefit.reduce((most, each) => Math.max(most, each), 0);
  if (!(largest > 0)) return design.slice();
  // benefit / root lies between 0 and above 1 for all cells at these ends.
  let [low, high] = [largest * 1e-9, largest * 1e3];
  let best = at(high);
  for (let step = 0; step < 200 && high / low > 1 + 1e-10; step++) {
    const middle = Math.sqrt(low * high);
    best = at(middle);
    const volume = volumeOf(best);
    if (Math.abs(volume - target) < 1e-9 * target) break;
    if (volume > target) low = middle;
    else high = middle;
  }
  return best;
}
