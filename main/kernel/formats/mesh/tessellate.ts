/** A mesh body as the window and the measuring tools want it: faces, edges, mass properties and a tessellation bundle. */
import { encodeBundle } from '../../../../preload/contract/bundle.ts';
import type {
  BodyInfo,
  BoundingBox,
  Colour,
  FaceInfo,
  TessellationMeta,
  Vector3,
} from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { refusal } from '../refusal.ts';
import { adjacencyOf } from './adjacency.ts';
import { featureEdges } from './feature-edges.ts';
import { type FaceSample, fitCylinder } from './fit.ts';
import type { MeshBody } from './model.ts';
import { type Segmentation, segment, type TriangleGeometry, triangleGeometry } from './segment.ts';

/** A corner whose smoothed normal is further than this from its triangle's keeps the triangle's own. */
const SPLIT_COSINE = Math.cos((45 * Math.PI) / 180);
/** Largest angle of a triangle's normal to the mean of a face that is called plane. */
const PLANE_COSINE = Math.cos((0.5 * Math.PI) / 180);

/** Faces and triangles of a face that are looked at for cylinders. */
const MAX_FITTED_FACES = 5_000;
const MAX_SAMPLES = 2_000;

export interface MeshTessellation {
  info: BodyInfo;
  /** Bundle as described in the contract's geometry. */
  tessellation: Uint8Array;
  warnings: Warning[];
}

/**
 * Closed meshes that are inside out are turned round, so that the volume is positive and triangles run counter-clockwise
 * seen from outside. Throws `import.no-geometry` for a body without triangles.
 */
export function tessellationOfMesh(body: MeshBody): MeshTessellation {
  const { positions_mm: positions } = body;
  if (body.indices.length < 3) throw refusal('import.no-geometry', `${JSON.stringify(body.name)} holds no triangles.`);
  const warnings: Warning[] = [];
  const box = boxOf(positions, body.indices);
  const adjacency = adjacencyOf(body.indices, positions.length / 3);
  let indices = body.indices;
  let mass = integrate(positions, indices, box, adjacency.closed);
  if (adjacency.closed && mass.volume_mm3 < 0) {
    indices = indices.slice();
    for (let i = 0; i + 2 < indices.length; i += 3) {
      const b = indices[i + 1]!;
      indices[i + 1] = indices[i + 2]!;
      indices[i + 2] = b;
    }
    // Swapping the last two corners turns side 0 into side 2 and back, so the twins have to be found anew.
    Object.assign(adjacency, adjacencyOf(indices, positions.length / 3));
    mass = integrate(positions, indices, box, true);
    warnings.push({
      code: 'mesh.inside-out',
      message: `${JSON.stringify(body.name)} was inside out and has been turned round.`,
    });
  }
  const diagonal = Math.hypot(box.max[0] - box.min[0], box.max[1] - box.min[1], box.max[2] - box.min[2]);
  const geometry = triangleGeometry(positions, indices, diagonal);
  const segmentation = segment(positions, indices, adjacency, geometry, body.triangleColours?.ofTriangle);
  if (segmentation.coarse) warnings.push({ code: 'mesh.rough', message: segmentation.coarse });
  const lines = featureEdges(positions, indices, adjacency, segmentation.faceOf);
  if (lines.dropped !== undefined)
    warnings.push({ code: 'mesh.edges-dropped', message: 'The mesh has too many borders to draw them as edges.' });
  const byFace = orderByFace(segmentation);
  const faces = describeFaces(body, indices, geometry, segmentation, byFace);
  lines.edges.forEach((edge, e) => {
    for (const f of edge.faces) faces[f]?.edges.push(e);
  });
  if (!adjacency.closed) warnings.push(openWarning(body.name, adjacency));
  const info: BodyInfo = {
    name: body.name,
    kind: 'mesh',
    ...(body.colour ? { colour: body.colour } : {}),
    valid: adjacency.nonManifoldEdges === 0 && adjacency.inconsistentEdges === 0,
    box,
    mass,
    faces,
    edges: lines.edges,
    vertices_mm: lines.vertices_mm,
    solids: 0,
    shells: segmentation.shells,
    // As the file counts them, which is what other tools say of it.
    triangles: indices.length / 3 + (body.collapsedTriangles ?? 0),
    closed: adjacency.closed,
  };
  const drawn = drawnTriangles(positions, indices, geometry, segmentation, byFace);
  const meta: TessellationMeta = { linearDeflection_mm: 0, angularDeflection_rad: 0, quality: 'fine' };
  const vertexPoints = Float32Array.from(lines.vertices_mm.flat());
  const tessellation = encodeBundle({
    meta,
    arrays: { ...drawn, edgePoints: lines.edgePoints, edgeOffsets: lines.edgeOffsets, vertexPoints },
  });
  return { info, tessellation, warnings };
}

