import type { StaticModel } from '../index.d.ts';

/** Quadratic tetrahedra that fill a box, and the means to pick its nodes and load its sides. */
export interface BoxMesh {
  nodes: Float64Array;
  elements: Int32Array;
  nodeCount: number;
  elementCount: number;
}

type Vector3 = [number, number, number];
const EDGE_CORNERS = [
  [0, 1],
  [1, 2],
  [0, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const;
/** The six tetrahedra of a cube around its diagonal (Kuhn 1960): each goes 0 -> one axis -> a second -> 7. */
const AXIS_ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
  [0, 2, 1],
  [2, 1, 0],
  [1, 0, 2],
] as const;

/**
 * @param place maps the straight box's points to where nodes go (corners and midsides alike: sides may be curved);
 * without it midside nodes lie half way.
 */
export function boxMesh(size: Vector3, divisions: Vector3, place?: (point: Vector3) => Vector3): BoxMesh {
  const [nx, ny, nz] = divisions;
  const corner = (i: number, j: number, k: number): number => (k * (ny + 1) + j) * (nx + 1) + i;
  const points: number[] = [];
  for (let k = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++)
      for (let i = 0; i <= nx; i++) points.push((size[0] * i) / nx, (size[1] * j) / ny, (size[2] * k) / nz);
  const cornerCount = points.length / 3;
  const midsides = new Map<number, number>();
  const midside = (a: number, b: number): number => {
    const key = Math.min(a, b) * cornerCount + Math.max(a, b);
    let node = midsides.get(key);
    if (node === undefined) {
      node = points.length / 3;
      midsides.set(key, node);
      for (let axis = 0; axis < 3; axis++) points.push((points[3 * a + axis]! + points[3 * b + axis]!) / 2);
    }
    return node;
  };
  const elements: number[] = [];
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        AXIS_ORDERS.forEach((order, index) => {
          const at: Vector3 = [i, j, k];
          const path = [corner(...at)];
          for (const axis of order) {
            at[axis]++;
            path.push(corner(...at));
          }
          // Odd permutations run round the other way.
          const corners = index < 3 ? path : [path[0]!, path[2]!, path[1]!, path[3]!];
          elements.push(...corners, ...EDGE_CORNERS.map(([a, b]) => midside(corners[a]!, corners[b]!)));
        });
  const nodes = Float64Array.from(points);
  if (place)
    for (let node = 0; node < nodes.length / 3; node++)
      nodes.set(place([nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!]), 3 * node);
  return {
    nodes,
    elements: Int32Array.from(elements),
    nodeCount: nodes.length / 3,
    elementCount: elements.length / 10,
  };
}

export interface ModelOptions {
  /** [E MPa, nu, density tonne/mm^3, alpha 1/K] each. */
  materials?: number[][];
  elementMaterial?: (centroid: Vector3) => number;
  /** Displacement of each axis at a node, or null where it is free. */
  restrain?: (point: Vector3, node: number) => (number | null)[] | null;
  gravity?: Vector3;
  temperatureChange?: (point: Vector3) => number;
}

export const pointOf = (nodes: Float64Array, node: number): Vector3 => [
  nodes[3 * node]!,
  nodes[3 * node + 1]!,
  nodes[3 * node + 2]!,
];

/** A model of the mesh without forces; tests add what they need. */
export function modelOf(mesh: BoxMesh, options: ModelOptions = {}): StaticModel {
  const fixedDofs: number[] = [];
  const fixedValues: number[] = [];
  const temperatureChange = options.temperatureChange ? new Float64Array(mesh.nodeCount) : null;
  for (let node = 0; node < mesh.nodeCount; node++) {
    const point = pointOf(mesh.nodes, node);
    options.restrain?.(point, node)?.forEach((value, axis) => {
      if (value === null) return;
      fixedDofs.push(3 * node + axis);
      fixedValues.push(value);
    });
    if (temperatureChange) temperatureChange[node] = options.temperatureChange!(point);
  }
  const elementMaterial = new Int32Array(mesh.elementCount);
  if (options.elementMaterial)
    for (let e = 0; e < mesh.elementCount; e++) {
      const centroid: Vector3 = [0, 0, 0];
      for (let a = 0; a < 4; a++)
        for (let axis = 0; axis < 3; axis++) centroid[axis]! += mesh.nodes[3 * mesh.elements[10 * e + a]! + axis]! / 4;
      elementMaterial[e] = options.elementMaterial(centroid);
    }
  return {
    nodes: mesh.nodes,
    elements: mesh.elements,
    elementMaterial,
    materials: Float64Array.from((options.materials ?? [[200000, 0.3, 7.85e-9, 1.2e-5]]).flat()),
    elementBody: elementMaterial.slice(),
    fixedDofs: Int32Array.from(fixedDofs),
    fixedValues: Float64Array.from(fixedValues),
    frameNodes: new Int32Array(0),
    frames: new Float64Array(0),
    forces: new Float64Array(3 * mesh.nodeCount),
    gravity: Float64Array.from(options.gravity ?? [0, 0, 0]),
    temperatureChange,
    addedNodesA: new Int32Array(0),
    addedNodesB: new Int32Array(0),
    addedBlocks: new Float64Array(0),
  };
}

/**
 * Adds the consistent forces of a constant traction (N/mm^2) on the flat side where `isOn` holds for all its corners:
 * a straight 6-node triangle takes a third at each midside node and nothing at its corners.
 */
export function addTraction(model: StaticModel, isOn: (point: Vector3) => boolean, traction: Vector3): void {
  const sides = [
    [0, 2, 1, 6, 5, 4],
    [0, 1, 3, 4, 8, 7],
    [1, 2, 3, 5, 9, 8],
    [0, 3, 2, 7, 9, 6],
  ] as const;
  for (let e = 0; e < model.elements.length / 10; e++)
    for (const side of sides) {
      const nodes = side.map((a) => model.elements[10 * e + a]!);
      const [a, b, c] = nodes.slice(0, 3).map((node) => pointOf(model.nodes, node)) as [Vector3, Vector3, Vector3];
      if (![a, b, c].every(isOn)) continue;
      const u = b.map((value, axis) => value - a[axis]!);
      const v = c.map((value, axis) => value - a[axis]!);
      const area =
        Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 2;
      for (const node of nodes.slice(3))
        for (let axis = 0; axis < 3; axis++) model.forces[3 * node + axis]! += (traction[axis]! * area) / 3;
    }
}

/** A repeatable pseudo-random number in [-1, 1] for each call (Lehmer). */
export function randomSource(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
}
