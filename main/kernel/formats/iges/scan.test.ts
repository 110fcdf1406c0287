import { describe, expect, test } from 'vitest';
import { ascii, corpus } from '../testing.ts';
import { globalParameters, unitOf, versionOf } from './global.ts';
import { scanIges } from './scan.ts';

const record = (content: string, section: string, number: number): string =>
  `${content.padEnd(72)}${section}${String(number).padStart(7)}`;
function iges(
  options: { global?: string; types?: number[]; parameters?: string[]; terminate?: boolean } = {},
): Uint8Array {
  const {
    global = '1H,,1H;,4Hpart,5Ha.igs,3Hsys,3Hpre,32,38,6,308,15,4Hpart,1.,2,2HMM,1,0.1,15H20200101.000000,1E-7,100.,3Hann,4Hacme,11,0;',
    types = [110],
    parameters,
    terminate = true,
  } = options;
  const lines = [record('start', 'S', 1)];
  const globals = global.match(/.{1,72}/g) ?? [];
  for (const [i, text] of globals.entries()) lines.push(record(text, 'G', i + 1));
  types.forEach((type, i) => {
    lines.push(record(String(type).padStart(8), 'D', 2 * i + 1), record(String(type).padStart(8), 'D', 2 * i + 2));
  });
  const texts = parameters ?? types.map((type) => `${type},0.,0.,0.,1.,1.,1.;`);
  for (const [i, text] of texts.entries())
    lines.push(record(`${text.padEnd(64)}${String(2 * i + 1).padStart(8)}`, 'P', i + 1));
  if (terminate)
    lines.push(
      record(
        `S      1G${String(globals.length).padStart(7)}D${String(2 * types.length).padStart(7)}P${String(texts.length).padStart(7)}`,
        'T',
        1,
      ),
    );
  return ascii(`${lines.join('\n')}\n`);
}

describe('global section', () => {
  test('system, author, unit, version', () => {
    const scan = scanIges(iges({ types: [128] }));
    expect(scan).toMatchObject({
      schema: 'IGES 5.3',
      originatingSystem: 'sys',
      preprocessor: 'pre',
      author: 'ann',
      organisation: 'acme',
      productName: 'part',
      lengthUnit: 'mm',
      entities: 1,
    });
    expect(scan.warnings).toEqual([]);
    expect(scan.fatal).toBeUndefined();
  });

  test('default delimiters, other delimiters, delimiters inside texts', () => {
    expect(globalParameters(ascii(',,3Ha,b,4H1;2H,5;'))).toEqual(['', '', 'a,b', '1;2H', '5']);
    expect(globalParameters(ascii('1H//1H!/2Hab/7!'))).toEqual(['', '', 'ab', '7']);
    expect(globalParameters(ascii(',,99Hcut'))).toEqual(['', '', 'cut']);
    expect(globalParameters(ascii('1H,,1H;,4HG\u00e4ng;'))[2]).toBe('Gäng');
  });

  test.each([
    ['1', '', 'inch'],
    ['2', 'MM', 'mm'],
    ['3', 'CM', 'cm'],
    ['3', 'FURLONG', 'FURLONG'],
    ['6', 'M', 'm'],
    ['9', '', 'um'],
    ['', '', 'inch'],
    ['', 'MM', 'mm'],
    ['77', 'IN', 'inch'],
  ])('unit flag %j and name %j are %s', (flag, name, unit) => {
    expect(unitOf(flag, name)).toBe(unit);
  });

  test.each([
    ['11', '5.3'],
    ['6', '4.0'],
    ['8', '5.0'],
    ['4', '3.0'],
    ['', '2.0'],
    ['99', '5.3'],
    ['x', '2.0'],
  ])('version flag %j is %s', (flag, version) => {
    expect(versionOf(flag)).toBe(version);
  });
});

describe('what is wrong', () => {
  test('entities are counted by type', () => {
    expect([...scanIges(iges({ types: [110, 110, 128] })).census]).toEqual([
      [110, 2],
      [128, 1],
    ]);
  });

  test('solids by construction are refused where nothing else is there', () => {
    const scan = scanIges(iges({ types: [110, 150, 180] }));
    expect(scan.fatal).toMatchObject({ code: 'import.unsupported-format', cause: 'entity types 150, 180' });
    expect(scanIges(iges({ types: [128, 150] }))).toMatchObject({ warnings: [{ code: 'iges.csg' }] });
  });

  test('cut off', () => {
    const whole = new TextDecoder().decode(iges({ types: [128, 128] }));
    expect(scanIges(iges({ terminate: false })).fatal?.code).toBe('import.truncated');
    const lines = whole.split('\n');
    const without = ascii([...lines.slice(0, 8), ...lines.slice(9)].join('\n'));
    expect(scanIges(without).fatal).toMatchObject({ code: 'import.truncated' });
    const file = corpus('nasty/up_to_line_7_of_DE_section.iges');
    if (file) expect(scanIges(file).fatal).toMatchObject({ code: 'import.truncated', cause: 'line 12' });
  });

  test('other forms are named', () => {
    expect(scanIges(ascii(`${record('', 'C', 1)}\n`)).fatal?.message).toMatch(/compressed ASCII/);
    expect(scanIges(ascii(`${record('B', 'B', 1)}\n`)).fatal?.message).toMatch(/binary/);
  });

  test('numbers that are none, but not words in texts', () => {
    expect(scanIges(iges({ parameters: ['110,0.,NAN,0.,1.,1.,1.;'] })).fatal).toMatchObject({
      code: 'import.non-finite-numbers',
      cause: 'line 6',
    });
    expect(scanIges(iges({ types: [406], parameters: ['406,1,7Hinf nan;'] })).fatal?.code).toBe('import.no-geometry');
  });

  test('empty, noise, no entities', () => {
    expect(scanIges(new Uint8Array(0)).fatal?.code).toBe('import.empty-file');
    expect(scanIges(ascii('hello\nworld\n')).fatal?.code).toBe('import.not-a-cad-file');
    expect(scanIges(iges({ types: [] })).fatal?.code).toBe('import.no-geometry');
  });

  test('records without line ends', () => {
    const joined = ascii(new TextDecoder().decode(iges()).replaceAll('\n', ''));
    expect(scanIges(joined)).toMatchObject({ schema: 'IGES 5.3', entities: 1 });
    expect(scanIges(joined).fatal).toBeUndefined();
  });
});

test('real files', () => {
  for (const [path, system, unit, entities] of [
    ['iges/bracket.iges', 'Spatial Corp.', 'inch', 1350],
    ['iges/Cube 10x10.igs', 'Autodesk Inventor 2019', 'mm', 36],
    ['iges/ge6.igs', 'CALMA V06.00', 'inch', 330],
  ] as const) {
    const file = corpus(path);
    if (file) expect(scanIges(file)).toMatchObject({ originatingSystem: system, lengthUnit: unit, entities });
  }
});
