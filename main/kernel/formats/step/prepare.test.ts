import { describe, expect, test } from 'vitest';
import { ascii, corpus, fixture } from '../testing.ts';
import { prepareStep } from './prepare.ts';
import { scanStep } from './scan.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const isAscii = (bytes: Uint8Array): boolean => bytes.every((c) => c < 128);

/** What a person reads in place of the names of products and their uses, after the kernel has given them back. */
function names(file: Uint8Array): string[] {
  const prepared = prepareStep(file);
  return [
    ...text(prepared.bytes).matchAll(/(?:PRODUCT|NEXT_ASSEMBLY_USAGE_OCCURRENCE)\('((?:[^']|'')*)','((?:[^']|'')*)'/g),
  ].map((match) => prepared.restoreName(match[0].startsWith('PRODUCT') ? match[1]! : match[2]!));
}

describe('names come back as they were meant', () => {
  test.each([
    ['names_latin1_raw.step', ['Gehäuse-Baugruppe', 'Gehäuse für Ölpumpe Ø25', 'Stück 1', 'Stück 2']],
    ['names_utf8_raw.step', ['歯車箱アセンブリ', 'Gehäuse für Ölpumpe', '左 №1', '右 №2 😀']],
    ['names_escapes_broken.step', ['歯車7', '\\X\\GZ bad', '歯 no end', '\\Q\\']],
    ['names_5000_chars.step', ['N'.repeat(5000), 'p', '', '   ']],
  ])('%s', (name, expected) => {
    const file = fixture(name);
    expect(names(file)).toEqual(expected);
    expect(isAscii(prepareStep(file).bytes)).toBe(true);
  });

  test('a 5,000-character name is kept and mentioned', () => {
    expect(prepareStep(fixture('names_5000_chars.step')).scan.warnings.map((w) => w.code)).toContain('step.long-names');
  });

  test('Shift-JIS is recognised from the whole file', () => {
    const file = Buffer.concat([
      Buffer.from("ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\nENDSEC;\nDATA;\n#1=PRODUCT('"),
      Buffer.from([0x83, 0x5c, 0x83, 0x93, 0x96, 0x7b]),
      Buffer.from("','','',());\n#2=FACE();\nENDSEC;\nEND-ISO-10303-21;\n"),
    ]);
    const prepared = prepareStep(new Uint8Array(file));
    expect(prepared.scan.encoding).toBe('shift_jis');
    expect(prepared.restoreName('~u0~')).toBe('ソン本');
  });
});

describe('the rewritten file', () => {
  test('is the given one where nothing has to change', () => {
    const file = fixture('unknown_schema.step');
    expect(prepareStep(file).bytes).toBe(file);
  });

  test('has no byte order mark, and is otherwise the same', () => {
    const file = fixture('utf8_bom.step');
    const { bytes } = prepareStep(file);
    expect(text(bytes)).toBe(text(file).slice(3));
  });

  test('keeps everything but strings', () => {
    const file = fixture('names_utf8_raw.step');
    const blank = (bytes: Uint8Array): string => text(bytes).replace(/'(?:[^']|'')*'/g, "''");
    expect(blank(prepareStep(file).bytes)).toBe(blank(file));
  });

  test('replaces a name with doubled apostrophes as a whole', () => {
    const file = ascii(
      "ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=PRODUCT('\\X\\E4''s #9;','','',());\nENDSEC;\nEND-ISO-10303-21;\n",
    );
    const { bytes, restoreName, scan } = prepareStep(file);
    expect(text(bytes)).toContain("#1=PRODUCT('~u0~','','',());");
    expect(restoreName('~u0~')).toBe("ä's #9;");
    expect(scan.dangling.count).toBe(0);
  });

  test('leaves the header and plain names alone', () => {
    const file = ascii(
      "ISO-10303-21;\nHEADER;\nFILE_NAME('C:\\\\x','','','','','','');\nENDSEC;\nDATA;\n#1=PRODUCT('it''s','a\\X\\E4','',());\nENDSEC;\nEND-ISO-10303-21;\n",
    );
    expect(text(prepareStep(file).bytes)).toBe(text(file).replace("'a\\X\\E4'", "'~u0~'"));
  });

  test('scans the same as before', () => {
    for (const name of ['names_latin1_raw.step', 'names_utf8_raw.step', 'names_escapes_broken.step']) {
      const before = scanStep(fixture(name));
      const after = scanStep(prepareStep(fixture(name)).bytes);
      expect({ ...after, warnings: [], encoding: '' }).toEqual({ ...before, warnings: [], encoding: '' });
    }
  });
});

describe('restoreName', () => {
  const prepared = prepareStep(fixture('names_latin1_raw.step'));
  test('finds tokens inside longer names', () => {
    expect(prepared.restoreName('=>[0:1:1:2] ~u0~:1')).toBe('=>[0:1:1:2] Gehäuse-Baugruppe:1');
  });
  test('leaves what is no token of this file', () => {
    expect(prepared.restoreName('~u99~ ~uzzzzzz~ plain')).toBe('~u99~ ~uzzzzzz~ plain');
  });
  test('does not mistake a name that looks like a token', () => {
    const file = ascii(
      "ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=PRODUCT('~u0~','\\X\\E4','',());\nENDSEC;\nEND-ISO-10303-21;\n",
    );
    const { bytes, restoreName } = prepareStep(file);
    expect(restoreName(/PRODUCT\('([^']*)'/.exec(text(bytes))![1]!)).toBe('~u0~');
  });
});

const large = corpus('nasty/roots_300_no_assembly.step');
test.skipIf(!large)('a file of 50 MB with thousands of names takes no more than a few seconds', () => {
  const source = text(large!).replaceAll("PRODUCT('", "PRODUCT('Ger\u00e4t ");
  const data = source.slice(source.indexOf('DATA;') + 5, source.lastIndexOf('ENDSEC;'));
  const file = ascii(
    source.slice(0, source.indexOf('DATA;') + 5) + data.repeat(10) + source.slice(source.lastIndexOf('ENDSEC;')),
  );
  const start = performance.now();
  const prepared = prepareStep(file);
  expect(performance.now() - start).toBeLessThan(6000);
  expect(prepared.scan.entities).toBe(1032060);
  expect(prepared.restoreName('~u0~')).toMatch(/^Gerät /);
});
