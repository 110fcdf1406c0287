import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Api, ArtificerError, type Handlers, type Job } from '../../preload/contract/index.ts';
import { APP_INFO, doubleEngine, untilAborted } from './double-engine.ts';
import { type Connection, transports } from './each-transport.ts';

const job: Job = {
  id: 'job_1',
  kind: 'solve',
  label: 'Solve "Bügel"',
  state: 'running',
  stage: 'solve',
  fraction: 0.5,
  startedAt: 1,
};

describe.each(transports)('the contract over $name', ({ connect }) => {
  let connection: Connection | undefined;
  const open = async (given: Partial<Handlers<Api>>) => {
    connection = await connect(doubleEngine(given));
    return connection.client;
  };
  afterEach(async () => {
    await connection?.close();
    connection = undefined;
  });

  test('answers a call', async () => {
    const client = await open({ 'app.info': () => APP_INFO });
    expect(await client['app.info']({})).toMatchObject({ engine: 'double' });
  });

  test('carries arguments and results with their nesting, absent fields and every letter', async () => {
    const seen: unknown[] = [];
    const client = await open({
      'app.settings.set': (args) => {
        seen.push(args);
        return { ok: true };
      },
      'jobs.list': () => [job],
    });
    await client['app.settings.set']({ key: 'größe', value: { list: [1, null, { deep: '日本' }] } });
    expect(seen).toEqual([{ key: 'größe', value: { list: [1, null, { deep: '日本' }] } }]);
    expect(await client['jobs.list']({})).toEqual([job]);
  });

  test('answers calls as they end, not in their order', async () => {
    let release = () => {};
    const client = await open({
      'app.info': () => new Promise((resolve) => (release = () => resolve(APP_INFO))),
      'jobs.list': () => [],
    });
    const order: string[] = [];
    const slow = client['app.info']({}).then(() => order.push('slow'));
    await client['jobs.list']({}).then(() => order.push('quick'));
    release();
    await slow;
    expect(order).toEqual(['quick', 'slow']);
  });

  test('refuses arguments that the schema refuses, naming the field, before the engine sees them', async () => {
    const open_ = vi.fn();
    const client = await open({ 'project.open': open_ });
    await expect(client['project.open']({ path: 7 } as never)).rejects.toMatchObject({
      data: { code: 'call.invalid-arguments', category: 'usage', message: expect.stringContaining('"path"') },
    });
    await expect(client['project.open']({ path: 'a', other: 1 } as never)).rejects.toThrow('"other"');
    expect(open_).not.toHaveBeenCalled();
  });

  test('refuses an answer that its own schema refuses', async () => {
    const client = await open({ 'jobs.cancel': () => ({ ok: 'yes' }) as never });
    await expect(client['jobs.cancel']({ jobId: 'x' })).rejects.toMatchObject({ code: 'call.invalid-result' });
  });

  test('carries an error whole', async () => {
    const data = {
      code: 'study.under-restrained',
      category: 'refused',
      message: 'Body 2 can rotate about Z.',
      hint: 'Fix one more face.',
      recordId: 'study_abc123',
      details: { candidates: [{ index: 3, distance_mm: 0.25 }] },
    } as const;
    const client = await open({
      'studies.solve': () => {
        throw new ArtificerError(data);
      },
    });
    const failure = await client['studies.solve']({ studyId: 'study_abc123' }).catch((error) => error);
    expect(failure).toBeInstanceOf(ArtificerError);
    expect(failure.data).toEqual(data);
  });

  test('carries the words of an error whose details cannot travel', async () => {
    const loop: Record<string, unknown> = { f: () => {} };
    loop['self'] = loop;
    const client = await open({
      'jobs.list': () => {
        throw new ArtificerError({ code: 'x.y', category: 'fault', message: 'Broken.', details: loop });
      },
    });
    await expect(client['jobs.list']({})).rejects.toMatchObject({ data: { code: 'x.y', message: 'Broken.' } });
  });

  test('calls anything else that is thrown an internal fault', async () => {
    const client = await open({
      'jobs.list': () => {
        throw new TypeError('undefined is not a part');
      },
    });
    await expect(client['jobs.list']({})).rejects.toMatchObject({
      data: { code: 'internal', cause: 'TypeError: undefined is not a part' },
    });
  });

  test('cancels: the caller is told at once, the engine soon, and a late answer harms nothing', async () => {
    let reason: unknown;
    const client = await open({
      'jobs.wait': (_args, context) =>
        untilAborted(context).catch((error) => {
          reason = error;
          return { job, value: 'too late' };
        }),
      'jobs.list': () => [],
    });
    const controller = new AbortController();
    const waiting = client['jobs.wait']({ jobId: 'job_1' }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(reason).toMatchObject({ code: 'cancelled' }));
    expect(await client['jobs.list']({})).toEqual([]);
    await expect(client['jobs.list']({}, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('streams events until told to stop, and lets the engine know', async () => {
    let emit: (job: Job) => void = () => {};
    const stopped = vi.fn();
    const client = await open({
      'jobs.changed': (_args, emitter) => {
        emit = emitter;
        return stopped;
      },
      'jobs.list': () => [],
    });
    const seen: (number | null)[] = [];
    const stop = client['jobs.changed']({}, (changed) => seen.push(changed.fraction));
    await client['jobs.list']({}); // Frames keep their order: the stream is open once this is answered.
    for (const fraction of [0.1, 0.2, 0.3]) emit({ ...job, fraction });
    await vi.waitFor(() => expect(seen).toEqual([0.1, 0.2, 0.3]));
    stop();
    stop();
    await client['jobs.list']({});
    expect(stopped).toHaveBeenCalledTimes(1);
    emit({ ...job, fraction: 0.9 });
    await client['jobs.list']({});
    expect(seen).toHaveLength(3);
  });

  test('does not pass on an event that the schema refuses, and streams on', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const client = await open({
      'jobs.changed': (_args, emit) => {
        emit({ ...job, state: 'dancing' } as never);
        emit(job);
        return () => {};
      },
    });
    const seen: Job[] = [];
    client['jobs.changed']({}, (changed) => seen.push(changed));
    await vi.waitFor(() => expect(seen).toEqual([job]));
    expect(complaint).toHaveBeenCalledWith(expect.stringContaining('jobs.changed'), expect.anything());
    complaint.mockRestore();
  });

  test('tells why a stream was refused', async () => {
    const client = await open({});
    const ends: ArtificerError[] = [];
    client['jobs.changed']({ no: 1 } as never, () => {}, { onEnd: (error) => ends.push(error) });
    await vi.waitFor(() => expect(ends.map((error) => error.code)).toEqual(['call.invalid-arguments']));
  });

  test('ends everything on both sides when the connection ends', async () => {
    const aborted = vi.fn();
    const stopped = vi.fn();
    const client = await open({
      'jobs.wait': (_args, context) => {
        context.signal.addEventListener('abort', aborted);
        return untilAborted(context);
      },
      'jobs.changed': () => stopped,
      'jobs.list': () => [],
    });
    const waiting = client['jobs.wait']({ jobId: 'job_1' }).catch((error) => error.code);
    const ends: string[] = [];
    client['jobs.changed']({}, () => {}, { onEnd: (error) => ends.push(error.code) });
    await client['jobs.list']({});
    connection!.transport.close();
    expect(await waiting).toBe('connection.closed');
    expect(ends).toEqual(['connection.closed']);
    await vi.waitFor(() => expect([aborted.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1]));
    await expect(client['jobs.list']({})).rejects.toMatchObject({ code: 'connection.closed' });
  });

  test.each([
    ['no frame at all', 'hello'],
    ['a frame of the other side', { type: 'result', id: 1, value: 1 }],
    ['an unknown field', { type: 'call', id: 1, method: 'jobs.list', arguments: {}, extra: 1 }],
    ['an id that is no number', { type: 'call', id: 'one', method: 'jobs.list', arguments: {} }],
    ['the end of what never began', { type: 'cancel', id: 99 }],
  ])('cuts off a client that sends %s', async (_what, frame) => {
    await open({ 'jobs.list': () => [] });
    const ended = new Promise<void>((resolve) => connection!.transport.onClose(resolve));
    connection!.transport.send(frame as never);
    await ended;
  });

  test('cuts off a client that uses an id twice', async () => {
    await open({ 'jobs.list': () => [] });
    const ended = new Promise<void>((resolve) => connection!.transport.onClose(resolve));
    for (let twice = 0; twice < 2; twice++)
      connection!.transport.send({ type: 'call', id: 5, method: 'jobs.list', arguments: {} });
    await ended;
  });
});
