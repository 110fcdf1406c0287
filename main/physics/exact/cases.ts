/** Bodies under the tractions of exact solutions, on structured meshes of any fineness. */

import type { VolumeMesh } from '../model/mesh.ts';
import { type BoxOptions, boxMesh } from '../testing/box-mesh.ts';
import type { Vec3 } from '../vector.ts';
import * as field from './field.ts';

export interface ExactCase {
  name: string;
  field: field.ExactField;
  mesh(fineness: number): VolumeMesh;
  /** Faces of the box (-x, +x, -y, +y, -z, +z) whose motion is prescribed: along these axes. All others bear exact tractions. */
  held: Partial<Record<number, readonly number[]>>;
  /** Faces that bear no traction. */
  free: readonly number[];
  /** The finenesses that the estimate is measured at. */
  finenesses: readonly number[];
  /** False where the stress is infinite somewhere: only the energy can be compared. */
  bounded: boolean;
}

const ALL = [0, 1, 2] as const;
const box = (options: Omit<BoxOptions, 'divisions'>, divisions: (fineness: number) => Vec3) => (fineness: number) =>
  boxMesh({ ...options, divisions: divisions(fineness) });

/** A quarter of a tube: along the box's x from inside out, along its y around. */
const quarterTube =
  (inner: number, outer: number): ((p: Vec3) => Vec3) =>
  ([r, t, z]) => {
    const radius = inner + (outer - inner) * r;
    const angle = (Math.PI / 2) * t;
    return [radius * Math.cos(angle), radius * Math.sin(angle), z];
  };

/** From a quarter circle to the sides of a square. */
const holeInSquare =
  (radius: number, half: number): ((p: Vec3) => Vec3) =>
  ([s, t, z]) => {
    const angle = (Math.PI / 2) * t;
    const c = Math.cos(angle);
    const q = Math.sin(angle);
    // Elements grow outwards, as any mesher would make them.
    const part = s ** 1.5;
    const reach = half / Math.max(c, q);
    const distance = radius + (reach - radius) * part;
    return [distance * c, distance * q, z];
  };

/** A patch of a spherical shell about the diagonal of x, y, z > 0, small enough to keep good elements. */
const sphericalPatch =
  (inner: number, outer: number): ((p: Vec3) => Vec3) =>
  ([r, u, w]) => {
    const radius = inner + (outer - inner) * r;
    const direction: Vec3 = [1, Math.tan((Math.PI / 4) * (2 * u - 1)), Math.tan((Math.PI / 4) * (2 * w - 1))];
    const length = Math.hypot(...direction);
    return [(radius * direction[0]) / length, (radius * direction[1]) / length, (radius * direction[2]) / length];
  };

/** An L of arm 1 about its inner corner at the origin, whose bisector through the material is the x axis. */
const corner: (p: Vec3) => Vec3 = ([s, t, z]) => {
  const along = Math.abs(s);
  const side = -Math.sign(s);
  // Inner boundary from the corner to the arm's end, outer one from the far corner.
  const inner = [-along, along].map((value) => (value * 100) / Math.SQRT2);
  const middle = [1, 0].map((value) => value * 100 * Math.SQRT2);
  const arm = [-2 * along, 2 * along].map((value) => (value * 100) / Math.SQRT2);
  const outer = [middle[0]! + arm[0]!, middle[1]! + arm[1]!];
  return [inner[0]! + t * (outer[0]! - inner[0]!), side * (inner[1]! + t * (outer[1]! - inner[1]!)), z];
};

export const EXACT_CASES: readonly ExactCase[] = [
  {
    name: 'constant stress',
    field: field.constantStress,
    mesh: box({ max: [40, 20, 10] }, (n) => [2 * n, n, n]),
    held: { 0: [0], 2: [1], 4: [2] },
    free: [3, 5],
    finenesses: [2],
    bounded: true,
  },
  {
    name: 'cylinder under pressure',
    field: field.pressedCylinder(100, 200, 100),
    mesh: box({ max: [1, 1, 25], map: quarterTube(100, 200) }, (n) => [2 * n, 3 * n, 1]),
    held: { 2: [1], 3: [0], 4: [2], 5: [2] },
    free: [1],
    finenesses: [1, 2, 4],
    bounded: true,
  },
  {
    name: 'sphere under pressure',
    field: field.pressedSphere(100, 200, 100),
    mesh: box({ max: [1, 1, 1], map: sphericalPatch(100, 200) }, (n) => [n, n, n]),
    held: { 2: ALL, 3: ALL, 4: ALL, 5: ALL },
    free: [1],
    finenesses: [2, 4, 6],
    bounded: true,
  },
  {
    name: 'hole in a wide plate',
    field: field.plateWithHole(50, 100),
    mesh: box({ max: [1, 1, 20], map: holeInSquare(50, 250) }, (n) => [3 * n, 4 * n, 1]),
    held: { 2: [1], 3: [0], 4: [2], 5: [2] },
    free: [0],
    finenesses: [1, 2, 3],
    bounded: true,
  },
  {
    name: 'bent beam',
    field: field.bentBeam(200, 20, 100),
    mesh: box({ min: [0, 0, -20], max: [200, 20, 20] }, (n) => [5 * n, 1, 2 * n]),
    held: { 1: ALL },
    free: [2, 3, 4, 5],
    finenesses: [1, 2, 3],
    bounded: true,
  },
  {
    name: 'turning cylinder',
    field: field.turningCylinder(50, 200, 7.85e-9, 600),
    mesh: box({ max: [1, 1, 25], map: quarterTube(50, 200) }, (n) => [2 * n, 3 * n, 1]),
    held: { 2: [1], 3: [0], 4: [2], 5: [2] },
    free: [0, 1],
    finenesses: [1, 2, 4],
    bounded: true,
  },
  {
    name: 'wavy pressure',
    field: field.wavyPressure(Math.PI / 50, 100),
    mesh: box({ max: [50, 100, 10] }, (n) => [2 * n, 4 * n, 1]),
    held: { 0: [0], 1: [0], 3: ALL, 4: [2], 5: [2] },
    free: [],
    finenesses: [1, 2, 4],
    bounded: true,
  },
  {
    name: 're-entrant corner',
    field: field.reentrantCorner(100),
    mesh: box({ min: [-1, 0, 0], max: [1, 1, 20], map: corner }, (n) => [4 * n, 2 * n, 1]),
    held: { 0: ALL, 1: ALL, 3: ALL, 4: [2], 5: [2] },
    free: [2],
    finenesses: [1, 2, 4],
    bounded: false,
  },
];
