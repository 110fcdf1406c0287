/**
 * Live predictions against an engine that answers when the test says so: what is asked, what is shown of answers that come late,
 * and what becomes of a hand-over that was cancelled. The engine's answers themselves are tested where it is.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyRecord, StudySurrogateState } from '../../preload/contract/index.ts';
import { EMPTY_HISTORY, loadSnapshot } from '../state/document.ts';
import { useSurrogates } from '../state/surrogates.ts';

interface Call {
  method: string;
  params: Record<string, unknown>;
  answer: (value: unknown) => void;
  fail: (error: Error) => void;
}
let calls: Call[] = [];
const client = new Proxy({} as Record<string, unknown>, {
  get: (_, method: string) => (params: Record<string, unknown>) =>
    new Promise((answer, fail) => calls.push({ method, params, answer, fail })),
});
vi.mock('../engine/connection.ts', () => ({ engine: () => client }));
vi.mock('../state/viewports.ts', () => ({ mainViewport: () => null }));

const { cancelHandOver, endLive, handOver, isOutdated, moveTo, settle, startLive } = await import(
  './live-prediction.ts'
);
const { loadSurrogates } = await import('./surrogates.ts');

const parameter = (name: string) => ({ name, unit: 'mm', minimum: 1, maximum: 9, reference: 4 });
const study = (...names: string[]): AnyRecord =>
  ({
    type: 'study',
    id: 'study_a',
    name: 'A',
    surrogate: { parameters: names.map(parameter) },
  }) as unknown as AnyRecord;
const state = (dataHash: string): StudySurrogateState =>
  ({ studyId: 'study_a', card: { dataHash, fields: [] } }) as unknown as StudySurrogateState;
const prediction = (value: number) => ({
  verdict: { kind: 'predicted' },
  scalars: [{ name: 'mass', value }],
  milliseconds: 1,
});

/** Lets what was answered arrive. */
const arrive = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};
/** The oldest question of this kind that waits, taken off. */
const waiting = (method: string): Call => {
  const found = calls.findIndex((call) => call.method === method);
  expect(found, `${method} was asked; ${calls.map((call) => call.method).join()}`).toBeGreaterThanOrEqual(0);
  return calls.splice(found, 1)[0]!;
};
const live = () => useSurrogates.getState().live;
const shownMass = () => live()?.prediction?.scalars[0] ?? null;

beforeEach(async () => {
  calls = [];
  loadSnapshot([study('height', 'width')], EMPTY_HISTORY);
  useSurrogates.setState({ states: new Map([['study_a', state('old')]]), live: null });
  const started = startLive('study_a');
  waiting('surrogates.suggest').answer({ parameters: [] });
  await started;
  waiting('surrogates.predict').answer(prediction(1));
  await arrive();
});
afterEach(() => endLive());

describe('a live prediction', () => {
  it('shows the answer to where the sliders are, and none that is older than what is shown', async () => {
    moveTo(0, 5);
    moveTo(0, 6);
    const [first, second] = [waiting('surrogates.predict'), waiting('surrogates.predict')];
    expect([first.params['values'], second.params['values']]).toEqual([
      [5, 4],
      [6, 4],
    ]);
    second.answer(prediction(6));
    await arrive();
    first.answer(prediction(5));
    await arrive();
    expect(shownMass()).toEqual({ name: 'mass', value: 6 });
  });

  it('asks a model that has learnt again, and shows nothing that the earlier one says', async () => {
    moveTo(0, 5);
    const late = waiting('surrogates.predict');
    const loaded = loadSurrogates('study_a');
    waiting('surrogates.list').answer([state('new')]);
    await loaded;
    expect(shownMass()).toBeNull();
    late.answer(prediction(5));
    await arrive();
    expect(shownMass()).toBeNull();
    waiting('surrogates.predict').answer(prediction(55));
    await arrive();
    expect(shownMass()).toEqual({ name: 'mass', value: 55 });
  });

  it('goes on as it is where only the state of the surrogate has changed', async () => {
    const loaded = loadSurrogates('study_a');
    waiting('surrogates.list').answer([state('old')]);
    await loaded;
    expect(shownMass()).toEqual({ name: 'mass', value: 1 });
    expect(calls).toEqual([]);
  });

  it('ends where the surrogate has other parameters, whose sliders these are not', () => {
    loadSnapshot([study('width', 'depth')], EMPTY_HISTORY);
    expect(isOutdated(live()!)).toBe(true);
    moveTo(0, 5);
    expect(live()).toBeNull();
    expect(calls).toEqual([]);
  });

  it('does not call it a verdict of the model that it could not be asked, and solves nothing for it', async () => {
    vi.useFakeTimers();
    try {
      moveTo(0, 5);
      settle();
      waiting('surrogates.predict').fail(new Error('The line is broken.'));
      await vi.advanceTimersByTimeAsync(5000);
      expect(live()).toMatchObject({ failed: true, handOver: null });
      expect(calls).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a hand-over to the solver', () => {
  it('that is cancelled before its job is known ends that job, and stays cancelled', async () => {
    const handedOver = handOver();
    const solve = waiting('surrogates.solve');
    cancelHandOver();
    expect(live()?.handOver).toEqual({ phase: 'cancelled' });
    solve.answer({ jobId: 'job_1' });
    await arrive();
    const cancel = waiting('jobs.cancel');
    expect(cancel.params).toEqual({ jobId: 'job_1' });
    cancel.answer({});
    await handedOver;
    expect(live()?.handOver).toEqual({ phase: 'cancelled' });
  });

  it('says nothing any more once another one has followed', async () => {
    const first = handOver();
    waiting('surrogates.solve').answer({ jobId: 'job_1' });
    await arrive();
    const firstEnds = waiting('jobs.wait');
    cancelHandOver();
    waiting('jobs.cancel').answer({});
    void handOver();
    waiting('surrogates.solve').answer({ jobId: 'job_2' });
    await arrive();
    firstEnds.fail(new Error('Cancelled.'));
    await first;
    expect(live()?.handOver).toEqual({ phase: 'solving', jobId: 'job_2' });
    // A second press while it solves begins nothing.
    await handOver();
    expect(calls.map(({ method }) => method)).toEqual(['jobs.wait']);
    waiting('jobs.wait').answer({ value: { inputHash: 'a'.repeat(64) } });
    await arrive();
    // Deleted meanwhile: said, where it would else stay "solving".
    waiting('studies.results').answer([]);
    await arrive();
    expect(live()?.handOver).toMatchObject({ phase: 'failed' });
  });
});
