import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { verificationHtml } from '../report/verification-report.ts';
import { verificationCases } from '../verification.ts';
import { parseStudyFile } from './index.ts';

const EXAMPLE = `geometry: bracket.step
type: static
material: Al 6061-T6
mesh: {size: 3 mm, order: 2}
restraints:
  - {on: "faces <Z", fix: [x, y, z]}
  - {on: "faces |X and >X", fix: [x]}
  - {on: "faces %CYLINDER", symmetry: true, name: shaft}
  - {on: "faces >Y", support: {normal: 20 N/mm^3}}
  - {on: "edges |Z", displace: {y: 0.1 in}}
loads:
  - {on: "faces >Z", pressure: 1 MPa}
  - {on: "faces near (10, 0, 20)", force: [0, 0, -500]}
  - {on: "faces >X", force: [0, 2 kN, 0], name: pull}
  - {gravity: [0, 0, -9.81 m/s^2]}
  - {on: "faces >X", remote_force: [1, 2, 3], at: [0, 0, 1 m], with_moment: [0, 5 N*m, 0]}
probes:
  - {name: D, at: [2000, 0, 600], quantity: stress.yy}
`;
const failure = (text: string): ArtificerError => {
  try {
    parseStudyFile(text);
  } catch (error) {
    return error as ArtificerError;
  }
  throw new Error('was accepted');
};

