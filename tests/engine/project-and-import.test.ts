/** The real engine, the real kernel and a real project file, over every transport that windows and scripts use. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../main/engine.ts';
import type { AnyRecord, Api, Client, PartRecord } from '../../preload/contract/index.ts';
import { transports } from '../transports/each-transport.ts';
import { keptKernel } from './kept-kernel.fixture.ts';

const FILES = join(import.meta.dirname, '../corpus/files');
/** From the corpus's ground truth, native OpenCascade 7.6.3: as1-oc-214.stp has 18 solids over its instances. */
const ASSEMBLY = join(FILES, 'step/as1-oc-214.stp');

const kernel = keptKernel();
let folder: string;
let engine: Engine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-test-'));
  engine = createEngine({ dataFolder: folder, kernel });
});
afterEach(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** The document is a map: records have no order. */
const byId = (records: AnyRecord[]): AnyRecord[] => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

async function importFile(client: Client<Api>, path: string): Promise<{ sourceId: string; partIds: string[] }> {
  const { jobId } = await client['files.import']({ path });
  return (await client['jobs.wait']({ jobId })).value as { sourceId: string; partIds: string[] };
}

describe.each(transports)('over $name', ({ connect }) => {
  it('imports an assembly as one change, and undoing it takes all of it back', async () => {
    const { client, close } = await connect(engine.handlers);
    await client['project.create']({ path: join(folder, 'a.artificer') });
    await importFile(client, ASSEMBLY);
    const after = await client['document.snapshot']({});
    const types = after.records.map((record) => record.type);
    expect(types.filter((type) => type === 'source')).toHaveLength(1);
    expect(types.filter((type) => type === 'part')).toHaveLength(5);
    expect(after.history.undoLabel).toBe('Import as1-oc-214.stp');
    const views = await client['geometry.parts']({});
    expect(views.map((view) => view.status)).toEqual(Array(5).fill('ready'));
    const undone = await client['document.undo']({});
    expect(undone.redoLabel).toBe('Import as1-oc-214.stp');
    expect((await client['document.snapshot']({})).records.map((record) => record.type)).toEqual(['project']);
    await client['document.redo']({});
    expect((await client['document.snapshot']({})).records).toHaveLength(after.records.length);
    await close();
  });

  it('answers a format that cannot be read with what it is and what to ask for, and changes nothing', async () => {
    const { client, close } = await connect(engine.handlers);
    await client['project.create']({ path: join(folder, 'a.artificer') });
    const before = await client['document.snapshot']({});
    await expect(client['files.import']({ path: join(FILES, 'other/blockhole_M.x_t') })).rejects.toMatchObject({
      data: { code: 'import.unsupported-format', category: 'refused' },
    });
    expect(await client['document.snapshot']({})).toEqual(before);
    await close();
  });
});

describe('a project that is opened again', () => {
  it('has everything, undo included, without starting a kernel', async () => {
    const { client, close } = await transports[0]!.connect(engine.handlers);
    const path = join(folder, 'again.artificer');
    await client['project.create']({ path });
    await importFile(client, ASSEMBLY);
    const { records } = await client['document.snapshot']({});
    const part = records.find((record): record is PartRecord => record.type === 'part')!;
    await client['document.change']({ label: 'Rename', put: [{ ...part, name: 'Renamed' }] });
    const saved = await client['document.snapshot']({});
    await close();
    await engine.dispose();

    // With a kernel of its own, so that one that it starts is seen.
    engine = createEngine({ dataFolder: folder });
    const second = await transports[0]!.connect(engine.handlers);
    await second.client['project.open']({ path });
    const opened = await second.client['document.snapshot']({});
    expect(byId(opened.records)).toEqual(byId(saved.records));
    expect(opened.history).toEqual(saved.history);
    const views = await second.client['geometry.parts']({});
    expect(views.every((view) => view.status === 'ready' && view.bodies.length > 0)).toBe(true);
    for (const view of views)
      for (const body of view.bodies) expect((await engine.blob(body.tessellation.hash))?.length).toBeGreaterThan(100);
    expect(engine.kernel.status().workers.filter((worker) => worker.state !== 'ended')).toEqual([]);
    expect((await second.client['document.undo']({})).redoLabel).toBe('Rename');
    await second.close();
  });

  it('makes dropped display data again from the bytes it keeps', async () => {
    const { client, close } = await transports[0]!.connect(engine.handlers);
    await client['project.create']({ path: join(folder, 'packed.artificer') });
    await importFile(client, join(FILES, 'step/cube-mm.step'));
    const before = await client['geometry.parts']({});
    await client['project.pack']({});
    const ready = new Promise<void>((resolve) => {
      client['geometry.changed']({}, (view) => {
        if (view.status === 'ready') resolve();
      });
    });
    expect((await client['geometry.parts']({})).map((view) => view.status)).toEqual(['pending']);
    await ready;
    const [made] = await client['geometry.parts']({});
    expect(made!.bodies[0]!.info.mass.volume_mm3).toBeCloseTo(before[0]!.bodies[0]!.info.mass.volume_mm3, 9);
    await close();
  });
});

describe('an import that goes wrong', () => {
  it('is cancelled within a second and leaves the project as it was', async () => {
    const { client, close } = await transports[0]!.connect(engine.handlers);
    await client['project.create']({ path: join(folder, 'c.artificer') });
    const before = await client['document.snapshot']({});
    const { jobId } = await client['files.import']({ path: ASSEMBLY });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const asked = performance.now();
    await client['jobs.cancel']({ jobId });
    await expect(client['jobs.wait']({ jobId })).rejects.toMatchObject({ data: { category: 'cancelled' } });
    expect(performance.now() - asked).toBeLessThan(1500);
    expect(await client['document.snapshot']({})).toEqual(before);
    // And the engine goes on working.
    await importFile(client, join(FILES, 'step/cube-mm.step'));
    await close();
  });

  it('takes bytes that were handed over, and refuses rubbish among them', async () => {
    const { client, close } = await transports[0]!.connect(engine.handlers);
    await client['project.create']({ path: join(folder, 'u.artificer') });
    const bytes = await readFile(join(FILES, 'step/cube-mm.step'));
    const { uploadId } = await engine.acceptUpload(
      (async function* () {
        yield bytes;
      })(),
      'cube-mm.step',
    );
    const { jobId } = await client['files.import']({ uploadId });
    await client['jobs.wait']({ jobId });
    await expect(client['files.import']({ uploadId })).rejects.toMatchObject({ data: { code: 'upload.unknown' } });
    await close();
  });
});
