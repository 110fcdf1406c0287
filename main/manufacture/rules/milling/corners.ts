/** Inside corners and slots: what a round tool that comes from a reachable side can get into. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Reach } from '../../geometry/reach.ts';
import type { Shape } from '../../geometry/shape.ts';
import { dot, subtract, unit } from '../../geometry/vectors.ts';
import { extentAlong } from '../common/walls.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';

export interface Sides {
  reach: Reach;
  /** By direction, by face: the share of the face that is reached. */
  shares: Float64Array[];
}

/** A face is made from a side if this much of it can be reached from there. */
export const MADE = 0.85;
const PARALLEL = 0.98;
/** In a flatter corner a cutter leaves next to nothing. */
const KINK_rad = 0.5;

const sidesOf = ({ reach, shares }: Sides, faces: readonly number[]): Vector3[] =>
  reach.directions.filter((_, bit) => faces.every((face) => shares[bit]![face]! >= MADE));

export function applyCorners(task: Task, shape: Shape, sides: Sides): void {
  applySharp(task, shape, sides);
  applyRounded(task, shape, sides);
}

/** Edges between two walls: a tool that comes along the edge can't make them sharp. */
function applySharp({ findings }: Task, shape: Shape, sides: Sides): void {
  const { info } = shape;
  info.edges.forEach(({ type, faces, angle_rad, vertices, centre_mm }, edge) => {
    if (type !== 'line' || faces.length !== 2 || angle_rad === undefined || angle_rad > -KINK_rad) return;
    const [a, b] = vertices.map((vertex) => info.vertices_mm[vertex]!);
    const from = sidesOf(sides, faces);
    if (!a || !b || from.length === 0) return;
    const direction = unit(subtract(b, a));
    if (from.some((side) => Math.abs(dot(side, direction)) < PARALLEL)) return;
    const depth = Math.max(
      extentAlong(shape, new Set([faces[0]!]), from[0]!),
      extentAlong(shape, new Set([faces[1]!]), from[0]!),
    );
    const wanted = Math.max(
      findings.limit('milling.sharp-corner'),
      depth / (2 * findings.limit('milling.corner-reach')),
    );
    findings.apply('milling.sharp-corner', shape, {
      measured: 0,
      faces,
      edges: [edge],
      at_mm: centre_mm,
      say: (_, least) =>
        `Two walls meet in a sharp inside corner along the tool; a cutter leaves a radius of ${least} at least.`,
      fix: () => [
        {
          words: `Round the corner with ${figure(wanted)} mm.`,
          change: { what: 'fillet-radius', from: null, to: wanted, unit: 'mm' },
        },
      ],
    });
  });
}

function applyRounded({ findings }: Task, shape: Shape, sides: Sides): void {
  for (const feature of shape.features) {
    if (feature.kind !== 'fillet' || !feature.concave) continue;
    for (const face of feature.faces) {
      const { type, axis, radius_mm } = shape.surfaces[face]!;
      if (type !== 'cylinder' || !axis) continue;
      const from = sidesOf(sides, [face]);
      if (from.length === 0) continue;
      const along = from.filter((side) => Math.abs(dot(side, axis.direction)) >= PARALLEL);
      const depth = Math.min(
        // Open at both ends, it is cut half from here and half from there.
        ...along.map((side) => extentAlong(shape, new Set([face]), side) / along.length),
        // At the foot of a wall: as deep as the wall is high.
        ...from
          .filter((side) => Math.abs(dot(side, axis.direction)) < PARALLEL)
          .map((side) => depthAtFoot(shape, face, side)),
      );
      const at_mm = middleOf(shape, face);
      if (along.length === from.length)
        findings.apply('milling.sharp-corner', shape, {
          measured: radius_mm,
          faces: [face],
          at_mm,
          say: (measured, least) =>
            `The inside corner has a radius of ${measured}; cutters for less than ${least} are fragile.`,
          fix: (to) => [
            {
              words: `Round it with ${figure(to)} mm.`,
              change: { what: 'fillet-radius', from: radius_mm, to, unit: 'mm' },
            },
          ],
        });
      findings.apply('milling.corner-reach', shape, {
        measured: depth / (2 * radius_mm),
        faces: [face],
        at_mm,
        say: (measured, most) =>
          `The corner is ${figure(depth)} mm deep and its radius only ${figure(radius_mm)} mm: a cutter that fits sticks out ${measured} times its diameter; ${most} is good.`,
        fix: (to) => [
          {
            words: `Round it with ${figure(depth / (2 * to))} mm.`,
            change: { what: 'fillet-radius', from: radius_mm, to: depth / (2 * to), unit: 'mm' },
          },
          {
            words: `Or make it at most ${figure(2 * radius_mm * to)} mm deep.`,
            change: { what: 'depth', from: depth, to: 2 * radius_mm * to, unit: 'mm' },
          },
        ],
      });
    }
  }
}

