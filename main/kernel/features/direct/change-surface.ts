/** The ways in which one surface of a body can become another one of its kind. */
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused } from '../../errors.ts';
import { cross, dot, length, scale } from '../../modeller/vectors.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Frame, OperationScope } from '../operation.ts';
import { applyFilling, cellsOn, neighboursOf, prismOn, reachOf } from './cells.ts';
import { apexOf, type Faces, facesOf } from './face-groups.ts';
import { distanceTo, frameAt, hollowSphere, ring, slab, wedge } from './slabs.ts';

type Kernel = Pick<OperationScope, 'oc' | 'own' | 'id'>;

/** mm and rad: less than this is no change. */
const NOTHING = 1e-9;

const namesOf = (body: NamedShape, group: readonly number[]): string[] => [
  ...new Set(group.flatMap((at) => body.faceNames[at] ?? [])),
];

/** Moves faces of one plane along their outward normal; negative moves them into the material. */
export function offsetPlane(
  kernel: Kernel,
  body: NamedShape,
  group: readonly number[],
  distance_mm: number,
): NamedShape {
  if (Math.abs(distance_mm) < NOTHING) return body;
  const faces = facesOf(kernel.oc, kernel.own, body.shape);
  const from = planeOf(faces, group);
  const names = namesOf(body, group);
  const kind = distance_mm > 0 ? 'add' : 'cut';
  // Flat walls go on by themselves. Round ones are extended from their own surface, or the two would not merge.
  const walls = neighboursOf(kernel, faces, group).every((at) => {
    const { type, normal } = faces.info(at);
    return type === 'plane' && normal !== undefined && Math.abs(dot(normal, from.z)) < NOTHING;
  });
  if (walls) return applyFilling(kernel, body, kind, prismOn(kernel, faces, group, scale(from.z, distance_mm), names));
  const reach = reachOf(kernel, body, distance_mm);
  return applyFilling(
    kernel,
    body,
    kind,
    cellsOn(kernel, faces, group, slab(kernel, from, distance_mm, reach), reach, names),
  );
}

/** Puts faces of one plane on another plane, which looks roughly the same way. */
export function changePlane(kernel: Kernel, body: NamedShape, group: readonly number[], to: Frame): NamedShape {
  const faces = facesOf(kernel.oc, kernel.own, body.shape);
  const from = planeOf(faces, group);
  // A plane has no front: the face keeps the side on which its material is.
  const target = dot(from.z, to.z) < 0 ? frameAt(to.origin_mm, scale(to.z, -1)) : to;
  if (length(cross(from.z, target.z)) < NOTHING)
    return offsetPlane(kernel, body, group, distanceTo(from, target.origin_mm));
  if (dot(from.z, target.z) < STEEPEST)
    throw refused(
      'direct.too-steep',
      'The new plane stands across the face.',
      'Choose a plane that is turned by less than 80 degrees from the face.',
    );
  const names = namesOf(body, group);
  const reach = reachOf(kernel, body, distanceTo(from, target.origin_mm));
  const above = cellsOn(kernel, faces, group, wedge(kernel, from, target, true, reach), reach, names);
  const below = cellsOn(kernel, faces, group, wedge(kernel, from, target, false, reach), reach, names);
  if (above.length === 0 && below.length === 0) throw notReached();
  const filled = applyFilling(kernel, body, 'add', above);
  return applyFilling(kernel, filled, 'cut', below);
}

/** cos 80 degrees */
const STEEPEST = 0.17;

function planeOf(faces: Faces, group: readonly number[]): Frame {
  const { type, normal, centroid_mm } = faces.info(group[0]!);
  if (type !== 'plane' || !normal)
    throw refused('direct.not-planar', 'Only a planar face can be put on a plane.', 'Choose a planar face.');
  return frameAt(centroid_mm, normal);
}

/**
 * Moves faces of one cylinder, cone or sphere along their outward normal: a hole becomes smaller, a shaft thicker.
 *
 * @throws ArtificerError `direct.no-radius-left`, `direct.surface` for other surfaces
 */
