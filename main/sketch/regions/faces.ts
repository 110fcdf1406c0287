/** The faces of a block: rings that keep to the left at every vertex. */
import { evaluate, sweptArea } from '../curves/curve.ts';
import { angleOf, distance, length, scale, subtract } from '../model/vector.ts';
import type { Loop, LoopPiece, Position } from '../types.ts';
import type { Arrangement, ArrangementEdge } from './arrangement.ts';

export interface HalfEdge {
  edge: ArrangementEdge;
  /** Run from its end to its start. */
  reversed: boolean;
}
export interface Ring {
  halves: HalfEdge[];
  /** Positive when it runs counter-clockwise. */
  area_mm2: number;
}

const startOf = ({ edge, reversed }: HalfEdge) => (reversed ? edge.end : edge.start);
const parameters = ({ edge, reversed }: HalfEdge): [number, number] =>
  reversed ? [edge.to, edge.from] : [edge.from, edge.to];

export function ringsOf(arrangement: Arrangement, block: readonly number[]): { outer: Ring; inner: Ring[] } {
  const halves: HalfEdge[] = block.flatMap((i) => [
    { edge: arrangement.edges[i]!, reversed: false },
    { edge: arrangement.edges[i]!, reversed: true },
  ]);
  // Half-edges 2k and 2k + 1 are the two ways along one edge.
  const leaving = new Map<number, number[]>();
  halves.forEach((half, i) => {
    leaving.set(startOf(half), [...(leaving.get(startOf(half)) ?? []), i]);
  });
  const place = new Int32Array(halves.length);
  for (const around of leaving.values()) {
    sortAround(around, halves);
    around.forEach((half, i) => {
      place[half] = i;
    });
  }
  const rings: Ring[] = [];
  const seen = new Uint8Array(halves.length);
  for (let first = 0; first < halves.length; first++) {
    if (seen[first]) continue;
    const ring: HalfEdge[] = [];
    let doubled = 0;
    for (let at = first; !seen[at]; ) {
      seen[at] = 1;
      const half = halves[at]!;
      ring.push(half);
      doubled += sweptArea(half.edge.curve, ...parameters(half));
      const back = at ^ 1;
      const around = leaving.get(startOf(halves[back]!))!;
      at = around[(place[back]! - 1 + around.length) % around.length]!;
    }
    rings.push({ halves: ring, area_mm2: doubled / 2 });
  }
  // Of a block all rings but the outer one run counter-clockwise.
  rings.sort((a, b) => a.area_mm2 - b.area_mm2);
  return { outer: rings[0]!, inner: rings.slice(1) };
}

/** Counter-clockwise by the direction in which they leave; of those that leave in one direction, by where they bend to. */
function sortAround(around: number[], halves: readonly HalfEdge[]): void {
  const heading = new Map(around.map((i) => [i, headingOf(halves[i]!)]));
  const base = heading.get(around[0]!)!.angle;
  // Measured from just before the first, so that rounding cannot tear equal directions apart at the seam.
  const turn = (angle: number) => {
    const rest = (angle - base + 1e-4) % (2 * Math.PI);
    return rest < 0 ? rest + 2 * Math.PI : rest;
  };
  around.sort((a, b) => {
    const [x, y] = [heading.get(a)!, heading.get(b)!];
    const off = turn(x.angle) - turn(y.angle);
    return Math.abs(off) > 1e-5 ? off : x.curvature - y.curvature;
  });
}

function headingOf({ edge, reversed }: HalfEdge): { angle: number; curvature: number } {
  const t = reversed ? edge.to : edge.from;
  const [first, second] = [evaluate(edge.curve, t, 1), evaluate(edge.curve, t, 2)];
  const sign = reversed ? -1 : 1;
  const speed = Math.max(length(first), 1e-300);
  return {
    angle: angleOf(scale(first, sign)),
    curvature: (sign * (first[0] * second[1] - first[1] * second[0])) / speed ** 3,
  };
}

/** As a loop of pieces, counter-clockwise or clockwise; consecutive pieces of one curve become one. */
export function loopOf(ring: Ring, clockwise: boolean): Loop {
  let halves = ring.halves;
  if (ring.area_mm2 < 0 !== clockwise)
    halves = [...halves].reverse().map(({ edge, reversed }) => ({ edge, reversed: !reversed }));
  return { pieces: piecesOf(halves), area_mm2: Math.abs(ring.area_mm2) };
}

export function piecesOf(halves: readonly HalfEdge[], closed = true): LoopPiece[] {
  const merged: { half: HalfEdge; from: number; to: number }[] = [];
  for (const half of halves) {
    const [from, to] = parameters(half);
    const last = merged[merged.length - 1];
    if (last && follows(last, half, from)) last.to = last.to + (to - from);
    else merged.push({ half, from, to });
  }
  const first = merged[0]!;
  const last = merged[merged.length - 1]!;
  if (closed && merged.length > 1 && follows(last, first.half, first.from)) {
    first.from = first.from - (last.to - last.from);
    merged.pop();
  }
  return merged.map(({ half, from, to }): LoopPiece => {
    const { curve } = half.edge;
    const whole = Math.abs(Math.abs(to - from) - (curve.to - curve.from)) < 1e-12 * (curve.to - curve.from);
    return {
      id: curve.id,
      from: evaluate(curve, from),
      to: evaluate(curve, to),
      fromParameter: from,
      toParameter: to,
      reversed: half.reversed,
      whole,
    };
  });
}

function follows(before: { half: HalfEdge; from: number; to: number }, half: HalfEdge, from: number): boolean {
  const { curve } = half.edge;
  if (before.half.edge.curve !== curve || before.half.reversed !== half.reversed) return false;
  const period = curve.to - curve.from;
  const gap = Math.abs(before.to - from);
  return gap < 1e-9 * period || (curve.closed && Math.abs(gap - period) < 1e-9 * period);
}

/** How often a ring goes around a place, counter-clockwise. Exact as long as the place does not lie on the ring. */
export function windings(ring: Ring, place: Position): number {
  let angle = 0;
  for (const half of ring.halves) {
    const [from, to] = parameters(half);
    angle += swept(half.edge, from, to, place, 0);
  }
  return Math.round(angle / (2 * Math.PI));
}

/** A part of a curve is short enough when it is seen from farther away than it is long. */
function swept(edge: ArrangementEdge, from: number, to: number, place: Position, depth: number): number {
  const half = (from + to) / 2;
  const [a, m, b] = [evaluate(edge.curve, from), evaluate(edge.curve, half), evaluate(edge.curve, to)];
  const long = distance(a, m) + distance(m, b);
  const straight = edge.curve.kind === 'line' || depth > 40;
  if (straight || long < 0.7 * distance(m, place)) {
    const [u, v] = [subtract(a, place), subtract(b, place)];
    return Math.atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]);
  }
  return swept(edge, from, half, place, depth + 1) + swept(edge, half, to, place, depth + 1);
}
