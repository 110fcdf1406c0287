/** Sheet metal: cut flat by laser, bent on a press brake. */
import { ArtificerError, type ManufacturingPlan } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { type BentBody, planSheetMetal } from '../../plan/sheet-metal.ts';
import { nearestSheet } from '../../plan/stock.ts';
import { boresOf } from '../common/bores.ts';
import { applySize } from '../common/thickness.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import { applyBends, applyFlanges, applyReliefs } from './bends.ts';
import { loopsOf, nearestEdges } from './openings.ts';
import { type Sheet, sheetOf } from './sheet.ts';

export function checkSheetMetal(task: Task): ManufacturingPlan {
  const bodies = task.shapes.map((shape): BentBody => {
    task.step('Measuring the sheet');
    const sheet = sheetOf(shape);
    if (!sheet)
      throw new ArtificerError({
        code: 'manufacture.no-sheet',
        category: 'refused',
        message: `"${shape.info.name}" has no wall with two sides: it is no sheet.`,
        hint: 'Check it for milling, or for another process.',
      });
    applyThickness(task, shape, sheet);
    task.step('Looking at bends');
    applyBends(task, shape, sheet);
    applyFlanges(task, shape, sheet);
    applyReliefs(task, shape, sheet);
    task.step('Looking at openings');
    applyOpenings(task, shape, sheet);
    applyHoles(task, shape, sheet);
    applySize(task, shape, 'sheet-metal.size');
    return { shape, sheet };
  });
  return planSheetMetal(task, bodies);
}

/** Below it the body is a block with a thin place, not a sheet. */
const MOSTLY = 0.5;

function applyThickness({ findings }: Task, shape: Shape, { thickness_mm, share, skin }: Sheet): void {
  const thicknesses = new Map<string, { faces: [number, number]; distance_mm: number; area: number; at: number }>();
  shape.samples.forEach(({ face, area_mm2 }, i) => {
    const wall = shape.walls[i];
    // From one cut edge to another there is no thickness to measure.
    if (!wall || (!skin[face] && !skin[wall.face]) || isCut(shape, skin, face) || isCut(shape, skin, wall.face)) return;
    if (Math.abs(wall.distance_mm - thickness_mm) < 0.01 * thickness_mm) return;
    const faces: [number, number] = face < wall.face ? [face, wall.face] : [wall.face, face];
    const known = thicknesses.get(faces.join());
    if (known) known.area += area_mm2;
    else thicknesses.set(faces.join(), { faces, distance_mm: wall.distance_mm, area: area_mm2, at: i });
  });
  const other = [...thicknesses.values()].filter(({ area }) => area > thickness_mm ** 2);
  if (share < MOSTLY) {
    findings.apply('sheet-metal.thickness', shape, {
      measured: (1 - share) * thickness_mm,
      faces: [],
      at_mm: shape.info.mass.centroid_mm,
      say: () =>
        `Only ${figure(100 * share)} % of the surface belongs to walls of one thickness (${figure(thickness_mm)} mm): this is no sheet.`,
      fix: () => [{ words: 'Give all walls the same thickness, or make it by another process.' }],
    });
    return;
  }
  for (const { faces, distance_mm, at } of other)
    findings.apply('sheet-metal.thickness', shape, {
      measured: Math.abs(distance_mm - thickness_mm),
      faces,
      at_mm: shape.samples[at]!.point,
      say: () => `Here it is ${figure(distance_mm)} mm thick, elsewhere ${figure(thickness_mm)} mm.`,
      fix: () => [
        {
          words: `Make it ${figure(thickness_mm)} mm thick like the rest.`,
          change: { what: 'wall-thickness', from: distance_mm, to: thickness_mm, unit: 'mm' },
        },
      ],
    });
  if (other.length === 0)
    findings.apply('sheet-metal.thickness', shape, {
      measured: 0,
      faces: [],
      at_mm: shape.info.mass.centroid_mm,
      say: () => '',
      fix: () => [],
    });
  const gauge = nearestSheet(thickness_mm);
  findings.apply('sheet-metal.gauge', shape, {
    measured: Math.abs(thickness_mm - gauge),
    faces: skin.flatMap((each, face) => (each ? [face] : [])),
    at_mm: shape.info.mass.centroid_mm,
    say: () => `Sheet of ${figure(thickness_mm)} mm is not commonly stocked; the nearest is ${gauge} mm.`,
    fix: () => [
      {
        words: `Make it of ${gauge} mm sheet.`,
        change: { what: 'wall-thickness', from: thickness_mm, to: gauge, unit: 'mm' },
      },
    ],
  });
}

