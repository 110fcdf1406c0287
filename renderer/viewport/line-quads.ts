/** Polylines as quads, four corners a segment, which the line program widens to a constant width on the screen. */
import type { SlicedWork } from './slices.ts';

export interface LineQuads {
  /** 4 per segment: this end, the other end (mm), and the side of the line: +1, -1 at the start, +2, -2 at the end. */
  positions: Float32Array;
  towards: Float32Array;
  sides: Float32Array;
  indices: Uint32Array;
  segments: number;
}

function allocate(segments: number): LineQuads {
  return {
    positions: new Float32Array(segments * 12),
    towards: new Float32Array(segments * 12),
    sides: new Float32Array(segments * 4),
    indices: new Uint32Array(segments * 6),
    segments,
  };
}

function put(quads: LineQuads, segment: number, points: ArrayLike<number>, a: number, b: number): void {
  const { positions, towards, sides, indices } = quads;
  for (let corner = 0; corner < 4; corner++) {
    const atStart = corner < 2;
    const own = (atStart ? a : b) * 3;
    const other = (atStart ? b : a) * 3;
    const o = segment * 12 + corner * 3;
    for (let k = 0; k < 3; k++) {
      positions[o + k] = points[own + k]!;
      towards[o + k] = points[other + k]!;
    }
    sides[segment * 4 + corner] = (corner & 1 ? 1 : -1) * (atStart ? 1 : 2);
  }
  const v = segment * 4;
  indices.set([v, v + 1, v + 3, v, v + 3, v + 2], segment * 6);
}

/** Polylines given as points and offsets (in points) of each polyline's start, with the total at the end. */
export function* quadsOfPolylines(points: Float32Array, offsets: Uint32Array): SlicedWork<LineQuads> {
  let segments = 0;
  for (let e = 0; e + 1 < offsets.length; e++) segments += Math.max(0, offsets[e + 1]! - offsets[e]! - 1);
  const quads = allocate(segments);
  let segment = 0;
  for (let e = 0; e + 1 < offsets.length; e++) {
    for (let i = offsets[e]!; i + 1 < offsets[e + 1]!; i++) {
      put(quads, segment++, points, i, i + 1);
      if (segment % 5000 === 0) yield;
    }
  }
  return quads;
}

/** Loose segments: pairs of consecutive points. */
export function quadsOfSegments(points: ArrayLike<number>): LineQuads {
  const segments = Math.floor(points.length / 6);
  const quads = allocate(segments);
  for (let s = 0; s < segments; s++) put(quads, s, points, 2 * s, 2 * s + 1);
  return quads;
}
