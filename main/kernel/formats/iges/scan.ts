/** What an IGES file says about itself and what is wrong with it (IGES 5.3, section 2.2). */
import type { ErrorData } from '../../../../preload/contract/errors.ts';
import type { Warning } from '../../port.ts';
import { refusalData } from '../refusal.ts';
import { asciiSlice } from '../text.ts';
import { globalParameters, unitOf, versionOf } from './global.ts';
import { igesLayout } from './layout.ts';
import { type IgesLines, splitIges } from './lines.ts';

export interface IgesScan {
  /** `IGES 5.3` ... */
  schema: string;
  originatingSystem: string;
  preprocessor: string;
  author: string;
  organisation: string;
  productName: string;
  lengthUnit: string;
  /** Lines of each section. */
  lines: { start: number; global: number; directory: number; parameter: number };
  entities: number;
  /** Entities of each type number. */
  census: Map<number, number>;
  warnings: Warning[];
  /** Set when the file is not worth handing to a kernel. */
  fatal?: ErrorData;
}

/** Constructive solids and their combinations, which kernels read no faces from. */
const isCsg = (type: number): boolean => type >= 150 && type <= 184 && type !== 182;
/** Curves, surfaces, boundary representations, points: what shapes are made of. */
const SHAPES = new Set([
  100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120, 122, 126, 128, 130, 140, 141, 142, 143, 144, 186, 190, 192,
  194, 196, 198, 502, 504, 508, 510, 514,
]);
const FACES = new Set([108, 114, 118, 120, 122, 128, 140, 143, 144, 186, 190, 192, 194, 196, 198, 510, 514]);

/** Never throws. */
export function scanIges(bytes: Uint8Array): IgesScan {
  const scan: IgesScan = {
    schema: 'IGES',
    originatingSystem: '',
    preprocessor: '',
    author: '',
    organisation: '',
    productName: '',
    lengthUnit: 'inch',
    lines: { start: 0, global: 0, directory: 0, parameter: 0 },
    entities: 0,
    census: new Map(),
    warnings: [],
  };
  if (bytes.every((c) => c <= 32)) {
    scan.fatal = refusalData('import.empty-file', 'The IGES file is empty.');
    return scan;
  }
  const layout = igesLayout(bytes);
  if (layout === 'compressed' || layout === 'binary') {
    const form = layout === 'binary' ? 'binary' : 'compressed ASCII';
    scan.fatal = refusalData(
      'import.unsupported-format',
      `The file is ${form} IGES, which cannot be read.`,
      'line 1',
      'Export it as ordinary (fixed-format ASCII) IGES, or as STEP.',
    );
    return scan;
  }
  const lines = splitIges(bytes);
  const { S, G, D, P } = lines.sections;
  scan.lines = { start: S.length, global: G.length, directory: D.length, parameter: P.length };
  readGlobal(bytes, lines, scan);
  readDirectory(bytes, lines, scan);
  if (lines.strays.count > 0) {
    scan.warnings.push({
      code: 'iges.stray-lines',
      message: `${lines.strays.count} lines belong to no section (the first is line ${lines.strays.line}).`,
    });
  }
  if (lines.disordered.count > 0) {
    scan.warnings.push({
      code: 'iges.line-numbers',
      message: `${lines.disordered.count} lines are not numbered in order (the first is line ${lines.disordered.line}).`,
    });
  }
  const fatal = fatalOf(bytes, lines, scan);
  if (fatal) scan.fatal = fatal;
  return scan;
}

function readGlobal(bytes: Uint8Array, lines: IgesLines, scan: IgesScan): void {
  const { G } = lines.sections;
  const content = new Uint8Array(G.length * 72).fill(32);
  for (const [i, record] of G.entries())
    content.set(bytes.subarray(record.start, Math.min(record.end, bytes.length)), i * 72);
  const parameters = G.length > 0 ? globalParameters(content) : [];
  // Numbered from 1 in the standard.
  const parameter = (number: number): string => parameters[number - 1] ?? '';
  scan.productName = parameter(3);
  scan.originatingSystem = parameter(5);
  scan.preprocessor = parameter(6);
  scan.lengthUnit = unitOf(parameter(14), parameter(15));
  scan.author = parameter(21);
  scan.organisation = parameter(22);
  scan.schema = `IGES ${versionOf(parameter(23))}`;
  if (G.length > 0 && parameter(14) === '' && parameter(15) === '') {
    scan.warnings.push({
      code: 'iges.no-unit',
      message: 'The file names no unit of length; inches are assumed, as the standard says.',
    });
  }
}

