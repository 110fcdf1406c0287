/** The steps of a part in the making: names, ids, groups, variables. What the part builder stands on. */
import type { Feature } from '../../../preload/contract/features.ts';
import { type Dimension, host, ScriptMistake } from './host.ts';
import { type AngleValue, Expression, type LengthValue, type NumberValue, textOf } from './values.ts';

/** What any step may be given. */
export interface StepOptions {
  /** The heading under which it stands in the tree. */
  group?: string | undefined;
  /** Left out of the part. */
  suppressed?: boolean | undefined;
}

/** What a variable may be given, besides its value. */
export interface VariableOptions<Value> {
  /** The range in which the part is meant to be rebuilt. */
  minimum?: Value;
  maximum?: Value;
  /** What it is for, in a few words. */
  note?: string;
}

export interface BuiltStep {
  id: string;
  name: string;
  group?: string;
  suppressed?: boolean;
  feature: Feature;
}

const NAME = /^[\p{L}_][\p{L}\p{Nd}_]{0,59}$/u;
const MAKES_BODIES = new Set(['extrude', 'revolve', 'sweep', 'loft', 'thicken', 'import', 'sheet-base']);

export class History {
  readonly #steps: BuiltStep[] = [];
  readonly #names = new Set<string>();
  readonly #variables = new Set<string>();
  readonly #ids: Readonly<Record<string, string>>;
  #group: string | undefined;
  #material: string | undefined;

  /** @param ids of steps by name, where they are not made of the name */
  constructor(ids: Readonly<Record<string, string>> = {}) {
    this.#ids = ids;
  }

  /** A length that whoever uses the part may change: `p.length('width', '40 mm', { minimum: 20, maximum: 80 })`. */
  length(name: string, value: LengthValue, options: VariableOptions<LengthValue> = {}): Expression<'length'> {
    return this.#variable(name, 'length', value, options);
  }
  /** An angle that whoever uses the part may change: `p.angle('lean', 15)` in degrees. */
  angle(name: string, value: AngleValue, options: VariableOptions<AngleValue> = {}): Expression<'angle'> {
    return this.#variable(name, 'angle', value, options);
  }
  /** A plain number that whoever uses the part may change: a count, a ratio. */
  number(name: string, value: NumberValue, options: VariableOptions<NumberValue> = {}): Expression<'number'> {
    return this.#variable(name, 'number', value, options);
  }

  /** The material of the part, by its name in the library: `p.material('Al 6061-T6')`. */
  material(name: string): void {
    this.#material = name;
  }

  /** Steps that are made inside stand under one heading in the tree. */
  group<T>(name: string, make: () => T): T {
    const outer = this.#group;
    this.#group = name;
    try {
      return make();
    } finally {
      this.#group = outer;
    }
  }

  protected idOf(name: string): string {
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200)
      throw new ScriptMistake('Every step needs a name of its own.', "Give it first: p.extrude('plate', ...).");
    if (this.#names.has(name))
      throw new ScriptMistake(
        `There are two steps called "${name}".`,
        `Faces are named by their step, so each needs its own: in a loop, \`${name} \${i}\`.`,
      );
    return Object.hasOwn(this.#ids, name) ? this.#ids[name]! : `feature_${host.hash(name)}`;
  }

  protected add(name: string, feature: Feature, options: StepOptions): string {
    const id = this.idOf(name);
    this.#names.add(name);
    const step: BuiltStep = { id, name, feature };
    const group = options.group ?? this.#group;
    if (group !== undefined) step.group = group;
    if (options.suppressed) step.suppressed = true;
    this.#steps.push(step);
    return id;
  }

  /** The first body is new; what comes later is added to it. */
  protected get usualOperation(): 'new' | 'add' {
    const any = this.#steps.some((step) => MAKES_BODIES.has(step.feature.kind) && !step.suppressed);
    return any ? 'add' : 'new';
  }

  #variable<Kind extends Dimension>(
    name: string,
    dimension: Kind,
    value: number | string | Expression,
    options: VariableOptions<number | string | Expression>,
  ): Expression<Kind> {
    if (!NAME.test(name))
      throw new ScriptMistake(
        `"${String(name).slice(0, 60)}" can't be the name of a variable.`,
        'Use letters, digits and "_", such as wall_thickness.',
      );
    if (this.#variables.has(name)) throw new ScriptMistake(`There are two variables called "${name}".`);
    this.#variables.add(name);
    const bound = (value: number | string | Expression | undefined): string | undefined =>
      value === undefined ? undefined : textOf(value, dimension);
    const { minimum, maximum, note } = options;
    host.declareText(name, dimension, textOf(value, dimension), bound(minimum), bound(maximum), note);
    return new Expression(name, dimension);
  }

  /** For the builder itself. */
  protected result(): { features: BuiltStep[]; material?: string } {
    return { features: this.#steps, ...(this.#material === undefined ? {} : { material: this.#material }) };
  }
}
