/** What gradients say in words: which way to push a place, and what a small change of a dimension is predicted to do. */
import type { Functional, SensitivityFunctional, SensitivitySummary } from '../../../preload/contract/index.ts';

/** Lighter, stiffer, cooler, less stressed is better; of frequencies and buckling factors, more. */
export const isBetterLarger = ({ quantity }: Pick<Functional, 'quantity'>): boolean =>
  quantity === 'frequency' || quantity === 'buckling';

/** @param density change of the quantity per mm of outward movement and mm^2 of surface */
export const adviceFor = (density: number, functional: Pick<Functional, 'quantity'>): 'push in' | 'pull out' =>
  density > 0 !== isBetterLarger(functional) ? 'push in' : 'pull out';

export interface Effect {
  name: string;
  /** Value of the dimension and its unit. */
  value: number;
  unit: string;
  perUnit: number;
  /** Predicted change of the quantity for one percent more of the dimension. */
  onePercent: number;
  /** The same, relative to the quantity; null where that is nil. */
  share: number | null;
}

/** Dimensions by how much one percent of them does, the most first. */
export function effectsOf(functional: SensitivityFunctional, summary: SensitivitySummary): Effect[] {
  return functional.variables
    .flatMap(({ name, perUnit }): Effect[] => {
      const variable = summary.variables.find((each) => each.name === name);
      if (!variable) return [];
      const onePercent = perUnit * 0.01 * variable.value;
      const share = functional.value === 0 ? null : onePercent / functional.value;
      return [{ name, value: variable.value, unit: variable.unit, perUnit, onePercent, share }];
    })
    .sort((a, b) => Math.abs(b.onePercent) - Math.abs(a.onePercent));
}
