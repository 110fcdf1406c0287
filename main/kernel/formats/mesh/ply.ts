/**
 * PLY (Turk, Stanford 1994): a text header that describes elements, then their values as text or binary of either byte
 * order. It has no unit, taken as mm. Counts are checked against the bytes that are there before anything is allocated.
 */
import type { Colour } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { asciiSlice, lineOf, nameOf, parseNumber, stemOf } from '../text.ts';
import { singlePart, weldedBody } from './assemble.ts';
import { coloursOfTriangles, coloursOfVertices, rounded } from './colours.ts';
import { GrowingIntegers } from './growable.ts';
import type { MeshBody, MeshModel } from './model.ts';
import { triangulate } from './polygon.ts';

const SIZES: Record<string, number> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};
const ALIASES: Record<string, string> = {
  char: 'int8',
  uchar: 'uint8',
  short: 'int16',
  ushort: 'uint16',
  int: 'int32',
  uint: 'uint32',
  float: 'float32',
  double: 'float64',
};

interface Property {
  name: string;
  type: string;
  /** Type of the count, for lists. */
  countType?: string;
}
interface Element {
  name: string;
  count: number;
  properties: Property[];
}
interface Header {
  format: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  elements: Element[];
  comments: string[];
  dataStart: number;
}

const MAX_HEADER_BYTES = 1 << 20;
const MAX_CORNERS = 1 << 16;

/** Throws `import.corrupt`, `import.truncated`, `import.non-finite-numbers`, `import.no-geometry` or `import.too-large`. */
export function readPly(bytes: Uint8Array, fileName: string): MeshModel {
  const header = readHeader(bytes);
  const source: Source =
    header.format === 'ascii'
      ? new TextSource(bytes, header.dataStart)
      : new BinarySource(bytes, header.dataStart, header.format === 'binary_little_endian');
  let positions = new Float64Array(0);
  let vertexColours: Float64Array | undefined;
  let indices = new Uint32Array(0);
  let triangleColours: { at: Uint32Array; colours: (Colour | undefined)[] } | undefined;
  for (const element of header.elements) {
    checkCount(element, source);
    if (element.name === 'vertex') {
      const vertices = readVertices(element, source);
      positions = vertices.positions;
      vertexColours = vertices.colours;
    } else if (element.name === 'face' || element.name === 'tristrips') {
      const faces = readFaces(element, source, positions);
      if (indices.length === 0) indices = faces.indices;
      if (faces.colours) triangleColours = { at: faces.faceOf, colours: faces.colours };
    } else {
      for (let i = 0; i < element.count; i++) for (const property of element.properties) skipProperty(property, source);
    }
  }
  if (positions.length === 0) throw refusal('import.no-geometry', 'The PLY file holds no vertices.');
  if (indices.length === 0)
    throw refusal(
      'import.no-geometry',
      'The PLY file holds only points, no faces.',
      undefined,
      'Make a surface of the points first, and export that.',
    );
  const warnings: Warning[] = [];
  const name = stemOf(fileName);
  const colours = triangleColours
    ? coloursOfTriangles(indices.length / 3, (t) => triangleColours.colours[triangleColours.at[t]!])
    : vertexColours
      ? coloursOfVertices(vertexColours, indices)
      : {};
  const body: MeshBody = { name, positions_mm: positions, indices, ...colours };
  return singlePart(name, [weldedBody(body, warnings)], warnings, header.comments[0] ?? '');
}

function readHeader(bytes: Uint8Array): Header {
  const elements: Element[] = [];
  const comments: string[] = [];
  let format: Header['format'] | undefined;
  let lineNumber = 0;
  let i = 0;
  const fail = (message: string): never => {
    throw refusal('import.corrupt', message, `line ${lineNumber}`);
  };
  while (i < bytes.length) {
    if (i > MAX_HEADER_BYTES) fail('The header of the PLY file does not end.');
    const start = i;
    while (i < bytes.length && bytes[i] !== 10 && bytes[i] !== 13) i++;
    if (i >= bytes.length) break;
    const line = asciiSlice(bytes, start, Math.min(i, start + 4096)).trim();
    i += bytes[i] === 13 && bytes[i + 1] === 10 ? 2 : 1;
    lineNumber++;
    const words = line.split(/\s+/);
    if (lineNumber === 1) {
      if (line !== 'ply') fail('The file does not begin with `ply`.');
    } else if (words[0] === 'format') {
      if (words[1] !== 'ascii' && words[1] !== 'binary_little_endian' && words[1] !== 'binary_big_endian')
        fail(`The PLY file is of an unknown kind: ${JSON.stringify(words[1] ?? '')}.`);
      format = words[1] as Header['format'];
    } else if (words[0] === 'comment' || words[0] === 'obj_info') {
      comments.push(nameOf(bytes.subarray(start, start + line.length)).replace(/^\w+\s*/, ''));
    } else if (words[0] === 'element') {
      const count = Number(words[2]);
      if (!words[1] || !Number.isSafeInteger(count) || count < 0)
        fail('An element of the PLY file has no proper count.');
      elements.push({ name: words[1]!, count, properties: [] });
    } else if (words[0] === 'property') {
      const element = elements[elements.length - 1] ?? fail('The PLY file describes a property before any element.');
      element.properties.push(
        propertyOf(words) ??
          fail(`The PLY file describes a property that is none: ${JSON.stringify(line.slice(0, 60))}.`),
      );
    } else if (words[0] === 'end_header') {
      return { format: format ?? fail('The PLY file does not say its kind.'), elements, comments, dataStart: i };
    } else if (line !== '')
      fail(`The header of the PLY file holds an unknown line: ${JSON.stringify(line.slice(0, 60))}.`);
  }
  throw refusal('import.truncated', 'The PLY file ends inside its header.', `line ${lineNumber + 1}`);
}

