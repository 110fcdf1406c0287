/**
 * What is under the cursor: a ray through the bodies' triangle trees for faces, and distances on the screen for edges and
 * vertices, which have no width of their own.
 */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState, PickedItem, PickFilter } from './api.ts';
import { projector, type Ray, rayThrough, type ScreenSize } from './camera-maths.ts';
import type { Occurrence, SceneModel } from './scene-model.ts';
import { addScaled, type Box, distance, dot, mix, subtract, transformDirection, transformPoint } from './vector.ts';

/** CSS pixels within which an edge or a vertex is taken before the face beside it. */
export const SNAP_PIXELS = 6;

/** Unit normal to the removed side and offset. */
export type ClipPlane = [number, number, number, number];

export interface SurfaceHit {
  occurrence: Occurrence;
  triangle: number;
  face: number;
  /** World mm. */
  point: Vector3;
  /** Distance along the ray, mm. */
  distance: number;
  /** The hit is the cut through a solid, not its surface. */
  onCut: boolean;
}

export const isCutAway = (planes: readonly ClipPlane[], p: Vector3, slack = 0): boolean =>
  planes.some((plane) => plane[0] * p[0] + plane[1] * p[1] + plane[2] * p[2] - plane[3] > slack);

/** Where the ray enters the box, or null where it misses. */
export function rayMeetsBox(ray: Ray, box: Box, limit: number): number | null {
  let t0 = 0;
  let t1 = limit;
  for (let k = 0; k < 3; k++) {
    const inverse = 1 / ray.direction[k]!;
    let a = (box.min[k]! - ray.origin[k]!) * inverse;
    let b = (box.max[k]! - ray.origin[k]!) * inverse;
    if (a > b) [a, b] = [b, a];
    if (a > t0) t0 = a;
    if (b < t1) t1 = b;
  }
  return t0 <= t1 * (1 + 1e-6) ? t0 : null;
}

/** The nearest visible surface on a world ray. */
export function castRay(
  model: SceneModel,
  ray: Ray,
  planes: readonly ClipPlane[],
  limit = Infinity,
): SurfaceHit | null {
  let best: SurfaceHit | null = null;
  let reach = limit;
  // Where the ray comes out of everything that is cut away: what it meets from inside there, it meets at the cut.
  let entry = 0;
  for (const plane of planes) {
    const height = plane[0] * ray.origin[0] + plane[1] * ray.origin[1] + plane[2] * ray.origin[2] - plane[3];
    const towards = plane[0] * ray.direction[0] + plane[1] * ray.direction[1] + plane[2] * ray.direction[2];
    if (height > 0 && towards < 0) entry = Math.max(entry, -height / towards);
  }
  for (const occurrence of model.touchable()) {
    const geometry = occurrence.draw.geometry!;
    if (geometry.triangles === 0 || rayMeetsBox(ray, occurrence.box, reach) === null) continue;
    const { inverse, transform } = occurrence;
    const accept =
      planes.length > 0
        ? (t: number): boolean => !isCutAway(planes, addScaled(ray.origin, ray.direction, t))
        : undefined;
    // The direction is not made unit again, so t is the same in the body's space and in the world.
    const hit = geometry.arrays.tree.cast(
      transformPoint(inverse, ray.origin),
      transformDirection(inverse, ray.direction),
      reach,
      accept,
    );
    if (!hit) continue;
    const mirrored = isMirrored(transform);
    const onCut = planes.length > 0 && entry > 0 && hit.front === mirrored && isClosed(occurrence);
    const t = onCut ? entry : hit.t;
    reach = hit.t;
    best = {
      occurrence,
      triangle: hit.triangle,
      face: geometry.arrays.faceOfTriangle[hit.triangle] ?? 0,
      point: addScaled(ray.origin, ray.direction, t),
      distance: t,
      onCut,
    };
  }
  return best;
}

function isMirrored(t: readonly number[]): boolean {
  return (
    t[0]! * (t[5]! * t[10]! - t[6]! * t[9]!) -
      t[1]! * (t[4]! * t[10]! - t[6]! * t[8]!) +
      t[2]! * (t[4]! * t[9]! - t[5]! * t[8]!) <
    0
  );
}
const isClosed = (o: Occurrence): boolean =>
  o.draw.view.info.kind === 'solid' || (o.draw.view.info.kind === 'mesh' && o.draw.view.info.closed === true);

