import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ArtificerError, type Job, type JobContext } from '../../preload/contract/index.ts';
import { JobManager } from './jobs.ts';

let jobs: JobManager;
beforeEach(() => {
  vi.useFakeTimers();
  jobs = new JobManager({ concurrency: 2 });
});
afterEach(() => vi.useRealTimers());

/** Work that ends when it is told to, and rejects when it is cancelled. */
function gate<T>() {
  let release: (value: T) => void = () => {};
  const run = ({ signal }: JobContext) =>
    new Promise<T>((resolve, reject) => {
      release = resolve;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  return { run, release: (value: T) => release(value) };
}
const tick = () => vi.advanceTimersByTimeAsync(0);
const stateOf = (id: string) => jobs.list().find((job) => job.id === id)?.state;

test('a job is queued, runs, and ends with its value', async () => {
  const states: string[] = [];
  jobs.subscribe((job) => states.push(job.state));
  const { id } = jobs.start('import', 'Import a.stp', async () => 42, { recordId: 'part_abc123' });
  await expect(jobs.wait(id)).resolves.toMatchObject({
    value: 42,
    job: { state: 'done', fraction: 1, label: 'Import a.stp', recordId: 'part_abc123', endedAt: expect.any(Number) },
  });
  expect(states).toEqual(['queued', 'running', 'done']);
});

test('a failure arrives with its data, for who waits before and after', async () => {
  const error = new ArtificerError({ code: 'import.truncated', category: 'refused', message: 'It ends too early.' });
  const { id } = jobs.start('import', 'x', () => Promise.reject(error));
  await expect(jobs.wait(id)).rejects.toMatchObject({ code: 'import.truncated' });
  await expect(jobs.wait(id)).rejects.toMatchObject({ code: 'import.truncated' });
  expect(jobs.list()[0]).toMatchObject({ state: 'failed', error: error.data });
});

test('no more run at a time than may; the rest follow in their order', async () => {
  const gates = [gate(), gate(), gate()];
  const ids = gates.map((one, index) => jobs.start('solve', `${index}`, one.run).id);
  await tick();
  expect(ids.map(stateOf)).toEqual(['running', 'running', 'queued']);
  gates[1]!.release(0);
  await tick();
  expect(ids.map(stateOf)).toEqual(['running', 'done', 'running']);
});

test('jobs of one key never run together, and do not hold up others', async () => {
  const gates = [gate(), gate(), gate()];
  const ids = [
    jobs.start('solve', 'a', gates[0]!.run, { exclusive: 'study' }).id,
    jobs.start('solve', 'b', gates[1]!.run, { exclusive: 'study' }).id,
    jobs.start('solve', 'c', gates[2]!.run).id,
  ];
  await tick();
  expect(ids.map(stateOf)).toEqual(['running', 'queued', 'running']);
  gates[0]!.release(0);
  await tick();
  expect(ids.map(stateOf)).toEqual(['done', 'running', 'running']);
});

test('progress goes out at most ten times a second, and the last word is heard', async () => {
  const heard: (number | null)[] = [];
  jobs.subscribe((job) => {
    if (job.stage === 'assemble') heard.push(job.fraction);
  });
  const { id } = jobs.start('solve', 'x', async ({ progress }) => {
    for (let step = 1; step <= 1000; step++) {
      progress('assemble', step / 1000, { residual: 1 / step });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await vi.advanceTimersByTimeAsync(2500);
  await jobs.wait(id);
  expect(heard.length).toBeGreaterThan(15);
  expect(heard.length).toBeLessThanOrEqual(22);
  expect(heard.at(-1)).toBe(1);
});

test('cancelling stops work that looks at its signal', async () => {
  const work = gate();
  const { id } = jobs.start('solve', 'Solve bracket', work.run);
  await tick();
  const waiting = expect(jobs.wait(id)).rejects.toMatchObject({ code: 'cancelled' });
  expect(jobs.cancel(id)).toBe(true);
  expect(jobs.list()[0]).toMatchObject({ stage: 'stopping' });
  await tick();
  await waiting;
  expect(stateOf(id)).toBe('cancelled');
  expect(jobs.cancel(id)).toBe(false);
});

test('whatever work throws once it is cancelled counts as cancelled', async () => {
  const { id } = jobs.start(
    'mesh',
    'x',
    ({ signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('worker ended')))),
  );
  await tick();
  jobs.cancel(id);
  await tick();
  expect(jobs.list()[0]).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
});

test('cancelling a queued job ends it before it began', async () => {
  const run = vi.fn();
  jobs.start('solve', 'a', gate().run);
  jobs.start('solve', 'b', gate().run);
  const { id } = jobs.start('solve', 'c', run);
  await tick();
  jobs.cancel(id);
  await tick();
  expect(stateOf(id)).toBe('cancelled');
  expect(run).not.toHaveBeenCalled();
});

test('work that ignores its signal is reported after a second, keeps its place, and its value is thrown away', async () => {
  let finish = (_value: unknown) => {};
  const stubborn = () => new Promise((resolve) => (finish = resolve));
  const first = jobs.start('mesh', 'Mesh', stubborn, { exclusive: 'study' }).id;
  await tick();
  const second = jobs.start('mesh', 'Mesh again', gate().run, { exclusive: 'study' }).id;
  jobs.cancel(first);
  await vi.advanceTimersByTimeAsync(900);
  expect(stateOf(first)).toBe('running');
  await vi.advanceTimersByTimeAsync(200);
  expect(jobs.list()[0]).toMatchObject({ state: 'cancelled', error: { code: 'job.slow-to-stop' } });
  // Two at once could write over each other: the second still waits.
  expect(stateOf(second)).toBe('queued');
  finish('late');
  await tick();
  expect([stateOf(first), stateOf(second)]).toEqual(['cancelled', 'running']);
  await expect(jobs.wait(first)).rejects.toMatchObject({ code: 'job.slow-to-stop' });
});

test('who gives up waiting does not stop the job', async () => {
  const work = gate();
  const { id } = jobs.start('solve', 'x', work.run);
  await tick();
  const controller = new AbortController();
  const waiting = expect(jobs.wait(id, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  controller.abort();
  await waiting;
  expect(stateOf(id)).toBe('running');
});

test('the last 200 that ended are remembered, and all that have not', async () => {
  const open = jobs.start('solve', 'open', gate().run);
  for (let index = 0; index < 250; index++) await jobs.wait(jobs.start('export', `${index}`, () => index).id);
  const list = jobs.list();
  expect(list).toHaveLength(201);
  expect(list[0]!.id).toBe(open.id);
  expect(list.at(-1)!.label).toBe('249');
  await expect(jobs.wait('job_none')).rejects.toMatchObject({ code: 'job.unknown' });
});

test('what is handed out cannot change what is kept', async () => {
  const { id } = jobs.start('solve', 'x', gate().run);
  await tick();
  for (const job of jobs.list()) (job as Job).state = 'done';
  expect(stateOf(id)).toBe('running');
});

test('disposing cancels everything and takes no more', async () => {
  const work = gate();
  const { id } = jobs.start('solve', 'x', work.run);
  await tick();
  const disposed = jobs.dispose();
  await tick();
  await disposed;
  expect(stateOf(id)).toBe('cancelled');
  expect(() => jobs.start('solve', 'y', () => 0)).toThrow('cancelled');
});
