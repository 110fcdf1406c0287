/** Plates with known features at random, turned and moved at random: made of the kernel's own solids. */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { add, cross, scale, unit } from '../modeller/vectors.ts';
import type { PrimitiveShape, PrimitiveSpecification, ProfileSegment } from '../port.ts';
import type { Hole } from './holes.ts';

export interface KnownPlate {
  specification: PrimitiveSpecification;
  holes: Pick<Hole, 'type' | 'through' | 'diameters_mm' | 'depth_mm'>[];
  /** Radii of the rounded corners. */
  fillets: number[];
  bosses: { diameter_mm: number; height_mm: number }[];
  pockets: { depth_mm: number; through: boolean }[];
}

type Place = (x: number, y: number, z: number) => Vector3;

/** Room for one feature, mm. */
const CELL = 24;

export function randomPlate(random: () => number): KnownPlate {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const z = unit([between(-1, 1), between(-1, 1), between(-1, 1)]) ?? [0, 0, 1];
  const x = unit(cross(z, Math.abs(z[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]))!;
  const y = cross(z, x);
  const origin: Vector3 = [between(-200, 200), between(-200, 200), between(-200, 200)];
  const place: Place = (a, b, c) => add(origin, add(add(scale(x, a), scale(y, b)), scale(z, c)));
  const columns = 2 + Math.floor(random() * 3);
  const rows = 1 + Math.floor(random() * 3);
  const thickness = between(12, 20);
  const corner = random() < 0.5 ? between(2, 9) : 0;
  const known: KnownPlate = {
    specification: { name: 'plate', shape: { union: [] } },
    holes: [],
    fillets: corner > 0 ? [corner, corner, corner, corner] : [],
    bosses: [],
    pockets: [],
  };
  const cuts: PrimitiveShape[] = [];
  const joined: PrimitiveShape[] = [plate(place, columns * CELL, rows * CELL, thickness, corner, scale(z, thickness))];
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const at: Place = (a, b, c) => place((column + 0.5) * CELL + a, (row + 0.5) * CELL + b, thickness + c);
      const made = feature(Math.floor(random() * 11), between, at, z, thickness, known);
      if (made?.cut) cuts.push(made.cut);
      if (made?.add) joined.push(made.add);
    }
  const whole: PrimitiveShape = joined.length > 1 ? { union: joined } : joined[0]!;
  known.specification.shape = cuts.length > 0 ? { difference: [whole, ...cuts] } : whole;
  return known;
}

function plate(
  place: Place,
  width: number,
  depth: number,
  _thickness: number,
  corner: number,
  vector_mm: Vector3,
): PrimitiveShape {
  return { extrude: { profile: rounded(place, 0, 0, width, depth, corner), vector_mm } };
}

/** A rectangle with rounded corners, counter-clockwise, at the height 0 of its place. */
function rounded(place: Place, x0: number, y0: number, x1: number, y1: number, r: number, z = 0): ProfileSegment[] {
  const line = (a: [number, number], b: [number, number]): ProfileSegment => ({
    line: { from_mm: place(a[0], a[1], z), to_mm: place(b[0], b[1], z) },
  });
  if (r === 0)
    return [line([x0, y0], [x1, y0]), line([x1, y0], [x1, y1]), line([x1, y1], [x0, y1]), line([x0, y1], [x0, y0])];
  const arc = (cx: number, cy: number, start: number): ProfileSegment => {
    const centre = place(cx, cy, z);
    const to = (px: number, py: number): Vector3 => add(place(cx + px, cy + py, z), scale(centre, -1));
    return {
      ellipseArc: {
        centre_mm: centre,
        major_mm: to(r, 0),
        minor_mm: to(0, r),
        startAngle_rad: start,
        endAngle_rad: start + Math.PI / 2,
      },
    };
  };
  const q = Math.PI / 2;
  // Without the straight part where the arcs meet: the ends of a slot.
  return [
    line([x0 + r, y0], [x1 - r, y0]),
    arc(x1 - r, y0 + r, 3 * q),
    ...(y1 - y0 > 2 * r + 1e-9 ? [line([x1, y0 + r], [x1, y1 - r])] : []),
    arc(x1 - r, y1 - r, 0),
    line([x1 - r, y1], [x0 + r, y1]),
    arc(x0 + r, y1 - r, q),
    ...(y1 - y0 > 2 * r + 1e-9 ? [line([x0, y1 - r], [x0, y0 + r])] : []),
    arc(x0 + r, y0 + r, 2 * q),
  ];
}

