/**
 * How much of the mass moves with each mode: the squares of the participation factors of mass-normalised shapes (R. W. Clough,
 * J. Penzien, Dynamics of Structures, 2nd ed. 1993, section 26). Over all modes they sum to the mass that is free to move.
 */
import type { ModalSolution } from '../../../../native/index.d.ts';
import type { Vec3 } from '../../vector.ts';

export interface EffectiveMass {
  mass_kg: Vec3;
  /** About axes through the centre of mass. */
  inertia_kg_mm2: Vec3;
  /** Sum of the masses of this mode and all before it, of the whole mass, percent. */
  cumulative_percent: Vec3;
}

const KG_PER_TONNE = 1000;

export function effectiveMasses(modes: ModalSolution): EffectiveMass[] {
  const sum: Vec3 = [0, 0, 0];
  return Array.from(modes.eigenvalues, (_, mode): EffectiveMass => {
    const squared = Array.from(
      modes.participation.subarray(6 * mode, 6 * mode + 6),
      (value) => KG_PER_TONNE * value ** 2,
    );
    for (let axis = 0; axis < 3; axis++) sum[axis]! += squared[axis]!;
    const whole = KG_PER_TONNE * modes.totalMass_t;
    return {
      mass_kg: squared.slice(0, 3) as Vec3,
      inertia_kg_mm2: squared.slice(3) as Vec3,
      cumulative_percent: sum.map((value) => (100 * value) / whole) as Vec3,
    };
  });
}
