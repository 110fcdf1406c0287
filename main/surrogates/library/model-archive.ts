/**
 * A model in one file, to be carried from one machine to another: a zip archive of its card, its ONNX file and its mesh. What
 * comes back is a stranger's: how many files it has, what they are called and how large they claim to be is checked before
 * anything is unpacked, and how large they turn out to be while it is.
 */
import { inflateRawSync } from 'node:zlib';
import { type Zippable, zipSync } from 'fflate';
import type { ArtificerError } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { LARGEST_MODEL } from '../onnx/check-model.ts';
import { LARGEST_CARD, LARGEST_MESH, tooLarge } from './limits.ts';
import { CARD_FILE, cardOf, MESH_FILE, MODEL_FILE, type ModelFiles } from './model-files.ts';

const LARGEST = new Map([
  [CARD_FILE, LARGEST_CARD],
  [MODEL_FILE, LARGEST_MODEL],
  [MESH_FILE, LARGEST_MESH],
]);
/** The same model gives the same bytes: the archive carries no time of its making. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Weights and points do not shrink: only the card is packed. */
export function packModel(files: ModelFiles): Uint8Array {
  const stored = { level: 0, mtime: FIXED_TIME } as const;
  const entries: Zippable = {
    [CARD_FILE]: [
      new TextEncoder().encode(`${JSON.stringify(cardOf(files), null, 2)}\n`),
      { level: 6, mtime: FIXED_TIME },
    ],
    [MODEL_FILE]: [files.model, stored],
    ...(files.mesh ? { [MESH_FILE]: [files.mesh, stored] as const } : {}),
  };
  return zipSync(entries);
}

const HINT = `It holds ${CARD_FILE}, ${MODEL_FILE} and, where it predicts fields, ${MESH_FILE}; nothing else, and no folder.`;

const badArchive = (message: string, cause?: string): ArtificerError =>
  refuseSurrogate('bad-archive', message, HINT, cause === undefined ? {} : { cause });

interface Entry {
  name: string;
  method: number;
  encrypted: boolean;
  packedBytes: number;
  /** As claimed. */
  bytes: number;
  headerOffset: number;
}

/** Places and sizes of PKWARE's APPNOTE 6.3: 4.3.16, 4.3.12 and 4.3.7. */
const END = { mark: 0x06054b50, bytes: 22, longestComment: 0xffff };
const CENTRAL = { mark: 0x02014b50, bytes: 46 };
const LOCAL = { mark: 0x04034b50, bytes: 30 };
const [STORED, DEFLATED] = [0, 8];

/** By its first bytes. */
export const isArchive = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === LOCAL.mark;

/**
 * The files by name: those that a model has, and no others.
 * @param where as a person would call the archive
 * @throws ArtificerError `surrogate.bad-archive`, `surrogate.too-large-model`
 */
export function unpackModel(bytes: Uint8Array, where: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const entry of checkedEntries(bytes, where)) {
    try {
      files.set(entry.name, unpacked(bytes, entry));
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown.message : String(thrown);
      throw badArchive(`"${entry.name}" in "${where}" cannot be unpacked.`, cause);
    }
  }
  return files;
}

/** What an archive says that it holds, once that is what a model may have. Nothing is unpacked for it. */
function checkedEntries(bytes: Uint8Array, where: string): Entry[] {
  let entries: Entry[];
  try {
    entries = entriesOf(bytes, where);
  } catch (thrown) {
    // Reading beyond the end.
    if (!(thrown instanceof RangeError)) throw thrown;
    throw badArchive(`"${where}" is no whole archive.`, thrown.message);
  }
  const names = new Set<string>();
  for (const { name, bytes: claimed } of entries) {
    const shown = name.slice(0, 100);
    const largest = LARGEST.get(name);
    if (largest === undefined) throw badArchive(`"${where}" holds "${shown}", which is no file of a model.`);
    if (names.has(name)) throw badArchive(`"${where}" holds "${shown}" twice.`);
    if (claimed > largest) throw tooLarge(shown, claimed, largest);
    names.add(name);
  }
  if (!names.has(CARD_FILE)) throw badArchive(`There is no ${CARD_FILE} in "${where}".`);
  return entries;
}

/** @throws RangeError for what ends too early */
function entriesOf(bytes: Uint8Array, where: string): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END.bytes;
  const first = Math.max(0, end - END.longestComment);
  while (end >= first && view.getUint32(end, true) !== END.mark) end--;
  if (end < first) throw new RangeError('its list of files is missing');
  const count = view.getUint16(end + 10, true);
  // No more is looked at than a model can have. Larger sizes than fit into 32 bits are no model's.
  if (count > LARGEST.size) throw badArchive(`"${where}" holds ${count} files: more than a model has.`);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, () => {
    if (view.getUint32(at, true) !== CENTRAL.mark) throw new RangeError('its list of files is damaged');
    const nameBytes = view.getUint16(at + 28, true);
    const entry: Entry = {
      name: new TextDecoder().decode(bytes.subarray(at + CENTRAL.bytes, at + CENTRAL.bytes + nameBytes)),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true),
    };
    at += CENTRAL.bytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
}

/** As many bytes as were claimed, or an error: never more. */
function unpacked(bytes: Uint8Array, entry: Entry): Uint8Array {
  const { method, encrypted, packedBytes, bytes: claimed, headerOffset } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(headerOffset, true) !== LOCAL.mark) throw new RangeError('it is not where the list says');
  if (encrypted) throw new RangeError('it is protected with a password');
  const start =
    headerOffset + LOCAL.bytes + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  if (packed.length < packedBytes) throw new RangeError('the archive ends within it');
  if (method !== STORED && method !== DEFLATED) throw new RangeError(`its compression (${method}) is a rare one`);
  // The runtime stops where it would give more than this.
  const found = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, claimed) });
  if (found.length !== claimed) throw new RangeError(`it has ${found.length} bytes in place of ${claimed}`);
  return found;
}
