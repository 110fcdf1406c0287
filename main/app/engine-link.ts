/**
 * What the shell's main process asks of an engine's process, beside the ports that it hands over: the bulk data that
 * pages fetch by `app://…/blob/…`, and the files that they upload. The same framing carries it as the contract.
 */
import * as v from 'valibot';
import type { Call } from '../../preload/contract/index.ts';

const Handle = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Done = v.object({ ok: v.boolean() });
const call = <A extends v.GenericSchema, R extends v.GenericSchema>(args: A, result: R): Call<A, R> => ({
  kind: 'call',
  arguments: args,
  result,
});

/** Read and written in pieces of this size: a message between processes is copied twice, whole. */
export const PIECE_BYTES = 4 * 1024 ** 2;
const Bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.byteLength <= PIECE_BYTES, 'a piece that is too large'),
);

export const engineLink = {
  'blob.open': call(
    v.strictObject({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
    v.nullable(v.object({ handle: Handle, bytes: v.number() })),
  ),
  /** An empty piece is the end. */
  'blob.read': call(v.strictObject({ handle: Handle }), Bytes),
  'blob.close': call(v.strictObject({ handle: Handle }), Done),
  'upload.open': call(v.strictObject({ name: v.string() }), v.object({ handle: Handle })),
  'upload.write': call(v.strictObject({ handle: Handle, bytes: Bytes }), Done),
  'upload.finish': call(v.strictObject({ handle: Handle }), v.object({ uploadId: v.string() })),
  'upload.abandon': call(v.strictObject({ handle: Handle }), Done),
} satisfies Record<string, Call>;
export type EngineLink = typeof engineLink;

/** What the main process posts to an engine's process, each time with one port. */
export const PortPurposeSchema = v.picklist(['window', 'link']);
export type PortPurpose = v.InferOutput<typeof PortPurposeSchema>;
