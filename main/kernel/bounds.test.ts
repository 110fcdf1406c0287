/** Work that is stuck, too large, cancelled or idle: it ends, it is blamed, and the next work finds a kernel. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelled } from '../../preload/contract/errors.ts';
import { silentContext } from '../../preload/contract/jobs.ts';
import { BLOCK_WITH_HOLE, BOX, errorOf, exportParts, watchedContext } from './fixtures.ts';
import { createKernel, type ImportRequest, type PrimitiveSpecification } from './index.ts';

const kernel = createKernel({ modellers: 1, readerIdle_s: 60 });
afterAll(() => kernel.dispose());
const torus: PrimitiveSpecification = {
  name: 'torus',
  shape: {
    revolve: {
      profile: [
        {
          ellipseArc: {
            centre_mm: [100, 0, 0],
            major_mm: [30, 0, 0],
            minor_mm: [0, 0, 20],
            startAngle_rad: 0,
            endAngle_rad: 2 * Math.PI,
          },
        },
      ],
      origin_mm: [0, 0, 0],
      axis: [0, 0, 1],
      angle_rad: 2 * Math.PI,
    },
  },
};
const ring = (await kernel.primitives([torus], silentContext())).parts[0]!.bodies[0]!.brep!;
/** Would take hours. */
const ENDLESS = { linearDeflection_mm: 1e-7, angularDeflection_rad: 1e-5 };

/** A file that takes the reader some seconds; written once. */
let written: Promise<ImportRequest> | undefined;
const slow = (): Promise<ImportRequest> => {
  written ??= writeSlow();
  return written;
};
const writeSlow = async (): Promise<ImportRequest> => {
  const model = await kernel.primitives([BLOCK_WITH_HOLE], silentContext());
  const part = exportParts(model)[0]!;
  const parts = Array.from({ length: 150 }, (_, i) => ({ ...part, key: `${i}`, name: `block ${i}` }));
  const instances = parts.map(({ key, name }, i) => ({
    key,
    parentKey: null,
    partKey: key,
    name,
    transform: [1, 0, 0, 50 * i, 0, 1, 0, 0, 0, 0, 1, 0],
  }));
  const { bytes } = await kernel.export({ format: 'step', parts, instances }, silentContext());
  return { bytes, fileName: 'slow.step', tessellate: false };
};

/** Milliseconds from the cancellation to the answer. */
async function timeToStop(
  start: (context: ReturnType<typeof watchedContext>['context']) => Promise<unknown>,
  until: () => boolean,
  watched: ReturnType<typeof watchedContext>,
): Promise<number> {
  const outcome = errorOf(start(watched.context));
  while (!until()) await wait(5);
  const asked = performance.now();
  watched.cancel();
  expect((await outcome).category).toBe('cancelled');
  return performance.now() - asked;
}

describe('cancelling', () => {
  it('stops an endless tessellation within a second, and a new worker takes over', async () => {
    const watched = watchedContext();
    const busy = () =>
      kernel.status().workers.some((worker) => worker.operation === 'tessellate' && worker.memory_MiB > 0);
    let polls = 0;
    const time = await timeToStop(
      (context) => kernel.tessellate(ring, ENDLESS, context),
      () => busy() && polls++ > 40,
      watched,
    );
    expect(time).toBeLessThan(1000);
    const model = await kernel.primitives([BOX], silentContext());
    expect(model.parts[0]!.bodies[0]!.info.mass.volume_mm3).toBeCloseTo(6000, 6);
  });
  it('stops the reader in the middle of a file', async () => {
    const file = await slow();
    const watched = watchedContext();
    const time = await timeToStop(
      (context) => kernel.import(file, context),
      () => watched.stages.includes('Transferring'),
      watched,
    );
    expect(time).toBeLessThan(1000);
    expect(kernel.status().workers.find((worker) => worker.role === 'reader')!.state).toBe('ended');
  });
  it('takes work out of the line that has not begun', async () => {
    const first = watchedContext();
    const endless = errorOf(kernel.tessellate(ring, ENDLESS, first.context));
    const second = watchedContext();
    const waiting = errorOf(kernel.primitives([BOX], second.context));
    second.cancel();
    expect((await waiting).category).toBe('cancelled');
    first.cancel();
    await endless;
  });
  it('does not begin what was cancelled before', async () => {
    const watched = watchedContext();
    watched.cancel();
    expect((await errorOf(kernel.primitives([BOX], watched.context))).code).toBe(cancelled().data.code);
  });
});

describe('bounds', () => {
  it('of time stop a file that takes too long', async () => {
    const file = await slow();
    expect(await errorOf(kernel.import({ ...file, limits: { seconds: 0.3 } }, silentContext()))).toMatchObject({
      code: 'kernel.too-slow',
      category: 'refused',
    });
  });
  it('of memory stop a tessellation that outgrows them, and the next one works', async () => {
    const small = await kernel.primitives([torus], silentContext());
    const { bytes } = await kernel.export(
      { format: 'brep', parts: exportParts(small), instances: small.instances },
      silentContext(),
    );
    const limits = { memory_MiB: 101, seconds: 100 };
    const error = await errorOf(
      kernel.import({ bytes, fileName: 'ring.brep', deflection_mm: 0.01, limits }, silentContext()),
    );
    expect(error).toMatchObject({ code: 'kernel.out-of-memory', category: 'refused' });
    expect((await kernel.import({ bytes, fileName: 'ring.brep' }, silentContext())).parts).toHaveLength(1);
  });
});

describe('workers', () => {
  it('are started when needed, end when idle, and start again', async () => {
    const own = createKernel({ modellers: 1, modellerIdle_s: 0.2 });
    expect(own.status().workers).toEqual([]);
    await own.primitives([BOX], silentContext());
    expect(own.status().workers).toMatchObject([{ role: 'modeller', state: 'idle' }]);
    await wait(500);
    expect(own.status().workers).toMatchObject([{ role: 'modeller', state: 'ended' }]);
    expect((await own.primitives([BOX], silentContext())).parts).toHaveLength(1);
    await own.dispose();
  });
  it('that were warmed are idle only once they are loaded', async () => {
    const own = createKernel({ modellers: 1, readerIdle_s: 0.05, modellerIdle_s: 60 });
    own.warm();
    const reader = () => own.status().workers.find((worker) => worker.role === 'reader')!.state;
    await wait(200);
    expect(reader()).toBe('starting');
    const deadline = performance.now() + 60_000;
    const seen = new Set<string>();
    while (reader() !== 'ended' && performance.now() < deadline) {
      seen.add(reader());
      await wait(5);
    }
    expect([...seen]).toEqual(['starting', 'idle']);
    await own.dispose();
  });
  it('are no more than there may be, and share the work', async () => {
    const own = createKernel({ modellers: 2 });
    const model = await own.primitives(
      Array.from({ length: 6 }, (_, i) => ({ ...BOX, name: `${i}` })),
      silentContext(),
    );
    expect(model.parts.map((part) => part.name)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(own.status().workers).toHaveLength(2);
    await own.dispose();
  });
  it('refuse work after they were let go, and what was running is told', async () => {
    const own = createKernel({ modellers: 1 });
    const running = errorOf(own.tessellate(ring, ENDLESS, silentContext()));
    await wait(300);
    await own.dispose();
    expect((await running).code).toBe('kernel.disposed');
    expect((await errorOf(own.primitives([BOX], silentContext()))).code).toBe('kernel.disposed');
  });
});
