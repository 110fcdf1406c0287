import { expect, it } from 'vitest';
import type { ResultSummary } from '../../preload/contract/index.ts';
import { textOf } from './study-text.ts';

const place = (value: number, unit: string) => ({ value, unit, at_mm: [0, 0, 0] as [number, number, number] });
const SUMMARY: ResultSummary = {
  inputHash: '0',
  solver: 'test',
  createdAt: 0,
  mesh: { nodes: 10, elements: 1, order: 2, dof: 30, min_quality: 1, size_mm: 1, straightened: 0, histogram: [] },
  extremes: {
    'displacement.magnitude': { min: place(0, 'mm'), max: place(1, 'mm') },
    von_mises: { min: place(0.8, 'MPa'), max: place(123_456, 'MPa') },
  },
  relativeResidual: 1e-9,
  iterations: 1,
  method: 'direct',
  discretisation_error: { energy_percent: 2, peak_stress_percent: 3 },
  minimumSafetyFactor: null,
  singularities: [],
  warnings: [],
  probes: [],
  mass_kg: 1,
  seconds: { mesh: 0, assemble: 0, solve: 0, recover: 0, total: 0 },
};
const mode = (frequency_Hz: number, rigid = false): NonNullable<ResultSummary['modes']>[number] => ({
  frequency_Hz,
  effectiveMass_kg: [0, 0, 1],
  cumulativeMass_percent: [0, 0, 61.4],
  rigid,
  residual: 0,
  error_percent: 0.523,
});

it('of modes says frequencies, and no stress of a shape without an amplitude', () => {
  const text = textOf('a', { ...SUMMARY, type: 'modal', modes: [mode(0, true), mode(2302.7)] }, true);
  expect(text).toContain('mode 1: moves as a rigid body');
  expect(text).toContain(
    'mode 2: 2302.7 Hz, estimated 0.52 % too high; moved up to here: 0 % along x, 0 % along y, 61 %',
  );
  expect(text).not.toMatch(/MPa|displacement/);
});

it('of buckling says the factors, and which are of loads the other way round', () => {
  const bucklingFactors = [
    { factor: 3.25, residual: 0 },
    { factor: -7, residual: 0 },
  ];
  const lines = textOf('a', { ...SUMMARY, type: 'buckling', bucklingFactors }, true).split('\n');
  expect(lines.slice(1, 3)).toEqual([
    '  buckling factor 1: 3.2500',
    '  buckling factor 2: -7.0000 (loads the other way round)',
  ]);
});

it('of load cases says the largest values of each, without powers of ten', () => {
  const frames = [{ name: 'Landing', kind: 'case' as const, extremes: SUMMARY.extremes }];
  const text = textOf('a', { ...SUMMARY, type: 'static', frames }, true);
  expect(text).toContain('  von_mises                0.8 to 123500 MPa');
  expect(text).toContain('  Landing: displacement.magnitude up to 1 mm, von_mises up to 123500 MPa');
});

it('of heat says where it comes in, and the error of the flux in place of that of a stress', () => {
  const heat = { inflow_W: [{ id: 'l', name: 'Chip', power_W: 12.345678 }], stored_W: 0, balance_error: 0 };
  const discretisation_error = { energy_percent: 2, peak_stress_percent: 0, peak_flux_percent: 4 };
  const text = textOf('a', { ...SUMMARY, type: 'thermal', extremes: {}, heat, discretisation_error }, true);
  expect(text).toContain('  heat in through Chip: 12.35 W\n  estimated error 2.0 % (energy), 4.0 % (peak heat flux)\n');
});
