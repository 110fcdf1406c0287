/** Each side of the protocol against a peer that does what no peer of ours would. */
import { expect, test, vi } from 'vitest';
import {
  type Api,
  api,
  connect,
  type Frame,
  type Handlers,
  inProcessPair,
  serve,
} from '../../preload/contract/index.ts';
import { doubleEngine, untilAborted } from './double-engine.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A server, and the bare end of the line to it. */
function serving(given: Partial<Handlers<Api>>) {
  const [mine, theirs] = inProcessPair();
  serve(api, doubleEngine(given), theirs);
  const frames: unknown[] = [];
  const closed = vi.fn();
  mine.onFrame((frame) => frames.push(frame));
  mine.onClose(closed);
  return { send: (frame: unknown) => mine.send(frame as Frame), frames, closed };
}

/** A client, and the bare end of the line to it. */
function connected() {
  const [mine, theirs] = inProcessPair();
  const frames: { id: number }[] = [];
  const closed = vi.fn();
  theirs.onFrame((frame) => frames.push(frame as { id: number }));
  theirs.onClose(closed);
  return { client: connect(api, mine), answer: (frame: unknown) => theirs.send(frame as Frame), frames, closed };
}

test.each(['no.such', 'toString', '__proto__', 'constructor', 'jobs.changed'])(
  'a server knows no call named %s',
  async (method) => {
    const { send, frames, closed } = serving({});
    send({ type: 'call', id: 1, method, arguments: {} });
    await settle();
    expect(frames).toMatchObject([{ type: 'error', id: 1, error: { code: 'call.unknown', category: 'usage' } }]);
    expect(closed).not.toHaveBeenCalled();
  },
);

test('a server sends no more of an answer than the schema has', async () => {
  const { send, frames } = serving({ 'jobs.cancel': () => ({ ok: true, secret: 'x' }) as { ok: boolean } });
  send({ type: 'call', id: 1, method: 'jobs.cancel', arguments: { jobId: 'a' } });
  await settle();
  expect(frames).toEqual([{ type: 'result', id: 1, value: { ok: true } }]);
});

test('a server cuts off who uses an id again, also one that has been answered', async () => {
  const { send, closed } = serving({ 'jobs.list': () => [] });
  send({ type: 'call', id: 7, method: 'jobs.list', arguments: {} });
  await settle();
  send({ type: 'call', id: 7, method: 'jobs.list', arguments: {} });
  await settle();
  expect(closed).toHaveBeenCalledTimes(1);
});

test('a server cuts off who ends a call as if it were a stream', async () => {
  const { send, closed } = serving({ 'jobs.wait': (_args, context) => untilAborted(context) });
  send({ type: 'call', id: 1, method: 'jobs.wait', arguments: { jobId: 'a' } });
  send({ type: 'unsubscribe', id: 1 });
  await settle();
  expect(closed).toHaveBeenCalledTimes(1);
});

test('a server keeps no more than 4096 calls open for one peer', async () => {
  const { send, frames } = serving({ 'jobs.wait': (_args, context) => untilAborted(context) });
  for (let id = 1; id <= 4097; id++) send({ type: 'call', id, method: 'jobs.wait', arguments: { jobId: 'a' } });
  await settle();
  expect(frames).toMatchObject([{ id: 4097, error: { code: 'call.too-many' } }]);
});

test.each([
  ['no frame', 7],
  ['a client’s frame', { type: 'call', id: 1, method: 'jobs.list', arguments: {} }],
  ['the answer to what was not asked', { type: 'result', id: 99, value: [] }],
  ['an event of what was not subscribed to', { type: 'event', id: 99, data: {} }],
  ['an error of no known form', { type: 'error', id: 1, error: { code: 1 } }],
])('a client cuts off a server that sends %s', async (_what, frame) => {
  const { client, answer, closed } = connected();
  const waiting = client['jobs.list']({}).catch((error) => error.code);
  answer(frame);
  expect(await waiting).toBe('connection.closed');
  await settle();
  expect(closed).toHaveBeenCalledTimes(1);
});

test('a client cuts off a server whose events its own schema refuses', async () => {
  const { client, answer, frames, closed } = connected();
  const listener = vi.fn();
  client['results.changed']({}, listener);
  await settle();
  answer({ type: 'event', id: frames[0]!.id, data: { studyId: 7 } });
  await settle();
  expect([closed.mock.calls.length, listener.mock.calls.length]).toEqual([1, 0]);
});

test('a client does not mind what was on its way when it gave up', async () => {
  const { client, answer, frames, closed } = connected();
  const controller = new AbortController();
  const listener = vi.fn();
  client['jobs.list']({}, { signal: controller.signal }).catch(() => {});
  const stop = client['results.changed']({}, listener);
  await settle();
  controller.abort();
  stop();
  answer({ type: 'result', id: frames[0]!.id, value: [] });
  answer({ type: 'event', id: frames[1]!.id, data: { studyId: 'study_1' } });
  await settle();
  expect([closed.mock.calls.length, listener.mock.calls.length]).toEqual([0, 0]);
});

test('a client refuses a result that the schema refuses, and stays connected', async () => {
  const { client, answer, frames, closed } = connected();
  const waiting = client['jobs.cancel']({ jobId: 'a' }).catch((error) => error.code);
  await settle();
  answer({ type: 'result', id: frames[0]!.id, value: { ok: 'maybe' } });
  expect(await waiting).toBe('call.invalid-result');
  expect(closed).not.toHaveBeenCalled();
});
