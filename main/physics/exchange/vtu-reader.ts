/**
 * VTK unstructured grids (.vtu): tetrahedra with their point data, in ascii, base64 or raw appended arrays, with or without
 * zlib. Source: VTK File Formats, "XML File Formats".
 */
import { inflateSync } from 'node:zlib';
import { refuseFile } from './account.ts';
import { foreignMesh, withMidsides } from './foreign-mesh.ts';
import type { ForeignResult } from './frd-model.ts';

type Numbers = Float64Array;
const TETRA = 10;
const QUADRATIC_TETRA = 24;
/** Bytes that one array may have: a file that claims more is not believed. */
const MOST_BYTES = 4e9;

const READERS: Record<string, [bytes: number, read: (view: DataView, at: number, little: boolean) => number]> = {
  Float32: [4, (view, at, little) => view.getFloat32(at, little)],
  Float64: [8, (view, at, little) => view.getFloat64(at, little)],
  Int8: [1, (view, at) => view.getInt8(at)],
  UInt8: [1, (view, at) => view.getUint8(at)],
  Int16: [2, (view, at, little) => view.getInt16(at, little)],
  UInt16: [2, (view, at, little) => view.getUint16(at, little)],
  Int32: [4, (view, at, little) => view.getInt32(at, little)],
  UInt32: [4, (view, at, little) => view.getUint32(at, little)],
  Int64: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  UInt64: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
};

interface Tag {
  name: string;
  attributes: Map<string, string>;
  /** Text up to the next tag. */
  text: string;
  section: string;
}

/** @throws ArtificerError `exchange.vtu-*` */
export function readVtu(bytes: Uint8Array): ForeignResult {
  const file = new VtuFile(bytes);
  const points = file.array('Points', null);
  const connectivity = file.array('Cells', 'connectivity');
  const offsets = file.array('Cells', 'offsets');
  const types = file.array('Cells', 'types');
  const passedOver = new Map<string, number>();
  const elementNumbers: number[] = [];
  const elements: number[][] = [];
  types.forEach((type, cell) => {
    const list = [...connectivity.subarray(cell === 0 ? 0 : offsets[cell - 1]!, offsets[cell]!)];
    if ((type === TETRA && list.length === 4) || (type === QUADRATIC_TETRA && list.length === 10)) {
      elements.push(list);
      elementNumbers.push(cell);
    } else passedOver.set(`cell type ${type}`, (passedOver.get(`cell type ${type}`) ?? 0) + 1);
  });
  if (!points.every(Number.isFinite)) throw refuseFile('vtu-numbers', 'The file has points that are no numbers.');
  const count = points.length / 3;
  const foreign = foreignMesh({
    nodeNumbers: Array.from({ length: count }, (_, i) => i),
    coordinates: [...points],
    elementNumbers,
    elements,
  });
  const field = (names: readonly RegExp[], width: number): Numbers | undefined => {
    const values = file.field(names, width, count);
    return values && withMidsides(foreign, values, width);
  };
  const displacement = field([/^displacement/i, /^disp/i, /^u$/i], 3);
  const stress = field([/^stress(_MPa)?$/i, /^s$/i], 6);
  const temperature = field([/^temperature/i, /^ndtemp/i, /^t$/i], 1);
  return {
    ...foreign,
    passedOver,
    ...(displacement ? { displacement } : {}),
    ...(stress ? { stress } : {}),
    ...(temperature ? { temperature } : {}),
  };
}

class VtuFile {
  readonly #tags: Tag[];
  readonly #little: boolean;
  readonly #header: string;
  readonly #compressed: boolean;
  /** Appended data and how it is written. */
  #appended: { bytes: Uint8Array; encoding: string } | null = null;

  constructor(bytes: Uint8Array) {
    const { head, appended } = split(bytes);
    this.#tags = tagsOf(head);
    const root = this.#tags.find(({ name }) => name === 'VTKFile');
    if (root?.attributes.get('type') !== 'UnstructuredGrid')
      throw refuseFile(
        'vtu-type',
        'This is no VTK unstructured grid.',
        'Save it as .vtu from ParaView or your solver.',
      );
    if (this.#tags.filter(({ name }) => name === 'Piece').length !== 1)
      throw refuseFile('vtu-pieces', 'Grids of several pieces cannot be read.', 'Merge them (ParaView: Merge Blocks).');
    this.#little = root.attributes.get('byte_order') !== 'BigEndian';
    this.#header = root.attributes.get('header_type') ?? 'UInt32';
    const compressor = root.attributes.get('compressor');
    if (compressor !== undefined && compressor !== 'vtkZLibDataCompressor')
      throw refuseFile(
        'vtu-compressor',
        `The compressor ${compressor} is not known.`,
        'Save it with zlib or without compression.',
      );
    this.#compressed = compressor !== undefined;
    const tag = this.#tags.find(({ name }) => name === 'AppendedData');
    if (tag && appended) this.#appended = { bytes: appended, encoding: tag.attributes.get('encoding') ?? 'raw' };
  }

  /** @param name null for the only array of a section */
  array(section: string, name: string | null): Numbers {
    const tag = this.#tags.find(
      (one) =>
        one.name === 'DataArray' && one.section === section && (name === null || one.attributes.get('Name') === name),
    );
    if (!tag) throw refuseFile('vtu-array', `The file has no ${name ?? section}.`);
    return this.#numbers(tag);
  }

