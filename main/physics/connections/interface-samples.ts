/**
 * Where two surfaces of 6-node facets lie on each other: their facets are cut with one another, and integration points are
 * put on every common piece, so that integrals over the interface of functions of both sides are exact where it is flat
 * (Puso and Laursen, Comput. Methods Appl. Mech. Engrg. 193 (2004) 601: segments in the plane of the slave's facet).
 * Whatever couples two surfaces integrates over these: bonds, cyclic symmetry, thermal conductance.
 */
import { TRIANGLE_POINTS, triangleShape } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { at, cross, dot, norm, scale, subtract, unit, type Vec3 } from '../vector.ts';
import { FacetGrid } from './facet-grid.ts';
import { clipTriangles, type Point2, polygonArea } from './polygon.ts';

/** A rigid motion that brings the master surface to where the slave is: x -> rotation x + shift. Rotation by rows. */
export interface RigidPlacement {
  rotation: readonly number[];
  shift: Vec3;
}

/** Integration points on the common pieces of a slave and a master surface, ordered by slave facet. */
export interface InterfaceSamples {
  count: number;
  /** Area that each point stands for, mm^2. */
  area: Float64Array;
  slaveFacet: Int32Array;
  masterFacet: Int32Array;
  /** Local coordinates (r, s) on each side's facet, two a point; `triangleShape(r, s)` are the weights of its six nodes. */
  slaveAt: Float64Array;
  masterAt: Float64Array;
  /** From the (placed) master point to the slave point, three a point, mm. */
  gap: Float64Array;
}

/** Outward normals of surfaces that lie on each other are opposite within 60 degrees. */
const MOST_TURNED = -0.5;
/** Common pieces smaller than this part of a facet are round-off of the cutting. */
const SMALLEST_PIECE = 1e-6;

/** @param tolerance_mm farther apart than this, surfaces do not touch */
export function interfaceSamples(
  mesh: VolumeMesh,
  slaveFacets: readonly number[],
  masterFacets: readonly number[],
  tolerance_mm: number,
  placement: RigidPlacement | null = null,
): InterfaceSamples {
  const place = placement ? (point: Vec3): Vec3 => placed(placement, point) : (point: Vec3): Vec3 => point;
  const masters = new Map(masterFacets.map((facet) => [facet, cornersOf(mesh, facet).map(place) as Corners]));
  const boxes = new Float64Array(6 * masterFacets.length);
  masterFacets.forEach((facet, i) => {
    boxes.set(boxAround(sixOf(mesh, facet).map(place), tolerance_mm), 6 * i);
  });
  const grid = new FacetGrid(boxes, masterFacets);
  const out = new SampleList();
  for (const slave of slaveFacets) {
    const corners = cornersOf(mesh, slave);
    const frame = frameOf(corners);
    if (!frame) continue;
    const flat = corners.map((corner) => inPlane(frame, corner)) as [Point2, Point2, Point2];
    const facetArea = polygonArea(flat);
    for (const master of grid.near(boxAround(sixOf(mesh, slave), tolerance_mm))) {
      const other = masters.get(master)!;
      const normal = unit(cross(subtract(other[1], other[0]), subtract(other[2], other[0])));
      if (dot(normal, frame.normal) > MOST_TURNED) continue;
      const projected = other.map((corner) => inPlane(frame, corner)) as [Point2, Point2, Point2];
      const polygon = clipTriangles(flat, projected);
      if (polygon.length < 3 || polygonArea(polygon) < SMALLEST_PIECE * facetArea) continue;
      for (const { point, area } of polygonPoints(polygon)) {
        const [r, s] = localCoordinates(flat, point);
        const [rm, sm] = localCoordinates(projected, point);
        const gap = subtract(pointOn(mesh, slave, r, s), place(pointOn(mesh, master, rm, sm)));
        if (norm(gap) > tolerance_mm) continue;
        out.push(area, slave, master, [r, s], [rm, sm], gap);
      }
    }
  }
  return out.finish();
}

type Corners = [Vec3, Vec3, Vec3];
interface Frame {
  origin: Vec3;
  u: Vec3;
  v: Vec3;
  normal: Vec3;
}