function openWarning(name: string, adjacency: ReturnType<typeof adjacencyOf>): Warning {
  const reasons = [
    adjacency.borderEdges > 0 ? `${adjacency.borderEdges} open edges` : '',
    adjacency.nonManifoldEdges > 0 ? `${adjacency.nonManifoldEdges} edges shared by more than two triangles` : '',
    adjacency.inconsistentEdges > 0
      ? `${adjacency.inconsistentEdges} edges between triangles that face opposite ways`
      : '',
  ].filter((reason) => reason !== '');
  return {
    code: 'mesh.open',
    message: `${JSON.stringify(name)} is not closed (${reasons.join(', ')}), so its volume means nothing.`,
  };
}

export function boxOf(positions: Float64Array, indices: Uint32Array): BoundingBox {
  const min: Vector3 = [Infinity, Infinity, Infinity];
  const max: Vector3 = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < indices.length; i++) {
    const v = 3 * indices[i]!;
    for (let k = 0; k < 3; k++) {
      const x = positions[v + k]!;
      if (x < min[k]!) min[k] = x;
      if (x > max[k]!) max[k] = x;
    }
  }
  return { min, max };
}

/**
 * Volume, area, centroid and inertia by the divergence theorem: sums over tetrahedra from one point to each triangle. That
 * point is the middle of the box of a closed mesh, where the sums lose least to rounding, and the origin of an open one,
 * whose volume depends on it. The centroid of an open mesh is that of its surface.
 */
