import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { parseStudyFile } from './index.ts';

const base = 'geometry: part.step\nmaterial: {young: 70 GPa, poisson: 0.33, density: 2700 kg/m^3}\n';
const selector = (text: string) => [{ by: 'selector', selector: text }];
const refusal = (text: string): { code: string; message: string } => {
  try {
    parseStudyFile(base + text);
  } catch (error) {
    const { code, message } = (error as ArtificerError).data;
    return { code, message };
  }
  return { code: 'none', message: '' };
};

describe('a study file asks for every kind of physics', () => {
  it('reads heat with its units: film, radiation, flux, flow, generation, temperatures and a curve', () => {
    const { study } = parseStudyFile(`${base}type: transient-thermal
transient: {end: 2 min, initial: 293.15 K, step: 500 ms, frames: 20}
restraints:
  - {on: "faces <Z", temperature: 373.15 K}
loads:
  - {on: "faces >Z", convection: {film: 25 W/(m^2*K), ambient: 20}}
  - {on: "faces >X", radiation: {emissivity: 0.8, ambient: 300 K}}
  - {on: "faces <X", heat_flux: 2 kW/m^2, curve: [[0, 0], [10 s, 1]]}
  - {on: "faces >Y", heat_flow: 500 mW}
  - {heat_generation: 1 MW/m^3}
`);
    expect(study.study).toBe('transient-thermal');
    expect(study.transient).toEqual({ end_s: 120, initial_degC: 20, step_s: 0.5, frames: 20 });
    expect(study.restraints[0]).toEqual({
      id: 'restraint-1',
      name: 'restraint 1',
      on: selector('faces <Z'),
      kind: 'temperature',
      temperature_degC: 100,
    });
    expect(study.loads).toMatchObject([
      { kind: 'convection', film_W_m2K: 25, ambient_degC: 20 },
      { kind: 'radiation', emissivity: 0.8, ambient_degC: 26.85 },
      {
        kind: 'heat-flux',
        flux_W_m2: 2000,
        curve: [
          [0, 0],
          [10, 1],
        ],
      },
      { kind: 'heat-flow', power_W: 0.5 },
      { kind: 'heat-generation', generation_W_m3: 1e6, on: [] },
    ]);
  });

  it('reads load cases and combinations by the names of loads and cases', () => {
    const { study } = parseStudyFile(`${base}restraints: [{on: "faces <X", fix: all}]
loads:
  - {name: pull, on: "faces >X", force: [1 kN, 0, 0]}
  - {name: spin, centrifugal: {axis: [0, 0, 1], speed: 60 rpm}}
cases:
  - {name: hard landing, loads: [pull, {load: spin, factor: 2}]}
  - {name: cruise, loads: [spin]}
combinations:
  - {name: both, terms: [{case: hard landing}, {case: cruise, factor: -0.5}]}
`);
    expect(study.loads[1]).toMatchObject({ kind: 'centrifugal', axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] } });
    expect((study.loads[1] as { speed_rad_s: number }).speed_rad_s).toBeCloseTo(2 * Math.PI, 12);
    expect(study.cases).toEqual([
      {
        id: 'case-1',
        name: 'hard landing',
        loads: [
          { load: 'load-1', factor: 1 },
          { load: 'load-2', factor: 2 },
        ],
      },
      { id: 'case-2', name: 'cruise', loads: [{ load: 'load-2', factor: 1 }] },
    ]);
    expect(study.combinations).toEqual([
      {
        id: 'combination-1',
        name: 'both',
        terms: [
          { case: 'case-1', factor: 1 },
          { case: 'case-2', factor: -0.5 },
        ],
      },
    ]);
  });

  it('reads connections, remote points and cyclic sectors', () => {
    const { study } = parseStudyFile(`${base}
restraints:
  - {on: "faces >X", remote: {at: [0, 0, 1 m], x: 0, rz: 2 deg, coupling: rigid}}
  - {on: "faces <Y", cyclic: {opposite: "faces >Y", axis: [0, 0, 1], sectors: 12}}
connections:
  - {bonded: touching, tolerance: 0.05}
  - {bonded: true, on: "faces <Z", to: "faces >Z", conductance: 5000 W/(m^2*K)}
  - {bolt: {diameter: 8, preload: 12 kN}, on: "faces >Z", to: "faces <Z"}
  - {coupled: [x, y], on: "faces >X"}
  - {spring: [1 kN/mm, 0, 0], on: "faces >X", to: "faces <X"}
`);
    expect(study.restraints[0]).toMatchObject({
      kind: 'remote-displacement',
      point_mm: [0, 0, 1000],
      coupling: 'rigid',
      x_mm: 0,
      rz_rad: expect.closeTo((2 * Math.PI) / 180, 12),
    });
    expect(study.restraints[1]).toMatchObject({
      kind: 'cyclic-symmetry',
      opposite: selector('faces >Y'),
      sectors: 12,
    });
    expect(study.connections).toMatchObject([
      { kind: 'bonded-touching', tolerance_mm: 0.05 },
      { kind: 'bonded', to: selector('faces >Z'), conductance_W_m2K: 5000 },
      { kind: 'bolt', diameter_mm: 8, young_MPa: 210_000, preload_N: 12_000 },
      { kind: 'coupled', axes: ['x', 'y'] },
      { kind: 'spring', stiffness_N_mm: [1000, 0, 0] },
    ]);
  });

  it('reads materials of single bodies, directions, and properties that change with temperature', () => {
    const { material, bodyMaterials } = parseStudyFile(`geometry: part.step
material:
  tables: {young: [[20, 210 GPa], [500, 150 GPa]]}
  poisson: 0.3
materials:
  - body: shell
    material: {orthotropic: {young: [135 GPa, 10 GPa, 10 GPa], poisson: [0.3, 0.4, 0.02], shear: [5 GPa, 3 GPa, 5 GPa]}}
    axes: {first: [1, 0, 0], second: [0, 1, 0]}
`);
    expect(material.properties).toEqual({
      density_kg_m3: 0,
      young_MPa: 210_000,
      poisson: 0.3,
      tables: {
        young_MPa: [
          [20, 210_000],
          [500, 150_000],
        ],
      },
    });
    expect(bodyMaterials).toMatchObject([
      {
        body: 'shell',
        axes: { first: [1, 0, 0], second: [0, 1, 0] },
        material: {
          properties: {
            orthotropic: {
              young_MPa: [135_000, 10_000, 10_000],
              poisson: [0.3, 0.4, 0.02],
              shear_MPa: [5000, 3000, 5000],
            },
          },
        },
      },
    ]);
  });

  it('has defaults for vibration and buckling', () => {
    expect(parseStudyFile(`${base}type: modal\n`).study.modal).toEqual({ modes: 10 });
    expect(parseStudyFile(`${base}type: modal\nmodes: 6\n`).study.modal).toEqual({ modes: 6 });
    expect(parseStudyFile(`${base}type: buckling\n`).study.buckling).toEqual({ modes: 4 });
    expect(parseStudyFile(`${base}type: harmonic\nharmonic: {to: 2 kHz, damping: 2 %}\n`).study.harmonic).toEqual({
      from_Hz: 0,
      to_Hz: 2000,
      dampingRatio: 0.02,
      points: 200,
    });
  });

  it('refuses what it would otherwise have to leave out', () => {
    expect(refusal('modes: 5\n').message).toContain('"modes" belongs to studies of type modal or buckling');
    expect(refusal('cases: [{loads: [nothing]}]\n').message).toContain('there is no load "nothing"');
    expect(refusal('loads: [{on: "faces >X", radiation: {emissivity: 1.2, ambient: 20}}]\n').message).toContain(
      'at most 1',
    );
    expect(refusal('connections: [{rigid: true, on: "faces >X", to: "faces <X"}]\n').message).toContain('no "to"');
    expect(refusal('loads: [{on: "faces >X", convection: {film: 25, ambient: 20, flim: 1}}]\n').code).toBe(
      'study-file.unknown-key',
    );
    expect(refusal('restraints: [{on: "faces >X", temperature: -300}]\n').code).not.toBe('none');
  });
});