function readDirectory(bytes: Uint8Array, lines: IgesLines, scan: IgesScan): void {
  const { D } = lines.sections;
  for (let i = 0; i + 1 < D.length; i += 2) {
    const type = Number(asciiSlice(bytes, D[i]!.start, D[i]!.start + 8));
    if (!Number.isInteger(type) || type < 0) continue;
    scan.entities++;
    scan.census.set(type, (scan.census.get(type) ?? 0) + 1);
  }
}

function fatalOf(bytes: Uint8Array, lines: IgesLines, scan: IgesScan): ErrorData | undefined {
  const { S, G, D, P, T } = lines.sections;
  if (S.length + G.length + D.length + P.length === 0)
    return refusalData(
      'import.not-a-cad-file',
      'The file is not an IGES file: none of its lines belongs to a section.',
      'line 1',
    );
  const cut = `line ${lines.total}`;
  if (T.length === 0)
    return refusalData(
      'import.truncated',
      `The IGES file breaks off in line ${lines.total}: its last line is missing.`,
      cut,
    );
  const missing = missingSection(bytes, lines);
  if (missing) return missing;
  const badNumber = badParameter(bytes, lines);
  if (badNumber) return badNumber;
  if (scan.entities === 0) return refusalData('import.no-geometry', 'The IGES file holds no entities.');
  let shapes = 0;
  let faces = 0;
  let csg = 0;
  for (const [type, count] of scan.census) {
    if (SHAPES.has(type)) shapes += count;
    if (FACES.has(type)) faces += count;
    if (isCsg(type)) csg += count;
  }
  if (csg > 0 && faces === 0) {
    return refusalData(
      'import.unsupported-format',
      `The IGES file describes its ${csg} solids as constructions (CSG), which cannot be read.`,
      `entity types ${[...scan.census.keys()]
        .filter(isCsg)
        .sort((a, b) => a - b)
        .join(', ')}`,
      'Export it with boundary representation (B-rep) solids or trimmed surfaces, or as STEP.',
    );
  }
  if (csg > 0)
    scan.warnings.push({
      code: 'iges.csg',
      message: `${csg} solids described as constructions (CSG) cannot be read and were left out.`,
    });
  if (shapes === 0) return refusalData('import.no-geometry', 'The IGES file holds no curves, surfaces or solids.');
  if (faces === 0)
    scan.warnings.push({ code: 'iges.wireframe', message: 'The file holds only curves and points, no surfaces.' });
  return undefined;
}

/** The last line counts the lines of each section (section 2.2.4.6). */
function missingSection(bytes: Uint8Array, lines: IgesLines): ErrorData | undefined {
  const { S, G, D, P, T } = lines.sections;
  const record = T[0]!;
  const text = asciiSlice(bytes, record.start, Math.min(record.end, record.start + 32));
  const found: Record<string, number> = { S: S.length, G: G.length, D: D.length, P: P.length };
  for (const [, section, count] of text.matchAll(/([SGDP]) *(\d+)/g)) {
    if (Number(count) > found[section!]!) {
      return refusalData(
        'import.truncated',
        `The IGES file should have ${Number(count)} lines in section ${section}, but has ${found[section!]}.`,
        `line ${record.line}`,
      );
    }
  }
  if (D.length % 2 !== 0)
    return refusalData(
      'import.corrupt',
      'The directory of the IGES file has an odd number of lines.',
      `line ${D[D.length - 1]!.line}`,
    );
  return undefined;
}

/** A word where a number belongs, such as NaN. Texts are skipped by their Hollerith count, also over line ends. */
function badParameter(bytes: Uint8Array, lines: IgesLines): ErrorData | undefined {
  let skip = 0;
  for (const record of lines.sections.P) {
    // Columns 65 to 72 point back to the directory.
    const end = Math.min(record.start + 64, bytes.length);
    let i = record.start + Math.min(skip, 64);
    skip = Math.max(0, skip - 64);
    let digits = -1;
    for (; i < end; i++) {
      const c = bytes[i]!;
      if (c >= 48 && c <= 57) digits = digits < 0 ? c - 48 : Math.min(1e7, digits * 10 + c - 48);
      else if (c === 72 && digits >= 0) {
        const rest = end - i - 1;
        if (digits > rest) {
          skip = digits - rest;
          break;
        }
        i += digits;
        digits = -1;
      } else {
        digits = -1;
        const lower = c | 32;
        if ((lower === 110 || lower === 105) && /^(nan|inf|ind)/i.test(asciiSlice(bytes, i, Math.min(end, i + 3)))) {
          const word = asciiSlice(bytes, i, Math.min(end, i + 8)).replace(/[,;\s].*$/s, '');
          return refusalData(
            'import.non-finite-numbers',
            `The IGES file holds numbers that cannot be: ${word} in line ${record.line}.`,
            `line ${record.line}`,
          );
        }
      }
    }
  }
  return undefined;
}
