/** The figures of a material: what each is called, how it is written, and what it may be. Pure. */
import type { MaterialProperties, Orthotropic, TemperatureTables } from '../../../preload/contract/index.ts';
import type { Quantity } from '../../units/quantities.ts';

export interface Figure<Key extends string> {
  key: Key;
  label: string;
  quantity: Quantity;
  /** Shown value of one in base units, where it has no quantity of its own. */
  scale?: number;
  /** Its unit, where it has no quantity of its own. */
  unit?: string;
  refuse?: (value: number) => string | null;
}

const positive = (value: number): string | null => (value > 0 ? null : 'It must be larger than nothing.');
const notNegative = (value: number): string | null => (value >= 0 ? null : 'It must not be less than nothing.');
const poisson = (value: number): string | null =>
  value > -1 && value < 0.5 ? null : 'It lies between −1 and 0.5, and 0.5 itself is not solvable.';

const YOUNG = { label: 'Young’s modulus', quantity: 'stress' as const, refuse: positive };
const EXPANSION = { label: 'Expansion', quantity: 'none' as const, scale: 1e6, unit: '×10⁻⁶ / K' };
const CONDUCTIVITY = {
  label: 'Conductivity',
  quantity: 'none' as const,
  unit: 'W/(m·K)',
  refuse: positive,
};
const SPECIFIC_HEAT = { label: 'Specific heat', quantity: 'none' as const, unit: 'J/(kg·K)', refuse: positive };
const YIELD = { label: 'Yield strength', quantity: 'stress' as const, refuse: positive };

type Single = Exclude<keyof MaterialProperties, 'temperatureRange_degC' | 'orthotropic' | 'tables'>;
export const REQUIRED: readonly Single[] = ['young_MPa', 'poisson', 'density_kg_m3'];
export const FIGURES: Figure<Single>[] = [
  { key: 'young_MPa', ...YOUNG },
  { key: 'poisson', label: 'Poisson’s ratio', quantity: 'none', refuse: poisson },
  { key: 'density_kg_m3', label: 'Density', quantity: 'density', refuse: notNegative },
  { key: 'yield_MPa', ...YIELD },
  { key: 'ultimate_MPa', label: 'Ultimate', quantity: 'stress', refuse: positive },
  { key: 'compressive_MPa', label: 'Compressive', quantity: 'stress', refuse: positive },
  { key: 'thermalExpansion_1_K', ...EXPANSION },
  { key: 'conductivity_W_mK', ...CONDUCTIVITY },
  { key: 'specificHeat_J_kgK', ...SPECIFIC_HEAT },
];

/** What may change with temperature. */
export const TABLES: Figure<keyof TemperatureTables>[] = [
  { key: 'young_MPa', ...YOUNG },
  { key: 'poisson', label: 'Poisson’s ratio', quantity: 'none', refuse: poisson },
  { key: 'thermalExpansion_1_K', ...EXPANSION },
  { key: 'conductivity_W_mK', ...CONDUCTIVITY },
  { key: 'specificHeat_J_kgK', ...SPECIFIC_HEAT },
  { key: 'yield_MPa', ...YIELD },
];

/** Constants along the material's axes, with the names of the three. */
export const DIRECTIONS: (Figure<keyof Orthotropic> & { names: [string, string, string] })[] = [
  { key: 'young_MPa', ...YOUNG, names: ['E₁', 'E₂', 'E₃'] },
  {
    key: 'poisson',
    label: 'Poisson’s ratios',
    quantity: 'none',
    names: ['ν₁₂', 'ν₂₃', 'ν₃₁'],
  },
  {
    key: 'shear_MPa',
    label: 'Shear moduli',
    quantity: 'stress',
    refuse: positive,
    names: ['G₁₂', 'G₂₃', 'G₃₁'],
  },
  { key: 'thermalExpansion_1_K', ...EXPANSION, names: ['α₁', 'α₂', 'α₃'] },
  { key: 'conductivity_W_mK', ...CONDUCTIVITY, names: ['k₁', 'k₂', 'k₃'] },
];

/** Orthotropic constants that are those of the isotropic material: to begin from. */
export function orthotropicFrom(p: MaterialProperties): Orthotropic {
  const three = (value: number): [number, number, number] => [value, value, value];
  return {
    young_MPa: three(p.young_MPa),
    poisson: three(p.poisson),
    shear_MPa: three(p.young_MPa / (2 * (1 + p.poisson))),
    ...(p.thermalExpansion_1_K === undefined ? {} : { thermalExpansion_1_K: three(p.thermalExpansion_1_K) }),
    ...(p.conductivity_W_mK === undefined ? {} : { conductivity_W_mK: three(p.conductivity_W_mK) }),
  };
}

/**
 * Why these constants belong to no material, or null: the stiffness must be positive definite (Lempriere, AIAA Journal 6
 * (1968) 2226). Of 12, 23, 31: nu_21 = nu_12 E2 / E1 and so on.
 */
export function orthotropicFault({ young_MPa: E, poisson: nu }: Orthotropic): string | null {
  const [n12, n23, n31] = nu;
  const [n21, n32, n13] = [(n12 * E[1]) / E[0], (n23 * E[2]) / E[1], (n31 * E[0]) / E[2]];
  const determinant = 1 - n12 * n21 - n23 * n32 - n31 * n13 - 2 * n21 * n32 * n13;
  if (n12 * n21 < 1 && n23 * n32 < 1 && n31 * n13 < 1 && determinant > 0) return null;
  return 'No material has these Poisson’s ratios with these moduli: it would give energy when strained.';
}