function integrate(positions: Float64Array, indices: Uint32Array, box: BoundingBox, closed: boolean): BodyInfo['mass'] {
  const ox = closed ? (box.min[0] + box.max[0]) / 2 : 0;
  const oy = closed ? (box.min[1] + box.max[1]) / 2 : 0;
  const oz = closed ? (box.min[2] + box.max[2]) / 2 : 0;
  let sixVolume = 0;
  let area = 0;
  let mx = 0;
  let my = 0;
  let mz = 0;
  let sx = 0;
  let sy = 0;
  let sz = 0;
  const second = new Float64Array(6);
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const a = 3 * indices[i]!;
    const b = 3 * indices[i + 1]!;
    const c = 3 * indices[i + 2]!;
    const ax = positions[a]! - ox;
    const ay = positions[a + 1]! - oy;
    const az = positions[a + 2]! - oz;
    const bx = positions[b]! - ox;
    const by = positions[b + 1]! - oy;
    const bz = positions[b + 2]! - oz;
    const cx = positions[c]! - ox;
    const cy = positions[c + 1]! - oy;
    const cz = positions[c + 2]! - oz;
    const nx = (by - ay) * (cz - az) - (bz - az) * (cy - ay);
    const ny = (bz - az) * (cx - ax) - (bx - ax) * (cz - az);
    const nz = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const triangle = Math.sqrt(nx * nx + ny * ny + nz * nz) / 2;
    const six = ax * nx + ay * ny + az * nz;
    const px = ax + bx + cx;
    const py = ay + by + cy;
    const pz = az + bz + cz;
    area += triangle;
    sixVolume += six;
    mx += six * px;
    my += six * py;
    mz += six * pz;
    sx += triangle * px;
    sy += triangle * py;
    sz += triangle * pz;
    second[0]! += six * (ax * ax + bx * bx + cx * cx + px * px);
    second[1]! += six * (ay * ay + by * by + cy * cy + py * py);
    second[2]! += six * (az * az + bz * bz + cz * cz + pz * pz);
    second[3]! += six * (ax * ay + bx * by + cx * cy + px * py);
    second[4]! += six * (ay * az + by * bz + cy * cz + py * pz);
    second[5]! += six * (az * ax + bz * bx + cz * cx + pz * px);
  }
  const volume = sixVolume / 6;
  if (!closed || sixVolume === 0) {
    const scale = area > 0 ? 1 / (3 * area) : 0;
    return { volume_mm3: volume, area_mm2: area, centroid_mm: [ox + sx * scale, oy + sy * scale, oz + sz * scale] };
  }
  const gx = mx / (4 * sixVolume);
  const gy = my / (4 * sixVolume);
  const gz = mz / (4 * sixVolume);
  const m = Array.from(second, (x) => x / 120);
  const xx = m[0]! - volume * gx * gx;
  const yy = m[1]! - volume * gy * gy;
  const zz = m[2]! - volume * gz * gz;
  return {
    volume_mm3: volume,
    area_mm2: area,
    centroid_mm: [ox + gx, oy + gy, oz + gz],
    inertia_mm5: [
      yy + zz,
      zz + xx,
      xx + yy,
      -(m[3]! - volume * gx * gy),
      -(m[4]! - volume * gy * gz),
      -(m[5]! - volume * gz * gx),
    ],
  };
}

function describeFaces(
  body: MeshBody,
  indices: Uint32Array,
  geometry: TriangleGeometry,
  { faceOf, faces: count }: Segmentation,
  byFace: FaceOrder,
): FaceInfo[] {
  const positions = body.positions_mm;
  const { normals, areas, thin } = geometry;
  const area = new Float64Array(count);
  const moment = new Float64Array(count * 3);
  const normal = new Float64Array(count * 3);
  const low = new Float64Array(count * 3).fill(Infinity);
  const high = new Float64Array(count * 3).fill(-Infinity);
  const firstTriangle = new Int32Array(count).fill(-1);
  const triangles = indices.length / 3;
  for (let t = 0; t < triangles; t++) {
    const f = faceOf[t]!;
    if (firstTriangle[f]! < 0) firstTriangle[f] = t;
    area[f]! += areas[t]!;
    for (let k = 0; k < 3; k++) {
      const a = positions[3 * indices[3 * t]! + k]!;
      const b = positions[3 * indices[3 * t + 1]! + k]!;
      const c = positions[3 * indices[3 * t + 2]! + k]!;
      const i = 3 * f + k;
      moment[i]! += (areas[t]! * (a + b + c)) / 3;
      normal[i]! += areas[t]! * normals[3 * t + k]!;
      low[i] = Math.min(low[i]!, a, b, c);
      high[i] = Math.max(high[i]!, a, b, c);
    }
  }
  for (let f = 0; f < count; f++) {
    const length = Math.hypot(normal[3 * f]!, normal[3 * f + 1]!, normal[3 * f + 2]!);
    for (let k = 0; k < 3; k++) {
      normal[3 * f + k]! /= length || 1;
      if (area[f]! > 0) moment[3 * f + k]! /= area[f]!;
      else moment[3 * f + k] = (low[3 * f + k]! + high[3 * f + k]!) / 2;
    }
  }
  const flat = new Uint8Array(count).fill(1);
  const nearest = new Float64Array(count).fill(Infinity);
  const nearestTriangle = firstTriangle.slice();
  for (let t = 0; t < triangles; t++) {
    if (thin[t]) continue;
    const f = faceOf[t]!;
    const cosine =
      normals[3 * t]! * normal[3 * f]! +
      normals[3 * t + 1]! * normal[3 * f + 1]! +
      normals[3 * t + 2]! * normal[3 * f + 2]!;
    if (cosine < PLANE_COSINE) flat[f] = 0;
    let distance = 0;
    for (let k = 0; k < 3; k++) {
      const middle =
        (positions[3 * indices[3 * t]! + k]! +
          positions[3 * indices[3 * t + 1]! + k]! +
          positions[3 * indices[3 * t + 2]! + k]!) /
        3;
      distance += (middle - moment[3 * f + k]!) ** 2;
    }
    if (distance < nearest[f]!) {
      nearest[f] = distance;
      nearestTriangle[f] = t;
    }
  }
  const at = (array: Float64Array, f: number): Vector3 => [array[3 * f]!, array[3 * f + 1]!, array[3 * f + 2]!];
  const result: FaceInfo[] = [];
  for (let f = 0; f < count; f++) {
    const colour = colourOfTriangle(body, firstTriangle[f]!);
    const cylinder = flat[f] || f >= MAX_FITTED_FACES ? undefined : cylinderOf(positions, indices, geometry, byFace, f);
    result.push({
      type: flat[f] ? 'plane' : cylinder ? 'cylinder' : 'other',
      area_mm2: area[f]!,
      centroid_mm: at(moment, f),
      normal: flat[f] ? at(normal, f) : at(normals, nearestTriangle[f]!),
      ...cylinder,
      box: { min: at(low, f), max: at(high, f) },
      ...(colour ? { colour } : {}),
      edges: [],
    });
  }
  return result;
}

