/** The curves of a sketch cut where they meet: a planar graph of vertices and edges. */
import { type Curve, evaluate, nearest, sampleParameters } from '../curves/curve.ts';
import { meetings } from '../curves/intersect.ts';
import { distance, length } from '../model/vector.ts';
import { nameWords } from '../model/words.ts';
import type { Position, RegionProblem } from '../types.ts';

/** Places nearer than this are one place, mm. A solved sketch joins its curves a thousand times better. */
export const SAME_PLACE_MM = 1e-6;

export interface ArrangementEdge {
  curve: Curve;
  from: number;
  to: number;
  /** Vertices at its start and end. */
  start: number;
  end: number;
}
export interface Arrangement {
  vertices: Position[];
  edges: ArrangementEdge[];
  problems: RegionProblem[];
}

export function arrange(curves: readonly Curve[]): Arrangement {
  const problems: RegionProblem[] = [];
  const sound = curves.filter((curve) => {
    const reach = Math.max(
      ...[0.25, 0.5, 0.75].map((share) =>
        distance(evaluate(curve, curve.from), evaluate(curve, curve.from + share * (curve.to - curve.from))),
      ),
    );
    if (reach > SAME_PLACE_MM) return true;
    problems.push({
      kind: 'degenerate',
      curves: [curve.id],
      at: evaluate(curve, curve.from),
      words: `${nameWords(curve.id)} has no length.`,
    });
    return false;
  });
  const vertices = new Places();
  const cuts = sound.map((curve) => (curve.closed ? [] : [curve.from, curve.to]));
  const boxes = sound.map(boxOf);
  for (const [i, j] of neighbours(boxes)) {
    const [a, b] = [sound[i]!, sound[j]!];
    for (const { t, u } of meetings(a, b, SAME_PLACE_MM)) {
      cuts[i]!.push(t);
      cuts[j]!.push(u);
    }
    // An end that lies on the other within tolerance cuts it, whatever the formulas of crossing made of it.
    for (const [one, other, at] of [
      [a, b, j],
      [b, a, i],
    ] as const) {
      if (one.closed) continue;
      for (const end of [evaluate(one, one.from), evaluate(one, one.to)]) {
        const foot = nearest(other, end);
        if (foot.distance_mm <= SAME_PLACE_MM) cuts[at]!.push(foot.parameter);
      }
    }
  }
  const edges: ArrangementEdge[] = [];
  const known = new Map<string, ArrangementEdge[]>();
  sound.forEach((curve, i) => {
    for (const edge of piecesOf(curve, cuts[i]!, vertices)) {
      const key = `${Math.min(edge.start, edge.end)} ${Math.max(edge.start, edge.end)}`;
      const same = known.get(key)?.find((other) => onTop(other, edge));
      if (same) {
        const already = problems.some(
          ({ kind, curves: [a, b] }) => kind === 'duplicate' && a === same.curve.id && b === curve.id,
        );
        if (!already)
          problems.push({
            kind: 'duplicate',
            curves: [same.curve.id, curve.id],
            at: middleOf(edge),
            words: `${nameWords(curve.id)} lies on ${nameWords(same.curve.id)}.`,
          });
        continue;
      }
      known.set(key, [...(known.get(key) ?? []), edge]);
      edges.push(edge);
    }
  });
  return { vertices: vertices.all, edges, problems };
}

function piecesOf(curve: Curve, cuts: readonly number[], vertices: Places): ArrangementEdge[] {
  const sorted = [...cuts].sort((a, b) => a - b);
  const stops: { t: number; vertex: number }[] = [];
  for (const t of sorted) {
    const vertex = vertices.at(evaluate(curve, t));
    const last = stops[stops.length - 1];
    if (last?.vertex === vertex && lengthBetween(curve, last.t, t) <= 4 * SAME_PLACE_MM) {
      // The curve's own end is the truer one of two parameters of a place.
      if (t === curve.to) last.t = t;
      continue;
    }
    stops.push({ t, vertex });
  }
  if (curve.closed) {
    if (stops.length === 0) stops.push({ t: curve.from, vertex: vertices.at(evaluate(curve, curve.from)) });
    const first = stops[0]!;
    const period = curve.to - curve.from;
    const last = stops[stops.length - 1]!;
    // The seam counts once.
    if (
      stops.length > 1 &&
      last.vertex === first.vertex &&
      lengthBetween(curve, last.t, first.t + period) <= 4 * SAME_PLACE_MM
    )
      stops.pop();
    stops.push({ t: first.t + period, vertex: first.vertex });
  }
  const edges: ArrangementEdge[] = [];
  for (let i = 1; i < stops.length; i++)
    edges.push({ curve, from: stops[i - 1]!.t, to: stops[i]!.t, start: stops[i - 1]!.vertex, end: stops[i]!.vertex });
  return edges;
}

