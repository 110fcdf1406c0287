/**
 * What an exchange structure is and what is wrong with it, found in one pass before any kernel sees it: a kernel says
 * nothing, or crashes, where a person needs to be told the line.
 */
import type { ErrorData } from '../../../../preload/contract/errors.ts';
import type { Warning } from '../../port.ts';
import { refusalData } from '../refusal.ts';
import { asciiSlice, lineOf } from '../text.ts';
import { type BadNumber, indexOfText, type Lexed, latin1, lex } from './lexer.ts';
import { record, StepLookup } from './lookup.ts';
import { PMI_KEYWORDS, readPmi, type StepPmi } from './pmi.ts';
import { readHeader, type StepHeader } from './schema.ts';
import { guessEncoding, type RawEncoding } from './strings.ts';
import { type LengthUnit, lengthUnits } from './units.ts';

export interface Place {
  /** Instance number; 0 where it stands in none. */
  id: number;
  line: number;
}

export interface StepScan extends StepHeader {
  /** Instances in the data sections. */
  entities: number;
  /** Distinct units of length, the commonest first. */
  lengthUnits: LengthUnit[];
  /** The commonest, or `mm` where the file names none. */
  lengthUnit: string;
  /** References to instances that do not exist; `first` are where they are made. */
  dangling: { count: number; first: Place[] };
  nonFinite: { count: number; first: (Place & { text: string })[] };
  duplicates: { count: number; first: Place[] };
  /** Where the file breaks off, if it does. */
  truncated?: { line: number };
  hasGeometry: boolean;
  geometry: { solids: number; faces: number; curves: number; tessellated: number };
  products: number;
  pmi: StepPmi;
  layers: string[];
  /** How the raw bytes of names were read, where they are not ASCII or UTF-8. */
  encoding: RawEncoding;
  warnings: Warning[];
  /** Set when the file is not worth handing to a kernel. */
  fatal?: ErrorData;
}

const WANTED = new Set([...PMI_KEYWORDS, 'GLOBAL_UNIT_ASSIGNED_CONTEXT', 'PRESENTATION_LAYER_ASSIGNMENT', 'PRODUCT']);
const SOLIDS =
  /^(MANIFOLD_SOLID_BREP|BREP_WITH_VOIDS|FACETED_BREP|CSG_SOLID|EXTRUDED_AREA_SOLID|REVOLVED_AREA_SOLID|SWEPT_DISK_SOLID|EXTRUDED_FACE_SOLID|REVOLVED_FACE_SOLID|BLOCK|SPHERE|RIGHT_CIRCULAR_CYLINDER|RIGHT_CIRCULAR_CONE|TORUS)$/;
const FACES = /^(ADVANCED_FACE|FACE_SURFACE|FACE|RECTANGULAR_TRIMMED_SURFACE|CURVE_BOUNDED_SURFACE)$/;
const CURVES =
  /^(EDGE_CURVE|TRIMMED_CURVE|COMPOSITE_CURVE|POLYLINE|GEOMETRIC_SET|GEOMETRIC_CURVE_SET|VERTEX_POINT|B_SPLINE_CURVE\w*)$/;
const TESSELLATED =
  /^(TESSELLATED_(SOLID|SHELL|FACE|CURVE_SET|GEOMETRIC_SET|WIRE|EDGE|POINT_SET)|(COMPLEX_)?TRIANGULATED_(FACE|SURFACE_SET))$/;
const EXTERNAL =
  /^(APPLIED_DOCUMENT_REFERENCE|DOCUMENT_FILE|EXTERNAL_SOURCE|APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT)$/;
/** Measures of properties and annotations: a number that is none spoils them, but not the shape. */
const HARMLESS = /(MEASURE|PROPERTY|REPRESENTATION_ITEM|TOLERANCE|COLOUR_RGB|UNCERTAINTY|STYLE)/;