/** The cut edge of the sheet: convex at a right angle or so to two sides of it. */
function isCut({ neighbours }: Shape, skin: readonly boolean[], face: number): boolean {
  if (skin[face]) return false;
  const sides = neighbours[face]!.filter(
    ({ face: other, angle_rad }) => skin[other] && angle_rad > 1.2 && angle_rad < 1.95,
  );
  return new Set(sides.map(({ face: other }) => other)).size >= 2;
}

/** Distances in the flats: each opening is seen from both sides of the sheet and told once. */
function applyOpenings({ findings }: Task, shape: Shape, { thickness_mm, skin, bends }: Sheet): void {
  const tangents = new Map<number, number[]>();
  for (const { flats } of bends)
    for (const { face, edge } of flats) tangents.set(face, [...(tangents.get(face) ?? []), edge]);
  shape.surfaces.forEach(({ type }, face) => {
    if (type !== 'plane' || !skin[face]) return;
    const [outer, ...inner] = loopsOf(shape, face);
    if (!outer) return;
    const atBends = tangents.get(face) ?? [];
    const free = outer.edges.filter((edge) => !atBends.includes(edge) && !isBendEdge(shape, skin, edge));
    inner.forEach((loop, i) => {
      if (!loop.across.every((other) => !skin[other])) return;
      const toBend = nearestEdges(shape, loop.edges, atBends);
      if (toBend)
        findings.apply('sheet-metal.hole-to-bend', shape, {
          measured: toBend.distance_mm / thickness_mm,
          faces: loop.across,
          at_mm: toBend.at_mm,
          say: (measured, least) =>
            `The opening is ${figure(toBend.distance_mm)} mm (${measured} thicknesses) from where the bend begins; ${least} thicknesses are needed.`,
          fix: (to) => [
            {
              words: `Move it at least ${figure(to * thickness_mm)} mm away from the bend.`,
              change: { what: 'distance', from: toBend.distance_mm, to: to * thickness_mm, unit: 'mm' },
            },
          ],
        });
      const rest = [...free, ...inner.slice(i + 1).flatMap(({ edges }) => edges)];
      const toEdge = nearestEdges(shape, loop.edges, rest);
      if (toEdge)
        findings.apply('sheet-metal.hole-to-edge', shape, {
          measured: toEdge.distance_mm / thickness_mm,
          faces: loop.across,
          at_mm: toEdge.at_mm,
          say: (measured, least) =>
            `The web beside the opening is ${figure(toEdge.distance_mm)} mm wide (${measured} thicknesses); ${least} are needed.`,
          fix: (to) => [
            {
              words: `Leave at least ${figure(to * thickness_mm)} mm.`,
              change: { what: 'distance', from: toEdge.distance_mm, to: to * thickness_mm, unit: 'mm' },
            },
          ],
        });
    });
  });
}

/** Where the sheet goes on round a bend, on the other side of it. */
const isBendEdge = ({ info }: Shape, skin: readonly boolean[], edge: number): boolean =>
  info.edges[edge]!.faces.every((face) => skin[face]);

function applyHoles({ findings }: Task, shape: Shape, { thickness_mm }: Sheet): void {
  for (const { faces, diameter_mm, length_mm } of boresOf(shape)) {
    if (Math.abs(length_mm - thickness_mm) > 0.05 * thickness_mm) continue;
    findings.apply('sheet-metal.hole-diameter', shape, {
      measured: diameter_mm / thickness_mm,
      faces,
      at_mm: middleOf(shape, faces[0]!),
      say: (measured, least) =>
        `The hole is ${figure(diameter_mm)} mm wide, ${measured} thicknesses; ${least} is the least to be punched.`,
      fix: (to) => [
        {
          words: `Make it at least ${figure(to * thickness_mm)} mm wide.`,
          change: { what: 'diameter', from: diameter_mm, to: to * thickness_mm, unit: 'mm' },
        },
      ],
    });
  }
}
