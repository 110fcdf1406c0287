/**
 * A hole with other diameters: each of its coaxial cylinders becomes larger or smaller, on its axis and between the same
 * ends; the point of a drill goes with its bore. The faces stay the same faces, so whatever refers to the hole's wall or rim
 * goes with it. A countersink counts with the diameter of its opening where a diameter is given for it.
 */
import type { FaceInfo } from '../../../../preload/contract/geometry.ts';
import { refused, usage } from '../../errors.ts';
import { cross, dot, length, scale, subtract } from '../../modeller/vectors.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Operation } from '../operation.ts';
import { facesNamed } from './cells.ts';
import { offsetRound } from './change-surface.ts';
import { editBodies, numberOf } from './edit-bodies.ts';
import { apexOf, type Faces, facesOf, wholeSurfaces } from './face-groups.ts';

export const resizeHole: Operation<'resize-hole'> = (feature, scope) =>
  editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) => {
    const faces = facesOf(scope.oc, scope.own, body.shape);
    const steps = holesOf(faces, chosen, feature.diameters.length).flatMap((sections) =>
      sections.flatMap((section, i) => changesOf(faces, section, feature.diameters[i]! / 2)),
    );
    return steps.reduce<NamedShape>(
      (now, { group, into_mm }) => offsetRound(scope, now, facesNamed(now, group.map(numberOf)), -into_mm),
      body,
    );
  });

/** A cylinder of a hole, or the cone of a countersink. */
interface Section {
  group: number[];
  info: FaceInfo;
  radius_mm: number;
}

/** What moves into the material by how much, along its normal. */
function changesOf(faces: Faces, { group, info, radius_mm }: Section, wanted_mm: number) {
  const change = wanted_mm - radius_mm;
  if (info.type === 'cone') return [{ group, into_mm: change * Math.cos(info.semiAngle_rad!) }];
  const tip = tipOf(faces, group);
  return [
    { group, into_mm: change },
    // The point begins at the same depth as before.
    ...(tip ? [{ group: tip, into_mm: change * Math.cos(faces.info(tip[0]!).semiAngle_rad!) }] : []),
  ];
}

/** The cone at the bottom of a bore, which has no other neighbour. */
function tipOf(faces: Faces, bore: readonly number[]): number[] | undefined {
  const cones = bore.flatMap((at) =>
    faces.around(at).flatMap(({ face }) => (faces.info(face).type === 'cone' ? [face] : [])),
  );
  return wholeSurfaces(faces, [...new Set(cones)]).find((cone) =>
    cone.every((at) => faces.around(at).every(({ face }) => bore.includes(face) || cone.includes(face))),
  );
}

/**
 * The sections of each hole, from the opening inwards: the opening is the wide end, or that of the face that was chosen
 * first.
 *
 * @throws ArtificerError `hole.no-cylinder`, `hole.diameters`
 */
function holesOf(faces: Faces, chosen: readonly number[], diameters: number): Section[][] {
  const round = wholeSurfaces(faces, chosen).map((group) => ({ group, info: faces.info(group[0]!) }));
  const bores = round.filter(({ info }) => info.type === 'cylinder');
  if (bores.length === 0 || bores.some(({ info }) => !info.concave))
    throw refused(
      'hole.no-cylinder',
      bores.length === 0 ? 'None of the chosen faces is the wall of a hole.' : 'A chosen cylinder is not a hole.',
      'Choose the cylindrical walls of a hole; use "offset face" for shafts and bosses.',
    );
  const tips = bores.flatMap(({ group }) => tipOf(faces, group) ?? []);
  const sinks = round.filter(({ group, info }) => info.type === 'cone' && info.concave && !tips.includes(group[0]!));
  const cylinders = bores.map((bore): Section => ({ ...bore, radius_mm: bore.info.radius_mm! }));
  const cones = sinks.map((sink): Section => ({ ...sink, radius_mm: widestOf(sink.info) }));
  // A hole through two walls may be one hole with two bores, or two holes: the number of diameters tells.
  const ways = [
    grouped(cylinders, () => true),
    grouped([...cylinders, ...cones], () => true),
    grouped(cylinders, touching(faces)),
    grouped([...cylinders, ...cones], touching(faces)),
  ];
  const fitting = ways.find((holes) => holes.every((sections) => sections.length === diameters));
  if (!fitting)
    throw usage(
      'hole.diameters',
      `The hole has ${ways[0]![0]!.length} ${ways[0]![0]!.length === 1 ? 'bore' : 'bores'}, but ${diameters} diameters are given.`,
      'Give one diameter for each cylinder of the hole, from its opening inwards.',
    );
  for (const hole of fitting) fromTheOpening(hole, bores[0]!.group[0]!);
  return fitting;
}

function grouped(sections: readonly Section[], belong: (a: Section, b: Section) => boolean): Section[][] {
  const holes: Section[][] = [];
  for (const section of sections) {
    const hole = holes.find((each) => each.some((other) => onOneAxis(other, section) && belong(other, section)));
    if (hole) hole.push(section);
    else holes.push([section]);
  }
  return holes;
}

/** As nearly as a person would call one hole: files have bores that are a micrometre beside their counterbores. */
function onOneAxis(a: Section, b: Section): boolean {
  const [first, second] = [a.info.axis!, b.info.axis!];
  if (length(cross(first.direction, second.direction)) > 1e-3) return false;
  const between = subtract(second.origin_mm, first.origin_mm);
  const aside = length(subtract(between, scale(first.direction, dot(between, first.direction))));
  return aside < 0.01 * Math.min(a.radius_mm, b.radius_mm);
}

/** Directly, or across one step between them. */
const touching =
  (faces: Faces) =>
  (a: Section, b: Section): boolean => {
    const near = new Set(a.group.flatMap((at) => faces.around(at).map(({ face }) => face)));
    return b.group.some((at) => near.has(at) || faces.around(at).some(({ face }) => near.has(face)));
  };

function fromTheOpening(hole: Section[], chosenFirst: number): void {
  const { direction, origin_mm } = hole[0]!.info.axis!;
  const height = ({ info }: Section): number => dot(subtract(info.centroid_mm, origin_mm), direction);
  hole.sort((a, b) => height(a) - height(b));
  const [low, high] = [hole[0]!.radius_mm, hole.at(-1)!.radius_mm];
  const first = hole.findIndex(({ group }) => group.includes(chosenFirst));
  if (high > low || (high === low && first === hole.length - 1)) hole.reverse();
}

/** Radius of the wide end of a conical face. */
function widestOf(info: FaceInfo): number {
  const [from, to] = info.sweep?.along_mm ?? [0, 0];
  const apex = apexOf(info);
  const toApex = dot(subtract(apex, info.axis!.origin_mm), info.axis!.direction);
  const furthest = Math.max(Math.abs(from - toApex), Math.abs(to - toApex));
  return furthest * Math.tan(info.semiAngle_rad!);
}
