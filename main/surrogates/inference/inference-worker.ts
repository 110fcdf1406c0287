/** The thread in which a model is run: one session, opened once and kept warm. */
import { parentPort, workerData } from 'node:worker_threads';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { toErrorData } from '../../../preload/contract/errors.ts';
import type { InferenceProvider } from '../../../preload/contract/surrogates.ts';
import { refuseSurrogate } from '../errors.ts';
import type { InferenceMessage, InferenceRequest, InferenceStart, RunRequest } from './messages.ts';
import { type OfferedBackend, providersToTry } from './providers.ts';

type Runtime = typeof import('onnxruntime-node');

/** A CommonJS module: which of its names a loader sees differs. */
async function loadRuntime(): Promise<Runtime> {
  const loaded = (await import('onnxruntime-node')) as Runtime & { default?: Runtime };
  const runtime = loaded.default ?? loaded;
  runtime.env.logLevel = 'fatal';
  return runtime;
}

/** Answers of another provider may differ from the processor's by this much of their size. */
const AGREEMENT = 1e-3;

interface Opened {
  runtime: Runtime;
  session: InferenceSession;
  provider: InferenceProvider;
  refused: { provider: InferenceProvider; reason: string }[];
}

async function open({ model, input, providers, threads }: InferenceStart): Promise<Opened> {
  const runtime = await loadRuntime();
  const offered = (runtime as Runtime & { listSupportedBackends?: () => OfferedBackend[] }).listSupportedBackends?.();
  const wanted = providers === 'auto' ? providersToTry(offered ?? []) : providers;
  const refused: Opened['refused'] = [];
  const create = (provider: InferenceProvider): Promise<InferenceSession> =>
    runtime.InferenceSession.create(model, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  const processor = wanted.includes('cpu') ? await create('cpu').catch(unreadable) : null;
  for (const provider of wanted) {
    if (provider === 'cpu' && processor) return { runtime, session: processor, provider, refused };
    try {
      // Asking for a provider that is not there throws, even with another to fall back on.
      const session = await create(provider);
      if (!processor || (await agree(runtime, input, session, processor)))
        return { runtime, session, provider, refused };
      refused.push({ provider, reason: 'it answers differently, or later than the processor' });
    } catch (thrown) {
      refused.push({ provider, reason: thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown) });
    }
  }
  throw refuseSurrogate(
    'no-provider',
    `The model cannot be run by ${wanted.join(' or ')} here.`,
    'Run it on the processor.',
    { cause: refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ') },
  );
}

const unreadable = (thrown: unknown): never => {
  throw refuseSurrogate('bad-model', 'The ONNX file cannot be opened.', 'Copy it again, or train it anew.', {
    cause: thrown instanceof Error ? thrown.message.slice(0, 500) : String(thrown),
  });
};

/** Whether another provider says the same as the processor, and is no slower. */
async function agree(
  runtime: Runtime,
  input: InferenceStart['input'],
  session: InferenceSession,
  processor: InferenceSession,
): Promise<boolean> {
  const feeds = { [input.name]: tensorOf(runtime, input, new Float64Array(8 * input.width).fill(1), 8) };
  const timed = async (one: InferenceSession): Promise<[InferenceSession.OnnxValueMapType, number]> => {
    await one.run(feeds);
    const started = performance.now();
    const answer = await one.run(feeds);
    return [answer, performance.now() - started];
  };
  const [there, its] = await timed(session);
  const [here, ours] = await timed(processor);
  if (its > 1.5 * ours) return false;
  return Object.entries(here).every(([name, value]) => {
    const [a, b] = [value.data, there[name]!.data] as [ArrayLike<number>, ArrayLike<number>];
    let largest = 0;
    let off = 0;
    for (let i = 0; i < a.length; i++) {
      if (!Number.isFinite(Number(a[i]))) continue;
      largest = Math.max(largest, Math.abs(Number(a[i])));
      off = Math.max(off, Math.abs(Number(a[i]) - Number(b[i])));
    }
    return off <= AGREEMENT * largest;
  });
}

const tensorOf = (
  { Tensor }: Runtime,
  { type, width }: InferenceStart['input'],
  values: Float64Array,
  rows: number,
): Tensor =>
  type === 'float'
    ? new Tensor('float32', Float32Array.from(values), [rows, width])
    : new Tensor('float64', values, [rows, width]);

async function run(
  { runtime, session }: Opened,
  input: InferenceStart['input'],
  { values, rows, outputs }: RunRequest,
): Promise<Record<string, Float64Array | Float32Array>> {
  const answers = await session.run({ [input.name]: tensorOf(runtime, input, values, rows) }, [...outputs]);
  return Object.fromEntries(
    outputs.map((name) => {
      const { data } = answers[name]!;
      if (data instanceof Float64Array || data instanceof Float32Array) return [name, data.slice()];
      throw refuseSurrogate('bad-model', `The model answers "${name}" with something else than real numbers.`);
    }),
  );
}

if (parentPort) {
  const port = parentPort;
  const start = workerData as InferenceStart;
  const post = (message: InferenceMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const opening = open(start);
  opening.then(
    ({ provider, refused }) => post({ type: 'ready', provider, refused }),
    (thrown) => post({ type: 'failed', id: null, error: toErrorData(thrown) }),
  );
  port.on('message', (message: InferenceRequest) => {
    if (message.type === 'stop') {
      // Whatever was asked before has been answered: the runtime's calls come back before the next message is read.
      void opening.finally(() => port.close()).catch(() => {});
      return;
    }
    opening
      .then((opened) => run(opened, start.input, message))
      .then(
        (outputs) =>
          post(
            { type: 'done', id: message.id, outputs },
            Object.values(outputs).map(({ buffer }) => buffer as ArrayBuffer),
          ),
        (thrown) => post({ type: 'failed', id: message.id, error: asModelError(thrown) }),
      );
  });
}

/** What the runtime throws is the model's doing. */
function asModelError(thrown: unknown): ReturnType<typeof toErrorData> {
  const data = toErrorData(thrown);
  if (data.code !== 'internal') return data;
  return refuseSurrogate('model-failed', 'The model cannot be evaluated.', 'Train it anew.', {
    ...(data.cause === undefined ? {} : { cause: data.cause }),
  }).data;
}
