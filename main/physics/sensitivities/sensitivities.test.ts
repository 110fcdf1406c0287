/** Sensitivities of real parts: kernel, mesher, core. Skipped where one of them is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { Functional, Reference } from '../../../preload/contract/index.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { createKernel, type Kernel, type PrimitiveSpecification } from '../../kernel/index.ts';
import { createPhysics, type FollowedVariable, type Physics, type SensitivityRequest } from '../index.ts';
import { materialByName } from '../materials.ts';
import { findMesher, loadCore } from '../native-core.ts';
import { makeBodies } from '../solve-primitives.ts';
import { followGeometry } from './follow.ts';

const ready = loadCore().core !== null && findMesher() !== null;
if (!ready) console.warn('The numeric core or the mesher has not been built: sensitivities of parts are not tested.');

let kernel: Kernel;
let physics: Physics;
beforeAll(() => {
  kernel = createKernel();
  physics = createPhysics();
});
afterAll(async () => {
  await physics.dispose();
  await kernel.dispose();
});

/** A plate of 60 x 40 x `thickness` with a hole of `radius` in its middle. */
const plate = (radius: number, thickness: number, holes = 1): PrimitiveSpecification => ({
  name: 'plate',
  shape: {
    difference: [
      { box: { min_mm: [0, 0, 0], max_mm: [60, 40, thickness] } },
      ...Array.from({ length: holes }, (_, hole) => ({
        cylinder: {
          origin_mm: [30 + 20 * hole, 20, -5] as [number, number, number],
          axis: [0, 0, 1] as [number, number, number],
          radius_mm: radius,
          height_mm: 40,
        },
      })),
    ],
  },
});
const on = (selector: string): Reference[] => [{ by: 'selector', selector }];

async function made(radius: number, thickness: number, holes = 1) {
  const { brep, bodies } = await makeBodies(
    kernel,
    [plate(radius, thickness, holes)],
    materialByName('Al 6061-T6'),
    silentContext(),
  );
  return { brep, bodies, infos: bodies.map((body) => body.info) };
}

async function requestOf(functionals: Functional[], variables: FollowedVariable[]): Promise<SensitivityRequest> {
  const { brep, bodies } = await made(8, 6);
  return {
    brep,
    bodies,
    inputHash: 'plate',
    study: {
      restraints: [{ id: 'r', name: 'clamp', kind: 'fixed', on: on('faces <X') }],
      loads: [{ id: 'l', name: 'pull', kind: 'traction', on: on('faces >X'), traction_MPa: [50, 0, 0] }],
      mesh: { size_mm: 9, order: 2, accuracy: 'draft', refinements: [] },
      probes: [],
    },
    functionals,
    variables,
    differences: true,
    solver: { method: 'direct', tolerance: 1e-12 },
  };
}

