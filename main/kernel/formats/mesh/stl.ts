/**
 * STL, ASCII and binary (3D Systems' StereoLithography interface specification, 1989). It has no unit, taken as mm, and
 * no structure but the `solid` blocks of the ASCII form, which become bodies.
 */
import type { Warning } from '../../port.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { asciiSlice, lineOf, nameOf, parseNumber, stemOf } from '../text.ts';
import { bodyFromSoup, singlePart } from './assemble.ts';
import type { MeshBody, MeshModel } from './model.ts';

const HEADER_BYTES = 84;
const TRIANGLE_BYTES = 50;

/** True where the bytes begin as ASCII STL does; many binary files also begin with `solid`, so a facet must follow. */
export function isAsciiStl(bytes: Uint8Array): boolean {
  const head = asciiSlice(bytes, 0, 4096).replace(/^\u00ef\u00bb\u00bf/, '');
  if (!/^\s*solid\b/i.test(head)) return false;
  if (isExactBinaryStl(bytes)) return false;
  return /\b(facet\s+normal|endsolid)/i.test(head) || head.length > 1000;
}

/** True where the length is exactly what the triangle count of a binary file calls for. */
export function isExactBinaryStl(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length === HEADER_BYTES + TRIANGLE_BYTES * view.getUint32(80, true);
}

/** Throws `import.truncated`, `import.corrupt`, `import.non-finite-numbers`, `import.no-geometry` or `import.too-large`. */
export function readStl(bytes: Uint8Array, fileName: string): MeshModel {
  return isAsciiStl(bytes) ? readAscii(bytes, fileName) : readBinary(bytes, fileName);
}