interface Near {
  occurrence: Occurrence;
  index: number;
  point: Vector3;
  pixels: number;
}

export class Picker {
  readonly #model: SceneModel;
  constructor(model: SceneModel) {
    this.#model = model;
  }

  surface(
    camera: CameraState,
    size: ScreenSize,
    x: number,
    y: number,
    planes: readonly ClipPlane[],
  ): SurfaceHit | null {
    return castRay(this.#model, rayThrough(camera, size, x, y), planes);
  }

  pick(
    camera: CameraState,
    size: ScreenSize,
    x: number,
    y: number,
    filter: PickFilter,
    planes: readonly ClipPlane[],
    throughFaces = false,
  ): PickedItem | null {
    const hit = this.surface(camera, size, x, y, planes);
    const item = (kind: PickedItem['kind'], index: number): PickedItem | null =>
      hit && {
        instanceId: hit.occurrence.instance.id,
        body: kind === 'part' ? 0 : hit.occurrence.draw.view.index,
        kind,
        index,
        point_mm: hit.point,
      };
    if (filter === 'part') return item('part', 0) ?? this.#lineOnly(camera, size, x, y, planes, 'part', throughFaces);
    if (filter === 'body') return item('body', 0) ?? this.#lineOnly(camera, size, x, y, planes, 'body', throughFaces);
    if (filter !== 'face') {
      const vertex = filter === 'edge' ? null : this.#near('vertex', camera, size, x, y, planes, hit, throughFaces);
      const edge = filter === 'vertex' ? null : this.#near('edge', camera, size, x, y, planes, hit, throughFaces);
      const chosen = vertex ?? edge;
      if (chosen)
        return {
          instanceId: chosen.occurrence.instance.id,
          body: chosen.occurrence.draw.view.index,
          kind: vertex ? 'vertex' : 'edge',
          index: chosen.index,
          point_mm: chosen.point,
        };
      if (filter !== 'auto') return null;
    }
    if (!hit) return null;
    // The cut is no face of the body: it can only stand for the body itself.
    return hit.onCut ? (filter === 'auto' ? item('body', 0) : null) : item('face', hit.face);
  }

  #lineOnly(
    camera: CameraState,
    size: ScreenSize,
    x: number,
    y: number,
    planes: readonly ClipPlane[],
    kind: 'part' | 'body',
    throughFaces: boolean,
  ): PickedItem | null {
    const near = this.#near('edge', camera, size, x, y, planes, null, throughFaces);
    return (
      near && {
        instanceId: near.occurrence.instance.id,
        body: kind === 'part' ? 0 : near.occurrence.draw.view.index,
        kind,
        index: 0,
        point_mm: near.point,
      }
    );
  }

