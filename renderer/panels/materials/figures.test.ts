import { describe, expect, it } from 'vitest';
import type { MaterialProperties } from '../../../preload/contract/index.ts';
import { orthotropicFault, orthotropicFrom } from './figures.ts';

const steel: MaterialProperties = { young_MPa: 210_000, poisson: 0.3, density_kg_m3: 7850, conductivity_W_mK: 50 };

describe('direction-dependent constants', () => {
  it('begin as those of the isotropic material', () => {
    const from = orthotropicFrom(steel);
    expect(from.young_MPa).toEqual([210_000, 210_000, 210_000]);
    // G = E / 2 (1 + nu)
    expect(from.shear_MPa[0]).toBeCloseTo(80_769.2308, 3);
    expect(from.conductivity_W_mK).toEqual([50, 50, 50]);
    expect('thermalExpansion_1_K' in from).toBe(false);
    expect(orthotropicFault(from)).toBeNull();
  });
  it('are refused where the material would give energy when strained', () => {
    // Isotropic: admissible for -1 < nu < 0.5 only.
    const of = (nu: number) => orthotropicFrom({ ...steel, poisson: nu });
    expect(orthotropicFault(of(0.499))).toBeNull();
    expect(orthotropicFault({ ...of(0.3), poisson: [0.51, 0.51, 0.51] })).not.toBeNull();
    expect(orthotropicFault({ ...of(0.3), poisson: [-1.01, -1.01, -1.01] })).not.toBeNull();
    // Carbon in epoxy along 1: nu_12 0.3 with E1/E2 = 15 is fine, nu_21 of that size would not be.
    const ply = { ...of(0.3), young_MPa: [150_000, 10_000, 10_000] as [number, number, number] };
    expect(orthotropicFault({ ...ply, poisson: [0.3, 0.4, 0.02] })).toBeNull();
    expect(orthotropicFault({ ...ply, poisson: [0.3, 0.4, 0.3] })).not.toBeNull();
  });
});
