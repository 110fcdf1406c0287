/** Points spread over the faces of a body, each with its outward normal and the area that it stands for. */
import type { Vector3 } from '../../../preload/contract/index.ts';
import { ontoSurface, type Surface } from './surfaces.ts';
import { normalOfTriangle, type Triangles } from './triangles.ts';
import { unit } from './vectors.ts';

export interface Sample {
  /** On the surface itself. */
  point: Vector3;
  /** On the triangle: where rays begin. */
  start: Vector3;
  normal: Vector3;
  face: number;
  triangle: number;
  area_mm2: number;
}

/** Over the whole body, besides what every face gets at least. */
const SPREAD = 1600;
const LEAST_FLAT = 12;
const LEAST_ROUND = 36;
/** Generalised golden ratio of two dimensions (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018). */
const R2 = [0.7548776662466927, 0.5698402909980532] as const;

/** Always the same points for the same triangles. */
export function samplesOf(triangles: Triangles, surfaces: readonly Surface[]): Sample[] {
  const byFace: number[][] = surfaces.map(() => []);
  for (let t = 0; t < triangles.count; t++) byFace[triangles.face[t]!]!.push(t);
  const whole = triangles.areas.reduce((sum, area) => sum + area, 0);
  return byFace.flatMap((list, face): Sample[] => {
    const surface = surfaces[face]!;
    const area = list.reduce((sum, t) => sum + triangles.areas[t]!, 0);
    if (!(area > 0)) return [];
    const least = surface.type === 'plane' ? LEAST_FLAT : LEAST_ROUND;
    const count = Math.max(least, Math.round((SPREAD * area) / whole));
    const made: Sample[] = [];
    let at = 0;
    let passed = 0;
    for (let i = 0; i < count; i++) {
      const wanted = (area * (i + 0.5)) / count;
      while (at < list.length - 1 && passed + triangles.areas[list[at]!]! < wanted)
        passed += triangles.areas[list[at++]!]!;
      made.push(sampleIn(triangles, surface, list[at]!, i, area / count));
    }
    return made;
  });
}

function sampleIn(triangles: Triangles, surface: Surface, triangle: number, i: number, area_mm2: number): Sample {
  let a = (0.5 + R2[0] * (i + 1)) % 1;
  let b = (0.5 + R2[1] * (i + 1)) % 1;
  if (a + b > 1) [a, b] = [1 - a, 1 - b];
  const mix = (values: Float64Array | Float32Array): Vector3 =>
    [0, 1, 2].map((k) => {
      const from = 9 * triangle + k;
      return (1 - a - b) * values[from]! + a * values[from + 3]! + b * values[from + 6]!;
    }) as Vector3;
  const start = mix(triangles.corners);
  const flat = normalOfTriangle(triangles, triangle);
  const smooth = surface.type === 'plane' ? flat : unit(mix(triangles.cornerNormals));
  // Where the kernel could not say a normal, the triangle's own is as good.
  const agrees = smooth[0] * flat[0] + smooth[1] * flat[1] + smooth[2] * flat[2] > 0.5;
  return {
    point: ontoSurface(surface, start),
    start,
    normal: agrees ? smooth : flat,
    face: triangles.face[triangle]!,
    triangle,
    area_mm2,
  };
}
