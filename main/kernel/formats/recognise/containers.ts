/** Formats that are archives or compound documents: told apart by the names of what they hold. */
import { asciiSlice } from '../text.ts';
import { localNames, zipEntries } from '../zip.ts';
import { type FormatName, formatOfEnding } from './catalogue.ts';

/** First match wins, so the particular stands before the general. */
const ZIP_CONTENTS: [RegExp, FormatName][] = [
  [/^3d\/.*\.model$/i, '3mf'],
  [/\.model$/i, '3mf'],
  [/\.(3drep|3dxml)$/i, '3dxml'],
  [/^(fusion|manifest\.dat)|\.(f3d|smt|smb)$/i, 'f3d'],
  [/^document\.xml$/i, 'fcstd'],
  [/\.(stp|step|p21)$/i, 'step-zip'],
  [/\.(x_t|x_b|xmt_txt|xmt_bin)$/i, 'parasolid-zip'],
  [/\.(sldprt|sldasm)$/i, 'solidworks'],
  [/\.usd[ac]?$/i, 'usd'],
  [/\.ifc$/i, 'ifc'],
  [/^(word|xl|ppt)\//i, 'office'],
  [/^mimetype$/i, 'office'],
  [/\.amf$/i, 'amf'],
];

export function formatOfZip(bytes: Uint8Array, fileName: string): FormatName {
  const names = zipEntries(bytes)?.map((entry) => entry.name) ?? localNames(bytes);
  for (const [pattern, format] of ZIP_CONTENTS) if (names.some((name) => pattern.test(name))) return format;
  const byEnding = formatOfEnding(fileName);
  // A 3MF whose central directory is lost is still best refused as a broken 3MF.
  if (
    byEnding &&
    ['3mf', '3dxml', 'f3d', 'fcstd', 'office', 'step-zip', 'amf', 'solidworks', 'sketchup'].includes(byEnding)
  )
    return byEnding;
  return 'archive';
}

/** Stream names of compound documents (MS-CFB), which are stored in UTF-16. */
const OLE_STREAMS: [string, FormatName][] = [
  ['SwDocContentMgr', 'solidworks'],
  ['SwDocMgr', 'solidworks'],
  ['swXmlContents', 'solidworks'],
  ['ISolidWorksInformation', 'solidworks'],
  ['RSeStorage', 'inventor'],
  ['RSeDb', 'inventor'],
  ['UFRxDoc', 'inventor'],
  ['JSite', 'solid-edge'],
  ['BuildVersions', 'solid-edge'],
  ['RevitPreview4.0', 'revit'],
  ['UG_PART', 'nx'],
  ['VideoPostQueue', 'max'],
  ['WordDocument', 'office'],
  ['Workbook', 'office'],
  ['PowerPoint Document', 'office'],
];

export function formatOfOle(bytes: Uint8Array, fileName: string): FormatName {
  // The directory may lie anywhere; names are short, and a few megabytes from either end hold it in practice.
  const reach = 4 << 20;
  const parts = bytes.length <= 2 * reach ? [bytes] : [bytes.subarray(0, reach), bytes.subarray(bytes.length - reach)];
  for (const part of parts) {
    for (const [name, format] of OLE_STREAMS) if (holdsUtf16(part, name)) return format;
  }
  const byEnding = formatOfEnding(fileName);
  return byEnding && !['step', 'iges', 'stl'].includes(byEnding) ? byEnding : 'ole';
}

function holdsUtf16(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let i = bytes.indexOf(first); i >= 0; i = bytes.indexOf(first, i + 1)) {
    let k = 0;
    while (k < text.length && bytes[i + 2 * k] === text.charCodeAt(k) && bytes[i + 2 * k + 1] === 0) k++;
    if (k === text.length) return true;
  }
  return false;
}

/** A PDF with a 3D annotation names its stream type; the names may also be inside compressed objects, unseen. */
export function formatOfPdf(bytes: Uint8Array): FormatName {
  const reach = 1 << 20;
  const text = asciiSlice(bytes, 0, reach) + asciiSlice(bytes, Math.max(reach, bytes.length - reach), bytes.length);
  return /\/(Subtype|Type)\s*\/3D|\/U3D\b|\/PRC\b|\/3DD\b/.test(text) ? 'pdf-3d' : 'pdf';
}
