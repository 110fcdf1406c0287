/** Builds sketches in tests and benchmarks. */
import type { Constraint, Entity, SolvableSketch } from '../types.ts';

type WithoutId<Item> = Item extends unknown ? Omit<Item, 'id'> : never;

export class Drawing implements SolvableSketch {
  readonly entities: Entity[] = [];
  readonly constraints: Constraint[] = [];

  point(x_mm: number, y_mm: number, id = `point${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'point', id, x_mm, y_mm });
    return id;
  }
  line(start: string, end: string, id = `line${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'line', id, start, end });
    return id;
  }
  circle(centre: string, radius_mm: number, id = `circle${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'circle', id, centre, radius_mm });
    return id;
  }
  arc(centre: string, start: string, end: string, id = `arc${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'arc', id, centre, start, end });
    return id;
  }
  ellipse(centre: string, major: string, minorRadius_mm: number, id = `ellipse${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'ellipse', id, centre, major, minorRadius_mm });
    return id;
  }
  spline(points: string[], closed = false, id = `spline${this.entities.length + 1}`): string {
    this.entities.push({ kind: 'spline', id, points, ...(closed ? { closed } : {}) });
    return id;
  }
  /** A line between new points. */
  segment(x1: number, y1: number, x2: number, y2: number): { start: string; end: string; line: string } {
    const [start, end] = [this.point(x1, y1), this.point(x2, y2)];
    return { start, end, line: this.line(start, end) };
  }
  add(constraint: WithoutId<Constraint> & { id?: string }): string {
    const id = constraint.id ?? `${constraint.kind}-${this.constraints.length + 1}`;
    this.constraints.push({ ...constraint, id } as Constraint);
    return id;
  }
}

/** The place of a point in an answer. */
export function placeIn(entities: readonly Entity[], id: string): [number, number] {
  const found = entities.find((entity) => entity.id === id);
  if (found?.kind !== 'point') throw new Error(`no point ${id}`);
  return [found.x_mm, found.y_mm];
}
