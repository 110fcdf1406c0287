/**
 * The messages of the Model Context Protocol that are spoken here: JSON-RPC 2.0, in both of the protocol's ways. Up to
 * 2025-11-25 a connection begins with a handshake (`initialize`); since 2026-07-28 every request says its version itself.
 * Source: schema.ts of each revision, modelcontextprotocol.io/specification.
 */
import * as v from 'valibot';

/** Revisions with a handshake, newest first. */
export const HANDSHAKE_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;
/** Revisions in which each request stands for itself. */
export const STATELESS_VERSIONS = ['2026-07-28'] as const;

export const META = {
  version: 'io.modelcontextprotocol/protocolVersion',
  client: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  server: 'io.modelcontextprotocol/serverInfo',
} as const;

export const CODE = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  /** Ours: the range to -32019 is free for servers. */
  busy: -32000,
  /** Only in revisions with a handshake; later ones say `invalidParams`. */
  noSuchResource: -32002,
  unsupportedVersion: -32022,
} as const;

/** An error of the protocol: the request as such was wrong. A tool that fails is an answer, not one of these. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const RequestId = v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.safeInteger())]);
export type RequestId = v.InferOutput<typeof RequestId>;

/** An object: a list has fields as well, and is none. */
const Fields = v.pipe(
  v.custom<Record<string, unknown>>(
    (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
    'Expected an object',
  ),
  v.record(v.string(), v.unknown()),
);

/** A request, a notification (without id), or an answer (without method), of which there are none to wait for here. */
export const Message = v.looseObject({
  jsonrpc: v.literal('2.0'),
  id: v.optional(RequestId),
  method: v.optional(v.pipe(v.string(), v.maxLength(200))),
  params: v.optional(Fields),
});

const ClientInfo = v.looseObject({ name: v.pipe(v.string(), v.maxLength(1000)) });
const ProgressToken = v.union([v.pipe(v.string(), v.maxLength(200)), v.number()]);

/** What any request may carry beside its own parameters. */
export const RequestMeta = v.looseObject({
  progressToken: v.optional(ProgressToken),
  [META.version]: v.optional(v.pipe(v.string(), v.maxLength(100))),
  [META.client]: v.optional(ClientInfo),
  [META.capabilities]: v.optional(Fields),
});
export type RequestMeta = v.InferOutput<typeof RequestMeta>;

export const PARAMETERS = {
  initialize: v.looseObject({
    protocolVersion: v.pipe(v.string(), v.maxLength(100)),
    capabilities: v.optional(Fields),
    clientInfo: v.optional(ClientInfo),
  }),
  none: v.looseObject({}),
  list: v.looseObject({ cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) }),
  callTool: v.looseObject({
    name: v.pipe(v.string(), v.maxLength(200)),
    arguments: v.optional(Fields),
  }),
  readResource: v.looseObject({ uri: v.pipe(v.string(), v.maxLength(2000)) }),
  getPrompt: v.looseObject({
    name: v.pipe(v.string(), v.maxLength(200)),
    arguments: v.optional(v.pipe(Fields, v.record(v.string(), v.pipe(v.string(), v.maxLength(2000))))),
  }),
  cancelled: v.looseObject({ requestId: RequestId, reason: v.optional(v.string()) }),
} as const;

/** @throws ProtocolError where the parameters do not fit */
export function parametersOf<Schema extends v.GenericSchema>(schema: Schema, given: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, given ?? {});
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new ProtocolError(CODE.invalidParams, `Invalid parameters${path ? ` at "${path}"` : ''}: ${issue.message}`);
}
