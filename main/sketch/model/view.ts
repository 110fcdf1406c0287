/** Looks entities of a sketch up by id, the frame's own among them, and checks that they hold together. */
import { SKETCH_FRAME_IDS } from '../../../preload/contract/sketches.ts';
import type { CurveEntity, Entity, EntityOf, Position } from '../types.ts';
import { invalid } from './errors.ts';

export const ORIGIN = 'origin';
export const X_AXIS = 'x-axis';
export const Y_AXIS = 'y-axis';
export const isFrameId = (id: string): boolean => (SKETCH_FRAME_IDS as readonly string[]).includes(id);
export const isAxis = (id: string): boolean => id === X_AXIS || id === Y_AXIS;

/** The points that a curve is held by. */
export function pointsOfEntity(entity: Entity): string[] {
  switch (entity.kind) {
    case 'point':
      return [];
    case 'line':
      return [entity.start, entity.end];
    case 'circle':
      return [entity.centre];
    case 'arc':
      return [entity.centre, entity.start, entity.end];
    case 'ellipse':
      return [entity.centre, entity.major];
    case 'spline':
      return entity.points;
  }
}

/** Where a curve begins and ends; none for a closed one. */
export function endsOfEntity(entity: Entity): [start: string, end: string] | null {
  switch (entity.kind) {
    case 'line':
    case 'arc':
      return [entity.start, entity.end];
    case 'spline':
      return entity.closed ? null : [entity.points[0]!, entity.points[entity.points.length - 1]!];
    default:
      return null;
  }
}

export class SketchView {
  readonly entities: readonly Entity[];
  readonly byId: ReadonlyMap<string, Entity>;

  /** @throws ArtificerError `sketch.invalid` */
  constructor(entities: readonly Entity[]) {
    this.entities = entities;
    const byId = new Map<string, Entity>();
    for (const entity of entities) {
      if (byId.has(entity.id)) throw invalid(`Two things in the sketch are called ${entity.id}.`);
      if (isFrameId(entity.id)) throw invalid(`${entity.id} is the name of the sketch's own frame.`);
      byId.set(entity.id, entity);
    }
    this.byId = byId;
    for (const entity of entities) for (const id of pointsOfEntity(entity)) this.requirePoint(id, entity.id);
  }

  private requirePoint(id: string, by: string): void {
    if (id === ORIGIN) return;
    const found = this.byId.get(id);
    if (!found) throw invalid(`${by} needs the point ${id}, which is not in the sketch.`);
    if (found.kind !== 'point') throw invalid(`${by} needs ${id} to be a point, but it is a ${found.kind}.`);
  }

  /** @throws ArtificerError `sketch.invalid` */
  entity(id: string): Entity {
    const found = this.byId.get(id);
    if (!found) throw invalid(`There is no ${id} in the sketch.`);
    return found;
  }

  isPoint(id: string): boolean {
    return id === ORIGIN || this.byId.get(id)?.kind === 'point';
  }
  isLine(id: string): boolean {
    return isAxis(id) || this.byId.get(id)?.kind === 'line';
  }
  isRound(id: string): boolean {
    const kind = this.byId.get(id)?.kind;
    return kind === 'circle' || kind === 'arc';
  }
  has(id: string): boolean {
    return isFrameId(id) || this.byId.has(id);
  }

  point(id: string): Position {
    if (id === ORIGIN) return [0, 0];
    const found = this.entity(id);
    if (found.kind !== 'point') throw invalid(`${id} is a ${found.kind}, where a point is wanted.`);
    return [found.x_mm, found.y_mm];
  }

  /** Two points of a line; for an axis the origin and a point 1 mm along it. */
  line(id: string): [Position, Position] {
    if (id === X_AXIS) return [[0, 0] as const, [1, 0] as const];
    if (id === Y_AXIS) return [[0, 0] as const, [0, 1] as const];
    const found = this.entity(id);
    if (found.kind !== 'line') throw invalid(`${id} is a ${found.kind}, where a line is wanted.`);
    return [this.point(found.start), this.point(found.end)];
  }

  curve(id: string): CurveEntity {
    const found = this.entity(id);
    if (found.kind === 'point') throw invalid(`${id} is a point, where a curve is wanted.`);
    return found;
  }

  /** Centre and radius of a circle or arc. */
  round(id: string): { centre: Position; radius: number; centreId: string } {
    const found = this.entity(id);
    if (found.kind === 'circle')
      return { centre: this.point(found.centre), radius: found.radius_mm, centreId: found.centre };
    if (found.kind === 'arc') {
      const centre = this.point(found.centre);
      const start = this.point(found.start);
      return {
        centre,
        radius: Math.hypot(start[0] - centre[0], start[1] - centre[1]),
        centreId: found.centre,
      };
    }
    throw invalid(`${id} is a ${found.kind}, where a circle or an arc is wanted.`);
  }

  /** Projected geometry and the points that hold it do not move. */
  fixedIds(): Set<string> {
    const fixed = new Set<string>();
    for (const entity of this.entities) {
      if (!entity.from) continue;
      fixed.add(entity.id);
      for (const point of pointsOfEntity(entity)) fixed.add(point);
    }
    return fixed;
  }

  /** The diagonal of the box around all points and circles, at least 1 mm: what "small" is measured by. */
  size(): number {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    const include = (x: number, y: number, radius: number) => {
      minX = Math.min(minX, x - radius);
      maxX = Math.max(maxX, x + radius);
      minY = Math.min(minY, y - radius);
      maxY = Math.max(maxY, y + radius);
    };
    for (const entity of this.entities) {
      if (entity.kind === 'point') include(entity.x_mm, entity.y_mm, 0);
      if (entity.kind === 'circle') include(...(this.point(entity.centre) as [number, number]), entity.radius_mm);
    }
    return Number.isFinite(minX) ? Math.max(1, Math.hypot(maxX - minX, maxY - minY)) : 1;
  }
}

/** The same entities with other positions and radii, in the same order. */
export function withPositions(
  entities: readonly Entity[],
  points: ReadonlyMap<string, Position>,
  radii: ReadonlyMap<string, number>,
): Entity[] {
  return entities.map((entity): Entity => {
    if (entity.kind === 'point') {
      const at = points.get(entity.id);
      return at ? { ...entity, x_mm: at[0], y_mm: at[1] } : entity;
    }
    const radius = radii.get(entity.id);
    if (radius === undefined) return entity;
    if (entity.kind === 'circle') return { ...entity, radius_mm: radius };
    if (entity.kind === 'ellipse') return { ...entity, minorRadius_mm: radius };
    return entity;
  });
}

export type PointEntity = EntityOf<'point'>;
