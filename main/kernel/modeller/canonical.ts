/**
 * What simple surface a free one really is. Many systems write cylinders, and even planes, as B-splines; the points and
 * outward normals of such a face fit a plane, cylinder, cone, sphere or torus exactly. Linear least squares throughout: a
 * point is the centre (or the point of the axis) plus the signed radius times the normal.
 */
import type { CanonicalSurface, Vector3 } from '../../../preload/contract/geometry.ts';
import { leastVector, solveSymmetric } from './least-squares.ts';
import { add, cross, dot, length, scale, subtract, unit } from './vectors.ts';

export interface SurfaceSample {
  point: Vector3;
  /** Unit, outward. */
  normal: Vector3;
}

/** The signed radius is negative where the material lies outside. */
export interface Canonical {
  surface: CanonicalSurface;
  concave?: boolean;
}

/** Largest distance of a sample from the fit, as a fraction of the size of the face; largest turn of a normal, rad. */
const DISTANCE = 1e-5;
const TURN = 1e-4;

export function canonicalOf(samples: readonly SurfaceSample[]): Canonical | undefined {
  if (samples.length < 9) return undefined;
  const middle = scale(
    samples.reduce<Vector3>((sum, { point }) => add(sum, point), [0, 0, 0]),
    1 / samples.length,
  );
  const size_mm = Math.max(...samples.map(({ point }) => length(subtract(point, middle))));
  if (!(size_mm > 0) || !Number.isFinite(size_mm)) return undefined;
  // About the middle and of unit size, so that all that follows is well conditioned.
  const centred = samples.map(({ point, normal }) => ({ point: scale(subtract(point, middle), 1 / size_mm), normal }));
  const found = plane(centred) ?? cylinder(centred) ?? sphere(centred) ?? cone(centred) ?? torus(centred);
  return found && restored(found, middle, size_mm);
}

function restored({ surface, concave }: Canonical, middle: Vector3, size_mm: number): Canonical {
  const place = (at: Vector3): Vector3 => add(middle, scale(at, size_mm));
  const { axis, centre_mm, radius_mm, minorRadius_mm } = surface;
  return {
    ...(concave === undefined ? {} : { concave }),
    surface: {
      ...surface,
      ...(axis ? { axis: { ...axis, origin_mm: place(axis.origin_mm) } } : {}),
      ...(centre_mm ? { centre_mm: place(centre_mm) } : {}),
      ...(radius_mm === undefined ? {} : { radius_mm: radius_mm * size_mm }),
      ...(minorRadius_mm === undefined ? {} : { minorRadius_mm: minorRadius_mm * size_mm }),
    },
  };
}

function plane(samples: readonly SurfaceSample[]): Canonical | undefined {
  const first = samples[0]!;
  const flat = samples.every(
    ({ point, normal }) =>
      length(subtract(normal, first.normal)) < TURN &&
      Math.abs(dot(subtract(point, first.point), first.normal)) < DISTANCE,
  );
  return flat ? { surface: { type: 'plane' } } : undefined;
}

/** The direction at a right angle to all of these vectors, which are not all alike. */
function acrossAll(vectors: readonly Vector3[]): Vector3 | undefined {
  const longest = vectors.reduce((best, each) => (length(each) > length(best) ? each : best), vectors[0]!);
  let most: Vector3 = [0, 0, 0];
  for (const each of vectors) {
    const product = cross(longest, each);
    if (length(product) > length(most)) most = product;
  }
  return length(most) > 1e-6 * length(longest) ** 2 ? unit(most) : undefined;
}

/** Centre and signed radius from points and normals, or undefined where a point is too far from that. */
function centreAndRadius(samples: readonly SurfaceSample[]): { centre: Vector3; radius: number } | undefined {
  const meanPoint = mean(samples.map(({ point }) => point));
  const meanNormal = mean(samples.map(({ normal }) => normal));
  let up = 0;
  let down = 0;
  for (const { point, normal } of samples) {
    const n = subtract(normal, meanNormal);
    up += dot(subtract(point, meanPoint), n);
    down += dot(n, n);
  }
  if (!(down > 1e-8)) return undefined;
  const radius = up / down;
  const centre = subtract(meanPoint, scale(meanNormal, radius));
  const fits = samples.every(
    ({ point, normal }) => length(subtract(subtract(point, centre), scale(normal, radius))) < DISTANCE,
  );
  // Larger than a thousand times the face is as good as flat: its centre would be noise.
  return fits && Math.abs(radius) < 1e3 ? { centre, radius } : undefined;
}