  /** The first point array whose name fits and that has this many numbers a point. */
  field(names: readonly RegExp[], width: number, count: number): Numbers | undefined {
    for (const name of names)
      for (const tag of this.#tags) {
        if (tag.name !== 'DataArray' || tag.section !== 'PointData' || !name.test(tag.attributes.get('Name') ?? ''))
          continue;
        const numbers = this.#numbers(tag);
        if (numbers.length === width * count) return numbers;
      }
    return undefined;
  }

  #numbers(tag: Tag): Numbers {
    const type = tag.attributes.get('type') ?? '';
    const format = tag.attributes.get('format') ?? 'ascii';
    if (format === 'ascii') {
      const words = tag.text.trim().split(/\s+/);
      return Float64Array.from(words[0] === '' ? [] : words, Number);
    }
    const reader = READERS[type];
    if (!reader) throw refuseFile('vtu-array-type', `Arrays of ${type} are not known.`);
    const bytes = format === 'appended' ? this.#appendedBytes(tag) : this.#base64(tag.text.replace(/\s+/g, ''));
    const [size, read] = reader;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float64Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, size * i, this.#little));
  }

  #appendedBytes(tag: Tag): Uint8Array {
    if (!this.#appended) throw refuseFile('vtu-appended', 'The file points to appended data that is not there.');
    const offset = Number(tag.attributes.get('offset') ?? 0);
    const { bytes, encoding } = this.#appended;
    if (!Number.isInteger(offset) || offset < 0 || offset >= bytes.length)
      throw refuseFile('vtu-appended', 'An array begins beyond the end of the file.');
    if (encoding === 'raw') return this.#blocks(bytes.subarray(offset)).data;
    return this.#base64(new TextDecoder('latin1').decode(bytes.subarray(offset)).replace(/\s+/g, ''));
  }

  /** Base64 text: the header and the data are encoded one after the other, each padded by itself when compressed. */
  #base64(text: string): Uint8Array {
    if (!this.#compressed) return this.#blocks(Buffer.from(text, 'base64')).data;
    const word = READERS[this.#header]![0];
    const first = Buffer.from(text.slice(0, 4 * Math.ceil(word / 3) + 4), 'base64');
    const blocks = this.#word(first, 0);
    const headerBytes = word * (3 + blocks);
    const headerText = 4 * Math.ceil(headerBytes / 3);
    const header = Buffer.from(text.slice(0, headerText), 'base64').subarray(0, headerBytes);
    return this.#blocks(Buffer.concat([header, Buffer.from(text.slice(headerText), 'base64')])).data;
  }

  #word(bytes: Uint8Array, at: number): number {
    const [size, read] = READERS[this.#header] ?? READERS['UInt32']!;
    if (at + size > bytes.length) throw refuseFile('vtu-cut', 'The file ends in the middle of an array.');
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at, this.#little);
  }

  /** What follows a header: a length and bytes, or lengths of compressed blocks and these. */
  #blocks(bytes: Uint8Array): { data: Uint8Array } {
    const word = (READERS[this.#header] ?? READERS['UInt32']!)[0];
    if (!this.#compressed) {
      const length = this.#word(bytes, 0);
      if (length > MOST_BYTES || word + length > bytes.length)
        throw refuseFile('vtu-cut', 'The file ends in the middle of an array.');
      return { data: bytes.slice(word, word + length) };
    }
    const count = this.#word(bytes, 0);
    const [full, last] = [this.#word(bytes, word), this.#word(bytes, 2 * word)];
    if (count * full > MOST_BYTES || count > bytes.length)
      throw refuseFile('vtu-cut', 'An array claims more than a file can hold.');
    const parts: Uint8Array[] = [];
    let at = word * (3 + count);
    for (let block = 0; block < count; block++) {
      const length = this.#word(bytes, word * (3 + block));
      const wanted = block === count - 1 && last > 0 ? last : full;
      if (at + length > bytes.length) throw refuseFile('vtu-cut', 'The file ends in the middle of an array.');
      try {
        parts.push(inflateSync(bytes.subarray(at, at + length), { maxOutputLength: Math.max(1, wanted) }));
      } catch {
        throw refuseFile('vtu-zlib', 'A compressed array is damaged.');
      }
      at += length;
    }
    return { data: Uint8Array.from(Buffer.concat(parts)) };
  }
}

/** The markup, and the bytes after the underscore of the appended data. */
function split(bytes: Uint8Array): { head: string; appended: Uint8Array | null } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = buffer.indexOf('<AppendedData');
  if (begin < 0) return { head: buffer.toString('latin1'), appended: null };
  const mark = buffer.indexOf('_', buffer.indexOf('>', begin));
  if (mark < 0) return { head: buffer.toString('latin1', 0, begin), appended: null };
  return { head: buffer.toString('latin1', 0, mark), appended: buffer.subarray(mark + 1) };
}

/** The opening tags in order, each with the section (Points, Cells, PointData ...) that it stands in. */
function tagsOf(markup: string): Tag[] {
  const tags: Tag[] = [];
  let section = '';
  for (const [, closing, name, attributes, text] of markup.matchAll(/<(\/?)([A-Za-z]+)([^<>]*)>([^<]*)/g)) {
    if (closing) {
      if (name === section) section = '';
      continue;
    }
    if (['Points', 'Cells', 'PointData', 'CellData', 'FieldData'].includes(name!)) section = name!;
    tags.push({
      name: name!,
      section,
      text: text!,
      attributes: new Map(
        [...attributes!.matchAll(/([A-Za-z_]+)\s*=\s*"([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
      ),
    });
  }
  return tags;
}
