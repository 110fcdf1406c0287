import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { writeMesh } from '../mesh/write.ts';
import { ascii, boxBody, corpus, fixture, randomNumbers } from '../testing.ts';
import { CATALOGUE } from './catalogue.ts';
import { recognise, refusalOf } from './recognise.ts';

const model = { parts: [{ key: 'p', name: 'p', bodies: [boxBody('b', [1, 2, 3])] }], instances: [] };
const STEP = 'ISO-10303-21;\nHEADER;\nENDSEC;\n';
const bytes = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array(200).fill(0)]);
const zip = (...names: string[]): Uint8Array => zipSync(Object.fromEntries(names.map((name) => [name, ascii('x')])));
const ole = (stream: string): Uint8Array =>
  Uint8Array.from([
    0xd0,
    0xcf,
    0x11,
    0xe0,
    0xa1,
    0xb1,
    0x1a,
    0xe1,
    ...new Array(600).fill(0),
    ...Buffer.from(stream, 'utf16le'),
    0,
    0,
  ]);

describe('readable formats by content, whatever the ending', () => {
  const line = `${'x'.repeat(72)}S      1\n${'1H,,1H;'.padEnd(72)}G      1\n`;
  test.each<[string, Uint8Array]>([
    ['step', ascii(STEP)],
    ['step', ascii(`\u00ef\u00bb\u00bf\r\n/* made by hand */\n ${STEP}`)],
    ['iges', ascii(line)],
    ['brep', ascii('DBRep_DrawableShape\n\nCASCADE Topology V1, (c) Matra-Datavision\n')],
    ['brep', ascii('\nCASCADE Topology V3, (c) Open Cascade\n')],
    ['brep', ascii('\nOpen CASCADE Topology V4 (c)\nLocations 0\n')],
    ['stl', ascii('solid a\n facet normal 0 0 1\n  outer loop\n')],
    ['stl', writeMesh('stl', model)],
    ['obj', ascii('# comment\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n')],
    ['ply', ascii('ply\nformat ascii 1.0\n')],
    ['3mf', writeMesh('3mf', model)],
    ['gltf', writeMesh('gltf', model)],
    ['glb', writeMesh('glb', model)],
  ])('%s', (format, content) => {
    for (const name of ['file.xyz', 'file', 'file.txt'])
      expect(recognise(content, name)).toMatchObject({ format, readable: true });
  });

  test('a wrong ending is mentioned, a right one is not', () => {
    expect(recognise(ascii(STEP), 'a.stl').warnings).toEqual([
      { code: 'import.wrong-ending', message: 'The file is STEP, although its ending is .stl; it was read as STEP.' },
    ]);
    for (const name of ['a.stp', 'A.STEP', 'a.p21', 'a']) expect(recognise(ascii(STEP), name).warnings).toEqual([]);
    expect(recognise(writeMesh('glb', model), 'a.gltf').warnings).toEqual([]);
  });

  test('a binary STL whose header begins with `solid` is binary', () => {
    const content = writeMesh('stl', model);
    content.set(ascii('solid exported by some system  facet normal'));
    expect(recognise(content, 'x').format).toBe('stl');
  });
});

