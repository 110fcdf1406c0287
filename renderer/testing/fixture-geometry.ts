/** Two made-up bodies with tessellation and topology, for the development page and tests. */
import {
  type BodyInfo,
  type BundleArray,
  type EdgeInfo,
  encodeBundle,
  type FaceInfo,
  type Vector3,
} from '../../preload/contract/index.ts';
import { barMesh } from '../viewport/harness-field.ts';

export interface FixtureBody {
  info: BodyInfo;
  bundle: Uint8Array<ArrayBuffer>;
}

/** A box from the origin; faces in the order -x +x -y +y -z +z. */
export function boxBody(name: string, [w, d, h]: Vector3, colour: [number, number, number]): FixtureBody {
  const corners: Vector3[] = [];
  for (let i = 0; i < 8; i++) corners.push([i & 1 ? w : 0, i & 2 ? d : 0, i & 4 ? h : 0]);
  const quads: { normal: Vector3; corners: number[] }[] = [
    { normal: [-1, 0, 0], corners: [0, 4, 6, 2] },
    { normal: [1, 0, 0], corners: [1, 3, 7, 5] },
    { normal: [0, -1, 0], corners: [0, 1, 5, 4] },
    { normal: [0, 1, 0], corners: [2, 6, 7, 3] },
    { normal: [0, 0, -1], corners: [0, 2, 3, 1] },
    { normal: [0, 0, 1], corners: [4, 5, 7, 6] },
  ];
  const areas = [d * h, d * h, w * h, w * h, w * d, w * d];
  const edgePairs: [number, number][] = [];
  for (let i = 0; i < 8; i++) for (const bit of [1, 2, 4]) if (!(i & bit)) edgePairs.push([i, i | bit]);
  const middle = (points: Vector3[]): Vector3 =>
    [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length) as Vector3;

  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  const faceOfTriangle: number[] = [];
  quads.forEach(({ normal, corners: quad }, face) => {
    const base = positions.length / 3;
    for (const corner of quad) {
      positions.push(...corners[corner]!);
      normals.push(...normal);
    }
    indices.push(base, base + 1, base + 2, base, base + 2, base + 3);
    faceOfTriangle.push(face, face);
  });
  const box = { min: [0, 0, 0] as Vector3, max: [w, d, h] as Vector3 };
  const edges: EdgeInfo[] = edgePairs.map(([a, b]) => ({
    type: 'line',
    length_mm: Math.hypot(...[0, 1, 2].map((i) => corners[a]![i]! - corners[b]![i]!)),
    centre_mm: middle([corners[a]!, corners[b]!]),
    vertices: [a, b],
    faces: quads.flatMap(({ corners: quad }, face) => (quad.includes(a) && quad.includes(b) ? [face] : [])),
  }));
  const faces: FaceInfo[] = quads.map(({ normal, corners: quad }, face) => ({
    type: 'plane',
    area_mm2: areas[face]!,
    centroid_mm: middle(quad.map((corner) => corners[corner]!)),
    normal,
    box,
    edges: edgePairs.flatMap(([a, b], edge) => (quad.includes(a) && quad.includes(b) ? [edge] : [])),
  }));
  return {
    info: {
      name,
      kind: 'solid',
      colour,
      valid: true,
      box,
      mass: {
        volume_mm3: w * d * h,
        area_mm2: areas.reduce((sum, area) => sum + area, 0),
        centroid_mm: [w / 2, d / 2, h / 2],
      },
      faces,
      edges,
      vertices_mm: corners,
      solids: 1,
      shells: 1,
    },
    bundle: encodeBundle({
      meta: { linearDeflection_mm: 0.1, angularDeflection_rad: 0.3, quality: 'fine' },
      arrays: {
        positions: new Float32Array(positions),
        normals: new Float32Array(normals),
        indices: new Uint32Array(indices),
        faceOfTriangle: new Uint32Array(faceOfTriangle),
        edgePoints: new Float32Array(edgePairs.flatMap(([a, b]) => [...corners[a]!, ...corners[b]!])),
        edgeOffsets: new Uint32Array([...edgePairs.keys(), edgePairs.length].map((i) => i * 2)),
        vertexPoints: new Float32Array(corners.flat()),
      },
    }),
  };
}

