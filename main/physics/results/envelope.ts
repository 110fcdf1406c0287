/** The envelope of several frames: at each node the worst of them, and which one that is. */
import type { StaticSolution } from '../../../native/index.d.ts';
import type { ResultFrame } from '../../../preload/contract/studies.ts';
import type { FrameFields } from './fields.ts';

export interface EnvelopedFrame {
  solution: Pick<StaticSolution, 'displacement' | 'stress' | 'strain' | 'vonMises' | 'principal' | 'stressSpread'>;
  safetyFactor: Float32Array | null;
}

/**
 * Stress, strain and safety factor at a node are those of the frame that governs there: with the least safety factor, or where
 * the material has no strength with the largest von Mises stress. The displacement is the largest of any frame.
 * `governingFrame` is the governing frame's index.
 */
export function envelopeOf(frames: readonly EnvelopedFrame[]): FrameFields {
  const count = frames[0]!.solution.vonMises.length;
  const displacement = new Float32Array(3 * count);
  const stress = new Float32Array(6 * count);
  const strain = new Float32Array(6 * count);
  const vonMises = new Float32Array(count);
  const principal = new Float32Array(3 * count);
  const stressSpread = new Float32Array(count);
  const safetyFactor = frames[0]!.safetyFactor ? new Float32Array(count) : null;
  const governingFrame = new Float32Array(count);
  for (let node = 0; node < count; node++) {
    const governing = governs(frames, node);
    const { solution, safetyFactor: factors } = frames[governing]!;
    governingFrame[node] = governing;
    for (let i = 0; i < 6; i++) {
      stress[6 * node + i] = solution.stress[6 * node + i]!;
      strain[6 * node + i] = solution.strain[6 * node + i]!;
    }
    for (let i = 0; i < 3; i++) principal[3 * node + i] = solution.principal[3 * node + i]!;
    vonMises[node] = solution.vonMises[node]!;
    stressSpread[node] = solution.stressSpread[node]!;
    if (safetyFactor) safetyFactor[node] = factors![node]!;
    let farthest = -1;
    for (const { solution: one } of frames) {
      const u = one.displacement;
      const size = Math.hypot(u[3 * node]!, u[3 * node + 1]!, u[3 * node + 2]!);
      if (size <= farthest) continue;
      farthest = size;
      for (let i = 0; i < 3; i++) displacement[3 * node + i] = u[3 * node + i]!;
    }
  }
  return {
    displacement,
    stress,
    strain,
    vonMises,
    principal,
    stressSpread,
    ...(safetyFactor ? { safetyFactor } : {}),
    governingFrame,
  };
}

function governs(frames: readonly EnvelopedFrame[], node: number): number {
  let governing = 0;
  for (let i = 1; i < frames.length; i++) {
    const [a, b] = [frames[governing]!, frames[i]!];
    const [factorA, factorB] = [a.safetyFactor?.[node] ?? Number.NaN, b.safetyFactor?.[node] ?? Number.NaN];
    const worse =
      Number.isNaN(factorA) || Number.isNaN(factorB) || factorA === factorB
        ? b.solution.vonMises[node]! > a.solution.vonMises[node]!
        : factorB < factorA;
    if (worse) governing = i;
  }
  return governing;
}

/** The largest and the least of every quantity over all frames: these are true bounds, whichever frame governs. */
export function boundsOf(frames: readonly Pick<ResultFrame, 'extremes'>[]): ResultFrame['extremes'] {
  const bounds: ResultFrame['extremes'] = {};
  for (const { extremes } of frames)
    for (const [quantity, { min, max }] of Object.entries(extremes)) {
      const known = bounds[quantity];
      bounds[quantity] = {
        min: known && known.min.value <= min.value ? known.min : min,
        max: known && known.max.value >= max.value ? known.max : max,
      };
    }
  return bounds;
}
