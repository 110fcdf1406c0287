/** Compliance of a grid by its densities, and the derivative: native solutions, one a set of supports. */
import type { LayeredGrid, LayeredGridModel } from '../../../../native/index.d.ts';
import { cancelled } from '../../../../preload/contract/index.ts';
import { requireCore } from '../../../physics/index.ts';

/** Young's modulus of nothing, relative to the material's: small, but never none, so that every node stays held. */
export const VOID_STIFFNESS = 1e-9;
export const PENALTY = 3;

/** Load cases with the same supports. */
export interface CaseGroup {
  fixed: Int32Array;
  cases: { name: string; forces: Float64Array }[];
}

export interface Compliances {
  /** f . u of each case in the order of the groups, N mm. */
  values: number[];
  /** Derivative of each case's compliance by the density of each cell, N mm. */
  gradients: Float64Array[];
  /** mm, of each case. */
  displacements: Float64Array[];
}

export class GridStiffness {
  readonly #grids: LayeredGrid[] = [];
  readonly #groups: CaseGroup[];
  readonly #young_MPa: number;

  constructor(grid: Omit<LayeredGridModel, 'fixed' | 'forces'>, young_MPa: number, groups: CaseGroup[]) {
    const { LayeredGrid: Native } = requireCore();
    this.#groups = groups;
    this.#young_MPa = young_MPa;
    for (const { fixed, cases } of groups) {
      const forces = new Float64Array(fixed.length * cases.length);
      for (const [at, each] of cases.entries()) forces.set(each.forces, at * fixed.length);
      this.#grids.push(new Native({ ...grid, fixed, forces }));
    }
  }

  /**
   * @param densities 0..1, one a column of cells: Young's modulus follows their cube (SIMP, Bendsøe 1989) except in cells
   * that are `linear`, where the density is a share of the cell that is solid
   * @throws ArtificerError `cancelled`, `engineer.shape-held`
   */
  async solve(densities: Float64Array, linear: Uint8Array, signal: AbortSignal): Promise<Compliances> {
    const youngs = new Float64Array(densities.length);
    const slope = new Float64Array(densities.length);
    const range = this.#young_MPa * (1 - VOID_STIFFNESS);
    for (let i = 0; i < densities.length; i++) {
      const value = Math.max(densities[i]!, 0);
      const power = linear[i] ? 1 : PENALTY;
      youngs[i] = this.#young_MPa * VOID_STIFFNESS + range * value ** power;
      slope[i] = power * range * value ** (power - 1);
    }
    const result: Compliances = { values: [], gradients: [], displacements: [] };
    for (const [at, grid] of this.#grids.entries()) {
      const { compliance, energy, displacement } = await cancellable(signal, (cancel) =>
        grid.solve(youngs, { cancel }),
      );
      const size = this.#groups[at]!.fixed.length;
      for (const one of this.#groups[at]!.cases.keys()) {
        result.values.push(compliance[one]!);
        const own = energy.subarray(one * densities.length, (one + 1) * densities.length);
        result.gradients.push(slope.map((each, i) => -each * own[i]!));
        result.displacements.push(displacement.subarray(one * size, (one + 1) * size));
      }
    }
    return result;
  }
}

async function cancellable<T>(signal: AbortSignal, run: (cancel: Int32Array) => Promise<T>): Promise<T> {
  if (signal.aborted) throw cancelled('The optimisation');
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const stop = () => Atomics.store(flag, 0, 1);
  signal.addEventListener('abort', stop);
  try {
    return await run(flag);
  } catch (thrown) {
    if (signal.aborted) throw cancelled('The optimisation');
    throw thrown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
