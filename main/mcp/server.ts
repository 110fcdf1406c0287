/**
 * A server of the Model Context Protocol over a pair of streams. Nothing that comes in is trusted: lines are bounded, parameters
 * checked, and what a request may do was decided by the person who started the server, not by who sends it.
 */
import type { Writable } from 'node:stream';
import * as v from 'valibot';
import { ArtificerError, type Author } from '../../preload/contract/index.ts';
import { linesOf } from './lines.ts';
import { listPrompts, promptOf } from './prompts.ts';
import {
  CODE,
  HANDSHAKE_VERSIONS,
  META,
  Message,
  PARAMETERS,
  ProtocolError,
  parametersOf,
  RequestId,
  RequestMeta,
  STATELESS_VERSIONS,
} from './protocol.ts';
import { type McpResources, TEMPLATES } from './resources.ts';
import type { Caller, McpTools } from './tools.ts';

/** Bytes of one message. */
export const MOST_BYTES = 1_000_000;
/** Requests that are worked on at the same time, and messages of one batch. */
const MOST_AT_ONCE = 32;
const PROGRESS_ms = 200;
const CACHEABLE = [
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
];

export interface McpServerOptions {
  input: AsyncIterable<Uint8Array>;
  output: Writable;
  /** Standard error: what goes wrong is told there, never in between the messages. */
  log(line: string): void;
  tools: McpTools;
  resources: McpResources;
  version: string;
  instructions: string;
  signal: AbortSignal;
}

interface Call {
  params: Record<string, unknown>;
  caller: Caller;
  stateless: boolean;
}
type Handler = (call: Call) => Promise<Record<string, unknown>> | Record<string, unknown>;

export class McpServer {
  readonly #options: McpServerOptions;
  readonly #running = new Map<RequestId, AbortController>();
  /** What was agreed upon in a handshake, or null before one. */
  #handshake: { version: string; client: string | undefined } | null = null;
  #ended = false;

  constructor(options: McpServerOptions) {
    this.#options = options;
  }

  /** Resolves when the client closes its end, or the signal is aborted. */
  async serve(): Promise<void> {
    const { input, output, signal } = this.#options;
    const ended = new Promise<null>((resolve) => {
      signal.addEventListener('abort', () => resolve(null), { once: true });
      // A client that is gone reads no answers.
      output.on('error', () => resolve(null));
      if (signal.aborted) resolve(null);
    });
    const lines = linesOf(input, MOST_BYTES);
    for (;;) {
      const next = await Promise.race([lines.next(), ended]);
      if (next === null || next.done) break;
      const line = next.value;
      if ('tooLong' in line)
        this.#send(
          errorOf(undefined, new ProtocolError(CODE.invalidRequest, `A message has at most ${MOST_BYTES} bytes.`)),
        );
      else if ('notText' in line) this.#send(errorOf(undefined, new ProtocolError(CODE.parse, 'A message is UTF-8.')));
      else this.#receive(line.text);
    }
    this.#ended = true;
    for (const controller of this.#running.values()) controller.abort();
  }