/** Triangles in the order of their faces; those of face f are order[start[f]] .. order[start[f + 1] - 1]. */
interface FaceOrder {
  start: Uint32Array;
  order: Uint32Array;
}

function orderByFace({ faceOf, faces }: Segmentation): FaceOrder {
  const start = new Uint32Array(faces + 1);
  for (let t = 0; t < faceOf.length; t++) start[faceOf[t]! + 1]!++;
  for (let f = 0; f < faces; f++) start[f + 1]! += start[f]!;
  const order = new Uint32Array(faceOf.length);
  const cursor = start.slice(0, faces);
  for (let t = 0; t < faceOf.length; t++) order[cursor[faceOf[t]!]!++] = t;
  return { start, order };
}

/** A face is judged by a sample of its triangles, spread evenly. */
function cylinderOf(
  positions: Float64Array,
  indices: Uint32Array,
  { normals, areas, thin }: TriangleGeometry,
  { start, order }: FaceOrder,
  f: number,
): ReturnType<typeof fitCylinder> {
  const from = start[f]!;
  const count = start[f + 1]! - from;
  const step = Math.max(1, Math.floor(count / MAX_SAMPLES));
  const points: Vector3[] = [];
  const samples: FaceSample[] = [];
  for (let i = 0; i < count; i += step) {
    const t = order[from + i]!;
    const at: Vector3 = [0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const v = 3 * indices[3 * t + c]!;
      const point: Vector3 = [positions[v]!, positions[v + 1]!, positions[v + 2]!];
      points.push(point);
      for (let k = 0; k < 3; k++) at[k]! += point[k]! / 3;
    }
    if (!thin[t])
      samples.push({ at, normal: [normals[3 * t]!, normals[3 * t + 1]!, normals[3 * t + 2]!], area: areas[t]! });
  }
  return fitCylinder(points, samples);
}

function colourOfTriangle(body: MeshBody, triangle: number): Colour | undefined {
  const index = body.triangleColours?.ofTriangle[triangle] ?? -1;
  return index >= 0 ? body.triangleColours?.palette[index] : undefined;
}

