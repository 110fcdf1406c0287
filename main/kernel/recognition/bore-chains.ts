/** Bores on one axis that belong to the same hole: beside each other, or with a flat or rounded step between them. */
import { scale } from '../modeller/vectors.ts';
import { alignedWith, axisAt, type Bore } from './bores.ts';
import { type Axis, areCoaxial, areParallel, groupsOf, isConcave, isConvex, isSmooth, type Model } from './model.ts';

export interface BoreChain {
  axis: Axis;
  /** Along the axis, all measured from its origin. */
  bores: Bore[];
  /** Flat and rounded steps between the bores. */
  steps: number[];
  /** Whether there is a flat step (and no cone) after each bore but the last. */
  flat: boolean[];
}

export function chainsOf(model: Model, bores: readonly Bore[]): BoreChain[] {
  const links = linksOf(model, bores);
  const groups = groupsOf(
    bores.keys(),
    (bore) => links.filter(({ a, b }) => a === bore || b === bore).map(({ a, b }) => (a === bore ? b : a)),
    () => true,
  );
  return groups.map((group) => {
    const first = bores[group[0]!]!;
    const axis = axisAt(first.axis, model.body.faces[first.faces[0]!]!.centroid_mm);
    const order = group
      .map((index) => ({ index, bore: alignedWith(axis, bores[index]!) }))
      .sort((a, b) => a.bore.from_mm + a.bore.to_mm - b.bore.from_mm - b.bore.to_mm);
    const between = (a: number, b: number): Link | undefined =>
      links.find((link) => (link.a === a && link.b === b) || (link.a === b && link.b === a));
    const joints = order.slice(1).map(({ index }, i) => between(order[i]!.index, index));
    return {
      axis,
      bores: order.map(({ bore }) => bore),
      steps: [...new Set(joints.flatMap((joint) => joint?.steps ?? []))],
      flat: joints.map((joint) => joint !== undefined && joint.steps.length > 0),
    };
  });
}

interface Link {
  a: number;
  b: number;
  steps: number[];
}

function linksOf(model: Model, bores: readonly Bore[]): Link[] {
  const boreOf = new Map(bores.flatMap(({ faces }, bore) => faces.map((face): [number, number] => [face, bore])));
  const links: Link[] = [];
  const join = (a: number, b: number, steps: number[]): void => {
    if (a === b || !coaxial(model, bores[a]!, bores[b]!)) return;
    const known = links.find((link) => (link.a === a && link.b === b) || (link.a === b && link.b === a));
    if (known) known.steps.push(...steps.filter((step) => !known.steps.includes(step)));
    else links.push({ a, b, steps });
  };
  for (const [face, bore] of boreOf)
    for (const next of model.neighbours[face]!) {
      const other = boreOf.get(next.face);
      if (other !== undefined) join(bore, other, []);
    }
  model.surfaces.forEach((surface, step) => {
    if (surface.type !== 'plane' || !surface.normal) return;
    // A step is at the bottom of the wider bore and at the mouth of the narrower one.
    const wide: { bore: number; through: number[] }[] = [];
    const narrow: { bore: number; through: number[] }[] = [];
    for (const { face, angle_rad } of model.neighbours[step]!) {
      const rounding = boreOf.has(face) ? [] : roundingOf(model, face);
      const bore = boreOf.get(face) ?? beyond(model, face, step, rounding, boreOf);
      if (bore === undefined || !areParallel(surface.normal, bores[bore]!.axis.direction)) continue;
      const concave = rounding.length > 0 ? model.surfaces[face]!.concave === true : isConcave(angle_rad);
      if (concave) wide.push({ bore, through: rounding });
      else if (rounding.length > 0 || isConvex(angle_rad)) narrow.push({ bore, through: rounding });
    }
    for (const a of wide) for (const b of narrow) join(a.bore, b.bore, [step, ...a.through, ...b.through]);
  });
  return links;
}

/** A counterbore off its bore by a hundredth of the bore's radius is still meant for it: drawings and files are that exact. */
const OFF_CENTRE = 0.01;

function coaxial(model: Model, a: Bore, b: Bore): boolean {
  const narrow_mm = Math.min(Math.max(...a.radii_mm), Math.max(...b.radii_mm));
  const near = model.body.faces[a.faces[0]!]!.centroid_mm;
  return areCoaxial(a.axis, b.axis, near, Math.max(model.tolerance_mm, OFF_CENTRE * narrow_mm));
}

const roundingOf = (model: Model, face: number): number[] => (model.surfaces[face]!.type === 'torus' ? [face] : []);

/** The bore at the other side of a rounding. */
function beyond(
  model: Model,
  face: number,
  from: number,
  rounding: readonly number[],
  boreOf: ReadonlyMap<number, number>,
): number | undefined {
  if (rounding.length === 0) return undefined;
  const next = model.neighbours[face]!.find(
    (each) => each.face !== from && isSmooth(each.angle_rad) && boreOf.has(each.face),
  );
  return next && boreOf.get(next.face);
}

/** The chain seen from its other end. */
export function turned({ axis, bores, steps, flat }: BoreChain): BoreChain {
  return {
    axis: { origin_mm: axis.origin_mm, direction: scale(axis.direction, -1) },
    bores: bores
      .map((bore) => ({
        ...bore,
        axis: { origin_mm: axis.origin_mm, direction: scale(axis.direction, -1) },
        from_mm: -bore.to_mm,
        to_mm: -bore.from_mm,
        radii_mm: [bore.radii_mm[1], bore.radii_mm[0]] as [number, number],
      }))
      .reverse(),
    steps,
    flat: flat.toReversed(),
  };
}
