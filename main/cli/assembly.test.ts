/** Studies of assemblies: parts where their occurrences stand, joined and solved as one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext, type Transform } from '../../preload/contract/index.ts';
import { createKernel, type ImportedModel, type Kernel } from '../kernel/index.ts';
import {
  BONDED_WHERE_TOUCHING,
  createPhysics,
  materialByName,
  type Physics,
  parseStudyFile,
  type StudyOutcome,
  withBodyMaterials,
} from '../physics/index.ts';
import { type BodyOfFile, bodiesOfOccurrences, bodiesOfOnlyPart } from './assembly.ts';
import { exportRequestOf } from './convert.ts';
import { requestOfFile } from './study-request.ts';

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

const context = silentContext();
type Box = { min_mm: [number, number, number]; max_mm: [number, number, number] };
interface Placement {
  part: number;
  name: string;
  transform: Transform;
}
const at = (x: number, y: number, z: number): Transform => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z];
/** A quarter turn about z, then a shift along x: (x, y) comes to (shift - y, x). */
const turned = (shift: number): Transform => [0, -1, 0, shift, 1, 0, 0, 0, 0, 0, 1, 0];

/** Boxes as parts of a STEP file, written by the kernel and read again. */
async function fileOf(boxes: Record<string, Box>, placements?: Placement[]): Promise<ImportedModel> {
  const model = await kernel.primitives(
    Object.entries(boxes).map(([name, box]) => ({ name, shape: { box } })),
    context,
  );
  const instances = placements?.map(({ part, name, transform }, index) => ({
    key: `i${index}`,
    parentKey: null,
    partKey: model.parts[part]!.key,
    name,
    transform,
  }));
  const request = exportRequestOf(model, 'step');
  const { bytes } = await kernel.export({ ...request, ...(instances ? { instances } : {}) }, context);
  return kernel.import({ bytes, fileName: 'made.step', tessellate: false }, context);
}

async function solve(bodies: BodyOfFile[], yaml: string): Promise<StudyOutcome> {
  const parsed = parseStudyFile(`geometry: made.step\nassembly: true\n${yaml}`);
  const material = parsed.material;
  const brep = await kernel.brepText(
    bodies.map((body) => body.brep),
    context,
  );
  const study =
    parsed.bondWhereTouching && bodies.length > 1
      ? { ...parsed.study, connections: [BONDED_WHERE_TOUCHING] }
      : parsed.study;
  return physics.solve(
    {
      bodies: withBodyMaterials(
        bodies.map((body) => ({ ...body, material })),
        parsed.bodyMaterials,
      ),
      brep,
      inputHash: '0'.repeat(64),
      study,
    },
    context,
  );
}
const assembled = (model: ImportedModel, chosen: 'all' | string[] = 'all') =>
  bodiesOfOccurrences(kernel, model, chosen, context);

const BLOCK: Box = { min_mm: [0, 0, 0], max_mm: [20, 10, 10] };
const LONG: Box = { min_mm: [0, 0, 0], max_mm: [40, 10, 10] };
const PULL = `
material: {young: 200 GPa, poisson: 0.3, density: 8000 kg/m^3}
mesh: {size: 6 mm}
restraints:
  - {on: "faces <X", fix: [x]}
  - {on: "faces <Y", fix: [y]}
  - {on: "faces <Z", fix: [z]}
loads:
  - {on: "faces >X", force: [2000, 0, 0]}
`;
const largest = ({ summary }: StudyOutcome): number => summary.extremes['displacement.x']!.max.value;

