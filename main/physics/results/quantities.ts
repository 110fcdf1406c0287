/** What each field quantity is, in which unit, and how it is read from the nodal fields. */
import type { FieldQuantity, MaterialProperties } from '../../../preload/contract/studies.ts';

/** Nodal fields of a solution, in the precision they come in. Layouts as in the numeric core's StaticSolution. */
export interface NodalFields {
  displacement: ArrayLike<number>;
  stress: ArrayLike<number>;
  strain: ArrayLike<number>;
  vonMises: ArrayLike<number>;
  principal: ArrayLike<number>;
  stressSpread: ArrayLike<number>;
  /** NaN where the material has no strength. */
  safetyFactor: ArrayLike<number>;
}

const TENSOR = ['xx', 'yy', 'zz', 'xy', 'yz', 'zx'];
const AXES = ['x', 'y', 'z'];

export function unitOf(quantity: FieldQuantity): string {
  if (quantity.startsWith('displacement')) return 'mm';
  if (quantity.startsWith('strain') || quantity === 'safety_factor') return '-';
  return 'MPa';
}

/** A function from node to the quantity's value there: found once, called for every node. */
export function reader(fields: NodalFields, quantity: FieldQuantity): (node: number) => number {
  const { displacement, stress, strain, vonMises, principal, stressSpread, safetyFactor } = fields;
  const [group, part] = quantity.split('.') as [string, string | undefined];
  switch (group) {
    case 'displacement': {
      if (part === 'magnitude')
        return (node) => Math.hypot(displacement[3 * node]!, displacement[3 * node + 1]!, displacement[3 * node + 2]!);
      const axis = AXES.indexOf(part!);
      return (node) => displacement[3 * node + axis]!;
    }
    case 'principal': {
      const index = Number(part) - 1;
      return (node) => principal[3 * node + index]!;
    }
    case 'stress':
    case 'strain': {
      const component = TENSOR.indexOf(part!);
      const tensor = group === 'stress' ? stress : strain;
      return (node) => tensor[6 * node + component]!;
    }
    case 'tresca':
      return (node) => principal[3 * node]! - principal[3 * node + 2]!;
    case 'safety_factor':
      return (node) => safetyFactor[node]!;
    case 'stress_error':
      return (node) => stressSpread[node]!;
    default:
      return (node) => vonMises[node]!;
  }
}

/** Factors above this are shown as this: the stress is nil for every practical purpose, and a file holds finite numbers. */
export const LARGEST_SAFETY_FACTOR = 1000;

export interface Strength {
  /** Ductile materials are judged by von Mises against yield, brittle ones by principal stress against ultimate. */
  kind: 'yield' | 'ultimate';
  tension_MPa: number;
  /** Brittle materials only; the tensile value where none is known. */
  compression_MPa: number;
  basis: string;
}

/** How a material is judged, or null where it has no strength. */
export function strengthOf(name: string, properties: MaterialProperties): Strength | null {
  const { yield_MPa, ultimate_MPa, compressive_MPa } = properties;
  if (yield_MPa !== undefined)
    return {
      kind: 'yield',
      tension_MPa: yield_MPa,
      compression_MPa: yield_MPa,
      basis: `von Mises stress against the yield strength of ${name}, ${yield_MPa} MPa`,
    };
  if (ultimate_MPa !== undefined)
    return {
      kind: 'ultimate',
      tension_MPa: ultimate_MPa,
      compression_MPa: compressive_MPa ?? ultimate_MPa,
      basis:
        `principal stress against the ultimate strength of ${name}, ${ultimate_MPa} MPa in tension` +
        (compressive_MPa === undefined ? '' : ` and ${compressive_MPa} MPa in compression`) +
        ' (brittle: no yield strength)',
    };
  return null;
}

export function safetyFactorOf(
  strength: Strength | null,
  vonMises_MPa: number,
  first_MPa: number,
  third_MPa: number,
): number {
  if (!strength) return Number.NaN;
  const use =
    strength.kind === 'yield'
      ? vonMises_MPa / strength.tension_MPa
      : Math.max(first_MPa / strength.tension_MPa, -third_MPa / strength.compression_MPa);
  return use > 1 / LARGEST_SAFETY_FACTOR ? 1 / use : LARGEST_SAFETY_FACTOR;
}
