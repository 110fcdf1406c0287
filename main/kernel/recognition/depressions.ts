/**
 * Pockets and bosses: what goes down or up from a loop inside a flat face. Without that face and without the holes, a pocket
 * or a boss is cut off from the rest of the body, however many faces it is made of.
 */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { cross, dot, subtract, unit } from '../modeller/vectors.ts';
import { sameSurface } from './bores.ts';
import { areParallel, isConcave, isConvex, isSmooth, loopsOf, type Model, type Neighbour } from './model.ts';
import { size } from './words.ts';

export type Pocket = Extract<RecognisedFeature, { kind: 'pocket' }>;
export type Boss = Extract<RecognisedFeature, { kind: 'boss' }>;

/** `roundings` are the faces of fillets and chamfers: alone they are neither a pocket nor a boss. */
export function pocketsAndBossesOf(
  model: Model,
  holes: ReadonlySet<number>,
  roundings: ReadonlySet<number>,
): (Pocket | Boss)[] {
  const found = new Map<string, Pocket | Boss>();
  model.surfaces.forEach(({ type }, face) => {
    if (type !== 'plane') return;
    for (const loop of innerLoops(model, face)) {
      const feature = fromLoop(model, face, loop, holes);
      // A window is seen from both of its ends.
      if (feature?.faces.some((each) => !roundings.has(each))) found.set(feature.faces.join(), feature);
    }
  });
  return [...found.values()];
}

interface Rim {
  /** Faces across the loop. */
  across: number[];
  outside: number[];
  edges: number[];
  kind: 'down' | 'up';
}

function innerLoops(model: Model, face: number): Rim[] {
  const { body, neighbours } = model;
  const loops = loopsOf(body, body.faces[face]!.edges);
  if (loops.length < 2) return [];
  const outer = loops.reduce((best, loop) => (reach(model, loop) > reach(model, best) ? loop : best));
  const byEdge = new Map(neighbours[face]!.map((each) => [each.edge, each]));
  const across = (loop: readonly number[]): Neighbour[] => loop.flatMap((edge) => byEdge.get(edge) ?? []);
  const outside = across(outer).map((each) => each.face);
  return loops.flatMap((loop): Rim[] => {
    if (loop === outer) return [];
    const around = across(loop);
    if (around.length !== loop.length) return [];
    const turn = (angle_rad: number, beside: number): Rim['kind'] | undefined => {
      if (isConvex(angle_rad)) return 'down';
      if (isConcave(angle_rad)) return 'up';
      if (!isSmooth(angle_rad)) return undefined;
      // A rounding: of the mouth of a pocket, or of the foot of a boss.
      const { concave } = model.surfaces[beside]!;
      return concave === undefined ? undefined : concave ? 'up' : 'down';
    };
    const kinds = new Set(around.map((each) => turn(each.angle_rad, each.face)));
    const [kind] = kinds;
    return kinds.size === 1 && kind
      ? [{ across: [...new Set(around.map((each) => each.face))], outside, edges: loop, kind }]
      : [];
  });
}

/** How large a loop is: the diagonal of the box of its edges, which may be full circles with one vertex. */
function reach({ body }: Model, loop: readonly number[]): number {
  const spans = [0, 1, 2].map((axis) => {
    const values = loop.flatMap((index) => {
      const edge = body.edges[index]!;
      const wide = edge.curveCentre_mm && edge.vertices.length < 2 ? (edge.radius_mm ?? 0) : 0;
      const points = edge.vertices.map((vertex) => body.vertices_mm[vertex]!);
      return [edge.centre_mm[axis]! - wide, edge.centre_mm[axis]! + wide, ...points.map((point) => point[axis]!)];
    });
    return Math.max(...values) - Math.min(...values);
  });
  return Math.hypot(...spans);
}

function fromLoop(model: Model, face: number, rim: Rim, holes: ReadonlySet<number>): Pocket | Boss | undefined {
  const normal = model.surfaces[face]!.normal!;
  if (rim.across.every((each) => holes.has(each))) return undefined;
  const inside = reached(model, rim.across, new Set([face]), holes);
  const closed = !rim.outside.some((each) => inside.has(each));
  if (closed) {
    const faces = [...inside].sort((a, b) => a - b);
    const heights = faces.flatMap((each) => heightsOf(model, each, model.body.faces[face]!.centroid_mm, normal));
    const [low, high] = [Math.min(...heights), Math.max(...heights)];
    if (rim.kind === 'down') {
      if (high > model.tolerance_mm || !(low < -model.tolerance_mm) || !within(model, faces, rim, normal))
        return undefined;
      return { kind: 'pocket', faces, words: `Pocket, ${size(-low)} mm deep`, depth_mm: -low, through: false };
    }
    if (low < -model.tolerance_mm || !(high > model.tolerance_mm)) return undefined;
    return bossOf(model, faces, normal, high);
  }
  return rim.kind === 'down' ? windowOf(model, face, rim, holes, normal) : undefined;
}

