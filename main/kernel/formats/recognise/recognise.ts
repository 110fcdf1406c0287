/** What a file is: by its content first, by its ending only where the content does not say. */
import type { ArtificerError } from '../../../../preload/contract/errors.ts';
import type { Recognition, Warning } from '../../port.ts';
import { looksLikeIges } from '../iges/layout.ts';
import { isAsciiStl, isExactBinaryStl } from '../mesh/stl.ts';
import { refusal } from '../refusal.ts';
import { asciiSlice, endingOf } from '../text.ts';
import { isZip } from '../zip.ts';
import { CATALOGUE, type FormatName, formatOfEnding, type KnownFormat } from './catalogue.ts';
import { formatOfOle, formatOfPdf, formatOfZip } from './containers.ts';
import { formatOfSignature, formatOfText } from './signatures.ts';

export interface FormatRecognition extends Recognition {
  format: FormatName;
  /** The ending says something else than the content. */
  warnings: Warning[];
}

/** Never throws, whatever the bytes are. */
export function recognise(bytes: Uint8Array, fileName: string): FormatRecognition {
  const format = formatOf(bytes, fileName);
  const known: KnownFormat = CATALOGUE[format];
  const result: FormatRecognition = { format, readable: known.readable, label: known.label, warnings: [] };
  if (known.advice !== undefined) result.advice = known.advice;
  const byEnding = formatOfEnding(fileName);
  if (byEnding && byEnding !== format && known.readable && !sameFamily(byEnding, format)) {
    result.warnings.push({
      code: 'import.wrong-ending',
      message: `The file is ${known.label}, although its ending is .${endingOf(fileName)}; it was read as ${known.label}.`,
    });
  }
  return result;
}

/** The error to give for a file that is not readable. */
export function refusalOf(recognition: Recognition, fileName: string): ArtificerError {
  const { format, label, advice } = recognition;
  const name = JSON.stringify(fileName.split(/[\\/]/).pop() ?? fileName);
  if (format === 'empty') return refusal('import.empty-file', `${name} is empty.`, undefined, advice);
  if (format === 'unknown' || format === 'text') {
    const ending = formatOfEnding(fileName);
    const claim =
      ending && CATALOGUE[ending].readable
        ? `${name} is not a ${CATALOGUE[ending].label} file, whatever its ending says.`
        : `${name} is not a CAD file that Artificer knows.`;
    return refusal('import.not-a-cad-file', claim, undefined, advice);
  }
  return refusal(
    'import.unsupported-format',
    `${name} is a ${label} file, which Artificer cannot read.`,
    undefined,
    advice,
  );
}

const sameFamily = (a: FormatName, b: FormatName): boolean =>
  (a === 'gltf' && b === 'glb') || (a === 'glb' && b === 'gltf');

const HEAD_BYTES = 64 << 10;

function formatOf(bytes: Uint8Array, fileName: string): FormatName {
  if (bytes.length === 0) return 'empty';
  if (isZip(bytes)) return formatOfZip(bytes, fileName);
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0)
    return formatOfOle(bytes, fileName);
  const head = asciiSlice(bytes, 0, HEAD_BYTES);
  if (head.trim() === '' && bytes.length <= HEAD_BYTES) return 'empty';
  if (/^\s*%PDF-/.test(head.slice(0, 1024))) return formatOfPdf(bytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return /\.(stp|step|p21)\.?(z|gz)$|\.stpz$/i.test(fileName) ? 'step-gzip' : 'archive';

  // STEP before the rest: comments and blank lines may stand before its first line, and it may hold anything after.
  if (/^(\u00ef\u00bb\u00bf)?(\s|\/\*[\s\S]*?\*\/)*ISO-10303-21\s*;/.test(head)) {
    return /FILE_SCHEMA\s*\(\s*\(\s*'\s*IFC/i.test(head) ? 'ifc' : 'step';
  }
  if (isExactBinaryStl(bytes) && bytes.length > 84) return 'stl';
  const signature = formatOfSignature(bytes);
  if (signature) return signature;
  if (looksLikeIges(bytes)) return 'iges';
  if (isAsciiStl(bytes)) return 'stl';
  const isText = looksLikeText(head);
  if (head.slice(0, 64).includes('Open CASCADE Topology V')) return 'brep';
  if (isText || head.startsWith('ply')) {
    const text = formatOfText(head);
    if (text) return text;
    if (looksLikeObj(head)) return 'obj';
  }
  return byEndingAlone(bytes, head, isText, formatOfEnding(fileName));
}

/** The content says nothing: the ending counts only where such content is possible for that format. */
function byEndingAlone(bytes: Uint8Array, head: string, isText: boolean, ending: FormatName | undefined): FormatName {
  switch (ending) {
    case undefined:
      return isText ? 'text' : 'unknown';
    case 'step':
      return isText && /\b(HEADER|FILE_SCHEMA|FILE_NAME|DATA)\b|#\d+\s*=/.test(head) ? 'step' : 'unknown';
    case 'iges':
      return isText && /[SGDPT] *\d{1,7}\s*$/m.test(head) ? 'iges' : 'unknown';
    case 'stl':
      // Binary files whose count and length disagree, and ASCII ones that end early, are refused by the reader by name.
      return !isText || /^\s*solid\b/i.test(head) ? 'stl' : 'unknown';
    case 'obj':
      return isText && /^\s*(v|vn|f|o|g|#)\s/m.test(head) ? 'obj' : 'unknown';
    case 'brep':
    case 'ply':
    case '3mf':
    case 'gltf':
    case 'glb':
      return 'unknown';
    case 'pdf':
    case 'image':
    case 'html':
    case 'archive':
    case 'executable':
    case 'office':
      return isText ? 'text' : 'unknown';
    default:
      return bytes.length > 0 ? ending : 'unknown';
  }
}

/** At most a sprinkling of control characters, and none of the zero bytes that binary formats are full of. */
function looksLikeText(head: string): boolean {
  const sample = head.slice(0, 4096);
  let controls = 0;
  for (let i = 0; i < sample.length; i++) {
    const c = sample.charCodeAt(i);
    if (c === 0) return false;
    if (c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 12 && c !== 26) controls++;
  }
  return controls <= sample.length * 0.01;
}

const looksLikeObj = (head: string): boolean =>
  /^\s*v\s+[-+.\d]\S*\s+[-+.\d]\S*\s+[-+.\d]/m.test(head) &&
  /^\s*(f\s+-?\d|vn\s|vt\s|o\s|g\s|usemtl\s|mtllib\s|v\s)/m.test(head);
