/**
 * Wavefront OBJ (Advanced Visualizer manual, appendix B): polygons of `v` and `f`, objects `o` as parts, groups `g` as
 * bodies. It has no unit, taken as mm. Materials lie in another file, which is not read; colours behind the coordinates of
 * vertices (`v x y z r g b`) are.
 */
import { IDENTITY_TRANSFORM } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { asciiSlice, lineOf, nameOf, parseNumber, stemOf } from '../text.ts';
import { Compactor, weldedBody } from './assemble.ts';
import { coloursOfVertices } from './colours.ts';
import { GrowingFloats, GrowingIntegers } from './growable.ts';
import type { MeshBody, MeshModel, MeshPart } from './model.ts';
import { triangulate } from './polygon.ts';

interface Group {
  object: string;
  name: string;
  indices: GrowingIntegers;
}

const IGNORED = new Set([
  'vn',
  'vt',
  'vp',
  's',
  'l',
  'p',
  'usemtl',
  'usemap',
  'mtllib',
  'maplib',
  'mg',
  'lod',
  'bevel',
  'c_interp',
  'd_interp',
  'shadow_obj',
  'trace_obj',
  'call',
  'cstype',
  'deg',
  'bmat',
  'step',
  'parm',
  'trim',
  'hole',
  'scrv',
  'sp',
  'end',
  'con',
  'ctech',
  'stech',
  'curv2',
]);
const FREEFORM = new Set(['curv', 'surf']);

/** Throws `import.corrupt` (with the line), `import.non-finite-numbers`, `import.no-geometry` or `import.too-large`. */
export function readObj(bytes: Uint8Array, fileName: string): MeshModel {
  const n = bytes.length;
  const warnings: Warning[] = [];
  const vertices = new GrowingFloats();
  const vertexColours = new GrowingFloats(16);
  const groups = new Map<string, Group>();
  let object = '';
  let groupName = '';
  let group: Group | undefined;
  let materials = '';
  let freeform = 0;
  let unknown = 0;
  let comment = '';
  let triangles = 0;
  let i = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0;
  const corners: number[] = [];

  const fail = (offset: number, message: string): never => {
    throw refusal('import.corrupt', message, `line ${lineOf(bytes, offset)}`);
  };
  /** Moves over blanks, and over a line end that a backslash continues. */
  const skipBlanks = (): void => {
    for (;;) {
      const c = bytes[i];
      if (c === 32 || c === 9) i++;
      else if (c === 92 && (bytes[i + 1] === 10 || bytes[i + 1] === 13))
        i += bytes[i + 1] === 13 && bytes[i + 2] === 10 ? 3 : 2;
      else return;
    }
  };
  const atLineEnd = (): boolean => i >= n || bytes[i] === 10 || bytes[i] === 13;
  const restOfLine = (): string => {
    const start = i;
    while (!atLineEnd()) i++;
    return nameOf(bytes.subarray(start, i));
  };
  const token = (): number => {
    const start = i;
    while (i < n && bytes[i]! > 32) i++;
    return start;
  };
  const readVertex = (line: number): void => {
    const values: number[] = [];
    for (skipBlanks(); !atLineEnd() && values.length < 8; skipBlanks()) {
      const start = token();
      const value = parseNumber(bytes, start, i);
      if (!Number.isFinite(value)) {
        const text = asciiSlice(bytes, start, Math.min(i, start + 30));
        const where = `line ${lineOf(bytes, line)}`;
        if (text.startsWith('#')) break;
        throw /nan|inf|e/i.test(text)
          ? refusal(
              'import.non-finite-numbers',
              `A vertex of the OBJ file is not a number: ${JSON.stringify(text)}.`,
              where,
            )
          : refusal('import.corrupt', `A vertex of the OBJ file is not a number: ${JSON.stringify(text)}.`, where);
      }
      values.push(value);
    }
    if (values.length < 3) fail(line, 'A vertex of the OBJ file has not three coordinates.');
    const colourAt = values.length >= 7 ? 4 : 3;
    if (values.length >= 6) {
      // Vertices before the first coloured one have none.
      while (vertexColours.length < vertices.length) vertexColours.push3(-1, -1, -1);
      vertexColours.push3(values[colourAt]!, values[colourAt + 1]!, values[colourAt + 2]!);
    }
    vertices.push3(values[0]!, values[1]!, values[2]!);
  };
  const readFace = (line: number): void => {
    corners.length = 0;
    const count = vertices.length / 3;
    for (skipBlanks(); !atLineEnd(); skipBlanks()) {
      const start = token();
      if (bytes[start] === 35) {
        restOfLine();
        break;
      }
      let end = start;
      while (end < i && bytes[end] !== 47) end++;
      const number = parseNumber(bytes, start, end);
      if (!Number.isInteger(number))
        fail(
          line,
          `A face of the OBJ file names a vertex that is no number: ${JSON.stringify(asciiSlice(bytes, start, Math.min(i, start + 30)))}.`,
        );
      const index = number < 0 ? count + number : number - 1;
      if (index < 0 || index >= count)
        fail(line, `A face of the OBJ file uses vertex ${number}, but only ${count} are there.`);
      corners.push(index);
    }
    if (corners.length < 3) fail(line, 'A face of the OBJ file has fewer than three corners.');
    if (!group) {
      const key = `${object}\u0000${groupName}`;
      group = groups.get(key) ?? { object, name: groupName, indices: new GrowingIntegers() };
      groups.set(key, group);
    }
    triangles += corners.length - 2;
    if (triangles > MAX_TRIANGLES)
      throw refusal('import.too-large', `The OBJ file holds more than ${MAX_TRIANGLES} triangles.`);
    for (const k of triangulate(vertices.view(), corners)) group.indices.push(corners[k]!);
  };

  while (i < n) {
    while (i < n && bytes[i]! <= 32) i++;
    if (i >= n) break;
    const start = token();
    const length = i - start;
    const first = bytes[start];
    if (first === 35) {
      const text = restOfLine();
      if (comment === '' && start < 500)
        comment = length > 1 ? `${asciiSlice(bytes, start + 1, start + length)}${text ? ` ${text}` : ''}` : text;
    } else if (length === 1 && first === 118) readVertex(start);
    else if (length === 1 && first === 102) readFace(start);
    else {
      const word = asciiSlice(bytes, start, Math.min(i, start + 20)).toLowerCase();
      if (word === 'fo') readFace(start);
      else if (word === 'o' || word === 'g') {
        skipBlanks();
        const name = restOfLine();
        group = undefined;
        if (word === 'o') {
          object = name || `object ${groups.size + 1}`;
          groupName = '';
        } else groupName = name;
      } else if (word === 'mtllib') {
        skipBlanks();
        materials = restOfLine();
      } else if (FREEFORM.has(word)) {
        freeform++;
        restOfLine();
      } else {
        if (!IGNORED.has(word)) unknown++;
        restOfLine();
      }
    }
    while (!atLineEnd()) i++;
  }
  if (unknown > 0) {
    if (unknown > 20 && unknown > triangles)
      throw refusal('import.corrupt', `${unknown} lines of the OBJ file are no OBJ.`);
    warnings.push({
      code: 'obj.unknown-lines',
      message: `${unknown} lines of the OBJ file are not part of the format and were left out.`,
    });
  }
  if (freeform > 0)
    warnings.push({
      code: 'obj.freeform',
      message: `${freeform} free-form curves or surfaces of the OBJ file were left out.`,
    });
  if (materials !== '')
    warnings.push({
      code: 'obj.materials',
      message: `Colours lie in another file (${materials}), which was not read.`,
    });
  if (triangles === 0) throw refusal('import.no-geometry', 'The OBJ file holds no faces.');
  const colours = vertexColours.length > 0 ? paddedColours(vertexColours, vertices.length) : undefined;
  return assemble([...groups.values()], vertices.toArray(), colours, fileName, comment, warnings);
}

