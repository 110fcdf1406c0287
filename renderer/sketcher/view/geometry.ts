/**
 * The curves of a sketch with their points looked up, kept in place while points are dragged: nothing is made anew for a
 * picture. Lengths in mm, in the sketch.
 */
import { nearestOnCurve, sampleCurve } from '../../../main/sketch/index.ts';
import type { SketchEntity } from '../../../preload/contract/index.ts';
import type { Point2 } from './frame.ts';

export interface LivePoint {
  id: string;
  x: number;
  y: number;
  /** A point of its own, not the end or centre of a curve. */
  lone: boolean;
  /** Centres are drawn smaller and are no ends. */
  centre: boolean;
  construction: boolean;
  from: boolean;
}
interface Base {
  id: string;
  construction: boolean;
  /** Projected from the body. */
  from: boolean;
}
export type LiveCurve =
  | (Base & { kind: 'line'; start: LivePoint; end: LivePoint })
  | (Base & { kind: 'circle'; centre: LivePoint; radius: number })
  | (Base & { kind: 'arc'; centre: LivePoint; start: LivePoint; end: LivePoint })
  | (Base & { kind: 'ellipse'; centre: LivePoint; major: LivePoint; radius: number })
  | (Base & { kind: 'spline'; points: LivePoint[]; closed: boolean; samples: Point2[] | null });
export type CurveKind = LiveCurve['kind'];

const ORIGIN: LivePoint = { id: 'origin', x: 0, y: 0, lone: false, centre: false, construction: false, from: true };

/** The entities of one spline alone: what the sketch package needs to run along it. */
export function entitiesOfCurve(curve: LiveCurve): SketchEntity[] {
  const point = ({ id, x, y }: LivePoint): SketchEntity => ({ kind: 'point', id, x_mm: x, y_mm: y });
  switch (curve.kind) {
    case 'line':
      return [
        point(curve.start),
        point(curve.end),
        { kind: 'line', id: curve.id, start: curve.start.id, end: curve.end.id },
      ];
    case 'circle':
      return [point(curve.centre), { kind: 'circle', id: curve.id, centre: curve.centre.id, radius_mm: curve.radius }];
    case 'arc':
      return [
        point(curve.centre),
        point(curve.start),
        point(curve.end),
        { kind: 'arc', id: curve.id, centre: curve.centre.id, start: curve.start.id, end: curve.end.id },
      ];
    case 'ellipse':
      return [
        point(curve.centre),
        point(curve.major),
        {
          kind: 'ellipse',
          id: curve.id,
          centre: curve.centre.id,
          major: curve.major.id,
          minorRadius_mm: curve.radius,
        },
      ];
    case 'spline':
      return [
        ...new Map(curve.points.map((one) => [one.id, point(one)])).values(),
        {
          kind: 'spline',
          id: curve.id,
          points: curve.points.map(({ id }) => id),
          ...(curve.closed ? { closed: true } : {}),
        },
      ];
  }
}

export class LiveGeometry {
  readonly points = new Map<string, LivePoint>();
  readonly curves: LiveCurve[] = [];
  readonly #byId = new Map<string, LiveCurve>();

  constructor(entities: readonly SketchEntity[]) {
    for (const entity of entities) {
      if (entity.kind !== 'point') continue;
      this.points.set(entity.id, {
        id: entity.id,
        x: entity.x_mm,
        y: entity.y_mm,
        lone: true,
        centre: false,
        construction: entity.construction ?? false,
        from: entity.from !== undefined,
      });
    }
    for (const entity of entities) {
      if (entity.kind === 'point') continue;
      const curve = this.#curveOf(entity);
      if (!curve) continue;
      this.curves.push(curve);
      this.#byId.set(curve.id, curve);
    }
  }

  #curveOf(entity: Exclude<SketchEntity, { kind: 'point' }>): LiveCurve | null {
    const base = { id: entity.id, construction: entity.construction ?? false, from: entity.from !== undefined };
    const use = (id: string, centre = false): LivePoint | undefined => {
      const point = id === 'origin' ? ORIGIN : this.points.get(id);
      if (point && point !== ORIGIN) {
        point.lone = false;
        if (centre) point.centre = true;
      }
      return point;
    };
    switch (entity.kind) {
      case 'line': {
        const [start, end] = [use(entity.start), use(entity.end)];
        return start && end ? { ...base, kind: 'line', start, end } : null;
      }
      case 'circle': {
        const centre = use(entity.centre, true);
        return centre ? { ...base, kind: 'circle', centre, radius: entity.radius_mm } : null;
      }
      case 'arc': {
        const [centre, start, end] = [use(entity.centre, true), use(entity.start), use(entity.end)];
        return centre && start && end ? { ...base, kind: 'arc', centre, start, end } : null;
      }
      case 'ellipse': {
        const [centre, major] = [use(entity.centre, true), use(entity.major, true)];
        return centre && major ? { ...base, kind: 'ellipse', centre, major, radius: entity.minorRadius_mm } : null;
      }
      case 'spline': {
        const points = entity.points.map((id) => use(id)).filter((point) => point !== undefined);
        return points.length > 1
          ? { ...base, kind: 'spline', points, closed: entity.closed ?? false, samples: null }
          : null;
      }
    }
  }

  curve(id: string): LiveCurve | undefined {
    return this.#byId.get(id);
  }
  point(id: string): LivePoint | undefined {
    return id === 'origin' ? ORIGIN : this.points.get(id);
  }
  has(id: string): boolean {
    return this.#byId.has(id) || this.points.has(id);
  }

  /** Moves what a drag moved. */
  move(points: ReadonlyMap<string, readonly [number, number]>, radii: ReadonlyMap<string, number>): void {
    for (const [id, [x, y]] of points) {
      const point = this.points.get(id);
      if (!point) continue;
      point.x = x;
      point.y = y;
    }
    for (const [id, radius] of radii) {
      const curve = this.#byId.get(id);
      if (curve && 'radius' in curve) curve.radius = radius;
    }
    if (points.size > 0) for (const curve of this.curves) if (curve.kind === 'spline') curve.samples = null;
  }
}

