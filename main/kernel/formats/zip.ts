/**
 * Zip archives (PKWARE APPNOTE 6.3), read from the central directory and unpacked with a bound: an entry may give no more
 * bytes than the caller allows, whatever its header claims.
 */
import { Inflate } from 'fflate';
import { refusal } from './refusal.ts';
import { asciiSlice, nameOf } from './text.ts';

export interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  packedBytes: number;
  /** As claimed; never trusted. */
  unpackedBytes: number;
  headerOffset: number;
}

const MAX_ENTRIES = 100_000;
const CHUNK_BYTES = 1 << 16;
/** Models shrink to a tenth or so; what shrinks to this is made to fill the memory of whoever unpacks it. */
const MAX_RATIO = 200;
const SUSPICIOUS_BYTES = 64 << 20;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** Entries of the central directory; undefined when it cannot be found or read (a truncated archive). */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = -1;
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 22 - 65535); i--) {
    if (view.getUint32(i, true) === 0x06054b50) {
      end = i;
      break;
    }
  }
  if (end < 0) return undefined;
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if ((count === 0xffff || at === 0xffffffff) && end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
    const record = Number(view.getBigUint64(end - 12, true));
    if (record + 56 > bytes.length || view.getUint32(record, true) !== 0x06064b50) return undefined;
    count = Number(view.getBigUint64(record + 32, true));
    at = Number(view.getBigUint64(record + 48, true));
  }
  if (count > MAX_ENTRIES) return undefined;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const commentBytes = view.getUint16(at + 32, true);
    const nameStart = at + 46;
    const extraStart = nameStart + nameBytes;
    if (extraStart + extraBytes > bytes.length) return undefined;
    const entry: ZipEntry = {
      name: nameOf(bytes.subarray(nameStart, extraStart)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true),
    };
    readZip64(view, extraStart, extraStart + extraBytes, entry);
    entries.push(entry);
    at = extraStart + extraBytes + commentBytes;
  }
  return entries;
}

/** Sizes and offset of entries beyond 4 GiB, and of writers that always use the 64-bit form (APPNOTE 4.5.3). */
function readZip64(view: DataView, start: number, end: number, entry: ZipEntry): void {
  for (let i = start; i + 4 <= end; ) {
    const id = view.getUint16(i, true);
    const size = view.getUint16(i + 2, true);
    if (id === 1) {
      let p = i + 4;
      const stop = Math.min(end, p + size);
      const next = (): number => {
        if (p + 8 > stop) return 0;
        p += 8;
        return Number(view.getBigUint64(p - 8, true));
      };
      if (entry.unpackedBytes === 0xffffffff) entry.unpackedBytes = next();
      if (entry.packedBytes === 0xffffffff) entry.packedBytes = next();
      if (entry.headerOffset === 0xffffffff) entry.headerOffset = next();
      return;
    }
    i += 4 + size;
  }
}

/**
 * The entry's bytes. Throws `import.too-large` beyond `maxBytes`, `import.truncated`, `import.corrupt`, or
 * `import.unsupported-format` for encryption and rare methods.
 */
export function unpack(bytes: Uint8Array, entry: ZipEntry, maxBytes: number): Uint8Array {
  const where = `entry ${entry.name}`;
  if (entry.encrypted) {
    throw refusal(
      'import.unsupported-format',
      'The archive is protected with a password.',
      where,
      'Ask for it without a password.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = entry.headerOffset;
  if (header + 30 > bytes.length || view.getUint32(header, true) !== 0x04034b50) {
    throw refusal('import.corrupt', 'The archive is damaged: a file inside it cannot be found.', where);
  }
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const end = start + entry.packedBytes;
  if (end > bytes.length) throw refusal('import.truncated', 'The archive ends inside one of its files.', where);
  const packed = bytes.subarray(start, end);
  const tooLarge = (): Error =>
    refusal(
      'import.too-large',
      `A file inside the archive unpacks to more than ${Math.round(Math.min(maxBytes, total) / 2 ** 20)} MiB.`,
      where,
    );
  if (entry.method === 0) {
    if (packed.length > maxBytes) throw tooLarge();
    return packed;
  }
  if (entry.method !== 8) {
    throw refusal(
      'import.unsupported-format',
      'The archive uses a rare compression method.',
      `${where}, method ${entry.method}`,
    );
  }
  const chunks: Uint8Array[] = [];
  let total = 0;
  let finished = false;
  const inflate = new Inflate((chunk, final) => {
    total += chunk.length;
    if (total > maxBytes || (total > SUSPICIOUS_BYTES && total > MAX_RATIO * packed.length)) throw tooLarge();
    chunks.push(chunk);
    finished = final;
  });
  try {
    for (let i = 0; i < packed.length; i += CHUNK_BYTES) {
      inflate.push(packed.subarray(i, i + CHUNK_BYTES), i + CHUNK_BYTES >= packed.length);
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ArtificerError') throw thrown;
    throw refusal('import.corrupt', 'A file inside the archive cannot be unpacked.', `${where}: ${String(thrown)}`);
  }
  if (!finished) throw refusal('import.truncated', 'A file inside the archive ends too early.', where);
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** Names of the local headers, for archives whose end is missing: enough to say what it was. */
export function localNames(bytes: Uint8Array, limit = 50): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = 0; at + 30 <= bytes.length && names.length < limit; ) {
    if (view.getUint32(at, true) !== 0x04034b50) break;
    const nameBytes = view.getUint16(at + 26, true);
    names.push(asciiSlice(bytes, at + 30, at + 30 + nameBytes));
    const packed = view.getUint32(at + 18, true);
    if (packed === 0) break;
    at += 30 + nameBytes + view.getUint16(at + 28, true) + packed;
  }
  return names;
}
