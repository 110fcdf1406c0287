/**
 * Structured second-order meshes of boxes for tests, with the topology that a kernel would report: faces -X, +X, -Y, +Y, -Z,
 * +Z; twelve edges; eight vertices. A map may bend the box into another shape (a tube, a wedge).
 */
import type { BodyInfo, FaceInfo } from '../../../preload/contract/geometry.ts';
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { Vec3 } from '../vector.ts';

export interface BoxOptions {
  min?: Vec3;
  max: Vec3;
  divisions: Vec3;
  /** Where a point of the straight box goes. */
  map?: (point: Vec3) => Vec3;
}

/** The six tetrahedra of a cube about its main diagonal (Kuhn's), corners numbered x + 2 y + 4 z. */
const KUHN = [
  [0, 1, 3, 7],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
  [0, 4, 5, 7],
  [0, 5, 1, 7],
] as const;

export function boxMesh({ min = [0, 0, 0], max, divisions, map = (point) => point }: BoxOptions): VolumeMesh {
  const [nx, ny, nz] = divisions;
  // Nodes live on a grid of half steps, so that a midside is the mean of its corners' grid indices.
  const index = (i: number, j: number, k: number): number => (k * (2 * ny + 1) + j) * (2 * nx + 1) + i;
  const used = new Map<number, number>();
  const grid: Vec3[] = [];
  const nodeAt = (i: number, j: number, k: number): number => {
    const key = index(i, j, k);
    let node = used.get(key);
    if (node === undefined) {
      node = grid.length;
      used.set(key, node);
      grid.push([i, j, k]);
    }
    return node;
  };
  const elements: number[] = [];
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        for (const corners of KUHN) {
          const c = corners.map(
            (corner): Vec3 => [2 * (i + (corner & 1)), 2 * (j + ((corner >> 1) & 1)), 2 * (k + (corner >> 2))],
          );
          for (const point of c) elements.push(nodeAt(...point));
          for (const [a, b] of TETRAHEDRON_EDGES)
            elements.push(nodeAt((c[a]![0] + c[b]![0]) / 2, (c[a]![1] + c[b]![1]) / 2, (c[a]![2] + c[b]![2]) / 2));
        }
  const nodes = new Float64Array(3 * grid.length);
  grid.forEach((half, node) => {
    const point = half.map((value, axis) => {
      const count = 2 * divisions[axis]!;
      return min[axis]! + ((max[axis]! - min[axis]!) * value) / count;
    }) as Vec3;
    nodes.set(map(point), 3 * node);
  });

  const sideOf = (node: number, axis: number): -1 | 0 | 1 =>
    grid[node]![axis] === 0 ? -1 : grid[node]![axis] === 2 * divisions[axis]! ? 1 : 0;
  const facets: number[] = [];
  const facetFace: number[] = [];
  const sides = [
    [0, 1, 2, 4, 5, 6],
    [0, 1, 3, 4, 8, 7],
    [1, 2, 3, 5, 9, 8],
    [0, 2, 3, 6, 9, 7],
  ];
  for (let element = 0; element < elements.length / 10; element++)
    for (const side of sides) {
      const list = side.map((local) => elements[10 * element + local]!);
      for (let face = 0; face < 6; face++) {
        const axis = face >> 1;
        const wanted = face % 2 === 0 ? -1 : 1;
        if (!list.every((node) => sideOf(node, axis) === wanted)) continue;
        facets.push(...list);
        facetFace.push(face);
      }
    }

  const edgeOffsets = [0];
  const edgeNodes: number[] = [];
  for (const {
    axis,
    sides: [a, b],
  } of EDGES) {
    const others = [0, 1, 2].filter((other) => other !== axis) as [number, number];
    grid.forEach((_, node) => {
      if (sideOf(node, others[0]) === a && sideOf(node, others[1]) === b) edgeNodes.push(node);
    });
    edgeOffsets.push(edgeNodes.length);
  }
  const vertexNodes = Array.from({ length: 8 }, (_, vertex) =>
    nodeAt(2 * nx * (vertex & 1), 2 * ny * ((vertex >> 1) & 1), 2 * nz * (vertex >> 2)),
  );
  return {
    nodes,
    elements: Int32Array.from(elements),
    elementSolid: new Int32Array(elements.length / 10),
    facets: Int32Array.from(facets),
    facetFace: Int32Array.from(facetFace),
    edgeOffsets: Int32Array.from(edgeOffsets),
    edgeNodes: Int32Array.from(edgeNodes),
    vertexNodes: Int32Array.from(vertexNodes),
    straightened: 0,
    size_mm: Math.max(...max.map((value, axis) => (value - min[axis]!) / divisions[axis]!)),
  };
}

