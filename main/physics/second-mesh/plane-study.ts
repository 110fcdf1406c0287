/**
 * A study that two meshers and two solvers can be asked without sharing a name for any face: one plane of the part is held,
 * a traction acts on another. Solved here by CalculiX on a mesh of Gmsh.
 */
import { readFile } from 'node:fs/promises';
import type { StaticModel } from '../../../native/index.d.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import type { Material } from '../../../preload/contract/studies.ts';
import { physicsFault } from '../errors.ts';
import { withCalculixAnswer } from '../exchange/calculix-process.ts';
import { exportCalculix } from '../export/calculix.ts';
import { readFrd } from '../export/calculix-results.ts';
import { packDeck } from '../export/deck.ts';
import { bareModel } from '../model/bare-model.ts';
import { TONNE_PER_MM3 } from '../model/material-arrays.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { addTraction, facetPatch } from '../model/patch.ts';
import type { Vec3 } from '../vector.ts';
import { type GmshSize, meshWithGmsh } from './gmsh.ts';

export interface Plane {
  axis: 0 | 1 | 2;
  at_mm: number;
}

export interface PlaneStudy {
  held: Plane;
  loaded: Plane;
  traction_MPa: Vec3;
  material: Material;
}

export interface SecondSolution {
  mesh: VolumeMesh;
  degreesOfFreedom: number;
  /** Areas that were found on the two planes, mm^2. */
  heldArea_mm2: number;
  loadedArea_mm2: number;
  largestDisplacement_mm: number;
  strainEnergy_N_mm: number;
  /** 3n, mm. */
  displacement: Float64Array;
  /** 6n, MPa: xx, yy, zz, xy, yz, zx. */
  stress: Float64Array;
}

/** A node this far off a plane, over the mesh's extent, still lies on it. */
const ON_PLANE = 1e-6;

/** Facets of the surface all of whose nodes lie on a plane. */
export function facetsOnPlane({ nodes, facets, facetFace }: VolumeMesh, { axis, at_mm }: Plane): number[] {
  let extent = 0;
  for (const value of nodes) extent = Math.max(extent, Math.abs(value));
  const found: number[] = [];
  for (let facet = 0; facet < facetFace.length; facet++) {
    const own = facets.subarray(6 * facet, 6 * facet + 6);
    if (own.every((node) => Math.abs(nodes[3 * node + axis]! - at_mm) <= ON_PLANE * extent)) found.push(facet);
  }
  return found;
}

/** The study on a mesh: nodes of the held plane fixed, consistent nodal forces of the traction. */
export function planeModel(
  mesh: VolumeMesh,
  study: PlaneStudy,
): { model: StaticModel; heldArea_mm2: number; loadedArea_mm2: number } {
  const held = facetsOnPlane(mesh, study.held);
  const loaded = facetsOnPlane(mesh, study.loaded);
  const heldNodes = new Set(held.flatMap((facet) => [...mesh.facets.subarray(6 * facet, 6 * facet + 6)]));
  const fixedDofs = Int32Array.from([...heldNodes].flatMap((node) => [3 * node, 3 * node + 1, 3 * node + 2])).sort();
  const forces = new Float64Array(mesh.nodes.length);
  const patch = facetPatch(mesh, loaded);
  addTraction(
    patch,
    (_, out) => {
      for (let axis = 0; axis < 3; axis++) out[axis] = study.traction_MPa[axis]!;
    },
    forces,
  );
  const { young_MPa, poisson, density_kg_m3 } = study.material.properties;
  const elements = mesh.elements.length / 10;
  return {
    heldArea_mm2: facetPatch(mesh, held).total,
    loadedArea_mm2: patch.total,
    model: bareModel({
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementMaterial: new Int32Array(elements),
      elementBody: new Int32Array(elements),
      materials: Float64Array.of(young_MPa, poisson, density_kg_m3 * TONNE_PER_MM3, 0),
      fixedDofs,
      fixedValues: new Float64Array(fixedDofs.length),
      forces,
    }),
  };
}

/** The study by CalculiX on a mesh of Gmsh. */
export async function solveOnSecondMesh(
  brep: Uint8Array,
  study: PlaneStudy,
  size: GmshSize,
  context: JobContext,
): Promise<SecondSolution> {
  const mesh = await meshWithGmsh(brep, size, context);
  const { model, ...areas } = planeModel(mesh, study);
  const count = mesh.nodes.length / 3;
  const deck = exportCalculix(
    packDeck(model, {
      inputHash: 'second mesh',
      title: 'second mesh',
      bodies: [{ name: 'part', material: study.material.name }],
    }),
  );
  const blocks = await withCalculixAnswer(deck, context, async ({ resultPath }) =>
    readFrd(await readFile(resultPath, 'latin1'), count),
  );
  const displacement = blocks.get('DISP')?.values;
  const stress = blocks.get('STRESS')?.values;
  if (!displacement || !stress) throw physicsFault('calculix-failed', 'CalculiX gave no displacements or no stresses.');
  let largest = 0;
  let work = 0;
  for (let i = 0; i < 3 * count; i += 3) {
    largest = Math.max(largest, Math.hypot(displacement[i]!, displacement[i + 1]!, displacement[i + 2]!));
    for (let axis = 0; axis < 3; axis++) work += model.forces[i + axis]! * displacement[i + axis]!;
  }
  return {
    mesh,
    degreesOfFreedom: 3 * count - model.fixedDofs.length,
    ...areas,
    largestDisplacement_mm: largest,
    // Nothing is prescribed but zero, so the strain energy is half the loads' work.
    strainEnergy_N_mm: work / 2,
    displacement,
    stress,
  };
}
