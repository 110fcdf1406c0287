/** Sharp edges of castings: inner ones crack, outer ones break from the sand, except where the mould parts. */
import type { Shape } from '../../geometry/shape.ts';
import { isConcave, isConvex } from '../../geometry/surfaces.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import type { Pull } from './pull.ts';

export function applyEdges(task: Task, shape: Shape, pull: Pull, isCast: (face: number) => boolean): void {
  const { findings } = task;
  const halves = halvesOfFaces(shape, pull);
  shape.info.edges.forEach(({ faces, angle_rad, centre_mm, length_mm }, edge) => {
    const [a, b] = faces;
    if (faces.length !== 2 || a === undefined || b === undefined || angle_rad === undefined) return;
    if (!isCast(a) || !isCast(b) || length_mm < LEAST_LENGTH_mm) return;
    if (isConcave(angle_rad) && Math.abs(angle_rad) > SHARP_rad)
      findings.apply('casting.inner-edge', shape, {
        measured: 0,
        faces: [a, b],
        edges: [edge],
        at_mm: centre_mm,
        say: (_, least) => `The inner edge is sharp; a radius of ${least} at least keeps it from cracking.`,
        fix: (to) => [
          { words: `Round it with ${figure(to)} mm.`, change: { what: 'fillet-radius', from: null, to, unit: 'mm' } },
        ],
      });
    // The mould may part there.
    const parts = (halves[a]! & halves[b]!) === 0 || halves[a] === 3 || halves[b] === 3;
    if (isConvex(angle_rad) && angle_rad > SHARP_rad && !parts)
      findings.apply('casting.outer-edge', shape, {
        measured: 0,
        faces: [a, b],
        edges: [edge],
        at_mm: centre_mm,
        say: (_, least) => `The outer edge is sharp; the sand keeps it better with a radius of ${least} or more.`,
        fix: (to) => [
          {
            words: `Round it with ${figure(Math.max(to, 1))} mm.`,
            change: { what: 'fillet-radius', from: null, to: Math.max(to, 1), unit: 'mm' },
          },
        ],
      });
  });
  for (const feature of shape.features) {
    if (feature.kind !== 'fillet' || !feature.concave || !feature.faces.every(isCast)) continue;
    findings.apply('casting.inner-edge', shape, {
      measured: feature.radius_mm,
      faces: feature.faces,
      at_mm: middleOf(shape, feature.faces[0]!),
      say: (measured, least) => `The inner edge is rounded with ${measured}; ${least} at least keep it from cracking.`,
      fix: (to) => [
        {
          words: `Round it with ${figure(to)} mm.`,
          change: { what: 'fillet-radius', from: feature.radius_mm, to, unit: 'mm' },
        },
      ],
    });
  }
}

/** Flatter bends than this need no radius. */
const SHARP_rad = 0.5;
const LEAST_LENGTH_mm = 1;

/** By face: 1 made by the upper half, 2 by the lower, 3 by either. */
function halvesOfFaces({ samples, info }: Shape, { halves }: Pull): Uint8Array {
  const upper = new Float64Array(info.faces.length);
  const lower = new Float64Array(info.faces.length);
  const whole = new Float64Array(info.faces.length);
  samples.forEach(({ face, area_mm2 }, i) => {
    whole[face]! += area_mm2;
    if (halves[i]! & 1) upper[face]! += area_mm2;
    if (halves[i]! & 2) lower[face]! += area_mm2;
  });
  return Uint8Array.from(
    info.faces,
    (_, face) => (upper[face]! > 0.5 * whole[face]! ? 1 : 0) | (lower[face]! > 0.5 * whole[face]! ? 2 : 0),
  );
}