function readBinary(bytes: Uint8Array, fileName: string): MeshModel {
  if (bytes.length < HEADER_BYTES)
    throw refusal(
      'import.truncated',
      'The STL file ends inside its header.',
      `byte ${bytes.length} of ${HEADER_BYTES}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = view.getUint32(80, true);
  const present = Math.floor((bytes.length - HEADER_BYTES) / TRIANGLE_BYTES);
  const warnings: Warning[] = [];
  if (claimed > present) {
    throw refusal(
      'import.truncated',
      `The STL file says that it has ${claimed} triangles, but holds only ${present}.`,
      `byte ${HEADER_BYTES + present * TRIANGLE_BYTES}`,
    );
  }
  if (claimed === 0) throw refusal('import.no-geometry', 'The STL file holds no triangles.');
  if (claimed > MAX_TRIANGLES) throw refusal('import.too-large', `The STL file holds ${claimed} triangles.`);
  const extra = bytes.length - HEADER_BYTES - claimed * TRIANGLE_BYTES;
  if (extra > 0) {
    warnings.push({ code: 'import.trailing-bytes', message: `${extra} bytes after the last triangle were left out.` });
  }
  const soup = new Float64Array(claimed * 9);
  for (let t = 0, o = HEADER_BYTES, p = 0; t < claimed; t++, o += TRIANGLE_BYTES) {
    for (let k = 12; k < 48; k += 4) {
      const value = view.getFloat32(o + k, true);
      if (!Number.isFinite(value)) {
        throw refusal(
          'import.non-finite-numbers',
          `A corner of triangle ${t + 1} is not a number.`,
          `byte ${o + k}: ${value}`,
        );
      }
      soup[p++] = value;
    }
  }
  const header = nameOf(bytes.subarray(0, 80)).replace(/^solid\s+/i, '');
  const name = stemOf(fileName);
  return singlePart(name, [bodyFromSoup(name, soup, warnings)], warnings, header);
}

const FACET = 1;
const VERTEX = 2;
const SOLID = 3;
const ENDSOLID = 4;
const OTHER = 0;
const IGNORED = 5;

function keyword(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start]! | 32;
  // The first letter and the length tell the words of this format apart; a garbled word is caught by its numbers.
  if (first === 118 && length === 6) return VERTEX;
  if (first === 102 && length === 5) return FACET;
  if (length === 5 && asciiSlice(bytes, start, end).toLowerCase() === 'solid') return SOLID;
  if (first === 101 || first === 111) {
    const word = asciiSlice(bytes, start, end).toLowerCase();
    if (word === 'endsolid') return ENDSOLID;
    if (word === 'outer' || word === 'endloop' || word === 'endfacet') return IGNORED;
  }
  return OTHER;
}

function readAscii(bytes: Uint8Array, fileName: string): MeshModel {
  const warnings: Warning[] = [];
  const bodies: MeshBody[] = [];
  let corners = new Float64Array(Math.min(9 * MAX_TRIANGLES, 1024 + Math.ceil(bytes.length / 20)));
  let used = 0;
  let solidName = '';
  let open = false;
  let i = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0;
  const n = bytes.length;
  const finishSolid = (): void => {
    if (used % 9 !== 0)
      throw refusal('import.corrupt', 'A facet of the STL file has not three vertices.', `line ${lineOf(bytes, i)}`);
    if (used > 0) {
      const name = solidName || (bodies.length === 0 ? stemOf(fileName) : `solid ${bodies.length + 1}`);
      bodies.push(bodyFromSoup(name, corners.slice(0, used), warnings));
    }
    used = 0;
    open = false;
  };
  while (i < n) {
    while (i < n && bytes[i]! <= 32) i++;
    if (i >= n) break;
    const wordStart = i;
    while (i < n && bytes[i]! > 32) i++;
    const kind = keyword(bytes, wordStart, i);
    if (kind === VERTEX) {
      if (used + 3 > corners.length) {
        const larger = new Float64Array(corners.length * 2);
        larger.set(corners);
        corners = larger;
      }
      for (let k = 0; k < 3; k++) {
        while (i < n && bytes[i]! <= 32) i++;
        const start = i;
        while (i < n && bytes[i]! > 32) i++;
        if (start === i)
          throw refusal('import.truncated', 'The STL file ends inside a vertex.', `line ${lineOf(bytes, start)}`);
        const value = parseNumber(bytes, start, i);
        if (!Number.isFinite(value)) throw badNumber(bytes, start, i);
        corners[used++] = value;
      }
    } else if (kind === FACET || kind === IGNORED || kind === ENDSOLID) {
      if (kind === ENDSOLID) finishSolid();
      else if (kind === FACET && used % 9 !== 0)
        throw refusal(
          'import.corrupt',
          'A facet of the STL file has not three vertices.',
          `line ${lineOf(bytes, wordStart)}`,
        );
      // The normal is left out: it follows from the corners, and many files get it wrong.
      while (i < n && bytes[i] !== 10 && bytes[i] !== 13 && !vertexFollows(bytes, i)) i++;
    } else if (kind === SOLID) {
      if (used > 0) finishSolid();
      const start = i;
      while (i < n && bytes[i] !== 10 && bytes[i] !== 13) i++;
      solidName = nameOf(bytes.subarray(start, i));
      open = true;
    } else {
      throw refusal(
        'import.corrupt',
        `The STL file holds something that is no part of the format: ${JSON.stringify(asciiSlice(bytes, wordStart, Math.min(i, wordStart + 30)))}.`,
        `line ${lineOf(bytes, wordStart)}`,
      );
    }
  }
  if (open || used > 0)
    throw refusal('import.truncated', 'The STL file ends without `endsolid`.', `line ${lineOf(bytes, n)}`);
  if (bodies.length === 0) throw refusal('import.no-geometry', 'The STL file holds no triangles.');
  return singlePart(bodies.length === 1 ? bodies[0]!.name : stemOf(fileName), bodies, warnings, '');
}

/** Some writers put a whole facet on one line. */
const vertexFollows = (bytes: Uint8Array, i: number): boolean =>
  bytes[i]! <= 32 && (bytes[i + 1]! | 32) === 118 && asciiSlice(bytes, i + 1, i + 8).toLowerCase() === 'vertex ';

function badNumber(bytes: Uint8Array, start: number, end: number): Error {
  const text = asciiSlice(bytes, start, Math.min(end, start + 30));
  const line = `line ${lineOf(bytes, start)}`;
  return /nan|inf|ind|^[-+]?[\d.]+e/i.test(text)
    ? refusal('import.non-finite-numbers', `A vertex of the STL file is not a number: ${JSON.stringify(text)}.`, line)
    : refusal('import.corrupt', `A vertex of the STL file is not a number: ${JSON.stringify(text)}.`, line);
}
