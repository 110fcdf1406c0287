/** A glTF file taken apart and checked: JSON, buffers, accessors. Every index and range is tested before it is used. */
import { MAX_ALLOCATION_BYTES } from '../limits.ts';
import { refusal } from '../refusal.ts';

export type Json = Record<string, unknown>;

const COMPONENTS: Record<number, { bytes: number; most: number; read(view: DataView, at: number): number }> = {
  5120: { bytes: 1, most: 127, read: (view, at) => view.getInt8(at) },
  5121: { bytes: 1, most: 255, read: (view, at) => view.getUint8(at) },
  5122: { bytes: 2, most: 32767, read: (view, at) => view.getInt16(at, true) },
  5123: { bytes: 2, most: 65535, read: (view, at) => view.getUint16(at, true) },
  5125: { bytes: 4, most: 4294967295, read: (view, at) => view.getUint32(at, true) },
  5126: { bytes: 4, most: 1, read: (view, at) => view.getFloat32(at, true) },
};
const WIDTHS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };

const corrupt = (message: string, where: string): Error => refusal('import.corrupt', message, where);

export class GltfDocument {
  readonly json: Json;
  private readonly binary: Uint8Array | undefined;
  private readonly buffers = new Map<number, Uint8Array>();
  private allocated = 0;

  constructor(json: Json, binary: Uint8Array | undefined) {
    this.json = json;
    this.binary = binary;
    const version = this.object(json['asset'])['version'];
    if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version))
      throw corrupt('The glTF file does not say its version.', 'asset.version');
    if (!version.startsWith('2.')) {
      throw refusal(
        'import.unsupported-format',
        `The file is glTF ${version}, and only version 2 can be read.`,
        'asset.version',
        'Export it again as glTF 2.0.',
      );
    }
  }

  object(value: unknown): Json {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
  }
  list(name: string): Json[] {
    const value = this.json[name];
    return Array.isArray(value) ? value.map((entry) => this.object(entry)) : [];
  }
  strings(value: unknown): string[] {
    return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
  }
  index(value: unknown, list: string, where: string): number {
    const all = this.json[list];
    const count = Array.isArray(all) ? all.length : 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= count) {
      throw corrupt(`The glTF file refers to ${list}[${String(value)}], but only ${count} are there.`, where);
    }
    return value;
  }
  indices(value: unknown, list: string, where: string): number[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw corrupt('The glTF file should have a list here.', where);
    return value.map((v) => this.index(v, list, where));
  }

  private entry(list: string, index: number): Json {
    return this.object((this.json[list] as unknown[])[index]);
  }

  private natural(value: unknown, where: string, otherwise?: number): number {
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      throw corrupt('The glTF file should have a whole number here.', where);
    return value;
  }

  private buffer(index: number): Uint8Array {
    const known = this.buffers.get(index);
    if (known) return known;
    const where = `buffers[${index}]`;
    const { uri, byteLength } = this.entry('buffers', index);
    let bytes: Uint8Array;
    if (uri === undefined) {
      if (index !== 0 || !this.binary) throw corrupt('The glTF file names a buffer that is not in it.', where);
      bytes = this.binary;
    } else if (typeof uri === 'string' && uri.startsWith('data:')) {
      const comma = uri.indexOf(',');
      if (comma < 0 || !/;base64$/i.test(uri.slice(0, comma)))
        throw corrupt('A buffer of the glTF file is not encoded as it should be.', where);
      bytes = new Uint8Array(Buffer.from(uri.slice(comma + 1), 'base64'));
    } else {
      throw refusal(
        'import.unsupported-format',
        `The glTF file keeps its shapes in another file (${String(uri).slice(0, 80)}), which is not read.`,
        where,
        'Export it as GLB, or as glTF with embedded buffers.',
      );
    }
    const claimed = this.natural(byteLength, `${where}.byteLength`);
    if (claimed > bytes.length)
      throw refusal(
        'import.truncated',
        `A buffer of the glTF file should have ${claimed} bytes, but has ${bytes.length}.`,
        where,
      );
    const buffer = bytes.subarray(0, claimed);
    this.buffers.set(index, buffer);
    return buffer;
  }

  /** The bytes of a view and the stride that it sets, if it does. */
  private view(index: number): { bytes: Uint8Array; stride: number | undefined } {
    const where = `bufferViews[${index}]`;
    const view = this.entry('bufferViews', index);
    const packed = Object.keys(this.object(view['extensions'])).find((extension) => /meshopt/i.test(extension));
    if (packed)
      throw refusal(
        'import.unsupported-format',
        `The glTF file packs its shapes with ${packed}, which cannot be read.`,
        where,
        'Export it again without compression.',
      );
    const buffer = this.buffer(this.index(view['buffer'], 'buffers', `${where}.buffer`));
    const offset = this.natural(view['byteOffset'], `${where}.byteOffset`, 0);
    const length = this.natural(view['byteLength'], `${where}.byteLength`);
    if (offset + length > buffer.length)
      throw refusal('import.truncated', 'A view of the glTF file reaches beyond its buffer.', where);
    const stride =
      view['byteStride'] === undefined ? undefined : this.natural(view['byteStride'], `${where}.byteStride`);
    if (stride !== undefined && (stride < 4 || stride > 252))
      throw corrupt('A view of the glTF file has an impossible stride.', where);
    return { bytes: buffer.subarray(offset, offset + length), stride };
  }

  /** Values as doubles, normalised integers as 0..1 or -1..1; sparse substitutes applied (glTF 2.0, 3.6.2). */
  accessor(index: number, type: 'VEC3' | 'SCALAR'): Float64Array {
    const where = `accessors[${index}]`;
    const accessor = this.entry('accessors', index);
    if (accessor['type'] !== type)
      throw corrupt(`The glTF file has ${String(accessor['type'])} where ${type} belongs.`, where);
    const component = COMPONENTS[accessor['componentType'] as number];
    if (!component) throw corrupt('An accessor of the glTF file has an unknown type of number.', where);
    const width = WIDTHS[type]!;
    const count = this.natural(accessor['count'], `${where}.count`);
    const normalise = accessor['normalized'] === true && accessor['componentType'] !== 5126 ? component.most : 1;
    const hasView = accessor['bufferView'] !== undefined;
    const sparse = this.object(accessor['sparse']);
    if (!hasView) {
      // Zeros, that only sparse substitutes give a meaning: no file needs many, and none are really there to count.
      if (sparse['count'] === undefined && count > 0) throw corrupt('An accessor of the glTF file has no data.', where);
      if (count * width * 8 > 64 << 20)
        throw refusal('import.too-large', 'An accessor of the glTF file is too large.', where);
    }
    this.allocated += count * width * 8;
    const check = (): void => {
      if (this.allocated > MAX_ALLOCATION_BYTES)
        throw refusal('import.too-large', 'The glTF file holds more than fits in memory.', where);
    };
    let out: Float64Array;
    if (hasView) {
      const view = this.view(this.index(accessor['bufferView'], 'bufferViews', `${where}.bufferView`));
      const offset = this.natural(accessor['byteOffset'], `${where}.byteOffset`, 0);
      const stride = view.stride ?? component.bytes * width;
      const needed = count === 0 ? 0 : offset + stride * (count - 1) + component.bytes * width;
      if (needed > view.bytes.length)
        throw refusal(
          'import.truncated',
          `An accessor of the glTF file needs ${needed} bytes, but its view has ${view.bytes.length}.`,
          where,
        );
      check();
      out = new Float64Array(count * width);
      const data = new DataView(view.bytes.buffer, view.bytes.byteOffset, view.bytes.byteLength);
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < width; k++)
          out[width * i + k] = component.read(data, offset + stride * i + k * component.bytes) / normalise;
      }
    } else {
      check();
      out = new Float64Array(count * width);
    }
    if (sparse['count'] !== undefined) this.substitute(out, sparse, component, width, count, normalise, where);
    return out;
  }

  private substitute(
    out: Float64Array,
    sparse: Json,
    component: { bytes: number; read(view: DataView, at: number): number },
    width: number,
    count: number,
    normalise: number,
    where: string,
  ): void {
    const number = this.natural(sparse['count'], `${where}.sparse.count`);
    const places = this.object(sparse['indices']);
    const values = this.object(sparse['values']);
    const indexComponent = COMPONENTS[places['componentType'] as number];
    if (!indexComponent || number > count) throw corrupt('A sparse accessor of the glTF file is malformed.', where);
    const from = (part: Json, bytesEach: number): DataView => {
      const view = this.view(this.index(part['bufferView'], 'bufferViews', `${where}.sparse`)).bytes;
      const offset = this.natural(part['byteOffset'], `${where}.sparse`, 0);
      if (offset + number * bytesEach > view.length)
        throw refusal('import.truncated', 'A sparse accessor of the glTF file reaches beyond its view.', where);
      return new DataView(view.buffer, view.byteOffset + offset, number * bytesEach);
    };
    const indexView = from(places, indexComponent.bytes);
    const valueView = from(values, component.bytes * width);
    for (let i = 0; i < number; i++) {
      const at = indexComponent.read(indexView, i * indexComponent.bytes);
      if (at >= count) throw corrupt('A sparse accessor of the glTF file replaces a value that is not there.', where);
      for (let k = 0; k < width; k++)
        out[width * at + k] = component.read(valueView, (i * width + k) * component.bytes) / normalise;
    }
  }
}