/** How far down a tool has to go to a fillet at the foot of walls: the higher of those beside it. */
function depthAtFoot(shape: Shape, face: number, side: Vector3): number {
  const beside = shape.neighbours[face]!.filter(({ angle_rad }) => Math.abs(angle_rad) < 0.02).map(
    ({ face: other }) => other,
  );
  return Math.max(...[face, ...beside].map((each) => extentAlong(shape, new Set([each]), side)));
}

/** Narrow spaces between two faces that look at each other. */
export function applySlots({ findings }: Task, shape: Shape, sides: Sides): void {
  for (const { faces, width_mm, at_mm } of slotsOf(shape)) {
    const normals = faces.map((face) => shape.surfaces[face]!.normal!);
    const from = sidesOf(sides, faces).filter((side) => normals.every((normal) => Math.abs(dot(normal, side)) < 0.2));
    if (from.length === 0) continue;
    const depth = Math.min(
      ...from.map((side) => {
        const extent = Math.min(...faces.map((face) => extentAlong(shape, new Set([face]), side)));
        return from.some((other) => dot(other, side) < -PARALLEL) ? extent / 2 : extent;
      }),
    );
    findings.apply('milling.slot-depth', shape, {
      measured: depth / width_mm,
      faces,
      at_mm,
      say: (measured, most) =>
        `The slot is ${measured} times as deep (${figure(depth)} mm) as it is wide (${figure(width_mm)} mm); ${most} is good.`,
      fix: (to) => [
        {
          words: `Make it at least ${figure(depth / to)} mm wide.`,
          change: { what: 'width', from: width_mm, to: depth / to, unit: 'mm' },
        },
        {
          words: `Or at most ${figure(width_mm * to)} mm deep.`,
          change: { what: 'depth', from: depth, to: width_mm * to, unit: 'mm' },
        },
      ],
    });
  }
}

interface Slot {
  faces: [number, number];
  width_mm: number;
  at_mm: Vector3;
}

/** Pairs of flat faces with nothing but air between them, by their mean distance; those that hardly face each other are left out. */
function slotsOf(shape: Shape): Slot[] {
  const pairs = new Map<string, { faces: [number, number]; area: number; sum: number; at_mm: Vector3 }>();
  shape.samples.forEach(({ face, point, area_mm2 }, i) => {
    const gap = shape.gaps[i];
    if (
      !gap ||
      gap.face === face ||
      shape.surfaces[face]!.type !== 'plane' ||
      shape.surfaces[gap.face]!.type !== 'plane'
    )
      return;
    const faces: [number, number] = face < gap.face ? [face, gap.face] : [gap.face, face];
    const pair = pairs.get(faces.join()) ?? { faces, area: 0, sum: 0, at_mm: point };
    pair.area += area_mm2;
    pair.sum += area_mm2 * gap.distance_mm;
    pairs.set(faces.join(), pair);
  });
  return [...pairs.values()].flatMap(({ faces, area, sum, at_mm }): Slot[] => {
    const smaller = Math.min(...faces.map((face) => shape.info.faces[face]!.area_mm2));
    return area > 0.3 * smaller ? [{ faces, width_mm: sum / area, at_mm }] : [];
  });
}
