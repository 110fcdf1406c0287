/** Bends: their radius, the length of what they turn up, and room at their ends. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { along, dot, scale, subtract, unit } from '../../geometry/vectors.ts';
import { cornersOf } from '../common/walls.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import type { Bend, Sheet } from './sheet.ts';

const placeOf = (shape: Shape, { face, edge, flats }: Bend) => ({
  faces: face === null ? flats.map((flat) => flat.face) : [face],
  edges: edge === null ? [] : [edge],
  at_mm: face === null ? shape.info.edges[edge!]!.centre_mm : middleOf(shape, face),
});

export function applyBends({ findings }: Task, shape: Shape, { bends, thickness_mm }: Sheet): void {
  for (const bend of bends)
    findings.apply('sheet-metal.bend-radius', shape, {
      measured: bend.radius_mm / thickness_mm,
      ...placeOf(shape, bend),
      say: (measured, least) =>
        `The bend has an inside radius of ${figure(bend.radius_mm)} mm, ${measured} thicknesses; below ${least} the outside cracks.`,
      fix: (to) => [
        {
          words: `Bend it with ${figure(to * thickness_mm)} mm.`,
          change: { what: 'fillet-radius', from: bend.radius_mm, to: to * thickness_mm, unit: 'mm' },
        },
      ],
    });
}

export function applyFlanges({ findings }: Task, shape: Shape, { bends, thickness_mm }: Sheet): void {
  for (const bend of bends)
    for (const { face, edge } of bend.flats) {
      const flat = lengthFrom(shape, face, edge);
      if (flat === null) continue;
      // As a drawing gives it: from the outside of the bend.
      const outer = flat + (bend.radius_mm + thickness_mm) * Math.tan(Math.min(bend.angle_rad, Math.PI / 2) / 2);
      findings.apply('sheet-metal.flange-length', shape, {
        measured: outer / thickness_mm,
        faces: [face],
        at_mm: middleOf(shape, face),
        say: (measured, least) =>
          `The flange is ${figure(outer)} mm long outside, ${measured} thicknesses; ${least} are needed to rest on the die.`,
        fix: (to) => [
          {
            words: `Make it at least ${figure(to * thickness_mm)} mm long.`,
            change: { what: 'length', from: outer, to: to * thickness_mm, unit: 'mm' },
          },
        ],
      });
    }
}

/** How far a flat reaches from the edge of a bend, square to it. */
function lengthFrom(shape: Shape, face: number, edge: number): number | null {
  const { info } = shape;
  const [a, b] = info.edges[edge]!.vertices.map((vertex) => info.vertices_mm[vertex]!);
  if (!a || !b) return null;
  const direction = unit(subtract(b, a));
  return Math.max(
    ...cornersOf(shape, face).map((corner) => {
      const from = subtract(corner, a);
      return Math.hypot(...subtract(from, scale(direction, dot(from, direction))));
    }),
  );
}

/**
 * At each end of a bend: how far beside it the sheet goes on flat. Looked for at mid-thickness, a third of a thickness into the
 * bend: what stays flat there has to tear off what is bent.
 */
export function applyReliefs({ findings }: Task, shape: Shape, { bends, thickness_mm }: Sheet): void {
  for (const bend of bends)
    for (const { face, edge } of bend.flats) {
      const { info, surfaces } = shape;
      const [a, b] = info.edges[edge]!.vertices.map((vertex) => info.vertices_mm[vertex]!);
      const normal = surfaces[face]!.normal;
      if (!a || !b || !normal) continue;
      for (const [end, other] of [
        [a, b],
        [b, a],
      ] as const) {
        const outwards = unit(subtract(end, other));
        const gap = besideBend(shape, {
          end,
          outwards,
          normal,
          into: intoBend(shape, face, edge, normal),
          thickness_mm,
        });
        if (gap === null) continue;
        const { faces, edges } = placeOf(shape, bend);
        findings.apply('sheet-metal.bend-relief', shape, {
          measured: gap / thickness_mm,
          faces: [...faces, face],
          edges,
          at_mm: end,
          say: (measured, least) =>
            gap === 0
              ? `The bend ends beside sheet that stays flat, without a cut between: it tears there (${least} thicknesses wide is good).`
              : `The cut at the end of the bend is ${figure(gap)} mm wide, ${measured} thicknesses; ${least} is good.`,
          fix: (to) => [
            {
              words: `Cut a relief ${figure(Math.max(to, 1) * thickness_mm)} mm wide, deeper than the bend.`,
              change: { what: 'width', from: gap, to: Math.max(to, 1) * thickness_mm, unit: 'mm' },
            },
          ],
        });
      }
    }
}

/** In the plane of a flat, square to the edge, away from the flat. */
function intoBend(shape: Shape, face: number, edge: number, normal: Vector3): Vector3 {
  const { info } = shape;
  const { vertices, centre_mm } = info.edges[edge]!;
  const direction = unit(subtract(info.vertices_mm[vertices[1]!]!, info.vertices_mm[vertices[0]!]!));
  const across: Vector3 = unit([
    direction[1] * normal[2] - direction[2] * normal[1],
    direction[2] * normal[0] - direction[0] * normal[2],
    direction[0] * normal[1] - direction[1] * normal[0],
  ]);
  const inside = shape.samples.filter((sample) => sample.face === face);
  const mean = inside.reduce((sum, { point }) => sum + dot(subtract(point, centre_mm), across), 0);
  return mean > 0 ? scale(across, -1) : across;
}

/** 0 where it goes on at once; null where there is none within two thicknesses. */
function besideBend(
  shape: Shape,
  where: { end: Vector3; outwards: Vector3; normal: Vector3; into: Vector3; thickness_mm: number },
): number | null {
  const { end, outwards, normal, into, thickness_mm } = where;
  const from = along(along(end, normal, -thickness_mm / 2), into, thickness_mm / 3);
  const start = along(from, outwards, 0.02 * thickness_mm);
  if (shape.contains(start)) return 0;
  const hit = shape.tree.first(start, outwards, 2 * thickness_mm);
  return hit ? hit.distance_mm + 0.02 * thickness_mm : null;
}
