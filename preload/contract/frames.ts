/**
 * The frames that travel between a front and the engine, and the little that a carrier of them must be able to do.
 * Every incoming frame is checked against this schema; a peer that sends anything else is cut off.
 */
import * as v from 'valibot';
import { ErrorDataSchema } from './errors.ts';

const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Method = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/** What a client may send. Ids are chosen by the client and only ever grow. */
export const ClientFrameSchema = v.variant('type', [
  v.strictObject({ type: v.literal('call'), id: Id, method: Method, arguments: v.unknown() }),
  v.strictObject({ type: v.literal('cancel'), id: Id }),
  v.strictObject({ type: v.literal('subscribe'), id: Id, method: Method, arguments: v.unknown() }),
  v.strictObject({ type: v.literal('unsubscribe'), id: Id }),
]);
export type ClientFrame = v.InferOutput<typeof ClientFrameSchema>;

/** What a server may send. `result` and `error` answer a call; `error` also ends a subscription. */
export const ServerFrameSchema = v.variant('type', [
  v.strictObject({ type: v.literal('result'), id: Id, value: v.optional(v.unknown()) }),
  v.strictObject({ type: v.literal('error'), id: Id, error: ErrorDataSchema }),
  v.strictObject({ type: v.literal('event'), id: Id, data: v.optional(v.unknown()) }),
]);
export type ServerFrame = v.InferOutput<typeof ServerFrameSchema>;

export type Frame = ClientFrame | ServerFrame;

/**
 * Carries frames in order, whole, or not at all. Values are JSON values: bulk data never travels here but is fetched
 * by its hash over HTTP or `app://`.
 */
export interface Transport {
  /** Throws when the frame cannot be carried (not clonable); does nothing once closed. */
  send(frame: Frame): void;
  /** At most one listener: whoever speaks the protocol. Frames that came before it was set are not lost. */
  onFrame(listener: (frame: unknown) => void): void;
  /** Any number of listeners, each called once, at once if it is closed already. */
  onClose(listener: () => void): void;
  close(): void;
}
