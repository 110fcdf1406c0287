/** What a tool adds to a sketch, collected before it is put there. Pure. */
import type {
  AngleExpression,
  LengthExpression,
  Sketch,
  SketchConstraint,
  SketchEntity,
} from '../../../preload/contract/index.ts';
import type { Point2 } from '../view/frame.ts';
import type { Place } from './place.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
export type NewConstraint = WithoutId<SketchConstraint>;
export type NewEntity = WithoutId<SketchEntity>;

export type TakeId = (kind: string) => string;

export interface Addition {
  entities: SketchEntity[];
  constraints: SketchConstraint[];
}

const EDGE = 1e7;
const bounded = (value: number): number => (Number.isFinite(value) ? Math.max(-EDGE, Math.min(EDGE, value)) : 0);

/** An id source that goes on after every number that is taken in `texts` (ids, or any text that names them). */
export function idSource(texts: Iterable<string>): TakeId {
  const last = new Map<string, number>();
  const note = (kind: string, number: number) => last.set(kind, Math.max(last.get(kind) ?? 0, number));
  for (const text of texts)
    for (const [, kind, digits] of text.matchAll(/(?<![A-Za-z0-9_])([A-Za-z]+(?:-[a-z]+)*)(\d{1,9})(?![A-Za-z0-9])/g))
      note(kind!, Number(digits));
  return (kind) => {
    const number = (last.get(kind) ?? 0) + 1;
    last.set(kind, number);
    return `${kind}${number}`;
  };
}

export class Draft implements Addition {
  readonly entities: SketchEntity[] = [];
  readonly constraints: SketchConstraint[] = [];
  readonly sketch: Sketch;
  /** Asked for with the pointer's place, to be looked at only: no constraints are worth making. */
  readonly preview: boolean;
  readonly #takeId: TakeId;
  readonly #construction: boolean;
  readonly #placed = new Map<Place, string>();

  constructor(sketch: Sketch, takeId: TakeId, options: { construction?: boolean; preview?: boolean } = {}) {
    this.sketch = sketch;
    this.#takeId = takeId;
    this.#construction = options.construction ?? false;
    this.preview = options.preview ?? false;
  }

  /** The point at a place: the one that is there already, or a new one with what holds it there. The same place is one point. */
  point(place: Place): string {
    const known = this.#placed.get(place);
    if (known) return known;
    const id = this.#pointAt(place);
    this.#placed.set(place, id);
    return id;
  }
  #pointAt({ at, on, also }: Place): string {
    if (on?.kind === 'point' && on.id !== 'origin') return on.id;
    const id = this.freePoint(at);
    if (on?.kind === 'point') this.constrain({ kind: 'coincident', a: id, b: on.id });
    else if (on?.kind === 'curve') this.constrain({ kind: 'point-on', point: id, curve: on.id });
    else if (on?.kind === 'midpoint') this.constrain({ kind: 'midpoint', point: id, line: on.line });
    if (also) this.constrain({ kind: 'point-on', point: id, curve: also });
    return id;
  }

  freePoint([x, y]: Point2): string {
    return this.#add({ kind: 'point', x_mm: bounded(x), y_mm: bounded(y) });
  }
  line(start: string, end: string, construction = this.#construction): string {
    return this.#add({ kind: 'line', start, end, ...(construction ? { construction } : {}) });
  }
  circle(centre: string, radius_mm: number, construction = this.#construction): string {
    return this.#add({ kind: 'circle', centre, radius_mm, ...(construction ? { construction } : {}) });
  }
  arc(centre: string, start: string, end: string): string {
    return this.#add({ kind: 'arc', centre, start, end, ...this.#flag });
  }
  ellipse(centre: string, major: string, minorRadius_mm: number): string {
    return this.#add({ kind: 'ellipse', centre, major, minorRadius_mm, ...this.#flag });
  }
  spline(points: string[], closed: boolean): string {
    return this.#add({ kind: 'spline', points, ...(closed ? { closed } : {}), ...this.#flag });
  }
  get #flag() {
    return this.#construction ? { construction: true } : {};
  }

  constrain(constraint: NewConstraint): string {
    const id = this.#takeId('c');
    this.constraints.push({ ...constraint, id } as SketchConstraint);
    return id;
  }
  distance(a: string, b: string | undefined, value: LengthExpression): void {
    this.constrain({ kind: 'distance', a, ...(b === undefined ? {} : { b }), value });
  }
  angle(a: string, b: string, value: AngleExpression): void {
    this.constrain({ kind: 'angle', a, b, value });
  }

  #add(entity: NewEntity): string {
    const id = this.#takeId(entity.kind);
    this.entities.push({ ...entity, id } as SketchEntity);
    return id;
  }
}

export const withAddition = (sketch: Sketch, { entities, constraints }: Addition): Sketch => ({
  ...sketch,
  entities: [...sketch.entities, ...entities],
  constraints: [...sketch.constraints, ...constraints],
});