const bomLength = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/** The scan together with the lexed file, for those who rewrite it. */
export function scanAndLex(bytes: Uint8Array): { scan: StepScan; lexed: Lexed } {
  const lexed = lex(bytes, (keyword) => WANTED.has(keyword));
  const encoding = encodingOf(bytes, lexed);
  const lookup = new StepLookup(bytes, lexed, encoding);
  const count = (pattern: RegExp): number => {
    let sum = 0;
    for (const { keyword, count } of lexed.keywords.values()) if (pattern.test(keyword)) sum += count;
    return sum;
  };
  const geometry = {
    solids: count(SOLIDS),
    faces: count(FACES),
    curves: count(CURVES),
    tessellated: count(TESSELLATED),
  };
  const units = lengthUnits(lookup);
  const scan: StepScan = {
    ...readHeader(bytes, lexed, encoding),
    entities: lexed.entities,
    lengthUnits: units,
    lengthUnit: units[0]?.name ?? 'mm',
    dangling: { count: lexed.danglingCount, first: danglingPlaces(bytes, lexed) },
    nonFinite: {
      count: lexed.badNumberCount,
      first: lexed.badNumbers.map((bad) => ({ id: bad.entity, line: lineOf(bytes, bad.offset), text: bad.text })),
    },
    duplicates: {
      count: lexed.duplicateCount,
      first: lexed.duplicates.map(({ id, offset }) => ({ id, line: lineOf(bytes, offset) })),
    },
    hasGeometry: geometry.solids + geometry.faces + geometry.curves + geometry.tessellated > 0,
    geometry,
    products: lexed.keywords.get('PRODUCT')?.count ?? 0,
    pmi: readPmi(lookup),
    layers: layersOf(lookup),
    encoding,
    warnings: [],
  };
  const cut = truncation(bytes, lexed);
  if (cut) scan.truncated = cut;
  addWarnings(scan, lexed, bytes);
  const fatal = fatalOf(scan, lexed, bytes);
  if (fatal) scan.fatal = fatal;
  return { scan, lexed };
}

/** Never throws; `fatal` says what is wrong with bytes that are no readable exchange structure. */
export const scanStep = (bytes: Uint8Array): StepScan => scanAndLex(bytes).scan;

function encodingOf(bytes: Uint8Array, lexed: Lexed): RawEncoding {
  const samples: Uint8Array[] = [];
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  for (let i = 0; i < lexed.oddStrings.length && samples.length < 2000; i += 2) {
    const content = bytes.subarray(lexed.oddStrings[i]! + 1, lexed.oddStrings[i + 1]! - 1);
    if (!content.some((c) => c >= 0x80)) continue;
    try {
      utf8.decode(content);
    } catch {
      samples.push(content.length > 4000 ? content.subarray(0, 4000) : content);
    }
  }
  return samples.length > 0 ? guessEncoding(samples) : 'windows-1252';
}

function layersOf(lookup: StepLookup): string[] {
  const names = new Set<string>();
  for (const layer of lookup.of('PRESENTATION_LAYER_ASSIGNMENT')) {
    const name = record(layer, 'PRESENTATION_LAYER_ASSIGNMENT')?.values[0];
    if (typeof name === 'string') names.add(name);
  }
  return [...names];
}

function danglingPlaces(bytes: Uint8Array, lexed: Lexed): Place[] {
  return lexed.danglingIds.map((id) => {
    const text = `#${id}`;
    let at = indexOfText(bytes, text, Math.max(0, lexed.dataStart));
    while (at >= 0 && /[0-9]/.test(latin1(bytes, at + text.length, at + text.length + 1)))
      at = indexOfText(bytes, text, at + 1);
    return { id, line: at < 0 ? 0 : lineOf(bytes, at) };
  });
}

function truncation(bytes: Uint8Array, { sections, unfinished, dataStart }: Lexed): { line: number } | undefined {
  if (sections.ended || (!sections.begun && dataStart < 0)) return undefined;
  if (unfinished >= 0) return { line: lineOf(bytes, unfinished) };
  return sections.closed < sections.opened || dataStart < 0 ? { line: lineOf(bytes, bytes.length) } : undefined;
}

const places = (first: Place[], count: number): string => {
  const shown = first
    .slice(0, 3)
    .map((p) => `#${p.id} in line ${p.line}`)
    .join(', ');
  return count > 3 ? `${shown} ...` : shown;
};