function propertyOf(words: string[]): Property | undefined {
  const typeOf = (word: string | undefined): string => ALIASES[word ?? ''] ?? word ?? '';
  if (words[1] === 'list') {
    const countType = typeOf(words[2]);
    const type = typeOf(words[3]);
    if (!(countType in SIZES) || countType.startsWith('float') || !(type in SIZES) || !words[4]) return undefined;
    return { name: words[4], type, countType };
  }
  const type = typeOf(words[1]);
  return type in SIZES && words[2] ? { name: words[2], type } : undefined;
}

/** Values one after the other, as text or binary. */
interface Source {
  /** Bytes that are left. */
  remaining(): number;
  /** Fewest bytes that a value of the type can take. */
  leastBytes(type: string): number;
  number(type: string): number;
  where(): string;
}

class BinarySource implements Source {
  private readonly view: DataView;
  private at: number;
  private readonly little: boolean;
  constructor(bytes: Uint8Array, at: number, little: boolean) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.little = little;
  }
  remaining(): number {
    return this.view.byteLength - this.at;
  }
  leastBytes(type: string): number {
    return SIZES[type]!;
  }
  where(): string {
    return `byte ${this.at}`;
  }
  number(type: string): number {
    const at = this.at;
    const size = SIZES[type]!;
    if (at + size > this.view.byteLength)
      throw refusal('import.truncated', 'The PLY file ends too early.', `byte ${this.view.byteLength}`);
    this.at = at + size;
    switch (type) {
      case 'float32':
        return this.view.getFloat32(at, this.little);
      case 'uint8':
        return this.view.getUint8(at);
      case 'int32':
        return this.view.getInt32(at, this.little);
      case 'uint32':
        return this.view.getUint32(at, this.little);
      case 'float64':
        return this.view.getFloat64(at, this.little);
      case 'int16':
        return this.view.getInt16(at, this.little);
      case 'uint16':
        return this.view.getUint16(at, this.little);
      default:
        return this.view.getInt8(at);
    }
  }
}

class TextSource implements Source {
  private readonly bytes: Uint8Array;
  private at: number;
  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }
  remaining(): number {
    return this.bytes.length - this.at;
  }
  leastBytes(): number {
    return 2;
  }
  where(): string {
    return `line ${lineOf(this.bytes, this.at)}`;
  }
  number(): number {
    const { bytes } = this;
    const n = bytes.length;
    let i = this.at;
    while (i < n && bytes[i]! <= 32) i++;
    const start = i;
    while (i < n && bytes[i]! > 32) i++;
    this.at = i;
    if (start === i) throw refusal('import.truncated', 'The PLY file ends too early.', this.where());
    const value = parseNumber(bytes, start, i);
    if (Number.isNaN(value) && !/^[-+]?nan/i.test(asciiSlice(bytes, start, Math.min(i, start + 5)))) {
      throw refusal(
        'import.corrupt',
        `The PLY file holds something that is no number: ${JSON.stringify(asciiSlice(bytes, start, Math.min(i, start + 30)))}.`,
        this.where(),
      );
    }
    return value;
  }
}

function checkCount(element: Element, source: Source): void {
  const least = element.properties.reduce((sum, p) => sum + source.leastBytes(p.countType ?? p.type), 0);
  // The last value of a text needs no blank behind it.
  if (element.count * least > source.remaining() + 1) {
    throw refusal(
      'import.truncated',
      `The PLY file says that it has ${element.count} of ${JSON.stringify(element.name)}, but is too short for that.`,
      source.where(),
    );
  }
  if (element.count > 3 * MAX_TRIANGLES)
    throw refusal('import.too-large', `The PLY file holds ${element.count} of ${JSON.stringify(element.name)}.`);
  if (element.properties.length === 0 && element.count > 0)
    throw refusal('import.corrupt', `Element ${JSON.stringify(element.name)} of the PLY file has no properties.`);
}

function skipProperty(property: Property, source: Source): void {
  const count = property.countType ? listCount(property, source) : 1;
  for (let k = 0; k < count; k++) source.number(property.type);
}

function listCount(property: Property, source: Source): number {
  const count = source.number(property.countType!);
  if (!Number.isInteger(count) || count < 0) {
    throw refusal('import.corrupt', `A list of the PLY file says that it has ${count} values.`, source.where());
  }
  if (count * source.leastBytes(property.type) > source.remaining() + 1) {
    throw refusal(
      'import.truncated',
      `A list of the PLY file says that it has ${count} values, but the file ends before.`,
      source.where(),
    );
  }
  return count;
}

