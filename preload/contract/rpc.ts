/**
 * Calls and event streams over any {@link Transport}: one side serves a contract, the other gets a typed client.
 *
 * Arguments, results and event data are checked against the contract's schemas on both sides. A failure arrives as an
 * ArtificerError with the same data that was thrown. A peer that breaks the protocol is cut off.
 */
import * as v from 'valibot';
import type { Call, Contract, EventStream } from './calls.ts';
import { ArtificerError, cancelled, type ErrorData, toErrorData } from './errors.ts';
import { type ClientFrame, ClientFrameSchema, type ServerFrame, ServerFrameSchema, type Transport } from './frames.ts';

export * from './frames.ts';
export * from './transports.ts';

/** What every call's handler is given beside its arguments. */
export interface CallContext {
  /** Aborts when the caller cancels or its connection ends. */
  signal: AbortSignal;
}

/** What an engine provides: a function per call, and per stream a function that starts it and returns how to stop it. */
export type Handlers<C extends Contract> = {
  [M in keyof C]: C[M] extends Call<infer A, infer R>
    ? (args: v.InferOutput<A>, context: CallContext) => v.InferInput<R> | Promise<v.InferInput<R>>
    : C[M] extends EventStream<infer A, infer D>
      ? (args: v.InferOutput<A>, emit: (data: v.InferInput<D>) => void) => () => void
      : never;
};

export interface CallOptions {
  /** Cancels the call: its promise rejects at once with the code `cancelled`, and the engine is told. */
  signal?: AbortSignal;
}
export interface SubscribeOptions {
  /** Called once when the stream ends other than by the caller: refused, or the connection closed. */
  onEnd?: (error: ArtificerError) => void;
}

/** What a front holds: the same names as the contract. */
export type Client<C extends Contract> = {
  [M in keyof C]: C[M] extends Call<infer A, infer R>
    ? (args: v.InferInput<A>, options?: CallOptions) => Promise<v.InferOutput<R>>
    : C[M] extends EventStream<infer A, infer D>
      ? (args: v.InferInput<A>, listener: (data: v.InferOutput<D>) => void, options?: SubscribeOptions) => () => void
      : never;
};

/** Calls and streams that one peer may have open at a time. */
const MAX_OPEN = 4096;

const fail = (
  code: string,
  category: ErrorData['category'],
  message: string,
  more: Partial<ErrorData> = {},
): ArtificerError => new ArtificerError({ code, category, message, ...more });

export const connectionClosed = (): ArtificerError =>
  fail('connection.closed', 'fault', 'The connection to the engine has ended.', {
    hint: 'Reload the window. Every finished change is already in the project file.',
  });

const unknownMethod = (method: string): ArtificerError =>
  fail('call.unknown', 'usage', `The engine has no call named "${method.slice(0, 128)}".`);

/** Parses, or throws an ArtificerError whose message says which field is wrong and why. */
function check<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  code: string,
  category: ErrorData['category'],
  what: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  throw fail(code, category, `${what} not valid${path ? ` at "${path}"` : ''}: ${issue.message}`, {
    cause: v.summarize([issue, ...parsed.issues.slice(1, 5)]),
  });
}
const checkArguments = (method: string, schema: v.GenericSchema, value: unknown): unknown =>
  check(schema, value, 'call.invalid-arguments', 'usage', `The arguments of "${method}" are`);
const checkResult = (method: string, schema: v.GenericSchema, value: unknown): unknown =>
  check(schema, value, 'call.invalid-result', 'fault', `The answer of "${method}" is`);
const checkEvent = (method: string, schema: v.GenericSchema, value: unknown): unknown =>
  check(schema, value, 'event.invalid-data', 'fault', `The data of the event "${method}" is`);

export interface ServeOptions {
  /** Told of faults that no caller can be told of, such as an event that its own schema refuses. */
  onDefect?: (error: ArtificerError) => void;
}

