import { describe, expect, it } from 'vitest';
import type { ResultSummary, StudyDefinition } from '../../../preload/contract/studies.ts';
import { chart } from './chart.ts';
import { type ReportInput, resultsReport } from './results-report.ts';

const statistic = (value: number, unit: string) => ({
  min: { value: 0, at_mm: [0, 0, 0] as [number, number, number], unit },
  max: { value, at_mm: [1, 2, 3] as [number, number, number], unit },
});
const summary: ResultSummary = {
  type: 'static',
  inputHash: 'abc',
  solver: 'Artificer 1',
  createdAt: 0,
  mesh: {
    nodes: 10,
    elements: 1,
    order: 2,
    dof: 30,
    min_quality: 0.5,
    size_mm: 2,
    straightened: 0,
    histogram: [],
  },
  extremes: { von_mises: statistic(123.456, 'MPa'), 'displacement.magnitude': statistic(0.01234, 'mm') },
  reactions_N: { total: [0, 0, 500], byRestraint: [{ id: 'r', name: 'clamp', force_N: [0, 0, 500] }] },
  applied_N: [0, 0, -500],
  equilibrium_error: 1e-9,
  relativeResidual: 1e-10,
  iterations: 12,
  method: 'direct',
  discretisation_error: { energy_percent: 2.5, peak_stress_percent: 4 },
  minimumSafetyFactor: { value: 2.02, at_mm: [0, 0, 0], basis: 'yield' },
  singularities: [{ at_mm: [0, 0, 0], reason: 'rim of the clamp', quantity: 'von_mises' }],
  warnings: [{ code: 'w', message: 'Mind the <gap>' }],
  probes: [{ name: 'tip', value: 1.5, unit: 'mm', quantity: 'displacement.z', at_mm: [0, 0, 0] }],
  mass_kg: 0.25,
  seconds: { mesh: 1, assemble: 1, solve: 1, recover: 1, total: 4 },
};
const study: StudyDefinition = {
  study: 'static',
  restraints: [{ id: 'r', name: 'clamp', kind: 'fixed', on: [] }],
  loads: [
    { id: 'l', name: 'pull <b>', kind: 'force', on: [], force_N: [0, 0, -500] },
    { id: 's', name: 'left out', kind: 'pressure', on: [], pressure_MPa: 1, suppressed: true },
  ],
  connections: [{ id: 'c', name: 'spring', kind: 'spring', on: [], to: [], stiffness_N_mm: [10, 0, 0] }],
  mesh: { order: 2, accuracy: 'default', refinements: [] },
  probes: [],
};
const input: ReportInput = {
  name: 'Bracket & co',
  part: 'bracket',
  study,
  bodies: [{ name: 'body 1', material: null }],
  summary,
};

describe('the report of a result', () => {
  const page = resultsReport(input);

  it('has the answer with units, what was asked, how far it can be trusted, and where it came from', () => {
    for (const text of ['123.5 MPa', '0.01234 mm', '2.02', '1.5 mm', 'rim of the clamp', '2.5 %', 'abc', '0.25 kg'])
      expect(page).toContain(text);
    expect(page).toContain('force (0, 0, -500) N');
    expect(page).toContain('stiffness (10, 0, 0) N/mm');
    expect(page).not.toContain('left out');
  });

  it('escapes every name and reaches for nothing outside', () => {
    expect(page).toContain('pull &lt;b&gt;');
    expect(page).toContain('Mind the &lt;gap&gt;');
    expect(page).toContain('Bracket &amp; co');
    expect(page).not.toMatch(/<script|https?:\/\/|<b>/);
  });

  it('draws curves with axes that say what they measure', () => {
    const { markup } = chart({
      id: 'c',
      name: 'Tip by time',
      kind: 'time',
      x: { name: 'time', unit: 's', values: [0, 1, 2] },
      y: [{ name: 'tip', unit: 'mm', values: [0, 5, 10] }],
    });
    expect(markup).toContain('time [s]');
    expect(markup).toContain('tip [mm]');
    // Three points, from the lower left corner of the axes to the upper right one.
    expect(/points="([^"]*)"/.exec(markup)?.[1]).toBe('70.0,276.0 347.0,145.0 624.0,14.0');
  });

  it('leaves what a logarithmic axis cannot show out of the curve', () => {
    const { markup } = chart({
      id: 'c',
      name: 'Residual',
      kind: 'residual',
      logarithmicY: true,
      x: { name: 'iteration', unit: '', values: [1, 2, 3] },
      y: [{ name: 'residual', unit: '-', values: [1, 0, 0.01] }],
    });
    expect(/points="([^"]*)"/.exec(markup)?.[1]?.split(' ')).toHaveLength(2);
  });
});
