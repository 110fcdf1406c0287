/** What a concept can be chosen from, as numbers that models see: each variable from -1 to 1, and what materials differ by. */
import type { Material } from '../../../preload/contract/index.ts';
import type { DesignVariable } from '../concepts/concept.ts';

export interface DesignPoint {
  /** In the order and units of the concept's variables. */
  values: number[];
  /** Index among the brief's materials. */
  material: number;
}

/** Models see powers as straight lines: stress by thickness, stiffness by modulus. */
const isLogarithmic = (least: number): boolean => least > 0;

interface Scale {
  low: number;
  high: number;
  logarithmic: boolean;
}

const scaleOf = (variable: DesignVariable): Scale => {
  const [low, high] =
    variable.kind === 'range' ? [variable.minimum, variable.maximum] : [variable.choices[0]!, variable.choices.at(-1)!];
  return { low, high, logarithmic: isLogarithmic(low) };
};

const toUnit = ({ low, high, logarithmic }: Scale, value: number): number =>
  logarithmic ? (2 * Math.log(value / low)) / Math.log(high / low) - 1 : (2 * (value - low)) / (high - low) - 1;
const fromUnit = ({ low, high, logarithmic }: Scale, at: number): number => {
  const share = (at + 1) / 2;
  return logarithmic ? low * (high / low) ** share : low + (high - low) * share;
};

/** What materials may differ by where a design's numbers depend on it. */
const FEATURES: ((material: Material) => number | undefined)[] = [
  ({ properties }) => properties.young_MPa,
  ({ properties }) => properties.density_kg_m3,
  ({ properties }) => properties.conductivity_W_mK,
  ({ properties }) => properties.thermalExpansion_1_K,
];

export class DesignSpace {
  readonly variables: readonly DesignVariable[];
  readonly #scales: readonly Scale[];
  /** By material. */
  readonly #features: readonly number[][];

  constructor({ variables }: { variables: readonly DesignVariable[] }, materials: readonly Material[]) {
    this.variables = variables;
    this.#scales = variables.map(scaleOf);
    const features = FEATURES.flatMap((read) => {
      const values = materials.map(read);
      if (values.some((value) => value === undefined || !(value > 0))) return [];
      const logs = (values as number[]).map(Math.log);
      const [low, high] = [Math.min(...logs), Math.max(...logs)];
      return high - low < 1e-6 ? [] : [logs.map((value) => (2 * (value - low)) / (high - low) - 1)];
    }).slice(0, Math.max(0, materials.length - 1));
    this.#features = materials.map((_, index) => features.map((feature) => feature[index]!));
  }

  get dimensions(): number {
    return this.variables.length;
  }

  get inputs(): number {
    return this.dimensions + (this.#features[0]?.length ?? 0);
  }

  get materials(): number {
    return this.#features.length;
  }

  inputOf({ values, material }: DesignPoint): number[] {
    return [...this.coordinatesOf(values), ...this.#features[material]!];
  }

  /** Of the variables alone, -1 to 1. */
  coordinatesOf(values: readonly number[]): number[] {
    return values.map((value, k) => toUnit(this.#scales[k]!, value));
  }

  /** Of coordinates from -1 to 1, clamped; choices snap to the nearest. Values are rounded to what a drawing would show. */
  pointAt(coordinates: readonly number[], material: number): DesignPoint {
    const values = this.variables.map((variable, k) => {
      const scale = this.#scales[k]!;
      const value = fromUnit(scale, Math.min(1, Math.max(-1, coordinates[k]!)));
      if (variable.kind === 'choices')
        return variable.choices.reduce((best, each) =>
          Math.abs(toUnit(scale, each) - coordinates[k]!) < Math.abs(toUnit(scale, best) - coordinates[k]!)
            ? each
            : best,
        );
      return Math.min(variable.maximum, Math.max(variable.minimum, rounded(value, variable)));
    });
    return { values, material };
  }

  start(material: number): DesignPoint {
    return { values: this.variables.map(({ start }) => start), material };
  }

  /** Neighbouring choices of a discrete variable, as coordinates; none for a range. */
  neighbours(k: number, value: number): number[] {
    const variable = this.variables[k]!;
    if (variable.kind === 'range') return [];
    const at = variable.choices.indexOf(value);
    return [at - 1, at + 1].flatMap((index) =>
      variable.choices[index] === undefined ? [] : [toUnit(this.#scales[k]!, variable.choices[index]!)],
    );
  }
}

/** A thousandth of the range, in round decimal steps: 0.01 mm for a range of 10 mm. */
function rounded(value: number, variable: { minimum: number; maximum: number }): number {
  const step = 10 ** Math.floor(Math.log10((variable.maximum - variable.minimum) / 1000));
  return Number((Math.round(value / step) * step).toPrecision(12));
}

export const keyOf = ({ values, material }: DesignPoint): string => `${material}|${values.join('|')}`;
