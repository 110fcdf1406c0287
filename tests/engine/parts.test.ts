/** Parts with a history through the engine: real kernel, real project file. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, PartHistory, PartView } from '../../preload/contract/index.ts';
import {
  type Bench,
  evaluated,
  openBench,
  PLATE_ID,
  plate,
  plateVolume,
  variable,
  volumesOf,
} from './parts.fixture.ts';

let bench: Bench;
const project = () => join(bench.folder, 'plate.artificer');
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: project() });
});
afterEach(() => bench.end());

const drawPlate = () => bench.client['document.change']({ label: 'Draw a plate', put: plate() });
const setWidth = (width: string) =>
  bench.client['document.change']({ label: 'Change the width', put: [variable('width', width)] });
const working = () => bench.engine.kernel.status().workers.filter(({ state }) => state !== 'ended');

describe('a part drawn from nothing', () => {
  it('is evaluated when its records change, and the fillet follows the sketch', async () => {
    const views: PartView[] = [];
    bench.client['geometry.changed']({}, (view) => views.push(view));
    await drawPlate();
    const { history, view } = await evaluated(bench.client);
    expect(history.outcomes.map(({ name, state }) => [name, state])).toEqual([
      ['Outline', 'ok'],
      ['Base', 'ok'],
      ['Round', 'ok'],
    ]);
    expect(history.status).toBe('ready');
    expect(view.status).toBe('ready');
    // Analytic: a prism less the corner outside of a quarter of a circle.
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(40, 5), 6)]);
    expect(view.bodies[0]!.info).toMatchObject({ name: 'Plate', persistentName: 'feature_base01' });
    expect((await bench.engine.blob(view.bodies[0]!.tessellation.hash))!.length).toBeGreaterThan(1000);

    await setWidth('60 mm');
    const wider = await evaluated(bench.client);
    expect(volumesOf(wider.view)).toEqual([expect.closeTo(plateVolume(60, 5), 6)]);
    expect(wider.history.variables.find(({ name }) => name === 'width')).toMatchObject({ value: 60, scope: 'part' });
    expect(views.at(-1)).toEqual(wider.view);
  });

  it('is undone from what is kept, and a reopened project shows it without a kernel', async () => {
    await drawPlate();
    const first = await evaluated(bench.client);
    await setWidth('60 mm');
    const second = await evaluated(bench.client);
    const heard: PartView[] = [];
    bench.client['geometry.changed']({}, (view) => heard.push(view));
    await bench.client['document.undo']({});
    // Known by its hash: there is nothing to wait for.
    expect((await bench.client['geometry.parts']({ partIds: [PLATE_ID] }))[0]).toEqual(first.view);
    expect(heard).toEqual([first.view]);
    await bench.client['document.redo']({});
    await bench.restart();
    await bench.client['project.open']({ path: project() });
    const [view] = await bench.client['geometry.parts']({});
    const history = await bench.client['parts.history']({ partId: PLATE_ID });
    expect(view).toEqual(second.view);
    expect(history).toEqual(second.history);
    expect(working()).toEqual([]);
  });

  it('is made again after its cache was dropped', async () => {
    await drawPlate();
    const before = await evaluated(bench.client);
    await bench.client['project.pack']({});
    expect((await bench.client['geometry.parts']({}))[0]!.status).toBe('pending');
    const after = await evaluated(bench.client);
    expect(after.view).toEqual(before.view);
  });

  it('that is empty is ready without bodies', async () => {
    await bench.client['document.change']({ label: 'New part', put: plate({ features: [] }).slice(0, 2) });
    expect(await bench.client['geometry.parts']({})).toEqual([{ partId: PLATE_ID, status: 'ready', bodies: [] }]);
    expect(await bench.client['parts.history']({ partId: PLATE_ID })).toMatchObject({ status: 'ready', outcomes: [] });
  });
});

describe('a step that fails', () => {
  it('says where and why, keeps the last good body, blocks nothing else and is told once', async () => {
    await drawPlate();
    await evaluated(bench.client);
    const messages: Message[] = [];
    bench.client['messages.added']({}, (message) => messages.push(message));
    for (const radius of ['45 mm', '46 mm', '47 mm'])
      await bench.client['document.change']({ label: 'Too large', put: [variable('radius', radius)] });
    const { history, view } = await evaluated(bench.client);
    expect(history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok', 'failed']);
    expect(history.outcomes[2]!.error).toMatchObject({ recordId: 'feature_rounds1', message: expect.any(String) });
    expect(history.status).toBe('ready');
    expect(volumesOf(view)).toEqual([expect.closeTo(12_000, 6)]);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(messages.filter(({ recordId }) => recordId === 'feature_rounds1')).toHaveLength(1);
    expect(messages[0]!.text).toMatch(/^Plate, Round: /);
  });

  it('because of an expression names the variable; the others are as they were', async () => {
    await drawPlate();
    await bench.client['document.change']({ label: 'Wrong', put: [variable('radius', '5 mm * 1 mm')] });
    const { history, view } = await evaluated(bench.client);
    expect(history.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok', 'failed']);
    expect(history.outcomes[2]!.error).toMatchObject({ code: 'feature.expression', cause: 'field radius' });
    expect(history.variables.find(({ name }) => name === 'radius')!.error!.code).toBe('units.dimension');
    expect(volumesOf(view)).toEqual([expect.closeTo(12_000, 6)]);
  });
});

describe('previews', () => {
  it('show a part with other records and leave the project as it is', async () => {
    await drawPlate();
    const before = await evaluated(bench.client);
    const { changes, bytes } = (await bench.client['project.current']({}))!;
    const { view, history } = await bench.client['parts.preview']({
      partId: PLATE_ID,
      put: [variable('width', '50 mm')],
    });
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(50, 5), 6)]);
    expect(history.status).toBe('ready');
    expect((await bench.engine.blob(view.bodies[0]!.tessellation.hash))!.length).toBeGreaterThan(1000);
    expect((await bench.client['geometry.parts']({}))[0]).toEqual(before.view);
    expect(await bench.client['project.current']({})).toMatchObject({ changes, bytes });
  });

  it('are answered for the latest question alone', async () => {
    await drawPlate();
    await evaluated(bench.client);
    const asked = [41, 42, 43, 44].map((width) =>
      bench.client['parts.preview']({ partId: PLATE_ID, put: [variable('width', `${width} mm`)] }),
    );
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(answers[0]).toMatchObject({ reason: { data: { category: 'cancelled' } } });
    const last = (answers[3] as PromiseFulfilledResult<{ view: PartView }>).value;
    expect(volumesOf(last.view)).toEqual([expect.closeTo(plateVolume(44, 5), 6)]);
    // The modeller was not ended by what was superseded: it remembers the part.
    const again = await bench.client['parts.preview']({ partId: PLATE_ID, put: [variable('radius', '4 mm')] });
    expect(again.history.outcomes.map(({ reused }) => reused)).toEqual([true, true, false]);
  });
});

describe('many changes in a row', () => {
  it('end with the picture of the last one', async () => {
    await drawPlate();
    const histories: PartHistory[] = [];
    bench.client['parts.changed']({}, (history) => histories.push(history));
    for (let width = 41; width <= 60; width++) await setWidth(`${width} mm`);
    const { view, history } = await evaluated(bench.client);
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(60, 5), 6)]);
    expect(histories.at(-1)).toEqual(history);
  });
});
