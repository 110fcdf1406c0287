/** Constraints and dimensions of a sketch: what a script adds where it wants the solver to find the places. */
import type { SketchConstraint } from '../../../preload/contract/sketches.ts';
import { ScriptMistake } from './host.ts';
import type { Curve, Point } from './sketch-items.ts';
import { type AngleValue, angleData, type LengthValue, lengthData, numberOf } from './values.ts';

/** A point, a curve, or the id of one. */
export type ItemLike = string | Point | Curve;
export interface ConstraintOptions {
  /** Its name in the sketch; numbered by kind otherwise: `distance1`. */
  id?: string;
}
export interface DimensionOptions extends ConstraintOptions {
  /** Only shows its value: does not drive. */
  reference?: boolean;
  /** Where its text stands, in the sketch. */
  label?: readonly [LengthValue, LengthValue];
}

const ID = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const idOf = (item: ItemLike): string => (typeof item === 'string' ? item : item.id);

type Draft<C> = C extends SketchConstraint ? Omit<C, 'id'> : never;

export class SketchConstraints {
  readonly #constraints: SketchConstraint[] = [];
  readonly #ids = new Set<string>(['origin', 'x-axis', 'y-axis']);
  readonly #counts = new Map<string, number>();

  /** The constraints that the script has added so far. */
  protected get constraints(): readonly SketchConstraint[] {
    return this.#constraints;
  }

  protected newId(kind: string, wanted: string | undefined): string {
    let id = wanted;
    if (id === undefined) {
      let count = this.#counts.get(kind) ?? 0;
      do id = `${kind}${++count}`;
      while (this.#ids.has(id));
      this.#counts.set(kind, count);
    }
    if (!ID.test(id))
      throw new ScriptMistake(
        `"${id}" can't be an id in a sketch.`,
        'Use letters, digits, "-" and "_", a letter first.',
      );
    if (this.#ids.has(id)) throw new ScriptMistake(`The sketch has "${id}" already.`, 'Give each id once.');
    this.#ids.add(id);
    return id;
  }

  #add(draft: Draft<SketchConstraint>, options: DimensionOptions, kind: string = draft.kind): string {
    const id = this.newId(kind, options.id);
    const more: { reference?: true; label_mm?: [number, number] } = {};
    if (options.reference) more.reference = true;
    if (options.label) more.label_mm = [numberOf(options.label[0], 'length'), numberOf(options.label[1], 'length')];
    this.#constraints.push({ ...draft, id, ...more } as SketchConstraint);
    return id;
  }

  /** Two points at the same place. */
  coincident(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'coincident', a: idOf(a), b: idOf(b) }, options);
  }
  /** A point on a curve. */
  pointOn(point: ItemLike, curve: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'point-on', point: idOf(point), curve: idOf(curve) }, options);
  }
  /** A point in the middle of a line. */
  midpoint(point: ItemLike, line: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'midpoint', point: idOf(point), line: idOf(line) }, options);
  }
  /** A horizontal line, or two points at the same height. */
  horizontal(a: ItemLike, b?: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'horizontal', a: idOf(a), ...(b === undefined ? {} : { b: idOf(b) }) }, options);
  }
  /** A vertical line, or two points above each other. */
  vertical(a: ItemLike, b?: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'vertical', a: idOf(a), ...(b === undefined ? {} : { b: idOf(b) }) }, options);
  }
  /** Two parallel lines. */
  parallel(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'parallel', a: idOf(a), b: idOf(b) }, options);
  }
  /** Two lines at right angles. */
  perpendicular(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'perpendicular', a: idOf(a), b: idOf(b) }, options);
  }
  /** Two lines on one straight line. */
  collinear(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'collinear', a: idOf(a), b: idOf(b) }, options);
  }
  /** Two curves that touch without a corner. */
  tangent(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'tangent', a: idOf(a), b: idOf(b) }, options);
  }
  /** Two circles or arcs about the same middle. */
  concentric(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'concentric', a: idOf(a), b: idOf(b) }, options);
  }
  /** Lines of the same length, or circles and arcs of the same radius. */
  equal(a: ItemLike, b: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'equal', a: idOf(a), b: idOf(b) }, options);
  }
  /** Two points that mirror each other about a line or a point. */
  symmetric(a: ItemLike, b: ItemLike, about: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'symmetric', a: idOf(a), b: idOf(b), about: idOf(about) }, options);
  }
  /** A point that stays where it is. */
  fixed(point: ItemLike, options: ConstraintOptions = {}): string {
    return this.#add({ kind: 'fixed', point: idOf(point) }, options);
  }
  /** Between two points, a point and a line, two parallel lines; or the length of one line, with `b` undefined. */
  distance(a: ItemLike, b: ItemLike | undefined, value: LengthValue, options: DimensionOptions = {}): string {
    const second = b === undefined ? {} : { b: idOf(b) };
    return this.#add({ kind: 'distance', a: idOf(a), ...second, value: lengthData(value) }, options);
  }
  /** To the right, from point a to point b: may be negative. */
  horizontalDistance(a: ItemLike, b: ItemLike, value: LengthValue, options: DimensionOptions = {}): string {
    return this.#add({ kind: 'horizontal-distance', a: idOf(a), b: idOf(b), value: lengthData(value) }, options);
  }
  /** Upwards, from point a to point b: may be negative. */
  verticalDistance(a: ItemLike, b: ItemLike, value: LengthValue, options: DimensionOptions = {}): string {
    return this.#add({ kind: 'vertical-distance', a: idOf(a), b: idOf(b), value: lengthData(value) }, options);
  }
  /** Of a circle or an arc. */
  radius(curve: ItemLike, value: LengthValue, options: DimensionOptions = {}): string {
    return this.#add({ kind: 'radius', curve: idOf(curve), value: lengthData(value) }, options);
  }
  /** Of a circle or an arc. */
  diameter(curve: ItemLike, value: LengthValue, options: DimensionOptions = {}): string {
    return this.#add({ kind: 'diameter', curve: idOf(curve), value: lengthData(value) }, options);
  }
  /** Counter-clockwise from line a to line b. */
  angle(a: ItemLike, b: ItemLike, value: AngleValue, options: DimensionOptions = {}): string {
    return this.#add({ kind: 'angle', a: idOf(a), b: idOf(b), value: angleData(value) }, options);
  }
}