function paddedColours(colours: GrowingFloats, length: number): Float64Array {
  while (colours.length < length) colours.push3(-1, -1, -1);
  const array = colours.toArray();
  // Some writers use 0..255.
  if (array.some((v) => v > 1)) for (let i = 0; i < array.length; i++) array[i] = array[i]! < 0 ? -1 : array[i]! / 255;
  return array;
}

function assemble(
  groups: Group[],
  positions: Float64Array,
  colours: Float64Array | undefined,
  fileName: string,
  originatingSystem: string,
  warnings: Warning[],
): MeshModel {
  const compactor = new Compactor(positions);
  const objects = new Map<string, MeshBody[]>();
  let empty = 0;
  for (const group of groups) {
    const indices = group.indices.toArray();
    if (indices.length === 0) continue;
    const compact = compactor.take(indices);
    const name = group.name || group.object || stemOf(fileName);
    const colour = colours && coloursOfVertices(colours, indices);
    const body: MeshBody = { name, ...compact, ...colour };
    const bodies = objects.get(group.object) ?? [];
    try {
      bodies.push(weldedBody(body, warnings));
      objects.set(group.object, bodies);
    } catch (thrown) {
      empty++;
      if (empty === groups.length) throw thrown;
    }
  }
  const parts: MeshPart[] = [...objects].map(([object, bodies], k) => ({
    key: `part-${k + 1}`,
    name: object || stemOf(fileName),
    bodies,
  }));
  return {
    parts,
    instances: parts.map((part, k) => ({
      key: `instance-${k + 1}`,
      parentKey: null,
      partKey: part.key,
      name: part.name,
      transform: [...IDENTITY_TRANSFORM],
    })),
    lengthUnit: 'mm',
    originatingSystem,
    warnings,
  };
}