describe.skipIf(!ready)('sensitivities of a plate with a hole', () => {
  it('agree with central differences and with closed forms, face by face and by dimension', async () => {
    const change = async (name: string, value: number, plus: [number, number], minus: [number, number]) => {
      const step = value / 1000;
      return { name, unit: 'mm', value, step, plus: await made(...plus), minus: await made(...minus) };
    };
    const radius = await change('radius', 8, [8.008, 6], [7.992, 6]);
    const thickness = await change('thickness', 6, [8, 6.006], [8, 5.994]);
    const request = await requestOf(
      [{ quantity: 'mass' }, { quantity: 'compliance' }, { quantity: 'stress' }],
      [radius, thickness],
    );
    const { summary, fields, differences } = await physics.sensitivities(request, silentContext());
    expect(summary.leftOut).toEqual([]);
    for (const [index, { name, variables }] of summary.functionals.entries())
      for (const [variable, { perUnit }] of variables.entries())
        expect(Math.abs(perUnit / differences![index]![variable]! - 1), name).toBeLessThan(1e-5);

    // kg/mm^3
    const density = 1e-9 * materialByName('Al 6061-T6')!.properties.density_kg_m3;
    const [mass, compliance] = summary.functionals as [
      (typeof summary.functionals)[0],
      (typeof summary.functionals)[0],
    ];
    // Quadratic facets make the circle's length and area a little wrong, by less than 1e-4 here.
    expect(mass.variables[0]!.perUnit / (-density * 2 * Math.PI * 8 * 6)).toBeCloseTo(1, 3);
    expect(mass.variables[1]!.perUnit / (density * (2400 - Math.PI * 64))).toBeCloseTo(1, 4);
    const faces = request.bodies[0]!.info.faces;
    for (const { face, perMillimetre } of mass.faces)
      expect(perMillimetre / (density * faces[face]!.area_mm2), `face ${face}`).toBeCloseTo(1, 2);

    // The hole outward is the radius inward. Top and bottom outward by half each are the thickness, for loads per area too.
    const sum = (type: string, along: number): number =>
      compliance.faces
        .filter(({ face }) => faces[face]!.type === type && (along < 0 || Math.abs(faces[face]!.normal![along]!) > 0.9))
        .reduce((total, one) => total + one.perMillimetre, 0);
    // The nodes move along their faces otherwise in the two, which matters by the error of discretisation only.
    expect(-sum('cylinder', -1) / compliance.variables[0]!.perUnit).toBeCloseTo(1, 1);
    expect(sum('plane', 2) / 2 / compliance.variables[1]!.perUnit).toBeCloseTo(1, 1);
    // Outward on the wall is into the hole: metal put there stiffens.
    expect(sum('cylinder', -1)).toBeLessThan(0);

    const { arrays } = decodeBundle(fields);
    const count = arrays['nodes']!.length / 3;
    expect(arrays['sensitivity']!.length).toBe(3 * count);
    expect(Math.max(...arrays['surfaceTriangles']!)).toBe(count - 1);
    // Mass by outward movement is the density everywhere on smooth faces.
    const values = [...arrays['sensitivity']!.slice(0, count)].sort((a, b) => a - b);
    expect(values[Math.floor(count / 2)]! / density).toBeCloseTo(1, 3);
  }, 120_000);

  it('leave out a variable that puts the part together differently, and say so', async () => {
    const changed = { plus: await made(8, 6, 2), minus: await made(8, 6) };
    const variable: FollowedVariable = { name: 'holes', unit: '1', value: 1, step: 1, ...changed };
    const request = await requestOf([{ quantity: 'mass' }], [variable]);
    const { summary } = await physics.sensitivities({ ...request, differences: false }, silentContext());
    expect(summary.functionals[0]!.variables).toEqual([]);
    expect(summary.leftOut).toEqual([{ name: 'holes', reason: expect.stringContaining('put together differently') }]);
  }, 60_000);
});

describe.skipIf(!ready)('a mesh that follows a changed part', () => {
  it('has its nodes on the new faces, edges and vertices, in the same relative place', async () => {
    const request = await requestOf([], []);
    let mesh: Uint8Array | undefined;
    const watching = createPhysics({
      meshCache: {
        get: async () => null,
        put: async (_, bytes) => {
          mesh = bytes;
        },
      },
    });
    await watching.mesh({ ...request, mesh: request.study.mesh }, silentContext());
    await watching.dispose();
    const there = await made(10, 7.5);
    const job = {
      mesherPath: findMesher()!,
      brep: request.brep,
      infos: request.bodies.map((body) => body.info),
      mesh: mesh!,
      limits: { seconds: 60, memory_MiB: 2000 },
      workingFolder: undefined,
    };
    const { nodes } = await followGeometry(job, there, silentContext());
    const { arrays } = decodeBundle(mesh!);
    const was = arrays['nodes'] as Float64Array;
    const { facets, facetFace } = arrays as unknown as { facets: Int32Array; facetFace: Int32Array };
    const hole = request.bodies[0]!.info.faces.findIndex(({ type }) => type === 'cylinder');
    for (let facet = 0; facet < facetFace.length; facet++)
      for (let k = 0; k < 6; k++) {
        const node = 3 * facets[6 * facet + k]!;
        const radiusOf = (list: Float64Array): number => Math.hypot(list[node]! - 30, list[node + 1]! - 20);
        // Exactly on planes; elsewhere the graph keeps relative places nearly.
        const ends = was[node + 2] === 0 || was[node + 2] === 6;
        expect(nodes![node + 2]! / 7.5).toBeCloseTo(was[node + 2]! / 6, ends ? 9 : 1);
        if (facetFace[facet] !== hole) continue;
        expect(radiusOf(nodes!)).toBeCloseTo(10 + (radiusOf(was) - 8), 9);
        const angle = (list: Float64Array): number => Math.atan2(list[node + 1]! - 20, list[node]! - 30);
        expect(Math.cos(angle(nodes!) - angle(was))).toBeCloseTo(1, ends ? 9 : 3);
      }
  }, 60_000);
});
