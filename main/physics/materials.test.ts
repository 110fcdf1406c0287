import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../preload/contract/errors.ts';
import { materialByName, materialLibrary } from './materials.ts';

/** Plausible ranges by category: Young's modulus GPa, Poisson's ratio, density kg/m^3, expansion 1e-6/K. */
const RANGES: Record<
  string,
  { young: [number, number]; poisson: [number, number]; density: [number, number]; expansion?: [number, number] }
> = {
  'Structural steel': { young: [200, 215], poisson: [0.27, 0.31], density: [7800, 7900], expansion: [11, 13] },
  'Alloy steel': { young: [185, 215], poisson: [0.27, 0.33], density: [7750, 8100], expansion: [9, 13] },
  'Stainless steel': { young: [190, 225], poisson: [0.26, 0.32], density: [7600, 8100], expansion: [9.5, 18] },
  'Tool steel': { young: [200, 220], poisson: [0.27, 0.31], density: [7600, 8200], expansion: [10, 13.5] },
  'Cast iron': { young: [90, 185], poisson: [0.24, 0.29], density: [7000, 7400], expansion: [9, 15] },
  'Aluminium alloy': { young: [66, 80], poisson: [0.32, 0.35], density: [2600, 2860], expansion: [19, 25] },
  'Magnesium alloy': { young: [42, 47], poisson: [0.26, 0.36], density: [1730, 1900], expansion: [24, 28] },
  'Titanium alloy': { young: [95, 120], poisson: [0.29, 0.36], density: [4400, 4650], expansion: [8, 10] },
  'Nickel alloy': { young: [138, 220], poisson: [0.26, 0.33], density: [8000, 9000], expansion: [1, 15] },
  'Cobalt alloy': { young: [200, 240], poisson: [0.27, 0.32], density: [8000, 9200], expansion: [11, 15] },
  'Copper alloy': { young: [90, 140], poisson: [0.29, 0.36], density: [7400, 9000], expansion: [15, 22] },
  'Zinc alloy': { young: [80, 100], poisson: [0.24, 0.31], density: [6500, 7200], expansion: [24, 29] },
  'Refractory metal': { young: [300, 420], poisson: [0.26, 0.32], density: [10_000, 19_400], expansion: [4, 6] },
  Polymer: { young: [0.3, 16], poisson: [0.3, 0.48], density: [850, 2250], expansion: [20, 210] },
  'Composite (quasi-isotropic)': { young: [10, 70], poisson: [0.1, 0.35], density: [1400, 2500], expansion: [0, 30] },
  Concrete: { young: [25, 45], poisson: [0.15, 0.25], density: [2200, 2500], expansion: [8, 12] },
  Glass: { young: [60, 75], poisson: [0.15, 0.25], density: [2100, 2600], expansion: [0.4, 10] },
  Ceramic: { young: [60, 420], poisson: [0.13, 0.32], density: [2400, 6200], expansion: [3, 11] },
  'Wood (quasi-isotropic)': { young: [1.5, 12], poisson: [0.05, 0.4], density: [400, 800] },
};
const library = materialLibrary();
const within = (value: number, [low, high]: [number, number]): boolean => value >= low && value <= high;

describe('the materials library', () => {
  it('has at least 65 materials with names of their own, and the ones everybody asks for', () => {
    expect(library.length).toBeGreaterThanOrEqual(65);
    expect(new Set(library.map((material) => material.name.toLowerCase())).size).toBe(library.length);
    for (const name of ['Al 6061-T6', 'Steel S235JR', 'Ti-6Al-4V']) expect(materialByName(name).name).toBe(name);
    expect(materialByName('al 6061 t6').name).toBe('Al 6061-T6');
  });

  it.each(library.map((material) => [material.name, material] as const))('%s is plausible', (_, material) => {
    const { properties: p, category, source } = material;
    const range = RANGES[category];
    expect(range, category).toBeDefined();
    expect(source.length).toBeGreaterThan(10);
    expect(within(p.young_MPa / 1000, range!.young)).toBe(true);
    expect(within(p.poisson, range!.poisson)).toBe(true);
    expect(within(p.density_kg_m3, range!.density)).toBe(true);
    if (p.thermalExpansion_1_K !== undefined && range!.expansion)
      expect(within(1e6 * p.thermalExpansion_1_K, range!.expansion)).toBe(true);
    if (p.yield_MPa !== undefined && p.ultimate_MPa !== undefined)
      expect(p.yield_MPa).toBeLessThanOrEqual(p.ultimate_MPa);
    expect(p.yield_MPa ?? p.ultimate_MPa ?? p.compressive_MPa).toBeDefined();
    if (p.conductivity_W_mK !== undefined) expect(within(p.conductivity_W_mK, [0.1, 400])).toBe(true);
    if (p.specificHeat_J_kgK !== undefined) expect(within(p.specificHeat_J_kgK, [120, 2100])).toBe(true);
    const [coldest, hottest] = p.temperatureRange_degC!;
    expect(coldest).toBeGreaterThanOrEqual(-273);
    expect(hottest).toBeGreaterThan(coldest);
  });

  it('answers an unknown name with the nearest ones', () => {
    try {
      materialByName('6061');
      expect.unreachable();
    } catch (error) {
      expect((error as ArtificerError).code).toBe('study.unknown-material');
      expect((error as ArtificerError).data.hint).toContain('Al 6061-T6');
    }
  });
});
