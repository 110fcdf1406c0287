/**
 * The one binary format for bulk data (tessellations, meshes, fields): named typed arrays after a JSON header.
 *
 * Layout, little-endian: 8 bytes `ARTBNDL1`; uint32 header length; the JSON header in UTF-8, padded with spaces so that
 * the data starts at a multiple of 8; then the arrays, each at an 8-aligned offset from the start of the data.
 */
export type BundleArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;
export interface Bundle<Meta = unknown> {
  meta: Meta;
  arrays: Record<string, BundleArray>;
}

const MAGIC = 'ARTBNDL1';
const TYPES = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
interface ArrayEntry {
  name: string;
  type: TypeName;
  offset: number;
  length: number;
}

const align8 = (n: number): number => (n + 7) & ~7;

function typeNameOf(array: BundleArray): TypeName {
  for (const [name, Type] of Object.entries(TYPES)) if (array instanceof Type) return name as TypeName;
  throw new TypeError('not a bundle array');
}

export function encodeBundle(bundle: Bundle): Uint8Array<ArrayBuffer> {
  const entries: ArrayEntry[] = [];
  let offset = 0;
  for (const [name, array] of Object.entries(bundle.arrays)) {
    entries.push({ name, type: typeNameOf(array), offset, length: array.length });
    offset = align8(offset + array.byteLength);
  }
  let header = JSON.stringify({ meta: bundle.meta, arrays: entries });
  const encoder = new TextEncoder();
  const unpadded = encoder.encode(header).length;
  header += ' '.repeat(align8(12 + unpadded) - 12 - unpadded);
  const headerBytes = encoder.encode(header);
  const dataStart = 12 + headerBytes.length;
  const out = new Uint8Array(dataStart + offset);
  out.set(encoder.encode(MAGIC), 0);
  new DataView(out.buffer).setUint32(8, headerBytes.length, true);
  out.set(headerBytes, 12);
  for (const entry of entries) {
    const array = bundle.arrays[entry.name]!;
    out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), dataStart + entry.offset);
  }
  return out;
}

/** Views, not copies, wherever the buffer's alignment allows. Throws a RangeError when the bytes are not a whole bundle. */
export function decodeBundle<Meta = unknown>(bytes: Uint8Array): Bundle<Meta> {
  const decoder = new TextDecoder();
  if (bytes.length < 12 || decoder.decode(bytes.subarray(0, 8)) !== MAGIC) throw new RangeError('not an array bundle');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
  if (12 + headerLength > bytes.length) throw new RangeError('array bundle is truncated');
  const header = JSON.parse(decoder.decode(bytes.subarray(12, 12 + headerLength))) as {
    meta: Meta;
    arrays: ArrayEntry[];
  };
  const dataStart = 12 + headerLength;
  const arrays: Record<string, BundleArray> = {};
  for (const entry of header.arrays) {
    const Type = TYPES[entry.type];
    if (!Type) throw new RangeError(`array bundle has an array of unknown type at ${entry.name}`);
    const byteLength = entry.length * Type.BYTES_PER_ELEMENT;
    const start = dataStart + entry.offset;
    if (entry.offset < 0 || entry.length < 0 || start + byteLength > bytes.length)
      throw new RangeError(`array bundle is truncated at ${entry.name}`);
    const absolute = bytes.byteOffset + start;
    arrays[entry.name] =
      absolute % Type.BYTES_PER_ELEMENT === 0
        ? new Type(bytes.buffer as ArrayBuffer, absolute, entry.length)
        : // A Buffer's own `slice` copies nothing.
          new Type(Uint8Array.prototype.slice.call(bytes, start, start + byteLength).buffer, 0, entry.length);
  }
  return { meta: header.meta, arrays };
}