  #receive(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.#send(errorOf(undefined, new ProtocolError(CODE.parse, 'Parse error')));
      return;
    }
    // Several at once are a matter of one revision only.
    if (Array.isArray(message) && this.#handshake?.version === '2025-03-26') return void this.#batch(message);
    void this.#answer(message).then((answer) => {
      if (answer) this.#send(answer);
    });
  }

  async #batch(messages: unknown[]): Promise<void> {
    if (messages.length === 0 || messages.length > MOST_AT_ONCE)
      return this.#send(
        errorOf(undefined, new ProtocolError(CODE.invalidRequest, `A batch has 1 to ${MOST_AT_ONCE} messages.`)),
      );
    const answers = (await Promise.all(messages.map((each) => this.#answer(each)))).filter((each) => each !== null);
    if (answers.length > 0) this.#send(answers);
  }

  /** What is to be sent back, or null: notifications and cancelled requests have no answer. Never rejects. */
  async #answer(given: unknown): Promise<object | null> {
    const parsed = v.safeParse(Message, given);
    if (!parsed.success) return errorOf(idIn(given), new ProtocolError(CODE.invalidRequest, 'Invalid request'));
    const { id, method, params } = parsed.output;
    if (method === undefined) return null;
    if (id === undefined) {
      this.#notified(method, params);
      return null;
    }
    if (this.#running.has(id))
      return errorOf(id, new ProtocolError(CODE.invalidRequest, 'A request of this id is still being worked on.'));
    if (this.#running.size >= MOST_AT_ONCE)
      return errorOf(
        id,
        new ProtocolError(CODE.busy, `At most ${MOST_AT_ONCE} requests are worked on at the same time.`),
      );
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const result = await this.#handle(method, params ?? {}, controller.signal);
      return controller.signal.aborted ? null : { jsonrpc: '2.0', id, result };
    } catch (thrown) {
      return controller.signal.aborted ? null : errorOf(id, this.#asProtocolError(method, thrown));
    } finally {
      this.#running.delete(id);
    }
  }

  #asProtocolError(method: string, thrown: unknown): ProtocolError {
    if (thrown instanceof ProtocolError) return thrown;
    if (thrown instanceof ArtificerError)
      return new ProtocolError(CODE.internal, thrown.message, {
        code: thrown.code,
        ...(thrown.data.hint ? { hint: thrown.data.hint } : {}),
      });
    this.#options.log(`${method}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    return new ProtocolError(CODE.internal, 'Something inside Artificer failed.');
  }

  #notified(method: string, params: unknown): void {
    if (method !== 'notifications/cancelled') return;
    const parsed = v.safeParse(PARAMETERS.cancelled, params ?? {});
    if (parsed.success) this.#running.get(parsed.output.requestId)?.abort();
  }

  async #handle(
    method: string,
    params: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>> {
    const meta = parametersOf(v.optional(RequestMeta, {}), params['_meta']);
    const stateless = meta[META.version] !== undefined;
    if (stateless) this.#checkVersion(meta);
    const handler = this.#handlerOf(method, stateless);
    const call: Call = {
      params,
      stateless,
      caller: { author: this.#authorOf(meta), signal, progress: this.#progressTo(meta.progressToken, signal) },
    };
    const result = await handler(call);
    if (!stateless && method !== 'server/discover') return result;
    return {
      ...result,
      resultType: 'complete',
      _meta: { [META.server]: this.#serverInfo },
      // The project may change under a list at any time, and what it says is for whoever runs the server.
      ...(CACHEABLE.includes(method) ? { ttlMs: 0, cacheScope: 'private' } : {}),
    };
  }

  #checkVersion(meta: RequestMeta): void {
    const requested = meta[META.version]!;
    if (!(STATELESS_VERSIONS as readonly string[]).includes(requested))
      throw new ProtocolError(CODE.unsupportedVersion, 'Unsupported protocol version', {
        supported: [...STATELESS_VERSIONS],
        requested,
      });
    if (meta[META.capabilities] === undefined)
      throw new ProtocolError(CODE.invalidParams, `Each request says "${META.capabilities}" in its _meta.`);
  }

  #handlerOf(method: string, stateless: boolean): Handler {
    const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method] : undefined;
    const ofHandshake = method === 'initialize' || method === 'ping';
    if (!handler || (stateless && ofHandshake)) throw new ProtocolError(CODE.unknownMethod, 'Method not found');
    if (!stateless && !this.#handshake && !ofHandshake && method !== 'server/discover')
      throw new ProtocolError(CODE.invalidRequest, 'The first request is initialize.');
    return handler;
  }

  readonly #handlers: Record<string, Handler> = {
    initialize: ({ params }) => {
      if (this.#handshake) throw new ProtocolError(CODE.invalidRequest, 'The connection has been initialized already.');
      const { protocolVersion, clientInfo } = parametersOf(PARAMETERS.initialize, params);
      const known = (HANDSHAKE_VERSIONS as readonly string[]).includes(protocolVersion);
      const version = known ? protocolVersion : HANDSHAKE_VERSIONS[0];
      this.#handshake = { version, client: clientInfo?.name };
      return {
        protocolVersion: version,
        capabilities: this.#capabilities,
        serverInfo: this.#serverInfo,
        instructions: this.#options.instructions,
      };
    },
    'server/discover': () => ({
      supportedVersions: [...STATELESS_VERSIONS],
      capabilities: this.#capabilities,
      instructions: this.#options.instructions,
    }),
    ping: () => ({}),
    'tools/list': ({ params }) => {
      oneList(params);
      return { tools: this.#options.tools.list() };
    },
    'tools/call': async ({ params, caller }) => {
      const { name, arguments: input } = parametersOf(PARAMETERS.callTool, params);
      return this.#options.tools.call(name, input ?? {}, caller);
    },
    'resources/list': ({ params }) => this.#options.resources.list(parametersOf(PARAMETERS.list, params).cursor),
    'resources/templates/list': ({ params }) => {
      oneList(params);
      return { resourceTemplates: TEMPLATES };
    },
    'resources/read': ({ params, caller, stateless }) =>
      this.#options.resources.read(parametersOf(PARAMETERS.readResource, params).uri, caller, stateless),
    'prompts/list': ({ params }) => {
      oneList(params);
      return { prompts: listPrompts() };
    },
    'prompts/get': ({ params }) => {
      const { name, arguments: given } = parametersOf(PARAMETERS.getPrompt, params);
      return promptOf(name, given ?? {}) as Record<string, unknown>;
    },
  };

  get #capabilities(): Record<string, unknown> {
    return { tools: {}, resources: {}, prompts: {} };
  }
  get #serverInfo(): Record<string, unknown> {
    return { name: 'artificer', title: 'Artificer', version: this.#options.version };
  }

  /** As the client calls itself: changes bear that name. It gives no power. */
  #authorOf(meta: RequestMeta): Author {
    const said = (meta[META.client]?.name ?? this.#handshake?.client ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();
    return { kind: 'agent', name: `${said.slice(0, 60) || 'unnamed client'} (MCP)` };
  }

  /** Progress only ever rises, as the protocol wants it: stages are counted on, each with its own fraction. */
  #progressTo(token: string | number | undefined, signal: AbortSignal): Caller['progress'] {
    if (token === undefined) return () => {};
    let [stages, last, told, current] = [0, 0, Number.NEGATIVE_INFINITY, ''];
    return (stage, fraction) => {
      if (signal.aborted) return;
      const isNew = stage !== current;
      if (isNew) stages++;
      current = stage;
      if (!isNew && performance.now() - told < PROGRESS_ms) return;
      told = performance.now();
      last = Math.max(last + 1e-3, stages - 1 + Math.min(0.999, Math.max(0, fraction ?? 0)));
      this.#send({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: token, progress: last, message: stage },
      });
    };
  }

  #send(message: object): void {
    if (!this.#ended) this.#options.output.write(`${JSON.stringify(message)}\n`);
  }
}

const idIn = (given: unknown): RequestId | undefined => {
  const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : undefined;
  return v.is(RequestId, id) ? id : undefined;
};

const errorOf = (id: RequestId | undefined, { code, message, data }: ProtocolError): object => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  error: { code, message, ...(data === undefined ? {} : { data }) },
});

/** Lists that come whole have no cursors to go on from. */
function oneList(params: Record<string, unknown>): void {
  if (parametersOf(PARAMETERS.list, params).cursor !== undefined)
    throw new ProtocolError(CODE.invalidParams, 'Invalid cursor');
}
