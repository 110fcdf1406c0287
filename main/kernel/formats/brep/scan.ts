/**
 * A quick look at OpenCascade's own formats before the kernel reads them: whether they are all there, and whether their
 * numbers are numbers. The ASCII form is described in OpenCascade's "BRep Format" document; the binary one only by its code.
 */
import type { ErrorData } from '../../../../preload/contract/errors.ts';
import type { Warning } from '../../port.ts';
import { refusalData } from '../refusal.ts';
import { indexOfText } from '../step/lexer.ts';
import { asciiSlice, lineOf } from '../text.ts';

export interface BrepScan {
  form: 'ascii' | 'binary';
  /** Version of the topology format; 0 where it is not said. */
  version: number;
  /** Shapes of all kinds that the file says it has. */
  shapes: number;
  warnings: Warning[];
  /** Set when the file is not worth handing to a kernel. */
  fatal?: ErrorData;
}

/** Never throws. */
export function scanBrep(bytes: Uint8Array): BrepScan {
  const head = asciiSlice(bytes, 0, 512);
  const binary = /^\s*Open CASCADE Topology V(\d+)/.exec(head);
  const ascii = /(?<!Open )CASCADE Topology V(\d+)/.exec(head);
  const scan: BrepScan = {
    form: binary ? 'binary' : 'ascii',
    version: Number((binary ?? ascii)?.[1] ?? 0),
    shapes: 0,
    warnings: [],
  };
  const fatal = fatalOf(bytes, scan, binary !== null, ascii !== null);
  if (fatal) scan.fatal = fatal;
  return scan;
}

const SECTIONS = [
  'Locations',
  'Curve2ds',
  'Curves',
  'Polygon3D',
  'PolygonOnTriangulations',
  'Surfaces',
  'Triangulations',
  'TShapes',
];
const MISSING = (line: number): ErrorData =>
  refusalData('import.truncated', `The BREP file breaks off in line ${line}.`, `line ${line}`);

function fatalOf(bytes: Uint8Array, scan: BrepScan, binary: boolean, ascii: boolean): ErrorData | undefined {
  if (bytes.every((c) => c <= 32)) return refusalData('import.empty-file', 'The BREP file is empty.');
  if (!binary && !ascii) return refusalData('import.not-a-cad-file', 'The file is not an OpenCascade BREP file.');
  if (binary) return fatalOfBinary(bytes, scan);
  let from = 0;
  for (const section of SECTIONS) {
    const at = indexOfText(bytes, `\n${section} `, from);
    if (at < 0) return MISSING(lineOf(bytes, bytes.length));
    from = at + 1;
  }
  scan.shapes = Number(/^TShapes\s+(\d+)/.exec(asciiSlice(bytes, from, from + 40))?.[1] ?? 0);
  if (scan.shapes === 0) return refusalData('import.no-geometry', 'The BREP file holds no shapes.');
  const bad = badNumber(bytes, from);
  if (bad) return bad;
  const found = shapeRecords(bytes, from);
  if (found < scan.shapes) return MISSING(lineOf(bytes, bytes.length));
  // Behind the last shape stands which of them is the file's: its orientation and number, and its location.
  const tail = asciiSlice(bytes, bytes.lastIndexOf(42) + 1, bytes.length).trim();
  return /^[-+]\d+ +\d+/.test(tail) ? undefined : MISSING(lineOf(bytes, bytes.length));
}

function fatalOfBinary(bytes: Uint8Array, scan: BrepScan): ErrorData | undefined {
  let from = 0;
  for (const section of ['Locations ', 'TShapes ']) {
    from = indexOfText(bytes, section, from);
    if (from < 0) return refusalData('import.truncated', 'The binary BREP file breaks off.', `byte ${bytes.length}`);
  }
  scan.shapes = Number(/^TShapes\s+(\d+)/.exec(asciiSlice(bytes, from, from + 40))?.[1] ?? 0);
  if (scan.shapes === 0) return refusalData('import.no-geometry', 'The BREP file holds no shapes.');
  // A shape takes a byte for its kind and eight for its flags and ends at the least.
  return bytes.length - from < scan.shapes * 2
    ? refusalData('import.truncated', 'The binary BREP file breaks off.', `byte ${bytes.length}`)
    : undefined;
}

/** Shape records: a line that is nothing but one of the two-letter kinds. */
function shapeRecords(bytes: Uint8Array, from: number): number {
  const kinds = new Set(['Ve', 'Ed', 'Wi', 'Fa', 'Sh', 'So', 'CS', 'Co']);
  let count = 0;
  for (let i = bytes.indexOf(10, from); i >= 0 && i + 2 < bytes.length; i = bytes.indexOf(10, i + 1)) {
    const end = bytes[i + 3];
    if ((end === 10 || end === 13 || end === 32) && kinds.has(asciiSlice(bytes, i + 1, i + 3))) count++;
  }
  return count;
}

/** Before the shapes stand only numbers and the names of sections: `nan` and `inf` can be seen by their letters. */
function badNumber(bytes: Uint8Array, end: number): ErrorData | undefined {
  for (let i = 1; i < end; i++) {
    const c = bytes[i]! | 32;
    if ((c !== 110 && c !== 105) || bytes[i - 1]! > 45) continue;
    const word = asciiSlice(bytes, i, i + 9);
    if (!/^(-?nan|inf(inity)?)(\(|\s|$)/i.test(word)) continue;
    const line = lineOf(bytes, i);
    return refusalData(
      'import.non-finite-numbers',
      `The BREP file holds numbers that cannot be: ${word.trim().split(/\s/)[0]} in line ${line}.`,
      `line ${line}`,
    );
  }
  return undefined;
}