/** Answers one peer from the handlers until the transport closes; everything it had open is then stopped. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  transport: Transport,
  options: ServeOptions = {},
): void {
  const onDefect = options.onDefect ?? ((error) => console.error(error.message, error.data.cause ?? ''));
  /** How to stop each open call or stream, and which of the two it is. */
  const open = new Map<number, { kind: 'call' | 'stream'; stop: () => void }>();
  let lastId = 0;

  const stop = (stopOne: () => void) => {
    try {
      stopOne();
    } catch (error) {
      onDefect(new ArtificerError(toErrorData(error)));
    }
  };

  const send = (frame: ServerFrame) => transport.send(frame);

  const sendError = (id: number, error: ErrorData) => {
    try {
      send({ type: 'error', id, error });
    } catch {
      // The details hold something that cannot travel: the words still can.
      const { details: _details, ...words } = error;
      send({ type: 'error', id, error: words });
    }
  };

  const answer = async (id: number, method: string, definition: Call, args: unknown, controller: AbortController) => {
    try {
      const handler = handlers[method] as (args: unknown, context: CallContext) => unknown;
      const value = await handler(checkArguments(method, definition.arguments, args), { signal: controller.signal });
      const checked = checkResult(method, definition.result, value);
      try {
        send({ type: 'result', id, value: checked });
      } catch (error) {
        throw fail('call.invalid-result', 'fault', `The answer of "${method}" cannot be carried.`, {
          cause: String(error),
        });
      }
    } catch (error) {
      sendError(id, toErrorData(error));
    } finally {
      open.delete(id);
    }
  };

  const subscribe = (id: number, method: string, definition: EventStream, args: unknown) => {
    // Registered first: a handler may emit, or the peer vanish, before it has returned.
    let ended = false;
    let stopHandler: (() => void) | undefined;
    const end = () => {
      ended = true;
      stopHandler?.();
    };
    open.set(id, { kind: 'stream', stop: end });
    const emit = (data: unknown) => {
      if (ended) return;
      try {
        send({ type: 'event', id, data: checkEvent(method, definition.data, data) });
      } catch (error) {
        // A defect of the sender must not break the work that reported it, nor end the stream.
        onDefect(new ArtificerError(toErrorData(error)));
      }
    };
    try {
      const handler = handlers[method] as (args: unknown, emit: (data: unknown) => void) => () => void;
      const stopper = handler(checkArguments(method, definition.arguments, args), emit);
      if (ended) stop(stopper);
      else stopHandler = stopper;
    } catch (error) {
      ended = true;
      open.delete(id);
      sendError(id, toErrorData(error));
    }
  };

  const begin = (frame: Extract<ClientFrame, { type: 'call' | 'subscribe' }>) => {
    const { id, method } = frame;
    // Own properties only: "toString" and "__proto__" are no methods of ours.
    const definition = Object.hasOwn(contract, method) ? contract[method] : undefined;
    if (!definition || (definition.kind === 'call') !== (frame.type === 'call'))
      return sendError(id, unknownMethod(method).data);
    if (open.size >= MAX_OPEN)
      return sendError(id, fail('call.too-many', 'refused', 'Too many calls are open at the same time.').data);
    if (definition.kind === 'event') return subscribe(id, method, definition, frame.arguments);
    const controller = new AbortController();
    open.set(id, { kind: 'call', stop: () => controller.abort(cancelled('The call')) });
    void answer(id, method, definition, frame.arguments, controller);
  };

  transport.onClose(() => {
    for (const { stop: stopOne } of open.values()) stop(stopOne);
    open.clear();
  });
  transport.onFrame((raw) => {
    const parsed = v.safeParse(ClientFrameSchema, raw);
    if (!parsed.success) return transport.close();
    const frame = parsed.output;
    if (frame.type === 'call' || frame.type === 'subscribe') {
      if (frame.id <= lastId) return transport.close();
      lastId = frame.id;
      return begin(frame);
    }
    if (frame.id > lastId) return transport.close();
    const target = open.get(frame.id);
    if (!target) return; // It ended while this frame was on its way.
    if ((target.kind === 'call') !== (frame.type === 'cancel')) return transport.close();
    if (target.kind === 'stream') open.delete(frame.id);
    stop(target.stop);
  });
}

