/** What each field quantity is, in which unit, and how it is read from the nodal fields. */
import type { FieldQuantity, MaterialProperties } from '../../../preload/contract/studies.ts';

/**
 * Nodal fields of a solution, in the precision they come in; what a kind of study does not have is left out. Layouts as in the
 * contract's FieldsMeta.
 */
export interface NodalFields {
  displacement?: ArrayLike<number> | undefined;
  stress?: ArrayLike<number> | undefined;
  strain?: ArrayLike<number> | undefined;
  vonMises?: ArrayLike<number> | undefined;
  principal?: ArrayLike<number> | undefined;
  stressSpread?: ArrayLike<number> | undefined;
  /** NaN where the material has no strength. */
  safetyFactor?: ArrayLike<number> | undefined;
  /** degC */
  temperature?: ArrayLike<number> | undefined;
  /** W/m^2 */
  heatFlux?: ArrayLike<number> | undefined;
}

const TENSOR = ['xx', 'yy', 'zz', 'xy', 'yz', 'zx'];
const AXES = ['x', 'y', 'z'];

export function unitOf(quantity: FieldQuantity): string {
  if (quantity.startsWith('displacement')) return 'mm';
  if (quantity.startsWith('strain') || quantity === 'safety_factor') return '-';
  if (quantity === 'temperature') return 'degC';
  if (quantity.startsWith('heat_flux')) return 'W/m^2';
  return 'MPa';
}

/** A function from node to the quantity's value there, found once and called for every node; null where there is no such field. */
export function reader(fields: NodalFields, quantity: FieldQuantity): ((node: number) => number) | null {
  const { displacement, principal } = fields;
  const [group, part] = quantity.split('.') as [string, string | undefined];
  switch (group) {
    case 'displacement':
      return displacement ? vectorReader(displacement, part!) : null;
    case 'heat_flux':
      return fields.heatFlux ? vectorReader(fields.heatFlux, part!) : null;
    case 'principal': {
      const index = Number(part) - 1;
      return principal ? (node) => principal[3 * node + index]! : null;
    }
    case 'stress':
    case 'strain': {
      const component = TENSOR.indexOf(part!);
      const tensor = group === 'stress' ? fields.stress : fields.strain;
      return tensor ? (node) => tensor[6 * node + component]! : null;
    }
    case 'tresca':
      return principal ? (node) => principal[3 * node]! - principal[3 * node + 2]! : null;
    case 'safety_factor':
      return scalarReader(fields.safetyFactor);
    case 'stress_error':
      return scalarReader(fields.stressSpread);
    case 'temperature':
      return scalarReader(fields.temperature);
    default:
      return scalarReader(fields.vonMises);
  }
}

const scalarReader = (values: ArrayLike<number> | undefined): ((node: number) => number) | null =>
  values ? (node) => values[node]! : null;

function vectorReader(values: ArrayLike<number>, part: string): (node: number) => number {
  if (part === 'magnitude')
    return (node) => Math.hypot(values[3 * node]!, values[3 * node + 1]!, values[3 * node + 2]!);
  const axis = AXES.indexOf(part);
  return (node) => values[3 * node + axis]!;
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
