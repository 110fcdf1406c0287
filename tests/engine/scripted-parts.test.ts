/** Scripted parts, families of parts and variables of the project through the engine. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord, ConfigurationRecord, PartRecord, VariableRecord } from '../../preload/contract/index.ts';
import {
  type Bench,
  evaluated,
  feature,
  openBench,
  PLATE_ID,
  plate,
  plateVolume,
  variable,
  volumesOf,
} from './parts.fixture.ts';

let bench: Bench;
const project = () => join(bench.folder, 'scripted.artificer');
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: project() });
});
afterEach(() => bench.end());

const SCRIPT = `import { part } from 'artificer';

export default part('Block', (p) => {
  const width = p.length('width', '40 mm', { minimum: 20, maximum: 80, note: 'Overall' });
  const height = p.length('height', 'width / 4');
  const outline = p.sketch('outline', 'xy', (s) => {
    s.rectangle([0, 0], [width, 30]);
  });
  p.extrude('block', outline, { distance: height });
});
`;
const recordsNow = async (): Promise<AnyRecord[]> => (await bench.client['document.snapshot']({})).records;
const partNow = async (id: string): Promise<PartRecord> =>
  (await recordsNow()).find((record) => record.id === id) as PartRecord;

async function putScript(source = SCRIPT): Promise<string> {
  return (await bench.client['parts.script.put']({ fileName: 'block.ts', source })).partId;
}

describe('a scripted part', () => {
  it('is made, placed and evaluated as one undoable change; its variables meet those of the window', async () => {
    const partId = await putScript();
    const first = await evaluated(bench.client, partId);
    expect(volumesOf(first.view)).toEqual([expect.closeTo(40 * 30 * 10, 6)]);
    expect(first.history.outcomes).toMatchObject([
      { name: 'outline', state: 'ok', scripted: true, feature: { kind: 'sketch' } },
      { name: 'block', state: 'ok', scripted: true, feature: { kind: 'extrude' } },
    ]);
    expect(first.history.variables).toMatchObject([
      { name: 'width', value: 40, minimum: 20, maximum: 80, note: 'Overall', scope: 'script' },
      { name: 'height', value: 10, scope: 'script' },
    ]);
    expect((await recordsNow()).filter(({ type }) => type === 'instance')).toMatchObject([{ partId, name: 'Block' }]);

    const override: VariableRecord = { ...variable('width', '60 mm'), partId };
    await bench.client['document.change']({ label: 'Wider', put: [override] });
    const wider = await evaluated(bench.client, partId);
    expect(volumesOf(wider.view)).toEqual([expect.closeTo(60 * 30 * 15, 6)]);
    expect(wider.history.variables[0]).toMatchObject({ id: override.id, value: 60, scope: 'script' });

    // Steps of its own after those of the script, with the script's variables.
    const [block] = wider.history.outcomes.slice(1);
    const round = feature(partId, 'rounds1', 'Round', {
      kind: 'fillet',
      edges: [{ by: 'selector', selector: 'edges |Z and >X and >Y' }],
      radius: { length: 'height / 3' },
    });
    await bench.client['document.change']({
      label: 'Round',
      put: [{ ...(await partNow(partId)), features: [round.id] }, round],
    });
    const rounded = await evaluated(bench.client, partId);
    expect(volumesOf(rounded.view)[0]).toBeCloseTo(60 * 30 * 15 - ((4 - Math.PI) / 4) * 25 * 15, 5);
    expect(rounded.history.outcomes.map(({ scripted }) => scripted)).toEqual([true, true, undefined]);
    expect(rounded.history.outcomes[1]).toMatchObject({ id: block!.id });

    await bench.restart();
    await bench.client['project.open']({ path: project() });
    expect((await bench.client['geometry.parts']({}))[0]).toEqual(rounded.view);
    expect(await bench.client['parts.history']({ partId })).toEqual(rounded.history);
  });

  it('is not put in when it fails, and keeps the last good body when variables make it fail', async () => {
    const before = await recordsNow();
    await expect(putScript(SCRIPT.replace("'xy'", "'nowhere'"))).rejects.toMatchObject({
      data: { code: expect.stringMatching(/^script\./) },
    });
    expect(await recordsNow()).toEqual(before);
    const partId = await putScript(
      SCRIPT.replace('p.extrude', "if (p.value?.(width) > 50) throw new Error('too wide');\n  p.extrude"),
    );
    const good = await evaluated(bench.client, partId);
    expect(good.view.status).toBe('ready');
    await bench.client['document.change']({
      label: 'No number',
      put: [{ ...variable('width', '1 mm * 1 mm'), partId }],
    });
    const { history, view } = await evaluated(bench.client, partId);
    expect(history).toMatchObject({ status: 'failed', error: { message: expect.any(String) } });
    expect(view).toMatchObject({ status: 'failed', bodies: good.view.bodies });
    await bench.client['document.undo']({});
    expect((await bench.client['geometry.parts']({ partIds: [partId] }))[0]).toEqual(good.view);
  });

  it('is read from a part that was drawn, and makes the same', async () => {
    await bench.client['document.change']({ label: 'Draw', put: plate() });
    const drawn = await evaluated(bench.client);
    const { source } = await bench.client['parts.script.write']({ partId: PLATE_ID });
    const partId = await putScript(source);
    const scripted = await evaluated(bench.client, partId);
    expect(scripted.history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    expect(volumesOf(scripted.view)[0]).toBeCloseTo(volumesOf(drawn.view)[0]!, 6);
    const names = (view: typeof drawn.view) => view.bodies[0]!.info.faces.map(({ persistentNames }) => persistentNames);
    expect(names(scripted.view)).toEqual(names(drawn.view));
    // One that is nothing but its script is that script.
    expect(await bench.client['parts.script.write']({ partId })).toEqual({ source });
  });

  it('comes from a sample with its material', async () => {
    const samples = await bench.client['parts.samples']({});
    expect(samples.length).toBeGreaterThanOrEqual(12);
    expect(samples.every(({ title, about }) => title !== '' && about !== '')).toBe(true);
    const { partId } = await bench.client['parts.samples.add']({ key: 'l-bracket' });
    const { history, view } = await evaluated(bench.client, partId);
    expect(history.outcomes.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(view.bodies[0]!.info.valid).toBe(true);
    expect((await recordsNow()).find(({ id }) => id === (partNow as never) || id === view.partId)).toBeDefined();
    const { materialId } = await partNow(partId);
    if (materialId)
      expect((await recordsNow()).find(({ id }) => id === materialId)).toMatchObject({ type: 'material' });
  });
});

describe('a family of parts', () => {
  const member = (more: Partial<ConfigurationRecord>): ConfigurationRecord => ({
    type: 'configuration',
    id: 'configuration_long01',
    partId: PLATE_ID,
    name: 'Long',
    values: { width: '80 mm' },
    suppressed: { feature_rounds1: true },
    order: 0,
    ...more,
  });

  it('shows the member that is chosen, and comes back to the others from what is kept', async () => {
    await bench.client['document.change']({ label: 'Draw', put: [...plate(), member({})] });
    const plain = await evaluated(bench.client);
    const part = await partNow(PLATE_ID);
    await bench.client['document.change']({
      label: 'Long',
      put: [{ ...part, configurationId: 'configuration_long01' }],
    });
    const long = await evaluated(bench.client);
    expect(volumesOf(long.view)).toEqual([expect.closeTo(80 * 30 * 10, 6)]);
    expect(long.history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok', 'suppressed']);
    expect(long.history.variables.find(({ name }) => name === 'width')).toMatchObject({
      value: 80,
      scope: 'configuration',
    });
    await bench.client['document.change']({ label: 'Plain', put: [part] });
    // Known: nothing is evaluated.
    expect((await bench.client['geometry.parts']({}))[0]).toEqual(plain.view);
    expect(volumesOf(plain.view)).toEqual([expect.closeTo(plateVolume(40, 5), 6)]);
  });
});

describe('a variable of the project', () => {
  it('reaches every part that uses it', async () => {
    const shared: VariableRecord = { ...variable('radius', '4 mm'), id: 'variable_shared1', partId: null };
    const records = plate().filter(({ id }) => id !== 'variable_radius00');
    await bench.client['document.change']({ label: 'Draw', put: [...records, shared] });
    expect(volumesOf((await evaluated(bench.client)).view)).toEqual([expect.closeTo(plateVolume(40, 4), 6)]);
    await bench.client['document.change']({ label: 'Rounder', put: [{ ...shared, expression: '6 mm' }] });
    const { view, history } = await evaluated(bench.client);
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(40, 6), 6)]);
    expect(history.variables.find(({ name }) => name === 'radius')).toMatchObject({ value: 6, scope: 'project' });
  });
});