interface PendingCall {
  method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}
interface Subscription {
  method: string;
  listener(data: unknown): void;
  onEnd: ((error: ArtificerError) => void) | undefined;
}

/** A typed client of the contract at the far end of the transport. Listen to the transport to learn of its end. */
export function connect<C extends Contract>(contract: C, transport: Transport): Client<C> {
  let nextId = 1;
  let closed = false;
  const calls = new Map<number, PendingCall>();
  const subscriptions = new Map<number, Subscription>();
  /** Given up here, and not yet answered there: their late frames are no violation. */
  const abandoned = new Set<number>();

  transport.onClose(() => {
    closed = true;
    const waiting = [...calls.values()];
    const listening = [...subscriptions.values()];
    calls.clear();
    subscriptions.clear();
    for (const pending of waiting) pending.reject(connectionClosed());
    for (const subscription of listening) subscription.onEnd?.(connectionClosed());
  });

  const onEvent = (id: number, data: unknown) => {
    const subscription = subscriptions.get(id);
    if (!subscription) return abandoned.has(id);
    const definition = contract[subscription.method] as EventStream;
    const parsed = v.safeParse(definition.data, data);
    if (!parsed.success) return false;
    subscription.listener(parsed.output);
    return true;
  };

  const onAnswer = (frame: Extract<ServerFrame, { type: 'result' | 'error' }>) => {
    const { id } = frame;
    const pending = calls.get(id);
    const subscription = subscriptions.get(id);
    if (frame.type === 'error' && subscription) {
      subscriptions.delete(id);
      subscription.onEnd?.(new ArtificerError(frame.error));
      return true;
    }
    if (!pending) return abandoned.delete(id);
    calls.delete(id);
    if (frame.type === 'error') pending.reject(new ArtificerError(frame.error));
    else {
      try {
        const definition = contract[pending.method] as Call;
        pending.resolve(checkResult(pending.method, definition.result, frame.value));
      } catch (error) {
        pending.reject(error as Error);
      }
    }
    return true;
  };

  transport.onFrame((raw) => {
    const parsed = v.safeParse(ServerFrameSchema, raw);
    const understood =
      parsed.success &&
      (parsed.output.type === 'event' ? onEvent(parsed.output.id, parsed.output.data) : onAnswer(parsed.output));
    if (!understood) transport.close();
  });

  const call = (method: string) => (args: unknown, options?: CallOptions) =>
    new Promise((resolve, reject) => {
      const signal = options?.signal;
      if (closed) return reject(connectionClosed());
      if (signal?.aborted) return reject(cancelled('The call'));
      const id = nextId++;
      const onAbort = () => {
        calls.delete(id);
        abandoned.add(id);
        transport.send({ type: 'cancel', id });
        reject(cancelled('The call'));
      };
      const settled = () => signal?.removeEventListener('abort', onAbort);
      calls.set(id, {
        method,
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      try {
        transport.send({ type: 'call', id, method, arguments: args });
      } catch (error) {
        calls.delete(id);
        return reject(
          fail('call.invalid-arguments', 'usage', `The arguments of "${method}" cannot be carried.`, {
            cause: String(error),
          }),
        );
      }
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  const subscribe =
    (method: string) => (args: unknown, listener: (data: unknown) => void, options?: SubscribeOptions) => {
      if (closed) {
        queueMicrotask(() => options?.onEnd?.(connectionClosed()));
        return () => {};
      }
      const id = nextId++;
      subscriptions.set(id, { method, listener, onEnd: options?.onEnd });
      transport.send({ type: 'subscribe', id, method, arguments: args });
      return () => {
        if (!subscriptions.delete(id)) return;
        // Kept for good: the stream's end is not acknowledged, and a number costs nothing.
        abandoned.add(id);
        transport.send({ type: 'unsubscribe', id });
      };
    };

  const client: Record<string, unknown> = Object.create(null);
  for (const [method, definition] of Object.entries(contract))
    client[method] = definition.kind === 'call' ? call(method) : subscribe(method);
  return client as Client<C>;
}
