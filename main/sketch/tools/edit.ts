/** Collects what a tool draws, with new ids, as an edit of the sketch. */
import type { SketchConstraint, SketchEntity } from '../../../preload/contract/sketches.ts';
import { refused } from '../model/errors.ts';
import { newSketchId } from '../model/ids.ts';
import { pointsOfEntity } from '../model/view.ts';
import type { Entity, EntityOf, Position, SketchDraft, SketchEdit } from '../types.ts';

type WithoutId<Item> = Item extends unknown ? Omit<Item, 'id'> : never;

export class EditBuilder {
  readonly sketch: SketchDraft;
  readonly put: SketchEntity[] = [];
  readonly remove = new Set<string>();
  readonly putConstraints: SketchConstraint[] = [];
  readonly removeConstraints = new Set<string>();
  readonly #taken = new Set<string>();

  constructor(sketch: SketchDraft) {
    this.sketch = sketch;
  }

  id(prefix: string): string {
    return newSketchId(this.sketch, prefix, this.#taken);
  }
  point([x_mm, y_mm]: Position): string {
    return this.add({ kind: 'point', x_mm, y_mm });
  }
  line(start: string, end: string, construction = false): string {
    return this.add({ kind: 'line', start, end, ...(construction ? { construction } : {}) });
  }
  arc(centre: string, start: string, end: string): string {
    return this.add({ kind: 'arc', centre, start, end });
  }
  add(entity: WithoutId<SketchEntity>): string {
    const id = this.id(entity.kind);
    this.put.push({ ...entity, id } as SketchEntity);
    return id;
  }
  /** Puts a changed entity in the place of the one of its id. */
  replace(entity: SketchEntity): void {
    this.put.push(entity);
  }
  constrain(constraint: WithoutId<SketchConstraint>): string {
    const id = this.id(constraint.kind);
    this.putConstraints.push({ ...constraint, id } as SketchConstraint);
    return id;
  }

  /** Points that no curve needs any more go, with the constraints on them. */
  dropPoint(id: string): void {
    const replaced = new Map(this.put.map((entity) => [entity.id, entity]));
    const entities = [
      ...this.sketch.entities.map((entity) => replaced.get(entity.id) ?? entity),
      ...this.put.filter((entity) => !this.sketch.entities.some((other) => other.id === entity.id)),
    ];
    const used = entities.some((entity) => !this.remove.has(entity.id) && pointsOfEntity(entity).includes(id));
    if (used || id === 'origin') return;
    this.remove.add(id);
    for (const constraint of this.sketch.constraints)
      if (idsOfConstraint(constraint).includes(id)) this.removeConstraints.add(constraint.id);
  }

  done(): SketchEdit {
    return {
      put: this.put,
      remove: [...this.remove],
      putConstraints: this.putConstraints,
      removeConstraints: [...this.removeConstraints],
    };
  }
}

/** The entities that a constraint is about. */
export function idsOfConstraint(constraint: SketchConstraint): string[] {
  const fields = constraint as Record<string, unknown>;
  return ['a', 'b', 'point', 'curve', 'line', 'about'].flatMap((key) =>
    typeof fields[key] === 'string' ? [fields[key]] : [],
  );
}

/** A constraint about other entities. */
export function renamed(constraint: SketchConstraint, name: (id: string) => string): SketchConstraint {
  const copy: Record<string, unknown> = { ...constraint };
  for (const key of ['a', 'b', 'point', 'curve', 'line', 'about'])
    if (typeof copy[key] === 'string') copy[key] = name(copy[key]);
  return copy as SketchConstraint;
}

/** A length as a person types it. */
export const millimetres = (value: number) => ({ length: `${Number(value.toFixed(9))} mm` });

export const unfit = (message: string, hint?: string) =>
  refused('sketch.tool', message, hint === undefined ? {} : { hint });

export function requireSize(value: number, what: string): void {
  if (!Number.isFinite(value) || value <= 0 || value > 1e7) throw unfit(`${what} must be more than zero.`);
}

export const isKind = <Kind extends Entity['kind']>(entity: Entity, kind: Kind): entity is EntityOf<Kind> =>
  entity.kind === kind;
