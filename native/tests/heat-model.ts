import type { HeatMaterial, HeatModel } from '../index.d.ts';
import { type BoxMesh, pointOf } from './box-mesh.ts';

type Vector3 = [number, number, number];
const SIDES = [
  [0, 2, 1, 6, 5, 4],
  [0, 1, 3, 4, 8, 7],
  [1, 2, 3, 5, 9, 8],
  [0, 3, 2, 7, 9, 6],
] as const;

const EDGES = [
  [0, 1],
  [1, 2],
  [0, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const;

/** Puts midside nodes half way between their corners: on curved elements four points do not integrate a patch exactly. */
export function straighten(mesh: BoxMesh): BoxMesh {
  for (let e = 0; e < mesh.elementCount; e++)
    EDGES.forEach(([a, b], k) => {
      for (let axis = 0; axis < 3; axis++)
        mesh.nodes[3 * mesh.elements[10 * e + 4 + k]! + axis] =
          (mesh.nodes[3 * mesh.elements[10 * e + a]! + axis]! + mesh.nodes[3 * mesh.elements[10 * e + b]! + axis]!) / 2;
    });
  return mesh;
}

/** A material whose properties do not vary: mW/(mm K), mJ/(tonne K), tonne/mm^3. */
export function heatMaterial(conductivity: number | Vector3, specificHeat = 1, density = 1): HeatMaterial {
  const along = typeof conductivity === 'number' ? [conductivity, conductivity, conductivity] : conductivity;
  return {
    conductivity: { temperatures: Float64Array.of(20), values: Float64Array.from(along) },
    specificHeat: { temperatures: Float64Array.of(20), values: Float64Array.of(specificHeat) },
    density,
  };
}

/** A model of the mesh with fixed temperatures where `fix` gives one, degC; tests add what else they need. */
export function heatModelOf(
  mesh: BoxMesh,
  material: HeatMaterial,
  fix: (point: Vector3) => number | null = () => null,
): HeatModel {
  const fixedNodes: number[] = [];
  const fixedTemperatures: number[] = [];
  for (let node = 0; node < mesh.nodeCount; node++) {
    const value = fix(pointOf(mesh.nodes, node));
    if (value === null) continue;
    fixedNodes.push(node);
    fixedTemperatures.push(value);
  }
  return {
    nodes: mesh.nodes,
    elements: mesh.elements,
    elementMaterial: new Int32Array(mesh.elementCount),
    elementBody: new Int32Array(mesh.elementCount),
    materials: [material],
    fixedNodes: Int32Array.from(fixedNodes),
    fixedTemperatures: Float64Array.from(fixedTemperatures),
  };
}

/** The element sides of which all corners satisfy `isOn`, as 6-node facets. */
export function facetsOn(mesh: BoxMesh, isOn: (point: Vector3) => boolean): Int32Array {
  const facets: number[] = [];
  for (let e = 0; e < mesh.elementCount; e++)
    for (const side of SIDES) {
      const nodes = side.map((a) => mesh.elements[10 * e + a]!);
      if (nodes.slice(0, 3).every((node) => isOn(pointOf(mesh.nodes, node)))) facets.push(...nodes);
    }
  return Int32Array.from(facets);
}

/** Values at the nodes whose points satisfy `isOn`. */
export function valuesWhere(mesh: BoxMesh, values: Float64Array, isOn: (point: Vector3) => boolean): number[] {
  const found: number[] = [];
  for (let node = 0; node < mesh.nodeCount; node++) if (isOn(pointOf(mesh.nodes, node))) found.push(values[node]!);
  return found;
}