/** Everything that hangs together with some faces when others are away. */
function reached(
  model: Model,
  from: readonly number[],
  away: ReadonlySet<number>,
  holes: ReadonlySet<number>,
): Set<number> {
  const seen = new Set(from.filter((face) => !holes.has(face)));
  for (const face of seen)
    for (const next of model.neighbours[face]!) if (!away.has(next.face) && !holes.has(next.face)) seen.add(next.face);
  return seen;
}

/** A pocket that goes through to a face that looks the other way. */
function windowOf(
  model: Model,
  face: number,
  rim: Rim,
  holes: ReadonlySet<number>,
  normal: Vector3,
): Pocket | undefined {
  const { surfaces, neighbours, body } = model;
  const behind = new Set(
    surfaces.flatMap((surface, index) =>
      surface.type === 'plane' &&
      surface.normal &&
      dot(surface.normal, normal) < -0.5 &&
      areParallel(surface.normal, normal)
        ? [index]
        : [],
    ),
  );
  const inside = reached(
    model,
    rim.across.filter((each) => !behind.has(each)),
    new Set([face, ...behind]),
    holes,
  );
  if (rim.outside.some((each) => inside.has(each))) return undefined;
  const ends = new Set(
    [...inside].flatMap((each) => neighbours[each]!.filter((next) => behind.has(next.face)).map((next) => next.face)),
  );
  const [end] = ends;
  if (ends.size !== 1 || end === undefined) return undefined;
  const opposite = innerLoops(model, end).find(
    ({ kind, across }) => kind === 'down' && across.every((each) => inside.has(each)),
  );
  if (!opposite) return undefined;
  const depth_mm = -dot(subtract(body.faces[end]!.centroid_mm, body.faces[face]!.centroid_mm), normal);
  if (!(depth_mm > model.tolerance_mm)) return undefined;
  const faces = [...inside].sort((a, b) => a - b);
  return { kind: 'pocket', faces, words: `Cut-out, ${size(depth_mm)} mm through`, depth_mm, through: true };
}

/** Of points that are surely on a face, and of its exact box where that lies square to the direction. */
function heightsOf({ body, surfaces }: Model, face: number, from: Vector3, normal: Vector3): number[] {
  const info = body.faces[face]!;
  const points = info.edges.flatMap((edge) => body.edges[edge]!.vertices.map((vertex) => body.vertices_mm[vertex]!));
  const axis = [0, 1, 2].find((each) => Math.abs(normal[each]!) > 1 - 1e-9);
  const exact = surfaces[face]!.type !== 'other' && info.canonical === undefined;
  if (axis !== undefined && exact) points.push(info.box.min, info.box.max);
  return points.map((point) =>
    axis !== undefined ? (point[axis]! - from[axis]!) * normal[axis]! : dot(subtract(point, from), normal),
  );
}

/** A pocket may not be wider than its mouth: what is behind an undercut is another thing. */
function within({ body, tolerance_mm }: Model, faces: readonly number[], rim: Rim, normal: Vector3): boolean {
  const u = unit(cross(normal, Math.abs(normal[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]))!;
  const v = cross(normal, u);
  return [u, v].every((direction) => {
    const spans = rim.edges.flatMap((index) => {
      const { vertices, curveCentre_mm, radius_mm } = body.edges[index]!;
      const ends = vertices.map((vertex) => dot(body.vertices_mm[vertex]!, direction));
      // Generous: the whole circle of an arc.
      const middle = curveCentre_mm && radius_mm !== undefined ? dot(curveCentre_mm, direction) : undefined;
      return middle === undefined ? ends : [...ends, middle - radius_mm!, middle + radius_mm!];
    });
    const [least, most] = [Math.min(...spans) - tolerance_mm, Math.max(...spans) + tolerance_mm];
    return faces.every((face) =>
      body.faces[face]!.edges.every((edge) =>
        body.edges[edge]!.vertices.every((vertex) => {
          const place = dot(body.vertices_mm[vertex]!, direction);
          return place > least && place < most;
        }),
      ),
    );
  });
}

/** Round where one full cylinder stands square on the face. */
function bossOf({ surfaces, body, tolerance_mm }: Model, faces: number[], normal: Vector3, height_mm: number): Boss {
  const round = faces.filter((face) => {
    const { type, concave, axis } = surfaces[face]!;
    return type === 'cylinder' && concave === false && axis !== undefined && areParallel(axis.direction, normal);
  });
  const [first] = round;
  const turn = round.reduce((sum, face) => sum + (surfaces[face]!.sweep?.angle_rad ?? 0), 0);
  const one =
    first !== undefined &&
    turn > 2 * Math.PI - 1e-2 &&
    round.every((face) => sameSurface(surfaces[first]!, surfaces[face]!, body.faces[first]!.centroid_mm, tolerance_mm));
  const diameter_mm = one ? 2 * surfaces[first]!.radius_mm : undefined;
  const words = `Boss, ${diameter_mm === undefined ? '' : `${size(diameter_mm)} mm across, `}${size(height_mm)} mm high`;
  return { kind: 'boss', faces, words, height_mm, ...(diameter_mm === undefined ? {} : { diameter_mm }) };
}
