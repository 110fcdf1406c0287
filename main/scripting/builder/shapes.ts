/** Corners of common shapes. All in mm, in the sketch's own axes. */
import { ScriptMistake } from './host.ts';

export type Place = [number, number];

export function rectangleCorners(at: Place, size: Place, centred: boolean): Place[] {
  const [w, h] = size;
  if (!(w > 0) || !(h > 0)) throw new ScriptMistake(`A rectangle can't be ${w} mm by ${h} mm.`);
  const [x, y] = centred ? [at[0] - w / 2, at[1] - h / 2] : at;
  return [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
}

export function polygonCorners(middle: Place, radius: number, sides: number): Place[] {
  if (!Number.isInteger(sides) || sides < 3 || sides > 1000)
    throw new ScriptMistake(`A polygon can't have ${sides} sides.`, 'Give a whole number from 3 to 1000.');
  if (!(radius > 0)) throw new ScriptMistake(`A polygon can't have a radius of ${radius} mm.`);
  return Array.from({ length: sides }, (_, at): Place => {
    const turn = (2 * Math.PI * at) / sides;
    return [middle[0] + radius * Math.cos(turn), middle[1] + radius * Math.sin(turn)];
  });
}

/** A corner and, where it is rounded, the arc in its place. */
export interface RoundedCorner {
  from: Place;
  to: Place;
  centre?: Place;
  /** The outline turns left here: the arc is counter-clockwise. */
  left: boolean;
}

/** @throws ScriptMistake where two neighbouring arcs would overlap */
export function roundCorners(corners: readonly Place[], radius: number, closed: boolean): RoundedCorner[] {
  const count = corners.length;
  const taken = new Array<number>(count).fill(0);
  const rounded = corners.map((corner, at): RoundedCorner => {
    const sharp = { from: corner, to: corner, left: true };
    if (!closed && (at === 0 || at === count - 1)) return sharp;
    const before = corners[(at + count - 1) % count]!;
    const after = corners[(at + 1) % count]!;
    const incoming = unit(before, corner);
    const outgoing = unit(corner, after);
    const cross = incoming[0] * outgoing[1] - incoming[1] * outgoing[0];
    const turn = Math.atan2(cross, incoming[0] * outgoing[0] + incoming[1] * outgoing[1]);
    if (Math.abs(turn) < 1e-9) return sharp;
    const cut = radius * Math.tan(Math.abs(turn) / 2);
    taken[at] = cut;
    const from: Place = [corner[0] - cut * incoming[0], corner[1] - cut * incoming[1]];
    const to: Place = [corner[0] + cut * outgoing[0], corner[1] + cut * outgoing[1]];
    const side = cross > 0 ? 1 : -1;
    const centre: Place = [from[0] - side * radius * incoming[1], from[1] + side * radius * incoming[0]];
    return { from, to, centre, left: cross > 0 };
  });
  for (let at = 0; at < (closed ? count : count - 1); at++) {
    const next = (at + 1) % count;
    const span = Math.hypot(corners[next]![0] - corners[at]![0], corners[next]![1] - corners[at]![1]);
    if (taken[at]! + taken[next]! > span * (1 + 1e-9))
      throw new ScriptMistake(
        `A side of ${Number(span.toPrecision(6))} mm is too short for corners rounded by ${radius} mm.`,
      );
  }
  return rounded;
}

function unit(from: Place, to: Place): Place {
  const span = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (!(span > 0)) throw new ScriptMistake('Two corners that follow each other are at the same place.');
  return [(to[0] - from[0]) / span, (to[1] - from[1]) / span];
}
