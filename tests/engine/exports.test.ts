/** Parts with a history out of the project and back: every format keeps what it can hold. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../main/cli/inspect.ts';
import type { ImportedModel } from '../../main/kernel/port.ts';
import {
  type AnyRecord,
  type InstanceRecord,
  type PartRecord,
  silentContext,
  type Transform,
} from '../../preload/contract/index.ts';
import { hasNativeOcct, readStepNatively } from '../native-occt/read-step.ts';
import {
  type Bench,
  evaluated,
  extrude,
  face,
  feature,
  openBench,
  PLATE_ID,
  plate,
  plateVolume,
} from './parts.fixture.ts';

let bench: Bench;
const path = (name: string): string => join(bench.folder, 'out', name);
const RED = [0.8, 0.1, 0.1];
const BLUE = [0.1, 0.2, 0.9];
const PIN_ID = 'part_pin001';
const pair: InstanceRecord = {
  type: 'instance',
  id: 'instance_pair01',
  name: 'Pair',
  parentId: null,
  partId: null,
  transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
  order: 0,
};
const placed = (id: string, name: string, partId: string, transform: Transform): InstanceRecord => ({
  ...pair,
  id: `instance_${id}`,
  name,
  parentId: pair.id,
  partId,
  transform,
});
/** A quarter turn about z, then 100 mm along x. */
const TURNED: Transform = [0, -1, 0, 100, 1, 0, 0, 0, 0, 0, 1, 0];
const PIN: PartRecord = {
  type: 'part',
  id: PIN_ID,
  name: 'Stift Ø8',
  features: ['feature_pinsk1', 'feature_pinex1'],
  bodies: [],
  colour: BLUE,
};

beforeAll(async () => {
  bench = await openBench();
  await mkdir(join(bench.folder, 'out'));
  await bench.client['project.create']({ path: join(bench.folder, 'assembly.artificer') });
  const records: AnyRecord[] = [
    ...plate({ colour: RED }).filter(({ type }) => type !== 'instance'),
    PIN,
    feature(PIN_ID, 'pinsk1', 'Circle', {
      kind: 'sketch',
      plane: { by: 'principal', plane: 'xy' },
      entities: [
        { kind: 'point', id: 'c', x_mm: 0, y_mm: 0 },
        { kind: 'circle', id: 'circle1', centre: 'c', radius_mm: 4 },
      ],
      constraints: [{ kind: 'coincident', id: 'k', a: 'c', b: 'origin' }],
    }),
    feature(PIN_ID, 'pinex1', 'Pin', extrude('pinsk1', '25 mm')),
    pair,
    placed('plate1', 'Plate left', PLATE_ID, pair.transform),
    placed('plate2', 'Plate right', PLATE_ID, TURNED),
    placed('pin001', 'Stift', PIN_ID, pair.transform),
  ];
  await bench.client['document.change']({ label: 'Assembly', put: records });
});
afterAll(() => bench.end());

const VOLUME_mm3 = 2 * plateVolume(40, 5) + Math.PI * 16 * 25;
const volumeOf = (model: ImportedModel): number => {
  const used = model.instances.filter(({ partKey }) => partKey !== null);
  const of = (key: string): number =>
    model.parts.find((part) => part.key === key)!.bodies.reduce((sum, { info }) => sum + info.mass.volume_mm3, 0);
  return used.length > 0
    ? used.reduce((sum, { partKey }) => sum + of(partKey!), 0)
    : model.parts.reduce((sum, { key }) => sum + of(key), 0);
};
const coloursOf = (model: ImportedModel): Set<string> =>
  new Set(
    model.parts.flatMap((part) =>
      part.bodies.flatMap(({ info }) =>
        info.faces.map((each) => String((each.colour ?? info.colour ?? part.colour)?.map((c) => c.toFixed(2)))),
      ),
    ),
  );
const COLOURS = new Set([RED, BLUE].map((colour) => String(colour.map((c) => c.toFixed(2)))));

async function write(name: string, more: Record<string, unknown> = {}): Promise<{ warnings: { code: string }[] }> {
  const format = name.split('.').at(-1)!;
  const { jobId } = await bench.client['files.export']({ format, path: path(name), ...more });
  return (await bench.client['jobs.wait']({ jobId })).value as { warnings: { code: string }[] };
}
const readBack = async (name: string): Promise<ImportedModel> =>
  bench.engine.kernel.import({ bytes: await readFile(path(name)), fileName: name }, silentContext());

