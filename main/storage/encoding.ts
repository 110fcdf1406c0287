/** JSON as it lies in the file: plain while small, deflated where that pays. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export interface Encoded {
  /** 0: UTF-8 JSON, 1: deflated. */
  encoding: number;
  bytes: Uint8Array;
}

const WORTH_DEFLATING_BYTES = 4096;

export function encodeJson(value: unknown): Encoded {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  if (bytes.length < WORTH_DEFLATING_BYTES) return { encoding: 0, bytes };
  // The fastest level: records repeat themselves so much that higher ones hardly gain, and a person is waiting.
  return { encoding: 1, bytes: deflateRawSync(bytes, { level: 1 }) };
}

export function decodeJson(encoding: number, bytes: Uint8Array): unknown {
  const plain = encoding === 1 ? inflateRawSync(bytes) : bytes;
  return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8'));
}