export const placed = ({ rotation, shift }: RigidPlacement, [x, y, z]: Vec3): Vec3 =>
  [0, 1, 2].map(
    (row) => rotation[3 * row]! * x + rotation[3 * row + 1]! * y + rotation[3 * row + 2]! * z + shift[row]!,
  ) as Vec3;

const cornersOf = ({ nodes, facets }: VolumeMesh, facet: number): Corners => [
  at(nodes, facets[6 * facet]!),
  at(nodes, facets[6 * facet + 1]!),
  at(nodes, facets[6 * facet + 2]!),
];
const sixOf = ({ nodes, facets }: VolumeMesh, facet: number): Vec3[] =>
  [0, 1, 2, 3, 4, 5].map((k) => at(nodes, facets[6 * facet + k]!));

/** Position on a curved facet. */
export function pointOn({ nodes, facets }: VolumeMesh, facet: number, r: number, s: number): Vec3 {
  const shape = triangleShape(r, s);
  const out: Vec3 = [0, 0, 0];
  for (let k = 0; k < 6; k++)
    for (let axis = 0; axis < 3; axis++) out[axis]! += shape[k]! * nodes[3 * facets[6 * facet + k]! + axis]!;
  return out;
}

function boxAround(points: readonly Vec3[], margin: number): number[] {
  const low = [0, 1, 2].map((axis) => Math.min(...points.map((point) => point[axis]!)) - margin);
  const high = [0, 1, 2].map((axis) => Math.max(...points.map((point) => point[axis]!)) + margin);
  return [...low, ...high];
}

function frameOf([a, b, c]: Corners): Frame | null {
  const along = subtract(b, a);
  const area = cross(along, subtract(c, a));
  if (!(norm(area) > 0)) return null;
  const u = unit(along);
  const normal = unit(area);
  return { origin: a, u, v: cross(normal, u), normal };
}

const inPlane = ({ origin, u, v }: Frame, point: Vec3): Point2 => {
  const arm = subtract(point, origin);
  return [dot(arm, u), dot(arm, v)];
};

/** (r, s) of a point of the plane in a triangle. */
function localCoordinates([a, b, c]: readonly [Point2, Point2, Point2], [x, y]: Point2): Point2 {
  const determinant = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  return [
    ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / determinant,
    ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / determinant,
  ];
}

/** Integration points of a convex polygon, exact to degree 4: triangles about its first corner. */
function polygonPoints(polygon: readonly Point2[]): { point: Point2; area: number }[] {
  const [a] = polygon as [Point2];
  const points: { point: Point2; area: number }[] = [];
  for (let i = 1; i + 1 < polygon.length; i++) {
    const b = polygon[i]!;
    const c = polygon[i + 1]!;
    const twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    for (const [r, s, weight] of TRIANGLE_POINTS)
      points.push({
        point: [a[0] + r * (b[0] - a[0]) + s * (c[0] - a[0]), a[1] + r * (b[1] - a[1]) + s * (c[1] - a[1])],
        area: weight * twice,
      });
  }
  return points;
}

class SampleList {
  readonly #area: number[] = [];
  readonly #slave: number[] = [];
  readonly #master: number[] = [];
  readonly #slaveAt: number[] = [];
  readonly #masterAt: number[] = [];
  readonly #gap: number[] = [];

  push(area: number, slave: number, master: number, slaveAt: Point2, masterAt: Point2, gap: Vec3): void {
    this.#area.push(area);
    this.#slave.push(slave);
    this.#master.push(master);
    this.#slaveAt.push(...slaveAt);
    this.#masterAt.push(...masterAt);
    this.#gap.push(...gap);
  }

  finish(): InterfaceSamples {
    return {
      count: this.#area.length,
      area: Float64Array.from(this.#area),
      slaveFacet: Int32Array.from(this.#slave),
      masterFacet: Int32Array.from(this.#master),
      slaveAt: Float64Array.from(this.#slaveAt),
      masterAt: Float64Array.from(this.#masterAt),
      gap: Float64Array.from(this.#gap),
    };
  }
}

/** Area of a facet's flat triangle, mm^2. */
export function facetArea(mesh: VolumeMesh, facet: number): number {
  const [a, b, c] = cornersOf(mesh, facet);
  return norm(scale(cross(subtract(b, a), subtract(c, a)), 0.5));
}
