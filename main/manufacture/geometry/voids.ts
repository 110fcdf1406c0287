/** Hollows: shells that lie inside the material, and faces that hardly see the outside. */
import type { Vector3 } from '../../../preload/contract/index.ts';
import type { Shape } from './shape.ts';
import { shellsOf } from './surfaces.ts';
import { acrossOf, along, scale } from './vectors.ts';

/** Faces of each closed hollow: a shell whose outside looks inwards. */
export function closedVoids(shape: Shape): number[][] {
  const shells = shellsOf(shape.info);
  if (shells.length < 2) return [];
  const shellOf = new Int32Array(shape.info.faces.length);
  shells.forEach((faces, shell) => {
    for (const face of faces) shellOf[face] = shell;
  });
  const volumes = new Float64Array(shells.length);
  const { corners, face, count } = shape.triangles;
  for (let t = 0; t < count; t++) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = corners.subarray(9 * t, 9 * t + 9) as unknown as number[];
    volumes[shellOf[face[t]!]!]! +=
      (ax! * (by! * cz! - bz! * cy!) + ay! * (bz! * cx! - bx! * cz!) + az! * (bx! * cy! - by! * cx!)) / 6;
  }
  return shells.filter((_, shell) => volumes[shell]! < 0);
}

/** Rays of a fan about the normal. */
const TILTS = [
  { tilt: 0, turns: 1 },
  { tilt: 0.5, turns: 5 },
  { tilt: 1.0, turns: 7 },
] as const;

/** By face: the share of a fan of rays, over its samples, that gets out of the body. */
export function openness(shape: Shape): Float64Array {
  const free = new Float64Array(shape.info.faces.length);
  const all = new Float64Array(shape.info.faces.length);
  for (const { start, normal, face } of shape.samples) {
    const from = along(start, normal, shape.lift_mm);
    const [u, v] = acrossOf(normal);
    for (const { tilt, turns } of TILTS)
      for (let i = 0; i < turns; i++) {
        const turn = (2 * Math.PI * i) / turns;
        const direction: Vector3 = along(
          along(scale(normal, Math.cos(tilt)), u, Math.sin(tilt) * Math.cos(turn)),
          v,
          Math.sin(tilt) * Math.sin(turn),
        );
        all[face]! += 1;
        if (!shape.tree.blocked(from, direction)) free[face]! += 1;
      }
  }
  return free.map((count, face) => (all[face]! > 0 ? count / all[face]! : 1));
}