describe.each(['AP203', 'AP214', 'AP242'] as const)('STEP %s of parts that were drawn', (schema) => {
  it('keeps volume, names, colours and structure', async () => {
    expect((await write(`${schema}.step`, { schema })).warnings).toEqual([]);
    const model = await readBack(`${schema}.step`);
    expect(model.schema).toBe(schema);
    expect(volumeOf(model) / VOLUME_mm3).toBeCloseTo(1, 9);
    expect(model.parts.map(({ name }) => name).sort()).toEqual(['Plate', 'Stift Ø8']);
    expect(coloursOf(model)).toEqual(COLOURS);
    const root = model.instances.find(({ parentKey }) => parentKey === null)!;
    expect(root.name).toBe('Pair');
    const children = model.instances.filter(({ parentKey }) => parentKey === root.key);
    expect(children.map(({ name }) => name).sort()).toEqual(['Plate left', 'Plate right', 'Stift']);
    const right = children.find(({ name }) => name === 'Plate right')!;
    expect(right.transform).toEqual(TURNED.map((each) => expect.closeTo(each, 9)));
  });

  it.runIf(hasNativeOcct)(
    'opens without a complaint in native OpenCascade',
    async () => {
      await write(`native-${schema}.step`, { schema });
      const native = await readStepNatively(path(`native-${schema}.step`));
      expect(native).toMatchObject({ read: true, transferred: true, solids: 3, faces: 7 + 7 + 3, valid: true });
      expect(native.complaints).toEqual([]);
      expect(native.volume_mm3 / VOLUME_mm3).toBeCloseTo(1, 9);
      expect(native.names).toEqual(
        expect.arrayContaining(['Pair', 'Plate', 'Plate left', 'Plate right', 'Stift Ø8', 'Stift']),
      );
      const rounded = native.colours.map((colour) => colour.map((each) => Number(each.toFixed(2))));
      expect(rounded).toEqual(expect.arrayContaining([RED, BLUE]));
    },
    300_000,
  );
});

describe('other exact formats of parts that were drawn', () => {
  it('IGES keeps volume, names and colours', async () => {
    await write('pair.iges');
    const model = await readBack('pair.iges');
    expect(volumeOf(model) / VOLUME_mm3).toBeCloseTo(1, 6);
    expect(coloursOf(model)).toEqual(COLOURS);
    expect(model.names.join()).toMatch(/Plate/);
  });
  it('BREP keeps every placement', async () => {
    await write('pair.brep');
    const model = await readBack('pair.brep');
    expect(volumeOf(model) / VOLUME_mm3).toBeCloseTo(1, 9);
    expect(model.parts[0]!.bodies).toHaveLength(3);
  });
});

describe.each(['stl', 'obj', '3mf', 'glb'])('%s of parts that were drawn', (format) => {
  it('holds closed meshes of the right volume', async () => {
    await write(`pair.${format}`, { deflection_mm: 0.01 });
    const model = await readBack(`pair.${format}`);
    const bodies = model.parts.flatMap((part) => part.bodies);
    expect(bodies.every(({ info }) => info.closed)).toBe(true);
    expect(volumeOf(model) / VOLUME_mm3).toBeCloseTo(1, 3);
    if (format === '3mf' || format === 'glb') expect(coloursOf(model)).toEqual(COLOURS);
  });
});

describe('DXF outlines', () => {
  const outline = async (name: string, of: Record<string, unknown>): Promise<string> => {
    await write(name, { outline: of });
    return readFile(path(name), 'utf8');
  };
  const count = (dxf: string, entity: string): number =>
    dxf.split(new RegExp(`^\\s*0\\r?\\n${entity}\\r?$`, 'm')).length - 1;

  it('of a face hold its edges at full size', async () => {
    const dxf = await outline('face.dxf', { of: 'face', partId: PLATE_ID, face: face('feature_base01/end') });
    expect([count(dxf, 'LINE'), count(dxf, 'ARC')]).toEqual([4, 1]);
  });
  it('of a sketch hold its curves', async () => {
    const dxf = await outline('sketch.dxf', { of: 'sketch', partId: PIN_ID, sketch: 'feature_pinsk1' });
    expect(count(dxf, 'CIRCLE')).toBe(1);
  });
  it('are refused for what is not flat, and in other formats', async () => {
    await evaluated(bench.client, PIN_ID);
    const curved = { of: 'face', partId: PIN_ID, face: face('feature_pinex1/side(circle1)') };
    await expect(write('curved.dxf', { outline: curved })).rejects.toMatchObject({
      data: { code: 'export.not-planar' },
    });
    await expect(write('curved.step', { outline: curved })).rejects.toMatchObject({
      data: { code: 'export.outline-format' },
    });
  });
});

describe('a project on the command line', () => {
  it('is inspected like a file, and stays as it is', async () => {
    const before = await bench.client['project.current']({});
    const io = { json: true, out: () => {}, err: () => {}, isTerminal: false, signal: new AbortController().signal };
    const { data } = await inspect.run([join(bench.folder, 'assembly.artificer')], io);
    expect(data).toMatchObject({
      format: 'artificer',
      solids: 3,
      faces: 7 + 7 + 3,
      parts: 2,
      instances: 3,
      depth: 1,
      valid: true,
      warnings: [],
      colours: 2,
    });
    expect((data as { volume_mm3: number }).volume_mm3 / VOLUME_mm3).toBeCloseTo(1, 9);
    expect(await bench.client['project.current']({})).toEqual(before);
  });
});