const lengthBetween = (curve: Curve, from: number, to: number): number =>
  length(evaluate(curve, (from + to) / 2, 1)) * Math.abs(to - from);
export const middleOf = (edge: ArrangementEdge): Position => evaluate(edge.curve, (edge.from + edge.to) / 2);

function onTop(a: ArrangementEdge, b: ArrangementEdge): boolean {
  return (
    [0.25, 0.5, 0.75].every(
      (share) => nearest(a.curve, evaluate(b.curve, b.from + share * (b.to - b.from))).distance_mm <= 4 * SAME_PLACE_MM,
    ) &&
    nearest(b.curve, middleOf(a)).distance_mm <= 4 * SAME_PLACE_MM &&
    distance(middleOf(a), middleOf(b)) <= Math.max(distanceAlong(a), 1e-6)
  );
}
/** Pieces on one circle share their ends but not their middles when they are its two halves. */
const distanceAlong = (edge: ArrangementEdge): number => lengthBetween(edge.curve, edge.from, edge.to) / 4;

export type Box = [minX: number, minY: number, maxX: number, maxY: number];

export function boxOf(curve: Curve): Box {
  if (curve.kind === 'circle' || curve.kind === 'arc') {
    const [[x, y], r] = [curve.centre, curve.radius];
    return [x - r, y - r, x + r, y + r];
  }
  if (curve.kind === 'ellipse') {
    const [x, y] = curve.centre;
    const [w, h] = [Math.hypot(curve.major[0], curve.minor[0]), Math.hypot(curve.major[1], curve.minor[1])];
    return [x - w, y - h, x + w, y + h];
  }
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const t of sampleParameters(curve, curve.from, curve.to, 1e-2)) {
    const [x, y] = evaluate(curve, t);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  // Chords of a spline stay this near to it, so the box is wide enough.
  const margin = curve.kind === 'spline' ? 2e-2 : 0;
  return [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin];
}
/** Pairs whose boxes overlap, found by sweeping along x. */
function neighbours(boxes: readonly Box[]): [number, number][] {
  const order = boxes.map((_, i) => i).sort((a, b) => boxes[a]![0] - boxes[b]![0]);
  const pairs: [number, number][] = [];
  let open: number[] = [];
  for (const i of order) {
    const box = boxes[i]!;
    open = open.filter((j) => boxes[j]![2] >= box[0] - NEAR_MM);
    for (const j of open)
      if (boxes[j]![1] <= box[3] + NEAR_MM && boxes[j]![3] >= box[1] - NEAR_MM) pairs.push(i < j ? [i, j] : [j, i]);
    open.push(i);
  }
  // In the order of the curves, so that of two on top of one another the first stays.
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
const NEAR_MM = 1e-5;

/** Places by number; near ones are the same. */
class Places {
  readonly all: Position[] = [];
  readonly #cells = new Map<string, number[]>();

  at(place: Position): number {
    const size = 8 * SAME_PLACE_MM;
    const [cx, cy] = [Math.floor(place[0] / size), Math.floor(place[1] / size)];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const other of this.#cells.get(`${cx + dx} ${cy + dy}`) ?? [])
          if (distance(this.all[other]!, place) <= 4 * SAME_PLACE_MM) return other;
    this.all.push(place);
    const key = `${cx} ${cy}`;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), this.all.length - 1]);
    return this.all.length - 1;
  }
}