export function offsetRound(
  kernel: Kernel,
  body: NamedShape,
  group: readonly number[],
  distance_mm: number,
): NamedShape {
  if (Math.abs(distance_mm) < NOTHING) return body;
  const faces = facesOf(kernel.oc, kernel.own, body.shape);
  const info = faces.info(group[0]!);
  const names = namesOf(body, group);
  const reach = reachOf(kernel, body, distance_mm);
  const kind = distance_mm > 0 ? 'add' : 'cut';
  const outwards = info.concave ? -distance_mm : distance_mm;
  const fill = (space: Parameters<typeof cellsOn>[3]): NamedShape =>
    applyFilling(kernel, body, kind, cellsOn(kernel, faces, group, space, reach, names));
  if (info.type === 'cylinder') {
    const { origin_mm, direction } = info.axis!;
    const middle_mm = dot(direction, [0, 1, 2].map((k) => info.centroid_mm[k]! - origin_mm[k]!) as Vector3);
    const line = (radius_mm: number) => ({
      from: { radius_mm, height_mm: middle_mm - reach },
      to: { radius_mm, height_mm: middle_mm + reach },
    });
    return fill(
      ring(kernel, info.axis!, line(info.radius_mm!), line(positive(info.radius_mm! + outwards, info.radius_mm!))),
    );
  }
  if (info.type === 'cone') {
    const apex = apexOf(info);
    const angle = info.semiAngle_rad!;
    const axis = { origin_mm: apex, direction: info.axis!.direction };
    const shift = -outwards / Math.sin(angle);
    const line = (apex_mm: number) => ({
      from: { radius_mm: 0, height_mm: apex_mm },
      to: { radius_mm: (reach - apex_mm) * Math.tan(angle), height_mm: reach },
    });
    return fill(ring(kernel, axis, line(0), line(shift)));
  }
  if (info.type === 'sphere') {
    const looksIn = isHollow(info.centroid_mm, info.normal, centreOf(kernel, faces, group[0]!));
    const radius = positive(info.radius_mm! + (looksIn ? -distance_mm : distance_mm), info.radius_mm!);
    return fill(hollowSphere(kernel, centreOf(kernel, faces, group[0]!), info.radius_mm!, radius));
  }
  throw refused(
    'direct.surface',
    `A face on a ${info.type} surface cannot be moved by a distance.`,
    'Planar, cylindrical, conical and spherical faces can be moved. Remove fillets, move the face, and round the edges again.',
  );
}

function centreOf({ oc, own }: Kernel, faces: Faces, at: number): Vector3 {
  const sphere = own(own(new oc.BRepAdaptor_Surface(faces.face(at), true)).Sphere());
  const centre = own(sphere.Location());
  return [centre.X(), centre.Y(), centre.Z()];
}

const isHollow = (point: Vector3, normal: Vector3 | undefined, centre: Vector3): boolean =>
  normal !== undefined && dot(normal, [0, 1, 2].map((k) => point[k]! - centre[k]!) as Vector3) < 0;

function positive(radius_mm: number, was_mm: number): number {
  if (radius_mm > 1e-6) return radius_mm;
  throw refused(
    'direct.no-radius-left',
    `Nothing would be left of the radius of ${Number(was_mm.toPrecision(6))} mm.`,
    'Move the face less far, or remove it instead.',
  );
}

const notReached = () =>
  refused(
    'direct.cannot-extend',
    'The faces around it do not reach the new plane.',
    'Choose a plane nearer to the face.',
  );

/** One group of faces of one surface by a distance along the outward normal. */
export function offsetSurface(
  kernel: Kernel,
  body: NamedShape,
  group: readonly number[],
  distance_mm: number,
): NamedShape {
  const info = facesOf(kernel.oc, kernel.own, body.shape).info(group[0]!);
  return info.type === 'plane'
    ? offsetPlane(kernel, body, group, distance_mm)
    : offsetRound(kernel, body, group, distance_mm);
}
