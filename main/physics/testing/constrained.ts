/** Models with constraint equations straight from a mesh, for tests of connections. */
import type { StaticModel } from '../../../native/index.d.ts';
import type { EquationSystem } from '../connections/equations.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, type Vec3 } from '../vector.ts';

export const facetsOfFace = (mesh: VolumeMesh, face: number): number[] =>
  [...mesh.facetFace.keys()].filter((facet) => mesh.facetFace[facet] === face);

export const nodesWhere = (mesh: VolumeMesh, isWanted: (point: Vec3) => boolean): number[] =>
  [...Array(mesh.nodes.length / 3).keys()].filter((node) => isWanted(at(mesh.nodes, node)));

export interface ConstrainedOptions {
  /** Prescribed displacement along each axis at a node of the mesh, or null where it is free. */
  held?: (point: Vec3, node: number) => (number | null)[] | null;
  /** Prescribed degrees of freedom of extra nodes. */
  heldExtra?: readonly { dof: number; value: number }[];
  /** E MPa, nu, density tonne/mm^3, alpha 1/K of each solid. */
  materials?: readonly (readonly [number, number, number, number])[];
  springs?: readonly { node: number; block: readonly number[] }[];
  gravity?: Vec3;
  temperatureChange?: (point: Vec3) => number;
}

export function constrainedModel(mesh: VolumeMesh, system: EquationSystem, options: ConstrainedOptions): StaticModel {
  const nodes = system.nodes();
  const fixed: { dof: number; value: number }[] = [];
  for (let node = 0; node < system.meshNodeCount; node++)
    options.held?.(at(mesh.nodes, node), node)?.forEach((value, axis) => {
      if (value !== null) fixed.push({ dof: 3 * node + axis, value });
    });
  fixed.push(...(options.heldExtra ?? []));
  fixed.sort((a, b) => a.dof - b.dof);
  const springs = options.springs ?? [];
  const materials = options.materials ?? [[200_000, 0.3, 7.85e-9, 1.2e-5]];
  return {
    nodes,
    elements: mesh.elements,
    elementMaterial: mesh.elementSolid.map((solid) => Math.min(solid, materials.length - 1)),
    materials: Float64Array.from(materials.flat()),
    elementBody: mesh.elementSolid,
    fixedDofs: Int32Array.from(fixed.map(({ dof }) => dof)),
    fixedValues: Float64Array.from(fixed.map(({ value }) => value)),
    frameNodes: new Int32Array(0),
    frames: new Float64Array(0),
    forces: new Float64Array(nodes.length),
    gravity: Float64Array.from(options.gravity ?? [0, 0, 0]),
    temperatureChange: options.temperatureChange
      ? Float64Array.from({ length: nodes.length / 3 }, (_, node) => options.temperatureChange!(at(nodes, node)))
      : null,
    addedNodesA: Int32Array.from(springs.map(({ node }) => node)),
    addedNodesB: Int32Array.from(springs.map(({ node }) => node)),
    addedBlocks: Float64Array.from(springs.flatMap(({ block }) => block)),
    ...system.arrays(),
  };
}
