/** The triangles of one body, ready to shoot rays at and to take samples from. */
import { ArtificerError, decodeBundle, type TessellationMeta, type Vector3 } from '../../../preload/contract/index.ts';

export interface Triangles {
  count: number;
  /** Nine numbers a triangle: its corners, counter-clockwise seen from outside. */
  corners: Float64Array;
  /** Three numbers a triangle: its outward unit normal. Zero for one without an area. */
  normals: Float64Array;
  /** Normals of the surface at the corners, nine numbers a triangle. */
  cornerNormals: Float32Array;
  areas: Float64Array;
  face: Uint32Array;
  /** By edge: points along it. */
  edges: Vector3[][];
  /** Of the whole body's box. */
  diagonal_mm: number;
  /** How far triangles may be from the surface. */
  deflection_mm: number;
}

/** @throws ArtificerError `manufacture.bad-tessellation` */
export function readTriangles(tessellation: Uint8Array, faces: number): Triangles {
  const { meta, arrays } = decodeBundle<TessellationMeta>(tessellation);
  const { positions, normals, indices, faceOfTriangle } = arrays;
  if (!positions || !normals || !indices || !faceOfTriangle || indices.length === 0)
    throw unreadable('it has no triangles');
  const count = indices.length / 3;
  const corners = new Float64Array(9 * count);
  const cornerNormals = new Float32Array(9 * count);
  const ownNormals = new Float64Array(3 * count);
  const areas = new Float64Array(count);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let t = 0; t < count; t++) {
    if (faceOfTriangle[t]! >= faces) throw unreadable('its triangles are of faces that the body does not have');
    for (let c = 0; c < 3; c++) {
      const from = 3 * indices[3 * t + c]!;
      for (let k = 0; k < 3; k++) {
        const value = positions[from + k]!;
        corners[9 * t + 3 * c + k] = value;
        cornerNormals[9 * t + 3 * c + k] = normals[from + k]!;
        if (value < low[k]!) low[k] = value;
        if (value > high[k]!) high[k] = value;
      }
    }
    areas[t] = areaAndNormal(corners, 9 * t, ownNormals, 3 * t);
  }
  const diagonal_mm = Math.hypot(high[0]! - low[0]!, high[1]! - low[1]!, high[2]! - low[2]!);
  if (!Number.isFinite(diagonal_mm) || diagonal_mm <= 0) throw unreadable('its points are not finite');
  return {
    count,
    corners,
    normals: ownNormals,
    cornerNormals,
    areas,
    face: Uint32Array.from(faceOfTriangle),
    edges: polylinesOf(arrays['edgePoints'], arrays['edgeOffsets']),
    diagonal_mm,
    deflection_mm: meta.linearDeflection_mm,
  };
}

function polylinesOf(points: ArrayLike<number> | undefined, offsets: ArrayLike<number> | undefined): Vector3[][] {
  if (!points || !offsets) return [];
  return Array.from({ length: Math.max(0, offsets.length - 1) }, (_, edge) =>
    Array.from({ length: offsets[edge + 1]! - offsets[edge]! }, (_, i): Vector3 => {
      const from = 3 * (offsets[edge]! + i);
      return [points[from]!, points[from + 1]!, points[from + 2]!];
    }),
  );
}

const unreadable = (why: string): ArtificerError =>
  new ArtificerError({
    code: 'manufacture.bad-tessellation',
    category: 'refused',
    message: `The picture of the body can't be used to measure it: ${why}.`,
    hint: 'Evaluate the part again.',
  });

function areaAndNormal(corners: Float64Array, at: number, normals: Float64Array, to: number): number {
  const [ax, ay, az] = [corners[at]!, corners[at + 1]!, corners[at + 2]!];
  const [ux, uy, uz] = [corners[at + 3]! - ax, corners[at + 4]! - ay, corners[at + 5]! - az];
  const [vx, vy, vz] = [corners[at + 6]! - ax, corners[at + 7]! - ay, corners[at + 8]! - az];
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const twice = Math.hypot(nx, ny, nz);
  if (twice > 0) {
    normals[to] = nx / twice;
    normals[to + 1] = ny / twice;
    normals[to + 2] = nz / twice;
  }
  return twice / 2;
}

export const normalOfTriangle = ({ normals }: Triangles, t: number): Vector3 => [
  normals[3 * t]!,
  normals[3 * t + 1]!,
  normals[3 * t + 2]!,
];
