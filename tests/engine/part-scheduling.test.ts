/** What happens while a part is being evaluated: edits, undo, cancels and failures, with a kernel that takes its time. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKernel } from '../../main/kernel/index.ts';
import type { Kernel } from '../../main/kernel/port.ts';
import { ArtificerError, cancelled, type PartView } from '../../preload/contract/index.ts';
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
/** What the next evaluations do first. */
let holdUp: (signal: AbortSignal) => Promise<void>;
let aborted: number;
let asked: number;

/** The real kernel, but that its evaluations can be held up. */
function slowKernel(): Kernel {
  const kernel = createKernel({ modellers: 1 });
  return {
    ...kernel,
    evaluate: async (request, context) => {
      asked++;
      await holdUp(context.signal);
      return kernel.evaluate(request, context);
    },
  };
}
const never = (signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      aborted++;
      reject(cancelled());
    });
  });
const delayed = (milliseconds: number) => async (signal: AbortSignal) => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (signal.aborted) aborted++;
};
const atOnce = delayed(0);
const setWidth = (width: string) =>
  bench.client['document.change']({ label: 'Change the width', put: [variable('width', width)] });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

beforeEach(async () => {
  holdUp = atOnce;
  aborted = 0;
  asked = 0;
  bench = await openBench();
  await bench.restart({ kernel: slowKernel() });
  await bench.client['project.create']({ path: join(bench.folder, 'slow.artificer') });
  await bench.client['document.change']({ label: 'Draw a plate', put: plate() });
  await evaluated(bench.client);
});
afterEach(() => bench.end());

describe('while a part is evaluated', () => {
  it('an edit ends an evaluation that hangs, after a moment, and the newest state is shown', async () => {
    holdUp = never;
    await setWidth('50 mm');
    await pause(100);
    holdUp = atOnce;
    await setWidth('60 mm');
    const { view } = await evaluated(bench.client);
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(60, 5), 6)]);
    expect(aborted).toBe(1);
  });

  it('a quick evaluation of an earlier state is left to end, and edits that come together are evaluated once', async () => {
    asked = 0;
    holdUp = delayed(300);
    await setWidth('50 mm');
    await pause(100);
    for (const width of [51, 52, 53, 54]) await setWidth(`${width} mm`);
    const { view } = await evaluated(bench.client);
    expect(volumesOf(view)).toEqual([expect.closeTo(plateVolume(54, 5), 6)]);
    expect([asked, aborted]).toEqual([2, 0]);
  });

  it('undo shows what is known at once, and what still comes of the undone state does not take its place', async () => {
    const [known] = await bench.client['geometry.parts']({ partIds: [PLATE_ID] });
    holdUp = delayed(400);
    await setWidth('50 mm');
    await pause(100);
    const heard: PartView[] = [];
    bench.client['geometry.changed']({}, (view) => heard.push(view));
    await bench.client['document.undo']({});
    expect((await bench.client['geometry.parts']({ partIds: [PLATE_ID] }))[0]).toEqual(known);
    await pause(900);
    expect(heard.every((view) => volumesOf(view)[0] === volumesOf(known!)[0])).toBe(true);
    expect((await bench.client['geometry.parts']({ partIds: [PLATE_ID] }))[0]).toEqual(known);
  });

  it('what is shown meanwhile is what was made last, and the history says that it is pending', async () => {
    const [known] = await bench.client['geometry.parts']({ partIds: [PLATE_ID] });
    holdUp = delayed(400);
    await setWidth('50 mm');
    expect(await bench.client['geometry.parts']({ partIds: [PLATE_ID] })).toEqual([{ ...known, status: 'pending' }]);
    expect(await bench.client['parts.history']({ partId: PLATE_ID })).toMatchObject({
      status: 'pending',
      variables: expect.arrayContaining([expect.objectContaining({ name: 'width', value: 50 })]),
    });
    await evaluated(bench.client);
  });
});

describe('an evaluation that breaks', () => {
  it('is told as a failure with the last good body, is not tried again by itself, and can be asked for anew', async () => {
    const [known] = await bench.client['geometry.parts']({ partIds: [PLATE_ID] });
    asked = 0;
    holdUp = () =>
      Promise.reject(new ArtificerError({ code: 'kernel.died', category: 'fault', message: 'The CAD kernel died.' }));
    await setWidth('50 mm');
    await expect(evaluated(bench.client)).rejects.toMatchObject({ data: { code: 'kernel.died' } });
    const [view] = await bench.client['geometry.parts']({ partIds: [PLATE_ID] });
    expect(view).toMatchObject({ status: 'failed', bodies: known!.bodies, error: { code: 'kernel.died' } });
    expect(await bench.client['parts.history']({ partId: PLATE_ID })).toMatchObject({ status: 'failed' });
    await pause(200);
    const tries = asked;
    await bench.client['geometry.parts']({});
    await pause(100);
    expect(asked).toBe(tries);
    holdUp = atOnce;
    expect(volumesOf((await evaluated(bench.client)).view)).toEqual([expect.closeTo(plateVolume(50, 5), 6)]);
  });

  it('is cancelled by its job within a second, and the project goes on', async () => {
    holdUp = never;
    await setWidth('50 mm');
    const { jobId } = await bench.client['parts.evaluate']({ partId: PLATE_ID });
    await pause(100);
    const begun = performance.now();
    await bench.client['jobs.cancel']({ jobId });
    await expect(bench.client['jobs.wait']({ jobId })).rejects.toMatchObject({ data: { category: 'cancelled' } });
    expect(performance.now() - begun).toBeLessThan(1000);
    holdUp = atOnce;
    await setWidth('60 mm');
    expect(volumesOf((await evaluated(bench.client)).view)).toEqual([expect.closeTo(plateVolume(60, 5), 6)]);
  });

  it('does not outlive its project', async () => {
    holdUp = never;
    await setWidth('50 mm');
    await pause(100);
    await bench.client['project.close']({});
    await pause(100);
    expect(aborted).toBe(1);
    expect((await bench.client['jobs.list']({})).filter(({ state }) => state === 'running')).toEqual([]);
  });
});
