/** Formats that their first bytes or lines give away. */
import { asciiSlice } from '../text.ts';
import type { FormatName } from './catalogue.ts';

/** Text (as Latin-1) that the file begins with. */
const BEGINNINGS: [string, FormatName][] = [
  ['V5_CFV2', 'catia-v5'],
  ['V5_CGR', 'catia-v5'],
  ['#UGC:2', 'creo'],
  ['SPLMSSTR', 'nx'],
  ['**ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'parasolid-text'],
  ['PS\0\0', 'parasolid-binary'],
  ['ACIS BinaryFile', 'acis-binary'],
  ['ASM BinaryFile', 'acis-binary'],
  ['3D Geometry File Format', 'rhino'],
  ['AutoCAD Binary DXF', 'dxf'],
  ['#VRML V', 'vrml'],
  ['#X3D V', 'x3d'],
  ['BLENDER', 'blender'],
  ['\u00ff\u00fe\u00ff\u000eS\0k\0e\0t\0c\0h\0U\0p\0', 'sketchup'],
  ['Kaydara FBX Binary', 'fbx'],
  ['; FBX', 'fbx'],
  ['//Maya ASCII', 'maya'],
  ['#usda', 'usd'],
  ['PXR-USDC', 'usd'],
  ['U3D\0', 'u3d'],
  ['PRC', 'prc'],
  ['glTF', 'glb'],
  ['# vtk DataFile', 'fea-result'],
  ['$MeshFormat', 'fea-deck'],
  ['\u0089PNG', 'image'],
  ['\u00ff\u00d8\u00ff', 'image'],
  ['GIF8', 'image'],
  ['II*\0', 'image'],
  ['MM\0*', 'image'],
  ['8BPS', 'image'],
  ['\0\0\u0001\0', 'image'],
  ['7z\u00bc\u00af', 'archive'],
  ['Rar!', 'archive'],
  ['\u00fd7zXZ', 'archive'],
  ['BZh', 'archive'],
  ['\u0028\u00b5\u002f\u00fd', 'archive'],
  ['\u007fELF', 'executable'],
  ['\u00cf\u00fa\u00ed\u00fe', 'executable'],
  ['\u00ca\u00fe\u00ba\u00be', 'executable'],
  ['SQLite format 3\0', 'sqlite'],
  ['{\\rtf', 'office'],
];

/** Root elements of XML. */
const XML_ROOTS: [RegExp, FormatName][] = [
  [/<!doctype\s+html|<html[\s>]/i, 'html'],
  [/<(\w+:)?(iso_10303_28|uos)\b|urn:(oid|iso):?[\d.:]*10303/i, 'step-xml'],
  [/<Model_3dxml\b/, '3dxml'],
  [/<(\w+:)?ifcXML\b/i, 'ifc'],
  [/<X3D\b/, 'x3d'],
  [/<COLLADA\b/, 'collada'],
  [/<PLMXML\b/, 'plmxml'],
  [/<amf\b/, 'amf'],
  [/<VTKFile\b/, 'fea-result'],
  [/<svg\b/, 'svg'],
];

export function formatOfSignature(bytes: Uint8Array): FormatName | undefined {
  const head = asciiSlice(bytes, 0, 64);
  for (const [beginning, format] of BEGINNINGS) if (head.startsWith(beginning)) return format;
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WEBP' ? 'image' : 'video';
  if (head.slice(4, 8) === 'ftyp') return 'video';
  if (head.startsWith('FORM') && /^LW(OB|O2|O3)/.test(head.slice(8, 12))) return 'lightwave';
  if (head.startsWith('QC4DC4D')) return 'cinema4d';
  if (/^AC10(0[69]|1\d|2\d|3\d)/.test(head)) return 'dwg';
  if (/^AC(1\.|2\.)/.test(head)) return 'dwg';
  if (/^Version \d+\.\d+ JT/.test(head)) return 'jt';
  if (asciiSlice(bytes, 257, 262) === 'ustar') return 'archive';
  if (
    head.startsWith('BM') &&
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(2, true) === bytes.length
  )
    return 'image';
  if (head.startsWith('MZ') && bytes.length > 64 && /PE\0\0|This program|NE/.test(asciiSlice(bytes, 0, 1024)))
    return 'executable';
  if (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes.length > 16 && bytes[6] === 2 && bytes[7] === 0) return '3ds';
  return undefined;
}

/** What a text file is, from its first characters; undefined where it looks like none of these. */
export function formatOfText(head: string): FormatName | undefined {
  const text = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (text.startsWith('<')) return XML_ROOTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'xml';
  if (/^(DBRep_DrawableShape|CASCADE Topology)/.test(text) || /CASCADE Topology V/.test(text.slice(0, 400)))
    return 'brep';
  if (/^Open CASCADE Topology V/.test(text)) return 'brep';
  if (/^ply\s/.test(text)) return 'ply';
  if (/^(ST|C|N|4)*OFF\s/.test(text)) return 'off';
  if (/^\{/.test(text))
    return /"asset"\s*:/.test(text) || /"(meshes|accessors|bufferViews)"\s*:/.test(text) ? 'gltf' : 'json';
  if (/^T\d+ : TRANSMIT FILE/.test(text) || /^\*\*PART1;/m.test(text)) return 'parasolid-text';
  if (/^\d+ +-?\d+ +-?\d+ +-?\d+\s*\r?\n[^\r\n]{0,200}\b(ACIS|ASM|Spatial|Autodesk)\b/i.test(text)) return 'acis-text';
  if (/^(999\s*\r?\n[^\r\n]*\r?\n\s*)*0\s*\r?\n\s*SECTION\s*\r?\n/.test(text)) return 'dxf';
  if (/^(\*HEADING|\*NODE\b|\*\*[^\r\n]*\r?\n(\*\*[^\r\n]*\r?\n|\s)*\*(HEADING|NODE|INCLUDE))/i.test(text))
    return 'fea-deck';
  if (/^(\$[^\r\n]*\r?\n|\s)*(SOL\s+\d|SOL\s+\w|NASTRAN|ID\s+\w|BEGIN\s+BULK|GRID[ ,*]|CEND)/.test(text))
    return 'fea-deck';
  if (/^\s{0,5}1C\w{0,6}\s*\r?\n/.test(head) || /^ +1UUSER/m.test(head.slice(0, 400))) return 'fea-result';
  if (/^#!/.test(text)) return 'script';
  if (/^(%|;[^\r\n]*\r?\n|\([^\r\n]*\)\s*\r?\n)*\s*([GM]\d+[ \r\n])/.test(text)) return 'gcode';
  return undefined;
}
