import { describe, expect, test } from 'vitest';
import { ascii, corpus, fixture } from '../testing.ts';
import { scanStep } from './scan.ts';

const file = (data: string, header = "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));"): Uint8Array =>
  ascii(
    `ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('d'),'2;1');\nFILE_NAME('n','t',('a'),('o'),'pre','sys','');\n${header}\nENDSEC;\nDATA;\n${data}\nENDSEC;\nEND-ISO-10303-21;\n`,
  );
const FACE = "#1=ADVANCED_FACE('',(),#2,.T.);\n#2=PLANE('',#1);";

describe('header', () => {
  test('schema, system, preprocessor and description', () => {
    const scan = scanStep(file(FACE));
    expect(scan).toMatchObject({
      schema: 'AP214',
      originatingSystem: 'sys',
      preprocessor: 'pre',
      description: 'd',
      entities: 2,
    });
    expect(scan.fatal).toBeUndefined();
  });

  test.each([
    ["FILE_SCHEMA(('CONFIG_CONTROL_DESIGN'));", 'AP203'],
    [
      "FILE_SCHEMA (( 'AP203_CONFIGURATION_CONTROLLED_3D_DESIGN_OF_MECHANICAL_PARTS_AND_ASSEMBLIES_MIM_LF { 1 0 }'));",
      'AP203',
    ],
    ["FILE_SCHEMA(('AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF { 1 0 10303 442 1 1 4 }'));", 'AP242'],
    ["FILE_SCHEMA(('MY_PRIVATE_SCHEMA_2031'));", 'MY_PRIVATE_SCHEMA_2031'],
    ['', ''],
  ])('%s is %s', (header, schema) => {
    expect(scanStep(file(FACE, header)).schema).toBe(schema);
  });

  test('comments and strings hide what looks like structure', () => {
    const scan = scanStep(
      file("/* ENDSEC; #99=X(); ' */ #1=ADVANCED_FACE('it''s #77; ENDSEC;',(),#2,.T.);\n#2=PLANE('/*',#1);"),
    );
    expect(scan.entities).toBe(2);
    expect(scan.dangling.count).toBe(0);
    expect(scan.fatal).toBeUndefined();
  });
});

describe('units', () => {
  const context = (unit: string): string =>
    `${FACE}\n#10=(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNIT_ASSIGNED_CONTEXT((#11,#12))REPRESENTATION_CONTEXT('',''));\n#12=(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.));\n${unit}`;
  test.each([
    ['#11=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));', 'mm', 1],
    ['#11=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.));', 'm', 1000],
    ['#11=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MICRO.,.METRE.));', 'um', 0.001],
    [
      "#11=(CONVERSION_BASED_UNIT('ZOLL',#13)LENGTH_UNIT()NAMED_UNIT(#15));\n#13=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(25.4),#14);\n#14=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));\n#15=DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.);",
      'inch',
      25.4,
    ],
    [
      "#11=(CONVERSION_BASED_UNIT('FOOT',#13)LENGTH_UNIT()NAMED_UNIT($));\n#13=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(0.3048),#14);\n#14=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.));",
      'foot',
      304.8,
    ],
  ])('%s', (unit, name, mm) => {
    const scan = scanStep(file(context(unit)));
    expect(scan.lengthUnit).toBe(name);
    expect(scan.lengthUnits[0]!.mm).toBeCloseTo(mm, 9);
  });

  test('a unit defined by itself does not hang', () => {
    const loop =
      "#11=(CONVERSION_BASED_UNIT('X',#13)LENGTH_UNIT()NAMED_UNIT($));\n#13=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(2.),#11);";
    expect(scanStep(file(context(loop))).lengthUnits).toEqual([]);
  });
});

