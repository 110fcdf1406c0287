/**
 * The numbers of a sketch in one array: what may move first, then what stands still (projected geometry and the frame).
 * Points take two places, circles and ellipses one for their (minor) radius; arcs need none beyond their points.
 */
import { isAxis, ORIGIN, type SketchView, withPositions, X_AXIS } from '../model/view.ts';
import type { Entity, Position } from '../types.ts';

/** Index of x; y follows. */
export type PointIndex = number;

export class Unknowns {
  readonly view: SketchView;
  readonly values: Float64Array;
  /** Indices below this may move. */
  readonly count: number;
  readonly #points = new Map<string, PointIndex>();
  readonly #radii = new Map<string, number>();
  /** Which entity a number belongs to. */
  readonly owners: string[] = [];
  readonly #axes: [PointIndex, PointIndex, PointIndex];

  constructor(view: SketchView) {
    this.view = view;
    const fixed = view.fixedIds();
    const values: number[] = [];
    const place = (entity: Entity) => {
      if (entity.kind === 'point') {
        this.#points.set(entity.id, values.length);
        values.push(entity.x_mm, entity.y_mm);
        this.owners.push(entity.id, entity.id);
      } else if (entity.kind === 'circle' || entity.kind === 'ellipse') {
        this.#radii.set(entity.id, values.length);
        values.push(entity.kind === 'circle' ? entity.radius_mm : entity.minorRadius_mm);
        this.owners.push(entity.id);
      }
    };
    for (const entity of view.entities) if (!fixed.has(entity.id)) place(entity);
    this.count = values.length;
    for (const entity of view.entities) if (fixed.has(entity.id)) place(entity);
    this.#axes = [values.length, values.length + 2, values.length + 4];
    values.push(0, 0, 1, 0, 0, 1);
    this.values = Float64Array.from(values);
  }

  point(id: string): PointIndex {
    if (id === ORIGIN) return this.#axes[0];
    const index = this.#points.get(id);
    if (index === undefined) throw new RangeError(`no point ${id}`);
    return index;
  }

  /** The points of a line or axis. */
  line(id: string): [PointIndex, PointIndex] {
    if (isAxis(id)) return [this.#axes[0], id === X_AXIS ? this.#axes[1] : this.#axes[2]];
    const line = this.view.entity(id);
    if (line.kind !== 'line') throw new RangeError(`${id} is no line`);
    return [this.point(line.start), this.point(line.end)];
  }

  radius(id: string): number {
    const index = this.#radii.get(id);
    if (index === undefined) throw new RangeError(`no radius of ${id}`);
    return index;
  }

  at(index: PointIndex, values: ArrayLike<number> = this.values): Position {
    return [values[index]!, values[index + 1]!];
  }

  /** The entities with these numbers; what did not change stays the same object. */
  entities(values: ArrayLike<number> = this.values): Entity[] {
    return withPositions(this.view.entities, ...this.changes(values));
  }

  /** Points and radii that differ from the sketch's own. */
  changes(values: ArrayLike<number>): [Map<string, Position>, Map<string, number>] {
    const points = new Map<string, Position>();
    const radii = new Map<string, number>();
    for (const [id, i] of this.#points)
      if (i < this.count && (values[i] !== this.values[i] || values[i + 1] !== this.values[i + 1]))
        points.set(id, [values[i]!, values[i + 1]!]);
    for (const [id, i] of this.#radii) if (i < this.count && values[i] !== this.values[i]) radii.set(id, values[i]!);
    return [points, radii];
  }
}
