/** Glyphs as instances of one arrow of unit length that ends with its tip at the origin, along +Z: matrices and colours. Pure. */
import type { Transform, Vector3 } from '../../../preload/contract/index.ts';
import type { ColourMapName } from '../api.ts';
import { mapColour } from '../colour-map.ts';
import { cross, normalise, perpendicular, transformDirection, transformPoint } from '../vector.ts';
import type { GlyphSeeds } from './glyph-seeds.ts';
import { principalFrame } from './principal-directions.ts';

export interface GlyphInstances {
  matrices: Float32Array;
  colours: Float32Array;
  /** The place that each belongs to. */
  seeds: Uint32Array;
  count: number;
}

export interface GlyphLook {
  /** Length of the glyph for `largest`, mm. */
  length_mm: number;
  /** The value that gets the full length. */
  largest: number;
  /** Lengths follow the value; else all are as long. */
  byValue: boolean;
}

/** Pulled apart, pushed together: kept apart by brightness too, for those who see no difference between the hues. */
export const TENSION_COLOUR: Vector3 = [0.86, 0.2, 0.12];
export const COMPRESSION_COLOUR: Vector3 = [0.13, 0.27, 0.75];

/** Values below this part of the largest are no glyph, only clutter. */
const SMALLEST_PART = 0.02;
/** Glyphs of one length show direction where there is next to none, but not where there is nothing. */
const NOTHING = 1e-9;

class Instances {
  readonly matrices: number[] = [];
  readonly colours: number[] = [];
  readonly seeds: number[] = [];

  /** An arrow with its tip at `tip`; its width goes with `full`, so that short ones stay visible. */
  arrow(seed: number, tip: Vector3, direction: Vector3, length: number, full: number, colour: Vector3): void {
    const z = direction;
    const x = perpendicular(z);
    const y = cross(z, x);
    const w = 0.55 * full + 0.45 * length;
    this.matrices.push(...x.map((c) => c * w), 0, ...y.map((c) => c * w), 0, ...z.map((c) => c * length), 0, ...tip, 1);
    this.colours.push(...colour, 1);
    this.seeds.push(seed);
  }
  done(): GlyphInstances {
    return {
      matrices: Float32Array.from(this.matrices),
      colours: Float32Array.from(this.colours),
      seeds: Uint32Array.from(this.seeds),
      count: this.matrices.length / 16,
    };
  }
}

const lengthFor = (value: number, { largest, length_mm, byValue }: GlyphLook): number => {
  const part = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  if (!(part > (byValue ? SMALLEST_PART : NOTHING))) return 0;
  return byValue ? part * length_mm : 0.6 * length_mm;
};

/**
 * Vectors (3 numbers a place, in the body's axes) as arrows from their places (world mm, as drawn). One that points into the
 * material ends at its place instead, as a push does: inside it would not be seen.
 */
export function vectorGlyphs(
  seeds: GlyphSeeds,
  places: Float32Array,
  vectors: Float32Array,
  world: Transform,
  look: GlyphLook,
  colour: { map: ColourMapName } | { plain: Vector3 },
  keep: (place: Vector3) => boolean,
): GlyphInstances {
  const out = new Instances();
  for (let i = 0; 3 * i < vectors.length; i++) {
    const local: Vector3 = [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
    const size = Math.hypot(...local);
    const length = lengthFor(size, look);
    if (length === 0 || !Number.isFinite(size)) continue;
    const place = transformPoint(world, [places[3 * i]!, places[3 * i + 1]!, places[3 * i + 2]!]);
    if (!keep(place)) continue;
    const d = normalise(transformDirection(world, local));
    const inward = [0, 1, 2].reduce((sum, k) => sum + local[k]! * seeds.normals[3 * i + k]!, 0) < -0.02 * size;
    const tip = inward ? place : (place.map((x, k) => x + d[k]! * length) as Vector3);
    const shown = 'plain' in colour ? colour.plain : mapColour(colour.map, Math.min(1, size / look.largest));
    out.arrow(i, tip, d, length, look.length_mm * 0.5, shown);
  }
  return out.done();
}

/**
 * Stress tensors (xx, yy, zz, xy, yz, zx a place) as crosses of arrow pairs along the principal directions: pointing apart
 * under tension, at each other under compression.
 */
export function principalGlyphs(
  places: Float32Array,
  tensors: Float32Array,
  world: Transform,
  look: GlyphLook,
  keep: (place: Vector3) => boolean,
): GlyphInstances {
  const out = new Instances();
  for (let i = 0; 6 * i < tensors.length; i++) {
    const t = [0, 1, 2, 3, 4, 5].map((k) => tensors[6 * i + k]!) as [number, number, number, number, number, number];
    if (!t.every(Number.isFinite)) continue;
    const place = transformPoint(world, [places[3 * i]!, places[3 * i + 1]!, places[3 * i + 2]!]);
    if (!keep(place)) continue;
    const { values, directions } = principalFrame(...t);
    for (let k = 0; k < 3; k++) {
      // The two arrows together are as long as one of a vector.
      const half = lengthFor(values[k]!, look) / 2;
      if (half === 0) continue;
      const d = normalise(transformDirection(world, directions[k]!));
      const back: Vector3 = [-d[0], -d[1], -d[2]];
      const tension = values[k]! > 0;
      for (const way of [d, back]) {
        const outer = place.map((x, c) => x + way[c]! * half) as Vector3;
        if (tension) out.arrow(i, outer, way, half, look.length_mm * 0.6, TENSION_COLOUR);
        else out.arrow(i, place, way === d ? back : d, half, look.length_mm * 0.6, COMPRESSION_COLOUR);
      }
    }
  }
  return out.done();
}

/** The largest length (vectors) or absolute principal value (tensors) among nodes: what full length means. */
export function largestOf(field: Float32Array, size: 3 | 6): number {
  let largest = 0;
  for (let i = 0; i < field.length; i += size) {
    let value: number;
    if (size === 3) value = Math.hypot(field[i]!, field[i + 1]!, field[i + 2]!);
    else {
      // Cheap and never too small by more than it matters: Frobenius' norm bounds the largest principal value.
      value = Math.sqrt(
        field[i]! ** 2 +
          field[i + 1]! ** 2 +
          field[i + 2]! ** 2 +
          2 * (field[i + 3]! ** 2 + field[i + 4]! ** 2 + field[i + 5]! ** 2),
      );
      if (value > largest) {
        const { values } = principalFrame(
          field[i]!,
          field[i + 1]!,
          field[i + 2]!,
          field[i + 3]!,
          field[i + 4]!,
          field[i + 5]!,
        );
        value = Math.max(Math.abs(values[0]), Math.abs(values[2]));
      }
    }
    if (value > largest) largest = value;
  }
  return largest;
}