describe('the study file', () => {
  it('reads the example of the manual, with units', () => {
    const parsed = parseStudyFile(EXAMPLE);
    expect(parsed.geometry).toEqual({ kind: 'file', path: 'bracket.step' });
    expect(parsed.material.name).toBe('Al 6061-T6');
    expect(parsed.study.mesh).toEqual({ size_mm: 3, order: 2, accuracy: 'default', refinements: [] });
    const [clamp, plane, shaft, bed, edge] = parsed.study.restraints;
    expect(clamp).toMatchObject({ kind: 'fixed', on: [{ by: 'selector', selector: 'faces <Z' }] });
    expect(plane).toMatchObject({ kind: 'displacement', x_mm: 0 });
    expect(plane).not.toHaveProperty('y_mm');
    expect(shaft).toMatchObject({ kind: 'symmetry', name: 'shaft' });
    expect(bed).toMatchObject({ kind: 'elastic-support', normal_N_mm3: 20, tangential_N_mm3: 0 });
    expect((edge as { y_mm: number }).y_mm).toBeCloseTo(2.54, 12);
    const [pressure, force, pull, gravity, remote] = parsed.study.loads;
    expect(pressure).toMatchObject({ kind: 'pressure', pressure_MPa: 1 });
    expect(force).toMatchObject({ kind: 'force', force_N: [0, 0, -500] });
    expect(pull).toMatchObject({ name: 'pull', force_N: [0, 2000, 0] });
    expect((gravity as { acceleration_mm_s2: number[] }).acceleration_mm_s2[2]).toBeCloseTo(-9810, 9);
    expect(remote).toMatchObject({ kind: 'remote-force', point_mm: [0, 0, 1000], moment_N_mm: [0, 5000, 0] });
    expect(parsed.study.probes).toEqual([{ id: 'probe-1', name: 'D', at_mm: [2000, 0, 600], quantity: 'stress.yy' }]);
  });

  it('reads materials inline, accuracy goals and projects', () => {
    const parsed = parseStudyFile(`project: x.artificer
part: bracket
material: {young: 70 GPa, poisson: 0.33, density: 2700 kg/m^3, yield: 40 ksi}
mesh: {accuracy: 5 %, refine: [{on: "faces >Z", size: 1 mm}]}
`);
    expect(parsed.geometry).toEqual({ kind: 'project', path: 'x.artificer', part: 'bracket' });
    expect(parsed.material.properties.young_MPa).toBeCloseTo(70_000, 6);
    expect(parsed.material.properties.yield_MPa).toBeCloseTo(275.79, 2);
    expect(parsed.study.mesh.goal_percent).toBe(5);
    expect(parsed.study.mesh.refinements[0]).toMatchObject({ size_mm: 1 });
  });

  const base = 'geometry: a.step\nmaterial: Al 6061-T6\n';
  it.each([
    ['an unknown key', `${base}pressre: 1`, 'study-file.unknown-key', 3],
    ['an unknown key of a load', `${base}loads:\n  - {on: "faces >Z", presure: 1 MPa}`, 'study-file.unknown-key', 4],
    ['a wrong unit', `${base}loads:\n  - on: "faces >Z"\n    pressure: 1 mm`, 'study-file.value', 5],
    ['a unit that does not exist', `${base}loads:\n  - {gravity: [0, 0, 9.81 furlong]}`, 'study-file.value', 4],
    ['two numbers for a vector', `${base}loads:\n  - {on: "faces >Z", force: [0, 1]}`, 'study-file.value', 4],
    ['a load without a place', `${base}loads:\n  - {pressure: 1 MPa}`, 'study-file.missing-key', 4],
    ['two loads in one', `${base}loads:\n  - {on: "faces >Z", pressure: 1, force: [0, 0, 1]}`, 'study-file.value', 4],
    ['a selector that cannot be read', `${base}restraints:\n  - {on: "faces >>>", fix: all}`, 'study-file.selector', 4],
    ['an axis that does not exist', `${base}restraints:\n  - {on: "faces >Z", fix: [w]}`, 'study-file.value', 4],
    ['a type that does not exist', `${base}type: flow`, 'study-file.value', 3],
    ['a material that does not exist', 'geometry: a.step\nmaterial: Unobtainium', 'study-file.material', 2],
    ['no material', 'geometry: a.step', 'study-file.value', 1],
    ['no geometry', 'material: Al 6061-T6', 'study-file.value', 1],
    ['a size of nothing', `${base}mesh: {size: 0}`, 'study-file.value', 3],
    ['a key twice', `${base}material: Ti-6Al-4V`, 'study-file.syntax', 3],
    ['broken YAML', `${base}loads: [`, 'study-file.syntax', 3],
    ['something else altogether', 'hello', 'study-file.syntax', 1],
    [
      'a quantity that does not exist',
      `${base}probes:\n  - {at: [0, 0, 0], quantity: stress.qq}`,
      'study-file.value',
      4,
    ],
  ])('refuses %s and names the line', (_, text, code, line) => {
    const error = failure(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(new RegExp(`^Line ${line}: `));
    expect(error.data.category).toBe('refused');
  });
});

/** Where the source itself is no exact answer for a solid: each file says why. */
const WIDER_BANDS: Record<string, number> = { 'nafems-fv12.yaml': 2, 'nafems-fv52.yaml': 5, 'plate-buckling.yaml': 2 };

describe('verification files', () => {
  it('can all be read, and name their source', () => {
    const cases = verificationCases();
    expect(cases.length).toBeGreaterThanOrEqual(30);
    for (const one of cases) {
      expect(one.source.length).toBeGreaterThan(20);
      expect(one.study.study.mesh.accuracy).toBe('default');
      expect(one.study.geometry.kind).toBe('primitives');
      const widest = one.file.startsWith('patch') ? 1e-6 : (WIDER_BANDS[one.file] ?? 1);
      for (const target of one.targets) expect(target.band_percent, one.file).toBeLessThanOrEqual(widest);
    }
  });

  it('make a page that fails what lies outside its band, and escapes what it prints', () => {
    const row = {
      case: 'a',
      type: 'static' as const,
      name: 'A <case>',
      source: 's',
      quantity: 'q',
      unit: 'MPa',
      target: 100,
      got: 102,
      error_percent: 2,
      band: 'within 1 %',
      band_percent: 1,
      passed: false,
      elements: 1,
      dof: 3,
      size_mm: 1,
      estimatedError_percent: 1,
      seconds: 1,
    };
    const page = verificationHtml({
      rows: [row],
      passed: false,
      pictures: new Map(),
      solver: 'x',
      madeAt: 'now',
      seconds: 1,
    });
    expect(page).toContain('1 of 1 figures lie outside their bands');
    expect(page).toContain('A &lt;case&gt;');
    expect(page).toContain('FAILS');
    expect(page).not.toMatch(/<script|https?:\/\//);
  });
});
