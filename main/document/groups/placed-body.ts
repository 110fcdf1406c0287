/** What a body looks like where its part stands: its description turned and shifted, with nothing asked of the kernel. */
import type { BodyInfo, CanonicalSurface, FaceInfo, Transform, Vector3 } from '../../../preload/contract/geometry.ts';
import { transformBox, transformDirection, transformPoint } from '../transforms.ts';

const placed = new WeakMap<BodyInfo, Map<string, BodyInfo>>();

/** The same object for the same body, place and name, as long as it is not asked for elsewhere. */
export function placedInfo(info: BodyInfo, world: Transform, name: string): BodyInfo {
  const key = `${world.join(' ')} ${name}`;
  const known = placed.get(info)?.get(key);
  if (known) return known;
  const made = moved(info, world, name);
  const all = placed.get(info) ?? new Map<string, BodyInfo>();
  // A part that is dragged about leaves no trail of places behind.
  if (all.size >= MOST_PLACES) all.clear();
  placed.set(info, all.set(key, made));
  return made;
}
const MOST_PLACES = 1000;

function moved(info: BodyInfo, world: Transform, name: string): BodyInfo {
  const point = (at: Vector3): Vector3 => transformPoint(world, at);
  const direction = (along: Vector3): Vector3 => transformDirection(world, along);
  const axis = ({ origin_mm, direction: along }: { origin_mm: Vector3; direction: Vector3 }) => ({
    origin_mm: point(origin_mm),
    direction: direction(along),
  });
  /** What a face and the simple surface that it really is have in common. */
  const surface = <T extends CanonicalSurface | FaceInfo>(one: T): T => ({
    ...one,
    ...(one.axis ? { axis: axis(one.axis) } : {}),
    ...(one.centre_mm ? { centre_mm: point(one.centre_mm) } : {}),
  });
  return {
    ...info,
    name,
    box: transformBox(world, info.box),
    mass: {
      ...info.mass,
      centroid_mm: point(info.mass.centroid_mm),
      ...(info.mass.inertia_mm5 ? { inertia_mm5: turnedInertia(info.mass.inertia_mm5, world) } : {}),
    },
    faces: info.faces.map((face) => ({
      ...surface(face),
      centroid_mm: point(face.centroid_mm),
      ...(face.normal ? { normal: direction(face.normal) } : {}),
      ...(face.canonical ? { canonical: surface(face.canonical) } : {}),
      ...(face.sweep ? { sweep: { ...face.sweep, start: direction(face.sweep.start) } } : {}),
      box: transformBox(world, face.box),
    })),
    edges: info.edges.map((edge) => ({
      ...edge,
      centre_mm: point(edge.centre_mm),
      ...(edge.direction ? { direction: direction(edge.direction) } : {}),
      ...(edge.curveCentre_mm ? { curveCentre_mm: point(edge.curveCentre_mm) } : {}),
    })),
    vertices_mm: info.vertices_mm.map(point),
  };
}

/** R I R^T of xx, yy, zz, xy, yz, zx about the centroid. */
function turnedInertia([xx, yy, zz, xy, yz, zx]: readonly number[], t: Transform): number[] {
  const own = [
    [xx!, xy!, zx!],
    [xy!, yy!, yz!],
    [zx!, yz!, zz!],
  ];
  const entry = (row: number, column: number): number => {
    let sum = 0;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sum += t[row * 4 + i]! * own[i]![j]! * t[column * 4 + j]!;
    return sum;
  };
  return [entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(1, 2), entry(2, 0)];
}