function parseJson(bytes: Uint8Array): Json {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw corrupt(
      'The glTF file is not proper JSON: it may be cut off.',
      thrown instanceof Error ? thrown.message : String(thrown),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw corrupt('The glTF file is not a JSON object.', 'byte 0');
  return value as Json;
}

export const parseGltf = (bytes: Uint8Array): GltfDocument => new GltfDocument(parseJson(bytes), undefined);

/** The container of glTF 2.0, section 4: a header of 12 bytes, a JSON chunk, an optional binary chunk. */
export function parseGlb(bytes: Uint8Array): GltfDocument {
  if (bytes.length < 20)
    throw refusal('import.truncated', 'The GLB file ends inside its header.', `byte ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0x46546c67) throw corrupt('The file is not a GLB file.', 'byte 0');
  const version = view.getUint32(4, true);
  if (version !== 2)
    throw refusal(
      'import.unsupported-format',
      `The file is GLB ${version}, and only version 2 can be read.`,
      'byte 4',
      'Export it again as glTF 2.0.',
    );
  const length = view.getUint32(8, true);
  if (length > bytes.length)
    throw refusal(
      'import.truncated',
      `The GLB file should have ${length} bytes, but has ${bytes.length}.`,
      `byte ${bytes.length}`,
    );
  let json: Uint8Array | undefined;
  let binary: Uint8Array | undefined;
  for (let at = 12; at + 8 <= length; ) {
    const size = view.getUint32(at, true);
    const type = view.getUint32(at + 4, true);
    if (at + 8 + size > length)
      throw refusal('import.truncated', 'A chunk of the GLB file reaches beyond its end.', `byte ${at}`);
    const chunk = bytes.subarray(at + 8, at + 8 + size);
    if (type === 0x4e4f534a) json ??= chunk;
    else if (type === 0x004e4942) binary ??= chunk;
    at += 8 + size + ((4 - (size % 4)) % 4);
  }
  if (!json) throw corrupt('The GLB file has no JSON chunk.', 'byte 12');
  return new GltfDocument(parseJson(json), binary);
}
