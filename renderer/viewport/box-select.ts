/** Things inside (dragged left to right) or touched by (right to left) a rectangle on the screen. */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState, PickedItem, PickFilter } from './api.ts';
import { projector, type ScreenSize } from './camera-maths.ts';
import { type ClipPlane, isCutAway } from './picking.ts';
import type { Occurrence, SceneModel } from './scene-model.ts';
import { boxCorners, transformPoint } from './vector.ts';

export interface Rectangle {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}
interface Point {
  x: number;
  y: number;
}

/** Whether a segment meets an upright rectangle (Liang and Barsky). */
export function segmentMeetsRectangle(
  a: Point,
  b: Point,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  let t0 = 0;
  let t1 = 1;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  for (const [p, q] of [
    [-dx, a.x - left],
    [dx, right - a.x],
    [-dy, a.y - top],
    [dy, bottom - a.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false;
    } else {
      const t = q / p;
      if (p < 0) t0 = Math.max(t0, t);
      else t1 = Math.min(t1, t);
      if (t0 > t1) return false;
    }
  }
  return true;
}

/** Whether a triangle meets an upright rectangle: one of its sides does, or it holds the whole rectangle. */
export function triangleMeetsRectangle(
  a: Point,
  b: Point,
  c: Point,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  if (Math.max(a.x, b.x, c.x) < left || Math.min(a.x, b.x, c.x) > right) return false;
  if (Math.max(a.y, b.y, c.y) < top || Math.min(a.y, b.y, c.y) > bottom) return false;
  if (
    segmentMeetsRectangle(a, b, left, top, right, bottom) ||
    segmentMeetsRectangle(b, c, left, top, right, bottom) ||
    segmentMeetsRectangle(c, a, left, top, right, bottom)
  )
    return true;
  const side = (p: Point, q: Point): number => (q.x - p.x) * (top - p.y) - (q.y - p.y) * (left - p.x);
  const s = [side(a, b), side(b, c), side(c, a)];
  return s.every((v) => v >= 0) || s.every((v) => v <= 0);
}

/** Triangles tried for one face before it is decided by those; keeps a huge mesh body from stalling the window. */
const MOST_TRIANGLES = 60_000;

/**
 * The rectangle's own direction decides: left to right takes what is wholly inside, right to left what it touches. 'auto'
 * means parts in an assembly and faces of a single instance. What is hidden behind something counts too.
 */
export function boxSelect(
  model: SceneModel,
  camera: CameraState,
  size: ScreenSize,
  rectangle: Rectangle,
  filter: PickFilter,
  planes: readonly ClipPlane[],
): PickedItem[] {
  const crossing = rectangle.x1 < rectangle.x0;
  const left = Math.min(rectangle.x0, rectangle.x1);
  const right = Math.max(rectangle.x0, rectangle.x1);
  const top = Math.min(rectangle.y0, rectangle.y1);
  const bottom = Math.max(rectangle.y0, rectangle.y1);
  const project = projector(camera, size);
  const inside = (p: Point): boolean => p.x >= left && p.x <= right && p.y >= top && p.y <= bottom;
  const occurrences = [...model.touchable()];
  const instances = new Set(occurrences.map((o) => o.instance.id));
  const kind = filter === 'auto' ? (instances.size > 1 ? 'part' : 'face') : filter;
  const items: PickedItem[] = [];
  const at = (o: Occurrence, points: Float32Array, i: number): Vector3 =>
    transformPoint(o.transform, [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!]);

  /** Whether the box around an occurrence is wholly in, wholly out, or to be looked at closely. */
  const coarse = (o: Occurrence): 'in' | 'out' | 'partly' => {
    const corners = boxCorners(o.box).map(project);
    if (corners.every(inside)) return 'in';
    const xs = corners.map((p) => p.x);
    const ys = corners.map((p) => p.y);
    return Math.max(...xs) < left || Math.min(...xs) > right || Math.max(...ys) < top || Math.min(...ys) > bottom
      ? 'out'
      : 'partly';
  };
  const trianglesFit = (o: Occurrence, from: number, to: number): boolean => {
    const { positions, indices } = o.draw.geometry!.arrays;
    const step = Math.max(1, Math.ceil((to - from) / MOST_TRIANGLES));
    let any = false;
    for (let t = from; t < to; t += step) {
      const corners = [0, 1, 2].map((k) => at(o, positions, indices[3 * t + k]!));
      if (planes.length > 0 && corners.every((p) => isCutAway(planes, p))) continue;
      const [a, b, c] = corners.map(project) as Point[] as [Point, Point, Point];
      if (crossing) {
        if (triangleMeetsRectangle(a, b, c, left, top, right, bottom)) return true;
      } else {
        if (!inside(a) || !inside(b) || !inside(c)) return false;
        any = true;
      }
    }
    return any && !crossing;
  };
  const edgeFits = (o: Occurrence, edge: number): boolean => {
    const { edgePoints, edgeOffsets } = o.draw.geometry!.arrays;
    const points: Point[] = [];
    for (let i = edgeOffsets[edge]!; i < edgeOffsets[edge + 1]!; i++) {
      const p = at(o, edgePoints, i);
      if (!isCutAway(planes, p)) points.push(project(p));
    }
    if (points.length === 0) return false;
    if (!crossing) return points.every(inside);
    return points.some((p, i) => i > 0 && segmentMeetsRectangle(points[i - 1]!, p, left, top, right, bottom));
  };
  const bodyFits = (o: Occurrence, state: 'in' | 'partly'): boolean => {
    if (state === 'in' && planes.length === 0) return true;
    const { arrays, triangles } = o.draw.geometry!;
    if (triangles > 0) return trianglesFit(o, 0, triangles);
    const edges = arrays.edgeOffsets.length - 1;
    const fits = (edge: number): boolean => edgeFits(o, edge);
    const all = Array.from({ length: Math.max(0, edges) }, (_, i) => i);
    return crossing ? all.some(fits) : all.length > 0 && all.every(fits);
  };

  const partState = new Map<string, { item: PickedItem; all: boolean; any: boolean }>();
  for (const o of occurrences) {
    const state = coarse(o);
    const { arrays } = o.draw.geometry!;
    const make = (itemKind: PickedItem['kind'], index: number, point: Vector3): PickedItem => ({
      instanceId: o.instance.id,
      body: itemKind === 'part' ? 0 : o.draw.view.index,
      kind: itemKind,
      index,
      point_mm: point,
    });
    const middle: Vector3 = [0, 1, 2].map((k) => (o.box.min[k]! + o.box.max[k]!) / 2) as Vector3;
    if (kind === 'part') {
      const fits = state !== 'out' && bodyFits(o, state);
      const entry = partState.get(o.instance.id) ?? { item: make('part', 0, middle), all: true, any: false };
      entry.all &&= fits;
      entry.any ||= fits;
      partState.set(o.instance.id, entry);
      continue;
    }
    if (state === 'out') continue;
    if (kind === 'body') {
      if (bodyFits(o, state)) items.push(make('body', 0, middle));
    } else if (kind === 'face') {
      for (let face = 0; face < arrays.faceStarts.length; face++) {
        const from = arrays.faceStarts[face]!;
        const to = arrays.faceEnds[face]!;
        if (to > from && trianglesFit(o, from, to))
          items.push(make('face', face, at(o, arrays.positions, arrays.indices[3 * from]!)));
      }
    } else if (kind === 'edge') {
      for (let edge = 0; edge + 1 < arrays.edgeOffsets.length; edge++)
        if (edgeFits(o, edge)) items.push(make('edge', edge, at(o, arrays.edgePoints, arrays.edgeOffsets[edge]!)));
    } else {
      for (let vertex = 0; 3 * vertex + 2 < arrays.vertexPoints.length; vertex++) {
        const p = at(o, arrays.vertexPoints, vertex);
        if (!isCutAway(planes, p) && inside(project(p))) items.push(make('vertex', vertex, p));
      }
    }
  }
  for (const { item, all, any } of partState.values()) if (crossing ? any : all) items.push(item);
  return items;
}