/** Edge 4 axis + n runs along `axis`, at the sides given of the other two axes in order. */
const EDGES = [0, 1, 2].flatMap((axis) =>
  (
    [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ] as const
  ).map((sides) => ({ axis, sides })),
);

/** What the kernel would say of a straight box. */
export function boxInfo(min: Vec3, max: Vec3, name = 'box'): BodyInfo {
  const size = max.map((value, axis) => value - min[axis]!) as Vec3;
  const faces: FaceInfo[] = Array.from({ length: 6 }, (_, face) => {
    const axis = face >> 1;
    const sign = face % 2 === 0 ? -1 : 1;
    const normal: Vec3 = [0, 0, 0];
    normal[axis] = sign;
    const low: Vec3 = [...min];
    const high: Vec3 = [...max];
    if (sign < 0) high[axis] = min[axis]!;
    else low[axis] = max[axis]!;
    return {
      type: 'plane',
      area_mm2: (size[0] * size[1] * size[2]) / size[axis]!,
      centroid_mm: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
      normal,
      box: { min: low, max: high },
      edges: [],
    };
  });
  return {
    name,
    kind: 'solid',
    valid: true,
    box: { min, max },
    mass: {
      volume_mm3: size[0] * size[1] * size[2],
      area_mm2: 2 * (size[0] * size[1] + size[1] * size[2] + size[2] * size[0]),
      centroid_mm: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2],
    },
    faces,
    edges: EDGES.map(({ axis }) => ({
      type: 'line',
      length_mm: size[axis]!,
      centre_mm: [0, 0, 0],
      vertices: [],
      faces: [],
    })),
    vertices_mm: Array.from(
      { length: 8 },
      (_, vertex): Vec3 => [vertex & 1 ? max[0] : min[0], vertex & 2 ? max[1] : min[1], vertex & 4 ? max[2] : min[2]],
    ),
    solids: 1,
    shells: 1,
  };
}

/** Two or more meshes as one; solids, faces, edges and vertices are counted on. */
export function joinMeshes(meshes: readonly VolumeMesh[]): VolumeMesh {
  const join = (pick: (mesh: VolumeMesh) => Int32Array, step: (mesh: VolumeMesh) => number): Int32Array => {
    const out: number[] = [];
    let offset = 0;
    for (const mesh of meshes) {
      for (const value of pick(mesh)) out.push(value + offset);
      offset += step(mesh);
    }
    return Int32Array.from(out);
  };
  const nodeStep = (mesh: VolumeMesh): number => mesh.nodes.length / 3;
  const offsets = [0];
  for (const mesh of meshes) {
    const base = offsets.at(-1)!;
    for (const value of mesh.edgeOffsets.slice(1)) offsets.push(base + value);
  }
  return {
    nodes: Float64Array.from(meshes.flatMap((mesh) => [...mesh.nodes])),
    elements: join((mesh) => mesh.elements, nodeStep),
    elementSolid: join(
      (mesh) => mesh.elementSolid,
      () => 1,
    ),
    facets: join((mesh) => mesh.facets, nodeStep),
    facetFace: join(
      (mesh) => mesh.facetFace,
      () => 6,
    ),
    edgeOffsets: Int32Array.from(offsets),
    edgeNodes: join((mesh) => mesh.edgeNodes, nodeStep),
    vertexNodes: join((mesh) => mesh.vertexNodes, nodeStep),
    straightened: 0,
    size_mm: Math.max(...meshes.map((mesh) => mesh.size_mm)),
  };
}