const mean = (vectors: readonly Vector3[]): Vector3 =>
  scale(
    vectors.reduce<Vector3>((sum, each) => add(sum, each), [0, 0, 0]),
    1 / vectors.length,
  );

const without = (vector: Vector3, direction: Vector3): Vector3 =>
  subtract(vector, scale(direction, dot(vector, direction)));

function cylinder(samples: readonly SurfaceSample[]): Canonical | undefined {
  const direction = acrossAll(samples.map(({ normal }) => normal));
  if (!direction || samples.some(({ normal }) => Math.abs(dot(normal, direction)) > TURN)) return undefined;
  const round = centreAndRadius(
    samples.map(({ point, normal }) => ({ point: without(point, direction), normal: without(normal, direction) })),
  );
  return (
    round && {
      surface: { type: 'cylinder', axis: { origin_mm: round.centre, direction }, radius_mm: Math.abs(round.radius) },
      concave: round.radius < 0,
    }
  );
}

function sphere(samples: readonly SurfaceSample[]): Canonical | undefined {
  const round = centreAndRadius(samples);
  return (
    round && {
      surface: { type: 'sphere', centre_mm: round.centre, radius_mm: Math.abs(round.radius) },
      concave: round.radius < 0,
    }
  );
}

/** Every tangent plane goes through the tip. */
function cone(samples: readonly SurfaceSample[]): Canonical | undefined {
  const first = samples[0]!.normal;
  const direction = acrossAll(samples.map(({ normal }) => subtract(normal, first)));
  if (!direction) return undefined;
  const rise = dot(first, direction);
  if (Math.abs(rise) < TURN || samples.some(({ normal }) => Math.abs(dot(normal, direction) - rise) > TURN))
    return undefined;
  const matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum(samples, ({ normal }) => normal[i]! * normal[j]!)));
  const right = [0, 1, 2].map((i) => sum(samples, ({ point, normal }) => normal[i]! * dot(normal, point)));
  const tip = solveSymmetric(matrix, right) as Vector3 | undefined;
  if (!tip || samples.some(({ point, normal }) => Math.abs(dot(subtract(point, tip), normal)) > DISTANCE))
    return undefined;
  // Away from the tip, towards the face; the radius is that where the face has its middle.
  const along = dot(scale(tip, -1), direction);
  const outwards = scale(direction, along < 0 ? -1 : 1);
  const semiAngle = Math.asin(Math.min(1, Math.abs(rise)));
  return {
    surface: {
      type: 'cone',
      axis: { origin_mm: add(tip, scale(outwards, Math.abs(along))), direction: outwards },
      radius_mm: Math.abs(along) * Math.tan(semiAngle),
      semiAngle_rad: semiAngle,
    },
    // The outward normal of a solid cone looks towards its tip.
    concave: dot(first, outwards) > 0,
  };
}

/** All normals meet the axis of a surface of revolution; in the half plane of the axis the section is a circle. */
function torus(samples: readonly SurfaceSample[]): Canonical | undefined {
  const rows = samples.map(({ point, normal }) => [...cross(point, normal), ...normal]);
  const complex = leastVector(rows);
  if (!complex) return undefined;
  const [a0, a1, a2, b0, b1, b2] = complex as [number, number, number, number, number, number];
  const size = Math.hypot(a0, a1, a2);
  if (size < 1e-6) return undefined;
  const direction = scale([a0, a1, a2], 1 / size);
  const moment = scale([b0, b1, b2], 1 / size);
  // A line's moment is at a right angle to its direction.
  if (Math.abs(dot(direction, moment)) > 1e-3) return undefined;
  const foot = cross(direction, moment);
  const section = samples.map(({ point, normal }): SurfaceSample => {
    const from = subtract(point, foot);
    const radial = unit(without(from, direction)) ?? [0, 0, 0];
    return {
      point: [dot(from, radial), dot(from, direction), 0],
      normal: [dot(normal, radial), dot(normal, direction), 0],
    };
  });
  if (section.some(({ normal }) => Math.abs(length(normal) - 1) > TURN)) return undefined;
  const round = centreAndRadius(section);
  if (!round || round.centre[0] < DISTANCE) return undefined;
  return {
    surface: {
      type: 'torus',
      axis: { origin_mm: add(foot, scale(direction, round.centre[1])), direction },
      radius_mm: round.centre[0],
      minorRadius_mm: Math.abs(round.radius),
    },
    concave: round.radius < 0,
  };
}

const sum = (samples: readonly SurfaceSample[], term: (sample: SurfaceSample) => number): number =>
  samples.reduce((total, sample) => total + term(sample), 0);
