/** Where two curves are known to meet: a tangency there is a matter of directions, not of distances. */
import { endsOfEntity, isAxis, ORIGIN, type SketchView } from '../model/view.ts';
import type { Constraint } from '../types.ts';

export class Contacts {
  readonly #view: SketchView;
  readonly #class = new Map<string, string>();
  /** Points laid on a curve by a constraint. */
  readonly #on = new Map<string, Set<string>>();

  constructor(view: SketchView, constraints: readonly Constraint[]) {
    this.#view = view;
    for (const constraint of constraints) {
      if (constraint.kind === 'coincident') this.#class.set(this.same(constraint.a), this.same(constraint.b));
    }
    for (const constraint of constraints) {
      if (constraint.kind !== 'point-on') continue;
      const points = this.#on.get(constraint.curve) ?? new Set();
      this.#on.set(constraint.curve, points.add(this.same(constraint.point)));
    }
  }

  /** One name for all points that are one place. */
  same(point: string): string {
    let at = point;
    for (let next = this.#class.get(at); next !== undefined && next !== at; next = this.#class.get(at)) at = next;
    return at;
  }

  /** Points that hold a curve and lie on it. */
  #holding(curve: string): string[] {
    if (isAxis(curve)) return [ORIGIN];
    const entity = this.#view.entity(curve);
    if (entity.kind === 'spline') return entity.points;
    if (entity.kind === 'ellipse') return [entity.major];
    return endsOfEntity(entity) ?? [];
  }

  /** A point that lies on both by what is said of the sketch: the id by which each curve has it. */
  between(a: string, b: string): string | null {
    const onA = this.#holding(a);
    const onB = this.#holding(b);
    const namesB = new Set(onB.map((id) => this.same(id)));
    for (const id of onA) if (namesB.has(this.same(id))) return id;
    for (const id of onA) if (this.#on.get(b)?.has(this.same(id))) return id;
    for (const id of onB) if (this.#on.get(a)?.has(this.same(id))) return id;
    for (const id of this.#on.get(a) ?? []) if (this.#on.get(b)?.has(id)) return id;
    return null;
  }
}