describe('formats that cannot be read have a name and advice', () => {
  test.each<[string, Uint8Array, string]>([
    ['parasolid-text', ascii(`**ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz****\n`), 'a.x_t'],
    ['parasolid-binary', bytes(80, 83, 0, 0, 0, 63), 'a.x_b'],
    ['acis-text', ascii('2800 0 1 0\n7 Spatial 12 ACIS 28.0 NT 24 Thu Jul 25 11:22:45 2019\n'), 'a.sat'],
    ['acis-binary', ascii('ACIS BinaryFile\u0010\u0000\u0000'), 'a.sab'],
    ['jt', ascii('Version 9.5 JT  DM 7.1.5.0  \r\n'), 'a.jt'],
    ['solidworks', ole('SwDocContentMgrTempStorage'), 'a.bin'],
    ['solidworks', bytes(0xc4, 0xd2, 1, 2), 'a.sldprt'],
    ['inventor', ole('RSeStorage'), 'a.ipt'],
    ['solid-edge', ole('JSitesList'), 'a.par'],
    ['office', ole('WordDocument'), 'a.doc'],
    ['ole', ole('Something'), 'a.dat'],
    ['catia-v5', ascii('V5_CFV2\u0000\u0000'), 'a.CATPart'],
    ['creo', ascii('#UGC:2 PART 1580 1012 505\n'), 'a.prt'],
    ['creo', bytes(1, 2, 3), 'bracket.prt.12'],
    ['nx', ascii('SPLMSSTR\u0000'), 'a.prt'],
    ['rhino', ascii('3D Geometry File Format       50'), 'a.3dm'],
    ['dwg', ascii('AC1032\u0000\u0000'), 'a.dwg'],
    ['dxf', ascii('  0\r\nSECTION\r\n  2\r\nHEADER\r\n'), 'a.dxf'],
    ['dxf', ascii('999\nmade by x\n  0\nSECTION\n  2\n'), 'a.dxf'],
    ['ifc', ascii("ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC2X3'));\nENDSEC;\n"), 'a.ifc'],
    ['step-xml', ascii('<?xml version="1.0"?><iso_10303_28 version="2.0">'), 'a.stpx'],
    ['step-zip', zip('part.stp'), 'a.stpz'],
    ['step-gzip', bytes(0x1f, 0x8b, 8), 'a.stpz'],
    ['parasolid-zip', zip('body.x_t'), 'a.zip'],
    ['3dxml', zip('Manifest.xml', 'PRODUCT.3dxml', 'a.3DRep'), 'a.3dxml'],
    ['fcstd', zip('Document.xml', 'PartShape.brp'), 'a.FCStd'],
    ['f3d', zip('Manifest.dat', 'FusionAssetName[Active]/x'), 'a.f3d'],
    ['office', zip('[Content_Types].xml', 'word/document.xml'), 'a.docx'],
    ['archive', zip('readme.txt'), 'a.zip'],
    ['vrml', ascii('#VRML V2.0 utf8\n'), 'a.wrl'],
    ['x3d', ascii('<?xml version="1.0"?>\n<X3D profile="x">'), 'a.x3d'],
    ['collada', ascii('<COLLADA xmlns="x">'), 'a.dae'],
    ['blender', ascii('BLENDER-v300'), 'a.blend'],
    ['sketchup', bytes(255, 254, 255, 14, 83, 0, 107, 0, 101, 0, 116, 0, 99, 0, 104, 0, 85, 0, 112, 0), 'a.skp'],
    ['fbx', ascii('Kaydara FBX Binary  \u0000'), 'a.fbx'],
    ['pdf-3d', ascii('%PDF-1.7\n<< /Type /Annot /Subtype /3D >>'), 'a.pdf'],
    ['pdf', ascii('%PDF-1.7\n<< /Type /Page >>'), 'a.pdf'],
    ['u3d', ascii('U3D\u0000\u0000'), 'a.u3d'],
    ['prc', ascii('PRC\u0000'), 'a.prc'],
    ['image', bytes(0x89, 0x50, 0x4e, 0x47), 'part.step'],
    ['image', bytes(0xff, 0xd8, 0xff), 'a.jpg'],
    ['executable', ascii(`MZ${'\u0000'.repeat(100)}This program cannot be run in DOS mode`), 'a.step'],
    ['executable', ascii('\u007fELF\u0002'), 'a'],
    ['html', ascii('<!DOCTYPE html><html><body>Sign in'), 'part.step'],
    ['fea-deck', ascii('*HEADING\nmodel\n*NODE\n'), 'a.inp'],
    ['sqlite', ascii('SQLite format 3\u0000'), 'a.x'],
    ['json', ascii('{"hello": 1}'), 'a.json'],
    ['text', ascii('Dear all, please find attached'), 'a.txt'],
    ['unknown', ascii('Dear all, please find attached'), 'a.step'],
    ['empty', new Uint8Array(0), 'a.step'],
    ['empty', ascii(' \r\n '), 'a.step'],
  ])('%s', (format, content, name) => {
    const recognition = recognise(content, name);
    expect(recognition).toMatchObject({ format, readable: false });
    expect(recognition.advice).toMatch(/\w/);
    const error = refusalOf(recognition, name);
    expect(error.data).toMatchObject({ category: 'refused', hint: recognition.advice });
    expect(error.data.message).toContain(name);
  });

  test.each([
    ['catia-v5', 'V5_CFV2\u0000\u0000'],
    ['jt', 'Version 9.5 JT  DM 7.1.5.0  \r\n'],
    ['dwg', 'AC1032\u0000\u0000'],
    ['rhino', '3D Geometry File Format       50'],
    ['acis-binary', 'ACIS BinaryFile\u0010\u0000\u0000'],
    ['parasolid-binary', 'PS\u0000\u0000\u0000?'],
    ['creo', '#UGC:2 PART 1580 1012 505\n'],
    ['nx', 'SPLMSSTR\u0000'],
    ['blender', 'BLENDER-v300'],
    ['u3d', 'U3D\u0000\u0000'],
    ['vrml', '#VRML V2.0 utf8\n'],
    ['fbx', 'Kaydara FBX Binary  \u0000'],
  ])('%s is known by its content alone', (format, content) => {
    for (const name of ['download', 'part.step', 'part.stl'])
      expect(recognise(ascii(content), name).format).toBe(format);
  });

  test('codes of the refusals', () => {
    const code = (content: Uint8Array, name: string): string => refusalOf(recognise(content, name), name).code;
    expect(code(new Uint8Array(0), 'a.stp')).toBe('import.empty-file');
    expect(code(ascii('V5_CFV2'), 'a.CATPart')).toBe('import.unsupported-format');
    expect(code(ascii('not at all'), 'a.stp')).toBe('import.not-a-cad-file');
  });

  test('every entry of the catalogue is complete', () => {
    for (const entry of Object.values(CATALOGUE)) {
      expect(entry.label).toMatch(/\w/);
      if (!entry.readable) expect('advice' in entry && entry.advice).toMatch(/\.$/);
    }
  });
});

test('noise is nothing, and nothing is thrown at', () => {
  const random = randomNumbers(7);
  for (let i = 0; i < 300; i++) {
    const noise = Uint8Array.from({ length: Math.floor(random() * 400) }, () => random() * 256);
    for (const ending of ['step', 'igs', 'brep', 'ply', 'glb', '3mf']) {
      expect(recognise(noise, `a.${ending}`).readable).toBe(false);
    }
  }
});

test('real files of other systems', () => {
  for (const [path, format] of [
    ['other/blockhole_M.x_t', 'parasolid-text'],
    ['other/box.3dm', 'rhino'],
    ['other/implant_rod.sat', 'acis-text'],
    ['mesh/gear.dxf', 'dxf'],
    ['nasty/random_bytes.step', 'unknown'],
    ['fea/plate.bdf', 'fea-deck'],
  ] as const) {
    const content = corpus(path);
    if (content) expect(recognise(content, path).format, path).toBe(format);
  }
  expect(recognise(fixture('open_solid.brep'), 'x').format).toBe('brep');
});