describe('an assembly', () => {
  it('of two blocks pulled along is as long as the one block that they make, and as stiff in bending', async () => {
    const two = await assembled(await fileOf({ left: BLOCK, right: { min_mm: [20, 0, 0], max_mm: [40, 10, 10] } }));
    expect(two.map(({ name }) => name)).toEqual(['left/left', 'right/right']);
    const one = bodiesOfOnlyPart(await fileOf({ long: LONG }));
    const pulled = await solve(two, PULL);
    // F L / (E A), exact for constant stress, which bonds pass on exactly whatever the meshes.
    expect(largest(pulled) / 4e-3).toBeCloseTo(1, 6);
    expect(pulled.summary.connections).toHaveLength(1);
    expect(pulled.summary.connections![0]!.force_N![0]!).toBeCloseTo(2000, 3);
    expect(pulled.summary.reactions_N!.total[0]).toBeCloseTo(-2000, 3);

    const bend = PULL.replace('fix: [x]', 'fix: [x, y, z]')
      .replace(/ {2}- \{on: "faces <[YZ]".*\n/g, '')
      .replace('[2000, 0, 0]', '[0, 0, -100]')
      .replace('size: 6 mm', 'size: 5 mm');
    const down = async (bodies: BodyOfFile[]) => (await solve(bodies, bend)).summary.extremes['displacement.z']!.min;
    // Two meshes of elements half as long as the beam is thick: each is within half a per cent of the beam.
    expect(Math.abs((await down(two)).value / (await down(one)).value - 1)).toBeLessThan(0.01);
  });

  it('may be given by dimensions alone: its bodies are bonded where they touch', async () => {
    const boxes = `primitives:
  - {name: left, shape: {box: {min_mm: [0, 0, 0], max_mm: [20, 10, 10]}}}
  - {name: right, shape: {box: {min_mm: [20, 0, 0], max_mm: [40, 10, 10]}}}
${PULL}`;
    const { request } = await requestOfFile(kernel, parseStudyFile(boxes), 'study.yaml', context);
    expect(request.bodies.map(({ name }) => name)).toEqual(['left', 'right']);
    const pulled = await physics.solve(request, context);
    expect(largest(pulled) / 4e-3).toBeCloseTo(1, 6);
    expect(pulled.summary.connections![0]!.force_N![0]!).toBeCloseTo(2000, 3);
  });

  it('given by dimensions has no two bodies of one name', () => {
    const box = '{name: bolt, shape: {box: {min_mm: [0, 0, 0], max_mm: [1, 1, 1]}}}';
    expect(() => parseStudyFile(`primitives: [${box}, ${box}]\n${PULL}`)).toThrow(/two bodies are called "bolt"/);
  });

  it('has a part as often as it occurs, each where it stands and with a material of its own', async () => {
    // An L: the second occurrence of the block stands across the end of the first.
    const model = await fileOf({ block: BLOCK }, [
      { part: 0, name: 'arm', transform: at(0, 0, 0) },
      { part: 0, name: 'arm', transform: turned(30) },
    ]);
    const bodies = await assembled(model);
    expect(bodies.map(({ name }) => name)).toEqual(['arm (1)/block', 'arm (2)/block']);
    const [first, second] = bodies.map(({ info }) => info);
    expect(first!.mass.centroid_mm[0]).toBeCloseTo(10, 6);
    expect(second!.mass.centroid_mm[0]).toBeCloseTo(25, 6);
    expect(second!.mass.centroid_mm[1]).toBeCloseTo(10, 6);

    const yaml = `
material: {young: 200 GPa, poisson: 0.3, density: 8000 kg/m^3}
materials: [{body: arm (2), material: {young: 100 GPa, poisson: 0.3, density: 4000 kg/m^3}}]
mesh: {size: 5 mm}
restraints: [{on: "faces <X", fix: [x, y, z]}]
loads: [{on: "faces of \\"arm (2)\\" >Y", force: [0, 0, -100], name: tip}, {gravity: [0, 0, -9.81 m/s^2]}]
`;
    const { summary } = await solve(bodies, yaml);
    const weight = 2000 * (8e-9 + 4e-9) * 9810;
    expect(summary.mass_kg).toBeCloseTo(2000e-9 * 12_000, 9);
    expect(summary.reactions_N!.total[2]).toBeCloseTo(100 + weight, 4);
    expect(summary.equilibrium_error!).toBeLessThan(1e-6);
    // It bends most at the end of the second, which only a turned one reaches.
    const { at_mm } = summary.extremes['displacement.magnitude']!.max;
    expect(at_mm[1]).toBeCloseTo(20, 3);

    // The same as one piece, drawn where the parts were placed.
    const drawn = await assembled(await fileOf({ foot: BLOCK, across: { min_mm: [20, 0, 0], max_mm: [30, 20, 10] } }));
    const same = await solve(drawn, yaml.replaceAll('arm (2)', 'across'));
    const tip = (outcome: { summary: StudyOutcome['summary'] }) =>
      outcome.summary.extremes['displacement.z']!.min.value;
    expect(tip({ summary }) / tip(same)).toBeCloseTo(1, 2);
  });

  it('may be taken in parts, by names of occurrences, sub-assemblies or parts', async () => {
    const model = await fileOf({ block: BLOCK, pin: { min_mm: [0, 0, 0], max_mm: [5, 5, 5] } }, [
      { part: 0, name: 'base', transform: at(0, 0, 0) },
      { part: 1, name: 'pin a', transform: at(0, 0, 10) },
      { part: 1, name: 'pin b', transform: at(10, 0, 10) },
    ]);
    const names = async (chosen: string[]) => (await assembled(model, chosen)).map(({ name }) => name);
    expect(await names(['pin b', 'base'])).toEqual(['base/block', 'pin b/pin']);
    expect(await names(['pin'])).toEqual(['pin a/pin', 'pin b/pin']);
    await expect(names(['screw'])).rejects.toMatchObject({
      data: { code: 'study.no-such-part', hint: 'Its parts are "base", "pin a" and "pin b".' },
    });
    expect(() => bodiesOfOnlyPart(model)).toThrow(/2 parts with solids: "block" and "pin"/);
  });

  it('whose parts nothing joins is refused by the name of the one that is loose', async () => {
    const apart = await assembled(await fileOf({ left: BLOCK, right: { min_mm: [25, 0, 0], max_mm: [45, 10, 10] } }));
    await expect(solve(apart, `${PULL}connections: []\n`)).rejects.toThrow(/body 2 \(right\/right\) can|body 1/);
  });
});

describe('the study file of an assembly', () => {
  const parse = (lines: string) => parseStudyFile(`${lines}\nmaterial: Al 6061-T6\n`);
  it('takes all parts or some, and bonds them unless it says how they are joined', () => {
    expect(parse('geometry: a.step\nassembly: true')).toMatchObject({
      geometry: { kind: 'file', path: 'a.step', occurrences: 'all' },
      bondWhereTouching: true,
    });
    expect(parse('geometry: a.step\npart: [A, B]\nconnections: []')).toMatchObject({
      geometry: { occurrences: ['A', 'B'] },
      bondWhereTouching: false,
    });
    expect(parse('geometry: a.step\npart: A').geometry).toMatchObject({ occurrences: ['A'] });
    expect(parse('geometry: a.step')).toMatchObject({ geometry: { kind: 'file' }, bondWhereTouching: false });
    expect(parse('project: a.artificer\npart: A').geometry).toEqual({
      kind: 'project',
      path: 'a.artificer',
      part: 'A',
    });
    expect(parse('project: a.artificer\nassembly: true').geometry).toMatchObject({ occurrences: 'all' });
  });
  it('refuses both at once, and names of bodies that are not there', () => {
    expect(() => parse('geometry: a.step\nassembly: true\npart: A')).toThrow(/"assembly" and "part"/);
    const body = { index: 0, name: 'a/b', part: 'b', material: materialByName('Al 6061-T6') };
    expect(() => withBodyMaterials([body as never], [{ body: 'c' }])).toThrow(/no body "c"/);
  });
});