/** What a made-up result holds beside its first picture. */
export type FixtureFrames = 'none' | 'film' | 'modes';
/** Moments of the film, s. */
export const FILM_TIMES = [0, 5, 15, 30, 60];
/** Temperature of the film at x = 0..1 of the bar: heat on its way in from the held end, degC. */
export const filmTemperature = (x: number, time: number): number =>
  time === 0 ? 20 : 20 + 80 * Math.exp(-x / (0.1 + 0.01 * time));

/** Made-up fields on a mesh of real ten-node tetrahedra: a bar bent at its end; a film of heat; or its modes. */
export function boxFields(
  inputHash: string,
  [w, d, h]: Vector3,
  frames: FixtureFrames = 'none',
): Uint8Array<ArrayBuffer> {
  const mesh = barMesh(w, d, h, 24, 5, 4);
  const { nodes } = mesh;
  const n = nodes.length / 3;
  const m = mesh.elements.length / 10;
  const arrays: Record<string, BundleArray> = {};
  const put = (frame: number, name: string, array: Float32Array) => {
    arrays[frame === 0 ? name : `${frame}/${name}`] = array;
  };
  if (frames === 'film')
    FILM_TIMES.forEach((time, frame) => {
      const depth = 0.1 + 0.01 * time;
      const temperature = new Float32Array(n);
      const heatFlux = new Float32Array(3 * n);
      for (let i = 0; i < n; i++) {
        const x = nodes[3 * i]! / w;
        temperature[i] = filmTemperature(x, time);
        heatFlux[3 * i] = time === 0 ? 0 : (45e-3 * 80e6 * Math.exp(-x / depth)) / (depth * w);
      }
      put(frame, 'temperature', temperature);
      put(frame, 'heatFlux', heatFlux);
    });
  else if (frames === 'modes')
    [1, 2, 3].forEach((bends, frame) => {
      const displacement = new Float32Array(3 * n);
      for (let i = 0; i < n; i++) {
        const x = nodes[3 * i]! / w;
        displacement[3 * i + 1 + (frame % 2)] = x * Math.sin((bends - 0.5) * Math.PI * x);
      }
      put(frame, 'displacement', displacement);
    });
  else {
    const displacement = new Float32Array(3 * n);
    const stress = new Float32Array(6 * n);
    const vonMises = new Float32Array(n);
    const principal = new Float32Array(3 * n);
    for (let i = 0; i < n; i++) {
      const x = nodes[3 * i]! / w;
      const z = nodes[3 * i + 2]! / h - 0.5;
      displacement[3 * i + 2] = -0.42 * x * x * (1.5 - x / 2);
      displacement[3 * i] = 0.05 * z * x;
      const sxx = 180 * (1 - x) * 2 * z;
      stress[6 * i] = sxx;
      vonMises[i] = Math.abs(sxx) + 6 * (1 - (2 * z) ** 2);
      principal[3 * i] = Math.max(sxx, 0);
      principal[3 * i + 2] = Math.min(sxx, 0);
    }
    put(0, 'displacement', displacement);
    put(0, 'stress', stress);
    put(0, 'strain', new Float32Array(6 * n));
    put(0, 'vonMises', vonMises);
    put(0, 'principal', principal);
    put(0, 'stressSpread', new Float32Array(n));
  }
  return encodeBundle({
    meta: { inputHash, nodes: n, elements: m },
    arrays: {
      nodes,
      ...arrays,
      elements: mesh.elements,
      elementBody: new Int32Array(m),
      elementQuality: Float32Array.from({ length: m }, (_, e) => 0.35 + 0.6 * Math.abs(Math.sin(e))),
      elementError: Float32Array.from({ length: m }, (_, e) => Math.abs(Math.cos(e))),
      surfaceTriangles: mesh.surfaceTriangles,
      surfaceFace: mesh.surfaceFace,
      surfaceBody: new Uint32Array(mesh.surfaceFace.length),
      meshEdges: mesh.meshEdges,
    },
  });
}