function addWarnings(scan: StepScan, lexed: Lexed, bytes: Uint8Array): void {
  const warn = (code: string, message: string): void => {
    scan.warnings.push({ code, message });
  };
  const { sections } = lexed;
  if (bomLength(bytes) > 0) warn('step.byte-order-mark', 'The file begins with a byte order mark, which was left out.');
  if (scan.dangling.count > 0) {
    warn(
      'step.dangling-references',
      `${scan.dangling.count} references lead to entities that the file does not hold (${places(scan.dangling.first, scan.dangling.count)}).`,
    );
  }
  if (scan.duplicates.count > 0) {
    warn(
      'step.duplicate-entities',
      `${scan.duplicates.count} entity numbers are used twice (${places(scan.duplicates.first, scan.duplicates.count)}).`,
    );
  }
  if (scan.nonFinite.count > 0) {
    const first = scan.nonFinite.first[0]!;
    warn(
      'step.non-finite-numbers',
      `${scan.nonFinite.count} numbers are none that can be stored (${first.text} in line ${first.line}).`,
    );
  }
  if (lexed.garbage.count > 0) {
    warn(
      'step.garbage',
      `${lexed.garbage.count} statements are not STEP (the first in line ${lineOf(bytes, lexed.garbage.offset)}).`,
    );
  }
  if (lexed.longStrings > 0) warn('step.long-names', `${lexed.longStrings} texts are longer than 1,000 characters.`);
  if (scan.encoding !== 'windows-1252') {
    warn(
      'step.guessed-encoding',
      `Names are written in an encoding that the file does not declare; they were read as ${scan.encoding}.`,
    );
  }
  if (scan.lengthUnits.length > 1) {
    warn(
      'step.mixed-units',
      `The file uses several units of length: ${scan.lengthUnits.map((u) => u.name).join(', ')}.`,
    );
  } else if (scan.lengthUnits.length === 0 && scan.hasGeometry) {
    warn('step.no-unit', 'The file names no unit of length; millimetres are assumed.');
  }
  if (!scan.truncated && !sections.ended && sections.begun) {
    warn('step.no-end', 'The file does not close with END-ISO-10303-21, but its data is complete.');
  } else if (sections.ended && sections.closed < sections.opened) {
    warn('step.missing-endsec', 'A section of the file is not closed with ENDSEC.');
  }
  if (scan.schema === '' && scan.entities > 0) warn('step.no-schema', 'The file does not name its schema.');
  const { geometry } = scan;
  if (geometry.tessellated > 0 && geometry.solids + geometry.faces + geometry.curves === 0) {
    warn('step.tessellated-only', 'The file holds only triangles (tessellated geometry), no exact surfaces.');
  }
}

function fatalOf(scan: StepScan, lexed: Lexed, bytes: Uint8Array): ErrorData | undefined {
  if (bytes.length === bomLength(bytes)) return refusalData('import.empty-file', 'The file is empty.');
  if (!lexed.sections.begun && lexed.dataStart < 0) {
    return refusalData('import.not-a-cad-file', 'The file is not a STEP file: it does not begin with ISO-10303-21.');
  }
  if (scan.truncated) {
    return refusalData(
      'import.truncated',
      `The STEP file breaks off in line ${scan.truncated.line}.`,
      `line ${scan.truncated.line}`,
    );
  }
  if (lexed.dataStart < 0) return refusalData('import.corrupt', 'The STEP file has no data section.');
  if (scan.schemaNames.some((name) => /^IFC/i.test(name))) {
    return refusalData(
      'import.unsupported-format',
      'The file is a building model (IFC), not a mechanical one.',
      scan.schemaNames[0],
      'Ask for the part as STEP (AP214 or AP242) from the system it came from.',
    );
  }
  const harmful = lexed.badNumbers.find((bad) => !HARMLESS.test(keywordAt(bytes, lexed, bad)));
  if (harmful) {
    const line = lineOf(bytes, harmful.offset);
    return refusalData(
      'import.non-finite-numbers',
      `The STEP file holds numbers that cannot be: ${harmful.text} in entity #${harmful.entity}, line ${line}.`,
      `line ${line}, entity #${harmful.entity}`,
    );
  }
  if (!scan.hasGeometry) {
    let external = false;
    for (const keyword of lexed.keywords.keys()) if (EXTERNAL.test(keyword)) external = true;
    return external
      ? refusalData(
          'import.no-geometry',
          'The STEP file holds only the structure of an assembly; its parts are in other files.',
          undefined,
          'Export the assembly again as one file, with the parts inside.',
        )
      : refusalData('import.no-geometry', 'The STEP file holds no shape: no solids, faces, curves or triangles.');
  }
  return undefined;
}

/** Keyword of the instance that a bad number stands in. */
function keywordAt(bytes: Uint8Array, lexed: Lexed, bad: BadNumber): string {
  const place = lexed.offsetOf(bad.entity);
  if (place === 0) return '';
  return /^#\d+\s*=\s*\(?\s*(\w+)/.exec(asciiSlice(bytes, place - 1, place + 200))?.[1]?.toUpperCase() ?? '';
}