/** 0..1 for the integer types that colours come in. */
const colourScale = (type: string): number => (type === 'uint8' ? 1 / 255 : type === 'uint16' ? 1 / 65535 : 1);

function readVertices(
  element: Element,
  source: Source,
): { positions: Float64Array<ArrayBuffer>; colours?: Float64Array } {
  const names = element.properties.map((p) => p.name);
  const slots = element.properties.map((p) =>
    p.countType ? -1 : ['x', 'y', 'z', 'red', 'green', 'blue'].indexOf(p.name),
  );
  for (const axis of ['x', 'y', 'z'])
    if (!names.includes(axis)) throw refusal('import.corrupt', `The vertices of the PLY file have no ${axis}.`);
  const positions = new Float64Array(element.count * 3);
  const colours = ['red', 'green', 'blue'].every((c) => names.includes(c))
    ? new Float64Array(element.count * 3)
    : undefined;
  for (let v = 0; v < element.count; v++) {
    for (let p = 0; p < slots.length; p++) {
      const property = element.properties[p]!;
      const slot = slots[p]!;
      if (slot < 0) skipProperty(property, source);
      else {
        const value = source.number(property.type);
        if (slot < 3) {
          if (!Number.isFinite(value))
            throw refusal('import.non-finite-numbers', `Vertex ${v} of the PLY file is not a number.`, source.where());
          positions[3 * v + slot] = value;
        } else if (colours) colours[3 * v + slot - 3] = value * colourScale(property.type);
      }
    }
  }
  return colours ? { positions, colours } : { positions };
}

interface Faces {
  indices: Uint32Array<ArrayBuffer>;
  /** Face of each triangle. */
  faceOf: Uint32Array;
  colours?: (Colour | undefined)[];
}

function readFaces(element: Element, source: Source, positions: Float64Array): Faces {
  const list = element.properties.findIndex((p) => p.countType !== undefined && /^vertex_ind(ex|ices)$/.test(p.name));
  if (list < 0) throw refusal('import.corrupt', 'The faces of the PLY file name no vertices.');
  const colourSlots = element.properties.map((p) => ['red', 'green', 'blue'].indexOf(p.name));
  const coloured = [0, 1, 2].every((k) => colourSlots.includes(k));
  const colours: (Colour | undefined)[] = [];
  const vertexCount = positions.length / 3;
  const indices = new GrowingIntegers(Math.max(16, Math.min(element.count * 3, 1 << 24)));
  const faceOf = new GrowingIntegers(16);
  const strips = element.name === 'tristrips';
  const corners: number[] = [];
  const cornerOf = (property: Property, face: number): number => {
    const index = source.number(property.type);
    if (!Number.isInteger(index) || index >= vertexCount || (index < 0 && !(strips && index === -1))) {
      throw refusal(
        'import.corrupt',
        `Face ${face} of the PLY file uses vertex ${index}, but only ${vertexCount} are there.`,
        source.where(),
      );
    }
    return index;
  };
  for (let f = 0; f < element.count; f++) {
    const rgb = [0, 0, 0];
    for (let p = 0; p < element.properties.length; p++) {
      const property = element.properties[p]!;
      if (p === list) {
        const count = listCount(property, source);
        if (!strips && count > MAX_CORNERS)
          throw refusal('import.corrupt', `Face ${f} of the PLY file has ${count} corners.`, source.where());
        corners.length = 0;
        for (let k = 0; k < count; k++) corners.push(cornerOf(property, f));
      } else if (coloured && colourSlots[p]! >= 0 && !property.countType) {
        rgb[colourSlots[p]!] = source.number(property.type) * colourScale(property.type);
      } else skipProperty(property, source);
    }
    if (strips) pushStrips(corners, indices);
    else if (corners.length >= 3) {
      for (const k of triangulate(positions, corners)) indices.push(corners[k]!);
      for (let t = 2; t < corners.length; t++) faceOf.push(f);
    }
    if (coloured) colours.push(rounded(rgb));
    if (indices.length > 3 * MAX_TRIANGLES)
      throw refusal('import.too-large', `The PLY file holds more than ${MAX_TRIANGLES} triangles.`);
  }
  const result: Faces = { indices: indices.toArray(), faceOf: faceOf.toArray() };
  if (coloured && !strips) result.colours = colours;
  return result;
}

/** Triangle strips, each ended by -1; every other triangle of a strip runs the other way round. */
function pushStrips(corners: number[], indices: GrowingIntegers): void {
  let start = 0;
  for (let k = 0; k <= corners.length; k++) {
    if (k < corners.length && corners[k] !== -1) continue;
    for (let t = start; t + 2 < k; t++) {
      const odd = (t - start) % 2;
      indices.push(corners[t]!);
      indices.push(corners[t + 1 + odd]!);
      indices.push(corners[t + 2 - odd]!);
    }
    start = k + 1;
  }
}
