/** A box of 40 x 20 x 10 mm with a vertical bore of 6 mm, as the kernel would describe it. For tests. */
import type { BodyInfo, EdgeInfo, FaceInfo, Vector3 } from '../../preload/contract/geometry.ts';

/** Of the 8 corners, index = x + 2y + 4z with each 0 or 1. */
const corner = (index: number, [sx, sy, sz]: Vector3): Vector3 => [
  index & 1 ? sx : 0,
  index & 2 ? sy : 0,
  index & 4 ? sz : 0,
];

/** Faces 0-5: -X +X -Y +Y -Z +Z; face 6: the bore. Edges 0-11: four along X, Y, Z each; 12, 13: rims below and above. */
export function boxWithBore(size: Vector3 = [40, 20, 10], shift: Vector3 = [0, 0, 0], boreRadius_mm = 3): BodyInfo {
  const move = (p: Vector3): Vector3 => [p[0] + shift[0], p[1] + shift[1], p[2] + shift[2]];
  const middle: Vector3 = [size[0] / 2, size[1] / 2, size[2] / 2];
  const faces: FaceInfo[] = [];
  for (const axis of [0, 1, 2] as const) {
    for (const side of [0, 1]) {
      const centroid: Vector3 = [...middle];
      centroid[axis] = side * size[axis];
      const normal: Vector3 = [0, 0, 0];
      normal[axis] = side === 1 ? 1 : -1;
      const [u, v] = ([0, 1, 2] as const).filter((each) => each !== axis) as [0 | 1 | 2, 0 | 1 | 2];
      const bored = axis === 2 ? Math.PI * boreRadius_mm ** 2 : 0;
      faces.push(face('plane', size[u] * size[v] - bored, move(centroid), { normal }));
    }
  }
  faces.push(
    face('cylinder', 2 * Math.PI * boreRadius_mm * size[2], move(middle), {
      normal: [-1, 0, 0],
      axis: { origin_mm: move([middle[0], middle[1], 0]), direction: [0, 0, 1] },
      radius_mm: boreRadius_mm,
      concave: true,
      name: 'hole-3/wall',
    }),
  );
  const edges: EdgeInfo[] = [];
  for (const axis of [0, 1, 2] as const) {
    for (let from = 0; from < 8; from++) {
      if (from & (1 << axis)) continue;
      const [a, b] = [corner(from, size), corner(from | (1 << axis), size)];
      const direction: Vector3 = [0, 0, 0];
      direction[axis] = 1;
      edges.push({
        type: 'line',
        length_mm: size[axis],
        centre_mm: move([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]),
        direction,
        vertices: [from, from | (1 << axis)],
        faces: [],
      });
    }
  }
  for (const z of [0, size[2]]) {
    const centre = move([middle[0], middle[1], z]);
    edges.push({
      type: 'circle',
      length_mm: 2 * Math.PI * boreRadius_mm,
      centre_mm: centre,
      curveCentre_mm: centre,
      radius_mm: boreRadius_mm,
      vertices: [],
      faces: [6],
    });
  }
  const volume = size[0] * size[1] * size[2] - Math.PI * boreRadius_mm ** 2 * size[2];
  return {
    name: 'box',
    kind: 'solid',
    valid: true,
    box: { min: move([0, 0, 0]), max: move(size) },
    mass: {
      volume_mm3: volume,
      area_mm2: faces.reduce((sum, each) => sum + each.area_mm2, 0),
      centroid_mm: move(middle),
    },
    faces,
    edges,
    vertices_mm: Array.from({ length: 8 }, (_, index) => move(corner(index, size))),
    solids: 1,
    shells: 1,
  };
}

const face = (type: FaceInfo['type'], area_mm2: number, centroid_mm: Vector3, more: Partial<FaceInfo>): FaceInfo => ({
  type,
  area_mm2,
  centroid_mm,
  box: { min: centroid_mm, max: centroid_mm },
  edges: [],
  ...more,
});
