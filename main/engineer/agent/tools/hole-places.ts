/** Where holes go on a flat face: its corners or its middle, tied to its edges so that they follow the part. */
import type {
  BodyInfo,
  FaceInfo,
  Sketch,
  SketchConstraint,
  SketchEntity,
  Vector3,
} from '../../../../preload/contract/index.ts';
import { cross, dot, makePick, subtract, unit } from '../../../document/index.ts';
import { refusal } from './project-view.ts';

type Point2 = [u: number, v: number];
interface Frame {
  origin_mm: Vector3;
  x: Vector3;
  y: Vector3;
  z: Vector3;
}

/** Steeper than this against the horizontal, a plane is a wall. cos 45 degrees. */
const WALL = Math.SQRT1_2;

/** The frame that a sketch on this face has: the rule of the kernel's sketches. */
function frameOf(face: FaceInfo): Frame {
  const z = unit(face.normal!);
  const wall = Math.abs(z[2]) < WALL;
  const x = unit(wall ? cross([0, 0, 1], z) : subtract([1, 0, 0], [z[0] * z[0], z[0] * z[1], z[0] * z[2]]));
  const height = dot(face.centroid_mm, z);
  return { origin_mm: [z[0] * height, z[1] * height, z[2] * height], x, y: cross(z, x), z };
}
const flat = (frame: Frame, point: Vector3): Point2 => {
  const from = subtract(point, frame.origin_mm);
  return [dot(from, frame.x), dot(from, frame.y)];
};

interface Side {
  /** Index of the straight edge that lies on it. */
  edge: number;
  ends: [Point2, Point2];
}

const CLOSE_mm = 1e-4;

/**
 * A sketch with the points to drill.
 * @throws ArtificerError `agent.holes.*` where the face has no room for them
 */
