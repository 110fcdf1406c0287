/** A synthetic result for the harness and the tests: a bar of ten-node tetrahedra, bent by a force at its end. */
import { encodeBundle } from '../../preload/contract/index.ts';

export interface BarMesh {
  nodes: Float32Array;
  elements: Int32Array;
  surfaceTriangles: Uint32Array;
  surfaceFace: Uint32Array;
  meshEdges: Uint32Array;
}

/** Six tetrahedra a brick, the same diagonal everywhere, so that neighbours match. */
const SIX = [
  [0, 1, 3, 7],
  [0, 1, 7, 5],
  [0, 5, 7, 4],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
] as const;
const PAIRS = [
  [0, 1],
  [1, 2],
  [0, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const;
const FACETS = [
  [0, 2, 1],
  [0, 1, 3],
  [1, 2, 3],
  [0, 3, 2],
] as const;

/** A bar 0..length x 0..width x 0..height with the given bricks along each axis. */
export function barMesh(length: number, width: number, height: number, nx: number, ny: number, nz: number): BarMesh {
  const points: number[] = [];
  const corner = (i: number, j: number, k: number): number => (k * (ny + 1) + j) * (nx + 1) + i;
  for (let k = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++)
      for (let i = 0; i <= nx; i++) points.push((length * i) / nx, (width * j) / ny, (height * k) / nz);
  const middles = new Map<string, number>();
  const middle = (a: number, b: number): number => {
    const key = a < b ? `${a}-${b}` : `${b}-${a}`;
    let m = middles.get(key);
    if (m === undefined) {
      m = points.length / 3;
      middles.set(key, m);
      for (let c = 0; c < 3; c++) points.push((points[3 * a + c]! + points[3 * b + c]!) / 2);
    }
    return m;
  };
  const elements: number[] = [];
  const facets = new Map<string, [number, number, number] | null>();
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        for (const tetrahedron of SIX) {
          let c = tetrahedron.map((v) => corner(i + (v & 1), j + ((v >> 1) & 1), k + ((v >> 2) & 1)));
          const p = (v: number, axis: number): number => points[3 * v + axis]! - points[3 * c[0]! + axis]!;
          const volume =
            p(c[1]!, 0) * (p(c[2]!, 1) * p(c[3]!, 2) - p(c[2]!, 2) * p(c[3]!, 1)) -
            p(c[1]!, 1) * (p(c[2]!, 0) * p(c[3]!, 2) - p(c[2]!, 2) * p(c[3]!, 0)) +
            p(c[1]!, 2) * (p(c[2]!, 0) * p(c[3]!, 1) - p(c[2]!, 1) * p(c[3]!, 0));
          if (volume < 0) c = [c[0]!, c[2]!, c[1]!, c[3]!];
          elements.push(...c, ...PAIRS.map(([a, b]) => middle(c[a]!, c[b]!)));
          for (const facet of FACETS) {
            const f = facet.map((v) => c[v]!) as [number, number, number];
            const key = [...f].sort((a, b) => a - b).join();
            facets.set(key, facets.has(key) ? null : f);
          }
        }
  const triangles: number[] = [];
  const faces: number[] = [];
  const edges = new Set<string>();
  for (const facet of facets.values()) {
    if (!facet) continue;
    const [a, b, c] = facet;
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    triangles.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca);
    // Faces as of a box: -X, +X, -Y, +Y, -Z, +Z.
    const on = (axis: number, value: number): boolean =>
      facet.every((v) => Math.abs(points[3 * v + axis]! - value) < 1e-6);
    const face = [on(0, 0), on(0, length), on(1, 0), on(1, width), on(2, 0), on(2, height)].indexOf(true);
    faces.push(face, face, face, face);
    for (const [p, m, q] of [
      [a, ab, b],
      [b, bc, c],
      [c, ca, a],
    ] as const)
      for (const [s, t] of [
        [p, m],
        [m, q],
      ] as const)
        edges.add(s < t ? `${s} ${t}` : `${t} ${s}`);
  }
  return {
    nodes: new Float32Array(points),
    elements: Int32Array.from(elements),
    surfaceTriangles: Uint32Array.from(triangles),
    surfaceFace: Uint32Array.from(faces),
    meshEdges: Uint32Array.from([...edges].flatMap((key) => key.split(' ').map(Number))),
  };
}

/** Displacement and stress of a cantilever (held at x = 0, loaded downwards at its end) by beam theory. */
export function barFields(mesh: BarMesh, length: number, height: number): Uint8Array {
  const n = mesh.nodes.length / 3;
  const displacement = new Float32Array(3 * n);
  const stress = new Float32Array(6 * n);
  const strain = new Float32Array(6 * n);
  const vonMises = new Float32Array(n);
  const peak = 250;
  for (let i = 0; i < n; i++) {
    const x = mesh.nodes[3 * i]!;
    const z = mesh.nodes[3 * i + 2]! - height / 2;
    const s = peak * (1 - x / length) * (z / (height / 2));
    const slope = (x / length) * (2 - x / length);
    displacement[3 * i + 2] = -0.8 * ((x * x * (3 * length - x)) / (2 * length ** 3));
    displacement[3 * i] = (0.8 * 1.5 * slope * z) / length;
    const shear = 12 * (1 - (z / (height / 2)) ** 2);
    stress[6 * i] = s;
    stress[6 * i + 5] = shear;
    strain[6 * i] = s / 210_000;
    vonMises[i] = Math.sqrt(s * s + 3 * shear * shear);
  }
  const t = mesh.surfaceTriangles.length / 3;
  const m = mesh.elements.length / 10;
  // Frame 1 is the first mode by its shape alone; frames 2 and 3 are heat on its way in from the held end.
  const mode = new Float32Array(3 * n);
  const heat = [1, 2].map(() => ({ temperature: new Float32Array(n), heatFlux: new Float32Array(3 * n) }));
  for (let i = 0; i < n; i++) {
    const x = mesh.nodes[3 * i]! / length;
    mode[3 * i + 1] = x * x * (1.5 - 0.5 * x);
    heat.forEach(({ temperature, heatFlux }, k) => {
      const depth = k === 0 ? 0.15 : 0.5;
      temperature[i] = 20 + 80 * Math.exp(-x / depth);
      heatFlux[3 * i] = (4e4 / depth) * Math.exp(-x / depth);
    });
  }
  return encodeBundle({
    meta: { inputHash: 'synthetic', nodes: n, elements: m },
    arrays: {
      '1/displacement': mode,
      '2/temperature': heat[0]!.temperature,
      '2/heatFlux': heat[0]!.heatFlux,
      '3/temperature': heat[1]!.temperature,
      '3/heatFlux': heat[1]!.heatFlux,
      // As good as they come at the held end, worse towards the tip.
      elementQuality: Float32Array.from(
        { length: m },
        (_, e) => 0.95 - (0.85 * mesh.nodes[3 * mesh.elements[10 * e]!]!) / length,
      ),
      elementError: Float32Array.from({ length: m }, (_, e) => (e % 7) * 0.5),
      nodes: mesh.nodes,
      displacement,
      stress,
      strain,
      vonMises,
      elements: mesh.elements,
      elementBody: new Int32Array(m),
      surfaceTriangles: mesh.surfaceTriangles,
      surfaceFace: mesh.surfaceFace,
      surfaceBody: new Uint32Array(t),
      meshEdges: mesh.meshEdges,
    },
  });
}