describe('what is wrong', () => {
  test('dangling references name the entity and the line where it is used', () => {
    const scan = scanStep(file("#1=ADVANCED_FACE('',(),#2,.T.);\n#3=PLANE('',#4);"));
    expect(scan.dangling).toEqual({
      count: 2,
      first: [
        { id: 2, line: 8 },
        { id: 4, line: 9 },
      ],
    });
    expect(scan.warnings.map((w) => w.code)).toContain('step.dangling-references');
    expect(scanStep(fixture('dangling_references.step')).dangling.count).toBe(1);
  });

  test('#1 is not found inside #12', () => {
    const scan = scanStep(file("#12=ADVANCED_FACE('',(#12),#12,.T.);\n#3=PLANE('',#1);"));
    expect(scan.dangling.first).toEqual([{ id: 1, line: 9 }]);
  });

  test('duplicate numbers', () => {
    expect(scanStep(file(`${FACE}\n#1=PLANE('',#2);`)).duplicates).toEqual({ count: 1, first: [{ id: 1, line: 10 }] });
  });

  test.each(['1E999999', '-1.0E+400', 'nan', '-NaN', 'INF', '-inf', '1.#INF', '-1.#QNAN'])(
    '%s is no number',
    (text) => {
      const scan = scanStep(file(`${FACE}\n#3=CARTESIAN_POINT('',(0.,${text},1.));`));
      expect(scan.nonFinite.count).toBe(1);
      expect(scan.nonFinite.first[0]).toMatchObject({ id: 3, line: 10 });
      expect(scan.fatal).toMatchObject({
        code: 'import.non-finite-numbers',
        category: 'refused',
        cause: 'line 10, entity #3',
      });
    },
  );

  test.each(['1.E5', '-2.5E-300', '1.0e+10', '0.', '1E308', '5E-324', '100'])('%s is a number', (text) => {
    expect(scanStep(file(`${FACE}\n#3=CARTESIAN_POINT('',(0.,${text},1.));`)).nonFinite.count).toBe(0);
  });

  test('a bad number in a property only warns', () => {
    const scan = scanStep(file(`${FACE}\n#3=MASS_MEASURE_WITH_UNIT(MASS_MEASURE(1.#INF),#1);`));
    expect(scan.fatal).toBeUndefined();
    expect(scan.warnings.map((w) => w.code)).toContain('step.non-finite-numbers');
  });

  test.each([
    ['in the middle of a string', "#1=ADVANCED_FACE('half a na", 8],
    ['in the middle of a statement', "#1=ADVANCED_FACE('',(),\n#2", 8],
    ['between statements', "#1=ADVANCED_FACE('',(),#1,.T.);\n#2=PLANE('',#1);\n", 10],
  ])('cut off %s', (_, data, line) => {
    const whole = file('');
    const text = new TextDecoder('latin1').decode(whole);
    const scan = scanStep(ascii(text.slice(0, text.indexOf('DATA;\n') + 6) + data));
    expect(scan.truncated).toEqual({ line });
    expect(scan.fatal).toMatchObject({ code: 'import.truncated', cause: `line ${line}` });
  });

  test('a missing last line only warns', () => {
    const text = new TextDecoder('latin1').decode(file(FACE)).replace('END-ISO-10303-21;\n', '');
    const scan = scanStep(ascii(text));
    expect(scan.fatal).toBeUndefined();
    expect(scan.warnings.map((w) => w.code)).toContain('step.no-end');
  });

  test('empty, noise, nothing but structure', () => {
    expect(scanStep(new Uint8Array(0)).fatal?.code).toBe('import.empty-file');
    expect(scanStep(ascii('hello world')).fatal?.code).toBe('import.not-a-cad-file');
    expect(scanStep(file("#1=PRODUCT('','','',());")).fatal?.code).toBe('import.no-geometry');
    expect(scanStep(file("#1=PRODUCT('','','',());\n#2=DOCUMENT_FILE('a.stp','','',#1,'',$);")).fatal?.message).toMatch(
      /other files/,
    );
    expect(scanStep(file(FACE, "FILE_SCHEMA(('IFC4'));")).fatal?.code).toBe('import.unsupported-format');
  });

  test('outlandish instance numbers cost nothing', () => {
    const scan = scanStep(file("#4000000000=ADVANCED_FACE('',(#99999999999999),#4000000000,.T.);\n#1=PLANE('',#1);"));
    expect(scan.entities).toBe(2);
    expect(scan.dangling).toMatchObject({ count: 1, first: [{ id: 99999999999999 }] });
  });
});

describe('product and manufacturing information', () => {
  const measure = (id: number, name: string, value: number): string =>
    `#${id}=(LENGTH_MEASURE_WITH_UNIT()MEASURE_REPRESENTATION_ITEM()MEASURE_WITH_UNIT(LENGTH_MEASURE(${value}),#90)REPRESENTATION_ITEM('${name}'));`;
  const data = [
    FACE,
    '#90=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));',
    "#10=DIMENSIONAL_SIZE(#1,'diameter');",
    '#11=DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(#10,#12);',
    "#12=SHAPE_DIMENSION_REPRESENTATION('',(#13),#90);",
    measure(13, 'nominal value', 20),
    '#14=PLUS_MINUS_TOLERANCE(#15,#10);',
    '#15=TOLERANCE_VALUE(#16,#17);',
    measure(16, '', -0.05),
    measure(17, '', 0.1),
    "#20=DATUM('','',#1,.F.,'A');",
    "#21=DATUM_SYSTEM('','',#1,.F.,(#22));",
    "#22=DATUM_REFERENCE_COMPARTMENT('',$,#1,.F.,#20,$);",
    "#23=(GEOMETRIC_TOLERANCE('Position.1','',#24,#1)GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE((#21))POSITION_TOLERANCE());",
    '#24=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(0.3),#90);',
    "#25=FLATNESS_TOLERANCE('','',#24,#1);",
    "#30=DRAUGHTING_CALLOUT('Text.1',(#1));",
    "#31=PRESENTATION_LAYER_ASSIGNMENT('Bl\\X2\\00E4\\X0\\tter','',(#1));",
  ].join('\n');

  test('as text', () => {
    const scan = scanStep(file(data));
    expect(scan.pmi).toEqual({
      dimensions: 1,
      tolerances: 2,
      datums: 1,
      texts: [
        'Diameter 20 mm +0.1/-0.05',
        'Position tolerance 0.3 mm | A (Position.1)',
        'Flatness tolerance 0.3 mm',
        'Datum A',
        'Note: Text.1',
      ],
    });
    expect(scan.layers).toEqual(['Blätter']);
  });

  const nist = corpus('step/nist_ctc_01_asme1_ap242.stp');
  test.skipIf(!nist)('of the NIST test case, whose tolerances are published', () => {
    const { pmi } = scanStep(nist!);
    expect(pmi).toMatchObject({ dimensions: 12, tolerances: 6, datums: 3 });
    expect(pmi.texts).toContain('Position tolerance 0.75 mm | A B C (Position.1)');
    expect(pmi.texts).toContain('Angle 60° ±0.5');
    expect(pmi.texts).toContain('Perpendicularity tolerance 1.5 mm | A (Perpendicularity.1)');
  });
});
