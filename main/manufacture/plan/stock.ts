/** Sizes that can be bought. */
import * as v from 'valibot';
import stock from '../../../resources/manufacture/stock.json' with { type: 'json' };

const Sizes = v.pipe(v.array(v.pipe(v.number(), v.minValue(0))), v.minLength(1));
const StockSchema = v.strictObject({
  plate: v.strictObject({
    source: v.string(),
    thickness_mm: Sizes,
    largest_mm: v.strictTuple([v.number(), v.number()]),
  }),
  bar: v.strictObject({ source: v.string(), diameter_mm: Sizes }),
  sheet: v.strictObject({
    source: v.string(),
    thickness_mm: Sizes,
    format_mm: v.array(v.strictTuple([v.number(), v.number()])),
  }),
  drill: v.strictObject({
    source: v.string(),
    steps_mm: v.array(v.strictObject({ to: v.number(), step: v.number() })),
  }),
});
export const STOCK = v.parse(StockSchema, stock);

/** The smallest size that is large enough, or null. */
export const nextSize = (sizes: readonly number[], wanted: number): number | null =>
  [...sizes].sort((a, b) => a - b).find((size) => size >= wanted - 1e-6) ?? null;

/** The nearest diameter that drills are made in; null above the largest. */
export function nearestDrill(diameter_mm: number): number | null {
  const range = STOCK.drill.steps_mm.find(({ to }) => diameter_mm <= to + 1e-6);
  return range ? Number((Math.round(diameter_mm / range.step) * range.step).toFixed(3)) : null;
}

export const nearestSheet = (thickness_mm: number): number =>
  STOCK.sheet.thickness_mm.reduce((best, size) =>
    Math.abs(size - thickness_mm) < Math.abs(best - thickness_mm) ? size : best,
  );
