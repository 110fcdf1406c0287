/** Counts what a straight line through a mesh's walls meets: by geometry alone, whatever the mesher says of its own work. */
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, scale, subtract, unit, type Vec3 } from '../vector.ts';

export interface Crossing {
  from_mm: Vec3;
  face: number;
  /** Length of the line inside the material, mm. */
  thickness_mm: number;
  /** Elements that it goes through. */
  elements: number;
  /** Whether one of these reaches from one side of the wall to the other all by itself. */
  spanned: boolean;
}

/** A part of a wall's thickness that still counts as none: facets of a coarse mesh cut across curves. */
const SLACK = 0.03;

/**
 * Shoots a line inward from the middle of every `every`-th facet (or of those on given faces), straight on until it leaves the
 * material.
 */
export function crossings(
  mesh: VolumeMesh,
  { every = 1, faces }: { every?: number; faces?: readonly number[] } = {},
): Crossing[] {
  const boxes = elementBoxes(mesh);
  const found: Crossing[] = [];
  const chosen = [...mesh.facetFace.keys()].filter((f) => !faces || faces.includes(mesh.facetFace[f]!));
  for (let index = 0; index < chosen.length; index += every) {
    const facet = chosen[index]!;
    const [a, b, c] = [0, 1, 2].map((k) => at(mesh.nodes, mesh.facets[6 * facet + k]!)) as [Vec3, Vec3, Vec3];
    // Beside the middle, so that no line runs along the sides of elements where a mesh is regular.
    const from_mm = [0, 1, 2].map((i) => 0.41 * a[i]! + 0.33 * b[i]! + 0.26 * c[i]!) as unknown as Vec3;
    const inward = scale(unit(cross(subtract(b, a), subtract(c, a))), -1);
    found.push({ from_mm, face: mesh.facetFace[facet]!, ...along(mesh, boxes, from_mm, inward) });
  }
  return found;
}

function along(
  { nodes, elements }: VolumeMesh,
  boxes: Float64Array,
  from: Vec3,
  direction: Vec3,
): Pick<Crossing, 'thickness_mm' | 'elements' | 'spanned'> {
  const pieces: { start: number; end: number; element: number }[] = [];
  for (let element = 0; element < elements.length / 10; element++) {
    if (!meetsBox(boxes, element, from, direction)) continue;
    const piece = insideElement(cornersOf(nodes, elements, element), from, direction);
    if (piece) pieces.push({ ...piece, element });
  }
  pieces.sort((x, y) => x.start - y.start);
  const gap = 1e-6 * (1 + Math.hypot(...from));
  let end = 0;
  const met: number[] = [];
  for (const piece of pieces) {
    if (piece.end <= gap) continue;
    if (piece.start > end + gap) break;
    end = Math.max(end, piece.end);
    met.push(piece.element);
  }
  const spanned = met.some((element) => {
    const depths = cornersOf(nodes, elements, element).map((corner) => dot(subtract(corner, from), direction));
    return Math.min(...depths) < SLACK * end && Math.max(...depths) > (1 - SLACK) * end;
  });
  return { thickness_mm: end, elements: met.length, spanned };
}

const cornersOf = (nodes: Float64Array, elements: Int32Array, element: number): Vec3[] =>
  [0, 1, 2, 3].map((k) => at(nodes, elements[10 * element + k]!));

/** Where a line is inside a tetrahedron with straight sides: between the largest entry and the smallest exit of its planes. */
function insideElement(corners: Vec3[], from: Vec3, direction: Vec3): { start: number; end: number } | null {
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 4; k++) {
    const [a, b, c] = [1, 2, 3].map((step) => corners[(k + step) % 4]!) as [Vec3, Vec3, Vec3];
    let normal = cross(subtract(b, a), subtract(c, a));
    if (dot(normal, subtract(corners[k]!, a)) < 0) normal = scale(normal, -1);
    const height = dot(normal, subtract(from, a));
    const slope = dot(normal, direction);
    if (slope === 0 && height < 0) return null;
    if (slope > 0) start = Math.max(start, -height / slope);
    if (slope < 0) end = Math.min(end, -height / slope);
  }
  return end - start > 1e-9 * (1 + Math.abs(end)) ? { start, end } : null;
}

/** Least and largest coordinates of each element's corners, 6 each. */
function elementBoxes({ nodes, elements }: VolumeMesh): Float64Array {
  const boxes = new Float64Array((6 * elements.length) / 10);
  for (let element = 0; element < elements.length / 10; element++) {
    const corners = cornersOf(nodes, elements, element);
    for (let axis = 0; axis < 3; axis++) {
      boxes[6 * element + axis] = Math.min(...corners.map((corner) => corner[axis]!));
      boxes[6 * element + 3 + axis] = Math.max(...corners.map((corner) => corner[axis]!));
    }
  }
  return boxes;
}

function meetsBox(boxes: Float64Array, element: number, from: Vec3, direction: Vec3): boolean {
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const low = boxes[6 * element + axis]! - from[axis]!;
    const high = boxes[6 * element + 3 + axis]! - from[axis]!;
    if (Math.abs(direction[axis]!) < 1e-12) {
      if (low > 1e-9 || high < -1e-9) return false;
      continue;
    }
    const [near, far] = [low / direction[axis]!, high / direction[axis]!].sort((a, b) => a - b) as [number, number];
    start = Math.max(start, near);
    end = Math.min(end, far);
  }
  return start <= end + 1e-9;
}
