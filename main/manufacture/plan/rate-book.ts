/** The figures of `resources/manufacture/rates.json`: what was asked for is kept, so that a plan can say what it rests on. */
import * as v from 'valibot';
import type { ManufacturingAssumption } from '../../../preload/contract/index.ts';
import rates from '../../../resources/manufacture/rates.json' with { type: 'json' };
import { groupOf, MATERIAL_CLASSES, type MaterialClass } from '../material-class.ts';

const common = { what: v.string(), unit: v.string(), source: v.string() };
const FigureSchema = v.union([
  v.strictObject({ ...common, value: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({
    ...common,
    by: v.record(v.picklist([...MATERIAL_CLASSES, 'metal', 'any']), v.pipe(v.number(), v.minValue(0))),
  }),
]);
const BookSchema = v.strictObject({ currency: v.string(), figures: v.record(v.string(), FigureSchema) });
const BOOK = v.parse(BookSchema, rates);

export const CURRENCY = BOOK.currency;

export class RateBook {
  readonly #material: MaterialClass;
  readonly #used = new Map<string, ManufacturingAssumption>();

  constructor(material: MaterialClass) {
    this.#material = material;
  }

  /** In the unit that the file says. */
  figure(key: string): number {
    const known = this.#used.get(key);
    if (known) return known.value;
    const found = BOOK.figures[key];
    if (!found) throw new Error(`rates.json has no figure ${key}`);
    const value =
      'value' in found
        ? found.value
        : (found.by[this.#material] ??
          (groupOf(this.#material) === 'metal' ? found.by.metal : undefined) ??
          found.by.any);
    if (value === undefined) throw new Error(`rates.json has no figure ${key} for ${this.#material}`);
    this.#used.set(key, { what: found.what, value, unit: found.unit, source: found.source });
    return value;
  }

  assumptions(): ManufacturingAssumption[] {
    return [...this.#used.values()];
  }
}
