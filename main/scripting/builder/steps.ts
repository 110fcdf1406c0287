/** Handles on the steps of a part: what they made is named through them. */
import type { Path, Profile } from '../../../preload/contract/features.ts';
import type { Reference } from '../../../preload/contract/geometry.ts';
import type { AxisLine } from '../../../preload/contract/sketches.ts';
import { ScriptMistake } from './host.ts';
import { edgeBetween, type NamedReference, named, vertexBetween } from './references.ts';
import type { Curve } from './sketch-items.ts';

/** A curve of a sketch: what the drawing function answered with, or its id. */
export type CurveLike = string | Curve;
/** A face of this step by its role (`'end'`), or any face that has a name. */
export type FaceLike = string | Reference;

const idOf = (curve: CurveLike): string => (typeof curve === 'string' ? curve : curve.id);

/** One step of the part. */
export class Step {
  /** Begins the names of all that this step makes: the same whenever the script runs. */
  readonly id: string;
  readonly name: string;

  constructor(id: string, name: string) {
    this.id = id;
    this.name = name;
  }

  /** A face that this step made, by its role: `'start'`, `'end'`, `'side(line1)'`, `'wall'` ... */
  face(role: string): NamedReference {
    return named('face', `${this.id}/${role}`);
  }
  /** The face that a curve of the sketch was drawn out to: the same as `face('side(line1)')`. */
  side(curve: CurveLike): NamedReference {
    return this.face(`side(${idOf(curve)})`);
  }
  /** The edge between two faces: `plate.edge('side(line1)', 'end')`, `plate.edge('end', boss.side('circle1'))`. */
  edge(a: FaceLike, b: FaceLike): NamedReference {
    return edgeBetween(this.#face(a), this.#face(b));
  }
  /** The edges between each of some faces and another one: the rim of a plate. */
  edges(each: readonly FaceLike[], other: FaceLike): NamedReference[] {
    return each.map((one) => this.edge(one, other));
  }
  /** The vertex where three or more faces meet. */
  vertex(...around: FaceLike[]): NamedReference {
    return vertexBetween(...around.map((each) => this.#face(each)));
  }
  /** The name of a body that this step made: the first, or the second, third ... of several. */
  body(number = 1): string {
    if (!Number.isInteger(number) || number < 1) throw new ScriptMistake('Bodies are counted 1, 2, 3 ...');
    return number === 1 ? this.id : `${this.id}#${number}`;
  }

  #face(face: FaceLike): Reference {
    return typeof face === 'string' ? this.face(face) : face;
  }
}

/** A sketch: what later steps are made of. */
export class SketchStep extends Step {
  /** Its curves by id, in the order in which they were drawn. */
  readonly curves: Readonly<Record<string, Curve>>;

  constructor(id: string, name: string, curves: Readonly<Record<string, Curve>>) {
    super(id, name);
    this.curves = curves;
  }

  /** Some of its closed regions, each by the curves of its outer boundary. Without this, all of them are used. */
  regions(...regions: (readonly CurveLike[])[]): Profile {
    return { by: 'sketch', sketch: this.id, regions: regions.map((curves) => curves.map(idOf)) };
  }
  /** Some of its curves as a path, in any order. Without this, all of them are used. */
  path(...curves: CurveLike[]): Path {
    return { by: 'sketch', sketch: this.id, ...(curves.length > 0 ? { curves: curves.map(idOf) } : {}) };
  }
  /** A line of it as an axis. */
  axis(line: CurveLike, options: { reverse?: boolean } = {}): AxisLine {
    return { by: 'sketch-line', sketch: this.id, line: idOf(line), ...(options.reverse ? { reverse: true } : {}) };
  }
}
