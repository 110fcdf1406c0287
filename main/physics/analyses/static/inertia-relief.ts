/**
 * Inertia relief: a free body under loads that do not balance accelerates as a whole, and its inertia balances them. The
 * accelerations follow from force and moment about the centre of mass; velocities are taken as nought. Displacements are shown
 * without the motion of the body as a whole.
 */
import { refuseStudy } from '../../errors.ts';
import { inertiaOf } from '../../loads/acceleration.ts';
import { addBodyForce } from '../../loads/body-force.ts';
import { type MassProperties, massProperties } from '../../loads/mass-properties.ts';
import type { AppliedCase, BuiltModel, ModelBody } from '../../model/build.ts';
import { TONNE_PER_MM3 } from '../../model/material-arrays.ts';
import { resultant } from '../../model/patch.ts';
import { scale, solve3, type Vec3 } from '../../vector.ts';

export interface BalancingAcceleration {
  linear_mm_s2: Vec3;
  angular_rad_s2: Vec3;
}

export class InertiaRelief {
  readonly #built: BuiltModel;
  readonly #density: number[];
  readonly #mass: MassProperties;

  /** @throws ArtificerError `study.no-density` */
  constructor(built: BuiltModel, bodies: readonly ModelBody[]) {
    this.#built = built;
    this.#density = bodies.map((body) => body.material.properties.density_kg_m3 * TONNE_PER_MM3);
    const without = bodies.find((_, index) => !(this.#density[index]! > 0));
    if (without)
      throw refuseStudy(
        'no-density',
        `Inertia relief needs the density of every body: "${without.material.name}" has none.`,
        'Give the material a density.',
      );
    this.#mass = massProperties(built.finder.mesh, built.elementBody, this.#density);
  }

  /** Adds the inertia forces that balance a case's loads to its forces. */
  balance({ loads }: AppliedCase): BalancingAcceleration {
    const { mesh } = this.#built.finder;
    const { mass_t, centre_mm, inertia_t_mm2 } = this.#mass;
    const { force, moment } = resultant(mesh.nodes, loads.forces, centre_mm);
    const linear_mm_s2 = scale(force, 1 / mass_t);
    const angular_rad_s2 = solve3(inertia_t_mm2, moment) ?? [0, 0, 0];
    const field = inertiaOf(linear_mm_s2, angular_rad_s2, centre_mm);
    addBodyForce(mesh, this.#built.elementBody, this.#density, field, loads.forces);
    return { linear_mm_s2, angular_rad_s2 };
  }

  /** Takes the motion as a whole out of a displacement (3n, mm): its mass average and its mean rotation. */
  withoutRigidMotion(displacement: Float64Array): void {
    const { nodes } = this.#built.finder.mesh;
    const { nodal_t, mass_t, centre_mm, inertia_t_mm2 } = this.#mass;
    const mean: Vec3 = [0, 0, 0];
    for (let i = 0; i < 3 * nodal_t.length; i++)
      mean[i % 3]! += (nodal_t[Math.floor(i / 3)]! * displacement[i]!) / mass_t;
    const momentum: Vec3 = [0, 0, 0];
    nodal_t.forEach((mass, node) => {
      const r = [0, 1, 2].map((axis) => nodes[3 * node + axis]! - centre_mm[axis]!) as Vec3;
      const u = [0, 1, 2].map((axis) => mass * (displacement[3 * node + axis]! - mean[axis]!)) as Vec3;
      momentum[0] += r[1] * u[2] - r[2] * u[1];
      momentum[1] += r[2] * u[0] - r[0] * u[2];
      momentum[2] += r[0] * u[1] - r[1] * u[0];
    });
    const turn = solve3(inertia_t_mm2, momentum) ?? [0, 0, 0];
    for (let node = 0; node < nodal_t.length; node++) {
      const r = [0, 1, 2].map((axis) => nodes[3 * node + axis]! - centre_mm[axis]!) as Vec3;
      displacement[3 * node]! -= mean[0] + turn[1] * r[2] - turn[2] * r[1];
      displacement[3 * node + 1]! -= mean[1] + turn[2] * r[0] - turn[0] * r[2];
      displacement[3 * node + 2]! -= mean[2] + turn[0] * r[1] - turn[1] * r[0];
    }
  }
}
