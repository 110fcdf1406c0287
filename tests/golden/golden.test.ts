/** Projects saved by this and by earlier versions open with everything in them, and mean what they meant. */

import { readdirSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../main/engine.ts';
import { latestVersion } from '../../main/storage/schema.ts';
import type { AnyRecord, Api, Client, FeatureOutcome } from '../../preload/contract/index.ts';
import { keptKernel } from '../engine/kept-kernel.fixture.ts';
import { evaluated, volumesOf } from '../engine/parts.fixture.ts';
import { transports } from '../transports/each-transport.ts';

interface Expectation {
  formatVersion: number;
  changes: number;
  undoLabel: string;
  parts: {
    partId: string;
    volumes_mm3: number[];
    outcomes: [string, FeatureOutcome['state']][];
    /** Persistent names of the faces of each body; files of format 1 have none. */
    names?: string[][][];
  }[];
  records: AnyRecord[];
}

const GOLDEN = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.artificer'))
  .map((name) => name.slice(0, -'.artificer'.length));

const kernel = keptKernel();
let folder: string;
let engine: Engine;
let client: Client<Api>;
let close: () => unknown;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-golden-'));
  engine = createEngine({ dataFolder: folder, kernel });
  ({ client, close } = await transports[0]!.connect(engine.handlers));
});
afterEach(async () => {
  await close();
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

it('there is one of every format', () => {
  const formats = GOLDEN.map((name) => Number(/-(\d+)$/.exec(name)![1]));
  expect([...formats].sort()).toEqual(Array.from({ length: latestVersion() }, (_, index) => index + 1));
});

describe.each(GOLDEN)('%s', (name) => {
  const open = async (): Promise<Expectation> => {
    const path = join(folder, 'golden.artificer');
    await copyFile(join(import.meta.dirname, `${name}.artificer`), path);
    await client['project.open']({ path });
    return JSON.parse(await readFile(join(import.meta.dirname, `${name}.json`), 'utf8')) as Expectation;
  };

  it('opens with every record as it was, and its changes', async () => {
    const expected = await open();
    const { records, history } = await client['document.snapshot']({});
    expect(records.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected.records);
    expect(history.undoLabel).toBe(expected.undoLabel);
    const info = (await client['project.current']({}))!;
    expect(info).toMatchObject({ changes: expected.changes, readOnly: false, formatVersion: latestVersion() });
    expect(await client['project.verify']({})).toMatchObject({ ok: true, problems: [] });
    // And can be worked on: the latest change is taken back and made again.
    await client['document.undo']({});
    await client['document.redo']({});
    const { records: again } = await client['document.snapshot']({});
    expect(again.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected.records);
  });

  it('has the same bodies with the same names, all made again', async () => {
    const expected = await open();
    expect(expected.parts.length).toBeGreaterThan(0);
    for (const part of expected.parts) {
      const ready = new Promise<void>((resolve) => {
        client['geometry.changed']({}, (view) => {
          if (view.partId === part.partId && view.status === 'ready') resolve();
        });
      });
      const [first] = await client['geometry.parts']({ partIds: [part.partId] });
      if (first!.status === 'pending') await ready;
      const { view, history } = await evaluated(client, part.partId);
      expect(view.status).toBe('ready');
      expect(volumesOf(view)).toEqual(part.volumes_mm3.map((volume) => expect.closeTo(volume, 6)));
      expect(history.outcomes.map(({ id, state }) => [id, state])).toEqual(part.outcomes);
      const names = view.bodies.map(({ info }) => info.faces.map(({ persistentNames }) => persistentNames ?? []));
      if (part.names) expect(names).toEqual(part.names);
    }
  });
});