/** Triangles sorted by face, with a vertex of its own for every (face, vertex) pair, so that normals break at creases. */
function drawnTriangles(
  positions: Float64Array,
  indices: Uint32Array,
  { normals, thin }: TriangleGeometry,
  { faceOf }: Segmentation,
  { order }: FaceOrder,
): Record<'positions' | 'normals', Float32Array> & Record<'indices' | 'faceOfTriangle', Uint32Array> {
  const triangles = indices.length / 3;
  const vertexCount = positions.length / 3;
  const faceSeen = new Int32Array(vertexCount).fill(-1);
  const drawnAs = new Uint32Array(vertexCount);
  const outIndices = new Uint32Array(indices.length);
  const faceOfTriangle = new Uint32Array(triangles);
  const source = new Uint32Array(indices.length);
  const sums = new Float32Array(indices.length * 3);
  let count = 0;
  for (let i = 0; i < triangles; i++) {
    const t = order[i]!;
    const f = faceOf[t]!;
    faceOfTriangle[i] = f;
    for (let k = 0; k < 3; k++) {
      const v = indices[3 * t + k]!;
      if (faceSeen[v] !== f) {
        faceSeen[v] = f;
        drawnAs[v] = count;
        source[count++] = v;
      }
      const d = drawnAs[v]!;
      outIndices[3 * i + k] = d;
      if (thin[t]) continue;
      const weight = cornerAngle(positions, v, indices[3 * t + ((k + 1) % 3)]!, indices[3 * t + ((k + 2) % 3)]!);
      sums[3 * d]! += weight * normals[3 * t]!;
      sums[3 * d + 1]! += weight * normals[3 * t + 1]!;
      sums[3 * d + 2]! += weight * normals[3 * t + 2]!;
    }
  }
  for (let d = 0; d < count; d++) {
    const length = Math.hypot(sums[3 * d]!, sums[3 * d + 1]!, sums[3 * d + 2]!);
    for (let k = 0; k < 3; k++) sums[3 * d + k]! /= length || 1;
  }
  // There are at most as many drawn vertices as corners, so splitting never outgrows the arrays.
  const smoothCount = count;
  for (let i = 0; i < triangles; i++) {
    const t = order[i]!;
    if (thin[t]) continue;
    for (let k = 0; k < 3; k++) {
      const d = outIndices[3 * i + k]!;
      if (d >= smoothCount) continue;
      const cosine =
        sums[3 * d]! * normals[3 * t]! +
        sums[3 * d + 1]! * normals[3 * t + 1]! +
        sums[3 * d + 2]! * normals[3 * t + 2]!;
      if (cosine >= SPLIT_COSINE || count >= source.length) continue;
      outIndices[3 * i + k] = count;
      source[count] = source[d]!;
      for (let n = 0; n < 3; n++) sums[3 * count + n] = normals[3 * t + n]!;
      count++;
    }
  }
  const outPositions = new Float32Array(count * 3);
  for (let d = 0; d < count; d++) {
    const v = 3 * source[d]!;
    outPositions[3 * d] = positions[v]!;
    outPositions[3 * d + 1] = positions[v + 1]!;
    outPositions[3 * d + 2] = positions[v + 2]!;
  }
  return { positions: outPositions, normals: sums.slice(0, count * 3), indices: outIndices, faceOfTriangle };
}

/** Angle of a triangle at corner a, rad: the weight that makes smoothed normals independent of how a face is cut up. */
function cornerAngle(positions: Float64Array, a: number, b: number, c: number): number {
  const ux = positions[3 * b]! - positions[3 * a]!;
  const uy = positions[3 * b + 1]! - positions[3 * a + 1]!;
  const uz = positions[3 * b + 2]! - positions[3 * a + 2]!;
  const vx = positions[3 * c]! - positions[3 * a]!;
  const vy = positions[3 * c + 1]! - positions[3 * a + 1]!;
  const vz = positions[3 * c + 2]! - positions[3 * a + 2]!;
  const lengths = Math.sqrt((ux * ux + uy * uy + uz * uz) * (vx * vx + vy * vy + vz * vz));
  if (!(lengths > 0)) return 0;
  const cosine = (ux * vx + uy * vy + uz * vz) / lengths;
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}