/** A turned tool from its radii at depths below the surface, beginning and ending on the axis. */
function turned(at: Place, axis: Vector3, points: [radius: number, depth: number][]): PrimitiveShape {
  const closed = [...points, points[0]!];
  return {
    revolve: {
      profile: points.map((point, i) => ({
        line: { from_mm: at(point[0], 0, -point[1]), to_mm: at(closed[i + 1]![0], 0, -closed[i + 1]![1]) },
      })),
      origin_mm: at(0, 0, 0),
      axis,
      angle_rad: 2 * Math.PI,
    },
  };
}

function feature(
  kind: number,
  between: (low: number, high: number) => number,
  at: Place,
  z: Vector3,
  thickness: number,
  known: KnownPlate,
): { cut?: PrimitiveShape; add?: PrimitiveShape } | undefined {
  const r = between(1, 4);
  const wide = r + between(1, 5);
  const deep = between(3, 0.7 * thickness);
  const out = thickness + 1;
  const hole = (type: Hole['type'], through: boolean, diameters_mm: number[], depth_mm: number): void => {
    known.holes.push({ type, through, diameters_mm, depth_mm });
  };
  switch (kind) {
    case 0:
      hole('simple', true, [2 * r], thickness);
      return {
        cut: turned(at, z, [
          [0, -1],
          [r, -1],
          [r, out],
          [0, out],
        ]),
      };
    case 1:
      hole('simple', false, [2 * r], deep);
      return {
        cut: turned(at, z, [
          [0, -1],
          [r, -1],
          [r, deep],
          [0, deep],
        ]),
      };
    case 2:
      hole('simple', false, [2 * r], 0.6 * deep);
      return {
        cut: turned(at, z, [
          [0, -1],
          [r, -1],
          [r, 0.6 * deep],
          [0, 0.6 * deep + 0.6 * r],
        ]),
      };
    case 3:
      hole('counterbored', true, [2 * wide, 2 * r], thickness);
      return {
        cut: turned(at, z, [
          [0, -1],
          [wide, -1],
          [wide, deep],
          [r, deep],
          [r, out],
          [0, out],
        ]),
      };
    case 4: {
      const sink = Math.min(wide - r, 0.6 * thickness);
      hole('countersunk', true, [2 * (r + sink), 2 * r], thickness);
      return {
        cut: turned(at, z, [
          [0, -1],
          [r + sink + 1, -1],
          [r, sink],
          [r, out],
          [0, out],
        ]),
      };
    }
    case 5:
      hole('stepped', true, [2 * (wide + 1), 2 * wide, 2 * r], thickness);
      return {
        cut: turned(at, z, [
          [0, -1],
          [wide + 1, -1],
          [wide + 1, 0.4 * deep],
          [wide, 0.4 * deep],
          [wide, deep],
          [r, deep],
          [r, out],
          [0, out],
        ]),
      };
    case 6: {
      const taper = (wide - r) / thickness;
      hole('tapered', true, [2 * wide, 2 * r], thickness);
      return {
        cut: turned(at, z, [
          [0, -1],
          [wide + taper, -1],
          [r - taper, out],
          [0, out],
        ]),
      };
    }
    case 7: {
      // A slot: two half cylinders that are no hole and no fillet.
      known.pockets.push({ depth_mm: thickness, through: true });
      const profile = rounded((a, b, c) => at(a, b, c), -8, -r, 8, r, r, 1);
      return { cut: { extrude: { profile, vector_mm: scale(z, -thickness - 2) } } };
    }
    case 8: {
      known.pockets.push({ depth_mm: deep, through: false });
      known.fillets.push(r, r, r, r);
      const profile = rounded((a, b, c) => at(a, b, c), -9, -r - 3, 9, r + 3, r, 1);
      return { cut: { extrude: { profile, vector_mm: scale(z, -deep - 1) } } };
    }
    case 9:
      known.bosses.push({ diameter_mm: 2 * wide, height_mm: deep });
      return {
        add: turned(at, z, [
          [0, 1],
          [wide, 1],
          [wide, -deep],
          [0, -deep],
        ]),
      };
    default:
      return undefined;
  }
}
