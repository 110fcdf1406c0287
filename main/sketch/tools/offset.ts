/** A chain of lines, arcs and circles at a distance from another. */
import { type Curve, curveOf, evaluate, tangentAt } from '../curves/curve.ts';
import { meetings } from '../curves/intersect.ts';
import { distance, dot, middle, subtract } from '../model/vector.ts';
import { SketchView } from '../model/view.ts';
import { nameWords } from '../model/words.ts';
import { chainOf } from '../regions/chains.ts';
import type { Position, SketchDraft, SketchEdit } from '../types.ts';
import { parallelTo } from './corner.ts';
import { EditBuilder, millimetres, unfit } from './edit.ts';
import { withoutRedundant } from './prune.ts';

const JOINED_MM = 1e-6;

/**
 * Positive distances lie to the left of the chain's direction, which is that of its first curve. With `constrain` (the default)
 * the copy follows the original at a dimensioned distance; else it is geometry of its own.
 */
export function offsetChain(
  sketch: SketchDraft,
  curves: readonly string[],
  distance_mm: number,
  options: { constrain?: boolean } = {},
): SketchEdit {
  if (!Number.isFinite(distance_mm) || distance_mm === 0) throw unfit('The distance must not be zero.');
  const view = new SketchView(sketch.entities);
  const chain = chainOf(sketch.entities, curves);
  const ids = chain.pieces.map(({ id }) => id);
  const forward = chain.pieces.map(({ reversed }) => !reversed);
  const originals = ids.map((id) => curveOf(view, id));
  const moved = originals.map((curve, i) => {
    if (curve.kind === 'ellipse' || curve.kind === 'spline')
      throw unfit(`${nameWords(curve.id)} has no offset of its own kind.`, 'Leave it out, or use arcs.');
    const parallel = parallelTo(curve, forward[i] ? distance_mm : -distance_mm);
    if (!parallel) throw unfit(`The distance is larger than the radius of ${nameWords(curve.id)}.`, 'Make it smaller.');
    return parallel;
  });
  const edit = new EditBuilder(sketch);
  const constrain = options.constrain !== false;
  const first = view.curve(ids[0]!);
  if (first.kind === 'circle') {
    const radius_mm = (moved[0] as Extract<Curve, { kind: 'circle' | 'arc' }>).radius;
    const centre = constrain ? first.centre : edit.point(view.point(first.centre));
    const circle = edit.add({ kind: 'circle', centre, radius_mm });
    if (constrain) edit.constrain({ kind: 'radius', curve: circle, value: millimetres(radius_mm) });
    return withoutRedundant(sketch, edit.done());
  }

  const startOf = (i: number, curve: Curve) => evaluate(curve, forward[i] ? curve.from : curve.to);
  const endOf = (i: number, curve: Curve) => evaluate(curve, forward[i] ? curve.to : curve.from);
  const count = moved.length;
  const smooth = (i: number, j: number) => {
    const [a, b] = [originals[i]!, originals[j]!];
    const [u, v] = [tangentAt(a, forward[i] ? a.to : a.from), tangentAt(b, forward[j] ? b.from : b.to)];
    return Math.abs(u[0] * v[1] - u[1] * v[0]) < 1e-9;
  };
  const bothLines = (i: number, j: number) => originals[i]!.kind === 'line' && originals[j]!.kind === 'line';
  const joint = (i: number, j: number): Position => {
    const [end, start] = [endOf(i, moved[i]!), startOf(j, moved[j]!)];
    if (distance(end, start) < JOINED_MM) return middle(end, start);
    const about = middle(end, start);
    const found = meetings(moved[i]!, moved[j]!, 1e-9, true).sort(
      (a, b) => distance(a.at, about) - distance(b.at, about),
    );
    if (!found[0])
      throw unfit(
        `${nameWords(ids[i]!)} and ${nameWords(ids[j]!)} no longer meet at this distance.`,
        'Make it smaller.',
      );
    return found[0].at;
  };
  const places: Position[] = [];
  for (let i = 0; i < count; i++) {
    const before = i > 0 ? i - 1 : chain.closed ? count - 1 : null;
    places.push(before === null ? startOf(i, moved[i]!) : joint(before, i));
  }
  places.push(chain.closed ? places[0]! : endOf(count - 1, moved[count - 1]!));
  originals.forEach((curve, i) => {
    if (curve.kind !== 'line') return;
    const [was, is] = [subtract(endOf(i, curve), startOf(i, curve)), subtract(places[i + 1]!, places[i]!)];
    if (dot(was, is) <= 0) throw unfit(`${nameWords(curve.id)} has no room at this distance.`, 'Make it smaller.');
  });

  const points = places.slice(0, count).map((place) => edit.point(place));
  points.push(chain.closed ? points[0]! : edit.point(places[count]!));
  const copies: string[] = [];
  ids.forEach((id, i) => {
    const [start, end] = forward[i] ? [points[i]!, points[i + 1]!] : [points[i + 1]!, points[i]!];
    const original = view.curve(id);
    // A piece that goes on smoothly from the one before it has its distance from there.
    const led = i > 0 && smooth(i - 1, i);
    if (original.kind === 'line') {
      const copy = edit.line(start, end);
      copies.push(copy);
      if (!constrain) return;
      edit.constrain({ kind: 'parallel', a: id, b: copy });
      if (!led) edit.constrain({ kind: 'distance', a: id, b: copy, value: millimetres(Math.abs(distance_mm)) });
    } else if (original.kind === 'arc') {
      const centre = constrain ? original.centre : edit.point(view.point(original.centre));
      const copy = edit.arc(centre, start, end);
      copies.push(copy);
      if (constrain && !led) {
        const { radius } = moved[i] as Extract<Curve, { kind: 'circle' | 'arc' }>;
        edit.constrain({ kind: 'radius', curve: copy, value: millimetres(radius) });
      }
    }
    if (constrain && led && !bothLines(i - 1, i)) edit.constrain({ kind: 'tangent', a: copies[i - 1]!, b: copies[i]! });
  });
  if (constrain && chain.closed && smooth(count - 1, 0) && !bothLines(count - 1, 0))
    edit.constrain({ kind: 'tangent', a: copies[count - 1]!, b: copies[0]! });
  if (constrain && !chain.closed) holdEnds(edit, view, ids, forward, points);
  return withoutRedundant(sketch, edit.done());
}

/** The ends of an open copy stand square across from those of the original: the point moved along the normal. */
function holdEnds(
  edit: EditBuilder,
  view: SketchView,
  ids: readonly string[],
  forward: readonly boolean[],
  points: readonly string[],
): void {
  for (const [i, point, atStart] of [
    [0, points[0]!, true],
    [ids.length - 1, points[points.length - 1]!, false],
  ] as const) {
    const original = view.curve(ids[i]!);
    if (original.kind !== 'line' && original.kind !== 'arc') continue;
    const end = atStart === forward[i] ? original.start : original.end;
    const rung = edit.line(end, point, true);
    if (original.kind === 'line') edit.constrain({ kind: 'perpendicular', a: ids[i]!, b: rung });
    else edit.constrain({ kind: 'point-on', point: original.centre, curve: rung });
  }
}