export function sketchOfHoles(
  bodies: readonly BodyInfo[],
  at: { body: number; index: number },
  where: 'corners' | 'centre',
  inset_mm: number,
  inset: string,
  radius_mm: number,
): { sketch: Sketch; points: string[]; places: Vector3[]; tied: boolean } {
  const info = bodies[at.body]!;
  const face = info.faces[at.index]!;
  const frame = frameOf(face);
  const reference = makePick(bodies, at.body, 'face', at.index);
  const corners = face.edges.flatMap((edge) =>
    info.edges[edge]!.vertices.map((vertex) => flat(frame, info.vertices_mm[vertex]!)),
  );
  const box = face.box;
  // Round outlines have few vertices: the box of the face is what it fills.
  const boxed = [0, 1, 2, 3, 4, 5, 6, 7].map((k) =>
    flat(frame, [k & 1 ? box.max[0] : box.min[0], k & 2 ? box.max[1] : box.min[1], k & 4 ? box.max[2] : box.min[2]]),
  );
  const extent = (axis: 0 | 1, of: Point2[]): [number, number] => [
    Math.min(...of.map((point) => point[axis])),
    Math.max(...of.map((point) => point[axis])),
  ];
  const square = isAxisParallel(frame);
  const outline = square || corners.length === 0 ? boxed : corners;
  const [u, v] = [extent(0, outline), extent(1, outline)];
  const sides = [sideOn(0, u[0]), sideOn(0, u[1]), sideOn(1, v[0]), sideOn(1, v[1])] as const;

  function sideOn(axis: 0 | 1, value: number): Side | null {
    let best: (Side & { length: number }) | null = null;
    for (const index of face.edges) {
      const edge = info.edges[index]!;
      if (edge.type !== 'line' || edge.vertices.length !== 2) continue;
      const ends = edge.vertices.map((vertex) => flat(frame, info.vertices_mm[vertex]!)) as [Point2, Point2];
      if (ends.some((end) => Math.abs(end[axis] - value) > CLOSE_mm)) continue;
      if (!best || edge.length_mm > best.length) best = { edge: index, ends, length: edge.length_mm };
    }
    return best;
  }

  const places: Point2[] =
    where === 'centre'
      ? [[(u[0] + u[1]) / 2, (v[0] + v[1]) / 2]]
      : [
          [u[0] + inset_mm, v[0] + inset_mm],
          [u[1] - inset_mm, v[0] + inset_mm],
          [u[1] - inset_mm, v[1] - inset_mm],
          [u[0] + inset_mm, v[1] - inset_mm],
        ];
  if (where === 'corners') {
    const room = Math.min(u[1] - u[0], v[1] - v[0]);
    if (2 * inset_mm + 2 * radius_mm > room)
      throw refusal(
        'agent.holes.no-room',
        `The face is ${Number(room.toFixed(1))} mm wide: holes ${inset} from its edges would touch each other.`,
        'Say a smaller distance: “5 mm from the edges”.',
      );
  }
  for (const place of places) refuseOutside(place);

  function refuseOutside(place: Point2): void {
    if (!inside(place, face, info, frame))
      throw refusal(
        'agent.holes.off-the-face',
        `The place (${place.map((each) => Number(each.toFixed(1))).join(', ')}) mm for a hole is not on the face: its corners are cut away or not square.`,
        'Sketch the places by hand, or choose another face.',
      );
    for (const index of face.edges) {
      const edge = info.edges[index]!;
      const gap = gapTo(place, edge.type, index);
      if (gap !== null && gap < radius_mm + CLOSE_mm)
        throw refusal(
          'agent.holes.too-near',
          `A hole at (${place.map((each) => Number(each.toFixed(1))).join(', ')}) mm would cut into an edge of the face or another hole.`,
          'Say another distance from the edges.',
        );
    }
  }
  function gapTo(place: Point2, type: string, index: number): number | null {
    const edge = info.edges[index]!;
    if (type === 'circle' && edge.curveCentre_mm && edge.radius_mm !== undefined) {
      const centre = flat(frame, edge.curveCentre_mm);
      const away = Math.hypot(place[0] - centre[0], place[1] - centre[1]);
      // Of an arc only what lies towards it counts; a whole circle is another hole, or the outline.
      return edge.vertices.length === 2 && edge.vertices[0] !== edge.vertices[1]
        ? null
        : Math.abs(away - edge.radius_mm);
    }
    if (type !== 'line' || edge.vertices.length !== 2) return null;
    const [a, b] = edge.vertices.map((vertex) => flat(frame, info.vertices_mm[vertex]!)) as [Point2, Point2];
    return distanceToSegment(place, a, b);
  }

  const entities: SketchEntity[] = [];
  const constraints: SketchConstraint[] = [];
  const points = places.map((_, k) => `hole${k + 1}`);
  places.forEach(([x_mm, y_mm], k) => {
    entities.push({ kind: 'point', id: points[k]!, x_mm, y_mm });
  });
  const tied = where === 'corners' && sides.every((side) => side !== null);
  if (tied) {
    const names = ['left', 'right', 'lower', 'upper'] as const;
    sides.forEach((side, k) => {
      const [a, b] = side!.ends;
      const name = names[k]!;
      entities.push({ kind: 'point', id: `${name}A`, x_mm: a[0], y_mm: a[1] });
      entities.push({ kind: 'point', id: `${name}B`, x_mm: b[0], y_mm: b[1] });
      entities.push({
        kind: 'line',
        id: name,
        start: `${name}A`,
        end: `${name}B`,
        construction: true,
        from: makePick(bodies, at.body, 'edge', side!.edge) as Extract<SketchEntity, { kind: 'line' }>['from'],
      });
    });
    const ties = [
      ['left', 'lower'],
      ['right', 'lower'],
      ['right', 'upper'],
      ['left', 'upper'],
    ] as const;
    ties.forEach((pair, k) => {
      for (const line of pair)
        constraints.push({ kind: 'distance', id: `d${k}${line}`, a: points[k]!, b: line, value: { length: inset } });
    });
  }
  const toSpace = ([a, b]: Point2): Vector3 =>
    [0, 1, 2].map((k) => frame.origin_mm[k]! + a * frame.x[k]! + b * frame.y[k]!) as Vector3;
  return {
    sketch: { kind: 'sketch', plane: { by: 'face', face: reference as never }, entities, constraints },
    points,
    places: places.map(toSpace),
    tied,
  };
}

const isAxisParallel = ({ x, z }: Frame): boolean =>
  [x, z].every((each) => each.filter((component) => Math.abs(component) > 1e-9).length === 1);

function distanceToSegment(p: Point2, a: Point2, b: Point2): number {
  const [du, dv] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * du + (p[1] - a[1]) * dv) / (du * du + dv * dv || 1)));
  return Math.hypot(p[0] - a[0] - t * du, p[1] - a[1] - t * dv);
}

/** Whether a place is on the face, by how often a ray leaves its outline; arcs count as their chords. */
function inside(place: Point2, face: FaceInfo, info: BodyInfo, frame: Frame): boolean {
  let crossings = 0;
  for (const index of face.edges) {
    const edge = info.edges[index]!;
    if (
      edge.type === 'circle' &&
      edge.curveCentre_mm &&
      edge.radius_mm !== undefined &&
      new Set(edge.vertices).size < 2
    ) {
      const centre = flat(frame, edge.curveCentre_mm);
      if (Math.hypot(place[0] - centre[0], place[1] - centre[1]) < edge.radius_mm) crossings++;
      continue;
    }
    if (edge.vertices.length !== 2) continue;
    const [a, b] = edge.vertices.map((vertex) => flat(frame, info.vertices_mm[vertex]!)) as [Point2, Point2];
    if (a[1] > place[1] === b[1] > place[1]) continue;
    if (place[0] < a[0] + ((place[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) crossings++;
  }
  return crossings % 2 === 1;
}