  /** The nearest visible edge or vertex within the snap distance. */
  #near(
    kind: 'edge' | 'vertex',
    camera: CameraState,
    size: ScreenSize,
    x: number,
    y: number,
    planes: readonly ClipPlane[],
    hit: SurfaceHit | null,
    throughFaces: boolean,
  ): Near | null {
    const project = projector(camera, size);
    // Edges of the faces around the cursor; all edges of bodies that have no faces or whose faces are not drawn.
    const wanted = new Map<Occurrence, Set<number> | 'all'>();
    const consider = (surface: SurfaceHit | null): void => {
      if (!surface || surface.onCut) return;
      const { occurrence } = surface;
      const face = occurrence.draw.view.info.faces[surface.face];
      const edges = wanted.get(occurrence) ?? new Set<number>();
      if (edges === 'all') return;
      for (const edge of face?.edges ?? []) edges.add(edge);
      wanted.set(occurrence, edges);
    };
    consider(hit);
    for (let i = 0; i < 8; i++) {
      const angle = (i * Math.PI) / 4;
      consider(
        this.surface(camera, size, x + SNAP_PIXELS * Math.cos(angle), y + SNAP_PIXELS * Math.sin(angle), planes),
      );
    }
    for (const occurrence of this.#model.touchable()) {
      if (!throughFaces && occurrence.draw.geometry!.triangles > 0) continue;
      if (boxNearPixel(occurrence.box, project, x, y)) wanted.set(occurrence, 'all');
    }
    const found: Near[] = [];
    for (const [occurrence, edges] of wanted) {
      const { arrays } = occurrence.draw.geometry!;
      const { info } = occurrence.draw.view;
      const count = arrays.edgeOffsets.length - 1;
      const list = edges === 'all' ? Array.from({ length: Math.max(0, count) }, (_, i) => i) : edges;
      if (kind === 'edge') {
        for (const edge of list) {
          if (edge >= count) continue;
          const near = nearestOnPolyline(occurrence, edge, project, x, y, planes);
          if (near && near.pixels <= SNAP_PIXELS) found.push(near);
        }
      } else {
        const vertices = new Set<number>();
        for (const edge of list) for (const vertex of info.edges[edge]?.vertices ?? []) vertices.add(vertex);
        for (const vertex of vertices) {
          const p = arrays.vertexPoints;
          if (3 * vertex + 2 >= p.length) continue;
          const point = transformPoint(occurrence.transform, [p[3 * vertex]!, p[3 * vertex + 1]!, p[3 * vertex + 2]!]);
          const at = project(point);
          const pixels = Math.hypot(at.x - x, at.y - y);
          if (pixels <= SNAP_PIXELS + 1 && !isCutAway(planes, point))
            found.push({ occurrence, index: vertex, point, pixels });
        }
      }
    }
    found.sort((a, b) => a.pixels - b.pixels);
    for (const near of found)
      if (throughFaces || this.#isVisible(camera, size, project(near.point), near.point, planes)) return near;
    return null;
  }

  /** Whether nothing hides a point, with a little slack because it lies on a surface itself. */
  #isVisible(
    camera: CameraState,
    size: ScreenSize,
    at: { x: number; y: number },
    point: Vector3,
    planes: readonly ClipPlane[],
  ): boolean {
    const ray = rayThrough(camera, size, at.x, at.y);
    const reach = dot(subtract(point, ray.origin), ray.direction);
    const slack = camera.height_mm * 2e-3;
    const hit = castRay(this.#model, ray, planes, reach - slack);
    return hit === null;
  }
}

/** Whether the box's picture, with the snap distance around it, holds a pixel. */
function boxNearPixel(box: Box, project: ReturnType<typeof projector>, x: number, y: number): boolean {
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (let i = 0; i < 8; i++) {
    const p = project([
      i & 1 ? box.max[0] : box.min[0],
      i & 2 ? box.max[1] : box.min[1],
      i & 4 ? box.max[2] : box.min[2],
    ]);
    x0 = Math.min(x0, p.x);
    y0 = Math.min(y0, p.y);
    x1 = Math.max(x1, p.x);
    y1 = Math.max(y1, p.y);
  }
  return x >= x0 - SNAP_PIXELS && x <= x1 + SNAP_PIXELS && y >= y0 - SNAP_PIXELS && y <= y1 + SNAP_PIXELS;
}

function nearestOnPolyline(
  occurrence: Occurrence,
  edge: number,
  project: ReturnType<typeof projector>,
  x: number,
  y: number,
  planes: readonly ClipPlane[],
): Near | null {
  const { edgePoints, edgeOffsets } = occurrence.draw.geometry!.arrays;
  let best: Near | null = null;
  let previous: Vector3 | null = null;
  let previousAt: { x: number; y: number; depth: number } | null = null;
  for (let i = edgeOffsets[edge]!; i < edgeOffsets[edge + 1]!; i++) {
    const point = transformPoint(occurrence.transform, [
      edgePoints[3 * i]!,
      edgePoints[3 * i + 1]!,
      edgePoints[3 * i + 2]!,
    ]);
    const at = project(point);
    if (previous && previousAt) {
      const dx = at.x - previousAt.x;
      const dy = at.y - previousAt.y;
      const l2 = dx * dx + dy * dy;
      const t = l2 > 0 ? Math.max(0, Math.min(1, ((x - previousAt.x) * dx + (y - previousAt.y) * dy) / l2)) : 0;
      const pixels = Math.hypot(previousAt.x + dx * t - x, previousAt.y + dy * t - y);
      if (pixels <= SNAP_PIXELS && (!best || pixels < best.pixels)) {
        // Equal steps on the screen are not equal steps in space under perspective.
        const s =
          previousAt.depth > 0 && at.depth > 0
            ? (t * previousAt.depth) / (t * previousAt.depth + (1 - t) * at.depth)
            : t;
        const world = mix(previous, point, s);
        if (!isCutAway(planes, world, distance(previous, point) * 1e-3))
          best = { occurrence, index: edge, point: world, pixels };
      }
    }
    previous = point;
    previousAt = at;
  }
  return best;
}