/** Points along a spline, close enough for any screen. */
export function splineSamples(curve: Extract<LiveCurve, { kind: 'spline' }>): Point2[] {
  if (!curve.samples) {
    const [first] = curve.points;
    const size = Math.max(...curve.points.map((p) => Math.hypot(p.x - first!.x, p.y - first!.y)), 1e-6);
    curve.samples = sampleCurve(entitiesOfCurve(curve), curve.id, size * 1e-3);
  }
  return curve.samples;
}

export const arcRadius = (arc: Extract<LiveCurve, { kind: 'arc' }>): number =>
  Math.hypot(arc.start.x - arc.centre.x, arc.start.y - arc.centre.y);
export const arcAngles = ({ centre, start, end }: Extract<LiveCurve, { kind: 'arc' }>): [number, number] => {
  const begin = Math.atan2(start.y - centre.y, start.x - centre.x);
  let stop = Math.atan2(end.y - centre.y, end.x - centre.x);
  if (stop <= begin + 1e-12) stop += 2 * Math.PI;
  return [begin, stop];
};

/** The point of a curve nearest to a place. */
export function nearestPoint(curve: LiveCurve, [x, y]: Point2): Point2 {
  if (curve.kind === 'line') {
    const { start, end } = curve;
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const length2 = dx * dx + dy * dy;
    const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - start.x) * dx + (y - start.y) * dy) / length2));
    return [start.x + t * dx, start.y + t * dy];
  }
  if (curve.kind === 'circle' || curve.kind === 'arc') {
    const { centre } = curve;
    const radius = curve.kind === 'circle' ? curve.radius : arcRadius(curve);
    const angle = Math.atan2(y - centre.y, x - centre.x);
    if (curve.kind === 'arc') {
      const [begin, stop] = arcAngles(curve);
      const turn = (((angle - begin) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
      if (turn > stop - begin) {
        const toStart = Math.hypot(x - curve.start.x, y - curve.start.y);
        const toEnd = Math.hypot(x - curve.end.x, y - curve.end.y);
        const { x: px, y: py } = toStart < toEnd ? curve.start : curve.end;
        return [px, py];
      }
    }
    return [centre.x + radius * Math.cos(angle), centre.y + radius * Math.sin(angle)];
  }
  const { point } = nearestOnCurve(entitiesOfCurve(curve), curve.id, [x, y]);
  return [point[0], point[1]];
}

/** A place in the middle of a curve, and the direction across it there. */
export function middleOf(curve: LiveCurve): { at: Point2; across: Point2 } {
  if (curve.kind === 'line') {
    const { start, end } = curve;
    const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
    return {
      at: [(start.x + end.x) / 2, (start.y + end.y) / 2],
      across: [-(end.y - start.y) / length, (end.x - start.x) / length],
    };
  }
  if (curve.kind === 'spline') {
    const samples = splineSamples(curve);
    return { at: samples[Math.floor(samples.length / 2)]!, across: [0, 1] };
  }
  const { centre } = curve;
  if (curve.kind === 'ellipse') return { at: [curve.major.x, curve.major.y], across: [Math.SQRT1_2, Math.SQRT1_2] };
  const radius = curve.kind === 'circle' ? curve.radius : arcRadius(curve);
  const angle = curve.kind === 'circle' ? Math.PI / 4 : arcAngles(curve).reduce((a, b) => a + b, 0) / 2;
  const across: Point2 = [Math.cos(angle), Math.sin(angle)];
  return { at: [centre.x + radius * across[0], centre.y + radius * across[1]], across };
}

/** Every place that a curve reaches at its outermost, for boxes: corners of a box around it. */
export function boundsOf(curve: LiveCurve): [Point2, Point2] {
  const around = (points: readonly Point2[]): [Point2, Point2] => [
    [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))],
    [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))],
  ];
  if (curve.kind === 'line')
    return around([
      [curve.start.x, curve.start.y],
      [curve.end.x, curve.end.y],
    ]);
  if (curve.kind === 'circle') {
    const { centre, radius } = curve;
    return [
      [centre.x - radius, centre.y - radius],
      [centre.x + radius, centre.y + radius],
    ];
  }
  if (curve.kind === 'spline') return around(splineSamples(curve));
  return around(sampleCurve(entitiesOfCurve(curve), curve.id, 0.01 * sizeOf(curve)).map(([x, y]) => [x, y]));
}
const sizeOf = (curve: Extract<LiveCurve, { kind: 'arc' | 'ellipse' }>): number =>
  curve.kind === 'arc'
    ? arcRadius(curve)
    : Math.hypot(curve.major.x - curve.centre.x, curve.major.y - curve.centre.y) || 1;
