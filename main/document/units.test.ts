import { describe, expect, test } from 'vitest';
import { DIMENSIONS, type Dimension, type UnitSystem } from './dimensions.ts';
import { evaluate, quantity } from './expressions.ts';
import { seededRandom } from './ids.ts';
import { refusalOf } from './records.fixture.ts';
import { baseUnitOf, formatNumber, formatQuantity, fromUnit, parseQuantity, shownUnitOf, toUnit } from './units.ts';

const SYSTEMS: UnitSystem[] = ['mm-N-MPa', 'm-N-Pa', 'inch-lbf-psi'];

describe('reading quantities', () => {
  test.each<[string | number, Dimension, number]>([
    ['3 in', 'length', 76.2],
    ['3"', 'length', 76.2],
    ['5 ft', 'length', 1524],
    ['23 µm', 'length', 0.023],
    ['70', 'length', 70],
    [70, 'length', 70],
    ['.5e1', 'length', 5],
    ['25.4mm', 'length', 25.4],
    ['2 in^2', 'area', 1290.32],
    ['2 in²', 'area', 1290.32],
    ['1 l', 'volume', 1e6],
    ['70 GPa', 'stress', 70000],
    ['1 psi', 'stress', 0.00689475729316836],
    ['200 N/mm^2', 'stress', 200],
    ['25 kN', 'force', 25000],
    ['1e3 lbf', 'force', 4448.2216152605],
    ['1 kg*m/s^2', 'force', 1],
    ['1 kg m s^-2', 'force', 1],
    ['350 K', 'temperature', 76.85],
    ['-20 degC', 'temperature', -20],
    ['212 °F', 'temperature', 100],
    ['20', 'temperature', 20],
    ['18 degR', 'temperatureDifference', 10],
    ['9.81 m/s^2', 'acceleration', 9810],
    ['1 gn', 'acceleration', 9806.65],
    ['2700 kg/m^3', 'density', 2700],
    ['2.7 g/cm3', 'density', 2700],
    ['7.85e-9 t/mm^3', 'density', 7850],
    ['5 deg', 'angle', (5 * Math.PI) / 180],
    ['12 N*m', 'moment', 12000],
    ['12 N·m', 'moment', 12000],
    ['1 lbf*in', 'moment', 112.984829027617],
    ['10 N/mm³', 'foundationStiffness', 10],
    ['1 MN/m^3', 'foundationStiffness', 0.001],
    ['167 W/(m*K)', 'conductivity', 167],
    ['23.6e-6 1/K', 'expansion', 23.6e-6],
    ['23.6e-6/K', 'expansion', 23.6e-6],
    ['13.1e-6 1/degF', 'expansion', 23.58e-6],
    ['0.9 kJ/(kg*K)', 'specificHeat', 900],
    ['5 %', 'number', 0.05],
    ['2 t', 'mass', 2000],
    ['3 min', 'time', 180],
    ['1 kHz', 'frequency', 1000],
  ])('%s as %s', (text, dimension, expected) => {
    expect(parseQuantity(text, dimension)).toBeCloseTo(expected, 10);
    expect(Math.abs(parseQuantity(text, dimension) / expected - 1)).toBeLessThan(1e-12);
  });

  test.each<[string, Dimension, string, string]>([
    ['5 kg', 'length', 'units.dimension', '"5 kg" is a mass, but a length is needed.'],
    ['5 N', 'stress', 'units.dimension', '"5 N" is a force, but a stress or pressure is needed.'],
    ['5 mm', 'number', 'units.dimension', '"5 mm" is a length, but a plain number is needed.'],
    ['5 MM', 'length', 'expression.unknown-name', '"MM" is neither a unit nor a known name.'],
    ['-4 K', 'temperature', 'units.below-absolute-zero', '"-4 K" is colder than anything can be.'],
    [
      '20 degC',
      'temperatureDifference',
      'units.dimension',
      '"20 degC" is a temperature, but a temperature difference is needed.',
    ],
    ['20 degC + 5 degC', 'temperature', 'expression.dimension', "Two temperatures can't be added."],
    ['2 * 20 degC', 'temperature', 'expression.dimension', "A temperature on a scale can't be multiplied or divided."],
    ['', 'length', 'expression.empty', 'A value is missing.'],
    ['five', 'length', 'expression.unknown-name', '"five" is neither a unit nor a known name.'],
    ['1/0', 'number', 'expression.not-finite', '"1/0" has no finite value.'],
    ['5 m 3', 'length', 'expression.syntax', '"5 m 3" can\'t be read at character 5 ("3").'],
  ])('refuses %s as %s', (text, dimension, code, message) => {
    expect(refusalOf(() => parseQuantity(text, dimension))).toMatchObject({ code, message });
  });
  test('a bare number means the unit of the field it stands in', () => {
    expect(parseQuantity('2', 'length', { defaultUnit: 'in' })).toBe(50.8);
    expect(parseQuantity('2 mm', 'length', { defaultUnit: 'in' })).toBe(2);
    expect(refusalOf(() => parseQuantity('2', 'length', { defaultUnit: 'kg' })).code).toBe('units.dimension');
  });
  test('refuses what is not a number', () => {
    expect(refusalOf(() => parseQuantity(Number.NaN, 'length')).code).toBe('units.not-a-number');
  });
});

describe('expressions', () => {
  test.each<[string, number]>([
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['10 - 2 - 3', 5],
    ['16 / 4 / 2', 2],
    ['--3', 3],
    ['sqrt(16) + cbrt(27)', 7],
    ['max(1, 5, 3) - min(4, 2)', 3],
    ['sin(30 deg)', 0.5],
    ['cos(pi)', -1],
    ['atan2(1 mm, 1 mm) / (45 deg)', 1],
    ['3 in / (1 in)', 3],
    ['hypot(3, 4)', 5],
    ['ln(exp(2))', 2],
    ['2 ** 3', 8],
    ['6 × 7 − 2', 40],
    ['abs(-3)', 3],
  ])('%s', (text, expected) => {
    expect(parseQuantity(text, 'number')).toBeCloseTo(expected, 12);
  });
  test('carry units through', () => {
    expect(parseQuantity('2 * (3 in + 4 mm)', 'length')).toBeCloseTo(160.4, 10);
    expect(parseQuantity('25 kN / (70 MPa)', 'area')).toBeCloseTo(357.142857, 5);
    expect(parseQuantity('25 kN / 70 MPa', 'area')).toBeCloseTo(357.142857, 5);
    expect(parseQuantity('sqrt(400 mm^2)', 'length')).toBeCloseTo(20, 12);
    expect(parseQuantity('20 degC + 5 K', 'temperature')).toBeCloseTo(25, 10);
    expect(parseQuantity('30 degC - 20 degC', 'temperatureDifference')).toBeCloseTo(10, 10);
  });
  test('know variables, which win over units of the same name', () => {
    const variables = { wall: quantity(4, 'length'), n: 3, m: quantity(7, 'length') };
    expect(parseQuantity('n * wall + m', 'length', { variables })).toBe(19);
    expect(parseQuantity('wall / 2', 'length', { variables })).toBe(2);
  });
  test.each([
    '1 +',
    '* 2',
    '(1',
    '1)',
    'sqrt()',
    'sqrt(1, 2)',
    'sqrt',
    'constructor',
    '__proto__',
    'constructor(1)',
    '1; 2',
    'a => a',
    '1 mm + 1 s',
    'sin(1 mm)',
    '2 ^ (1 mm)',
    `${'('.repeat(200)}1${')'.repeat(200)}`,
    '2^'.repeat(500),
    '1+'.repeat(2000),
  ])('refuse "%.30s" plainly', (text) => {
    expect(refusalOf(() => evaluate(text)).code).toMatch(/^expression\./);
  });
  test('never run away on noise', () => {
    const random = seededRandom(3);
    const letters = '0123456789.+-*/^(),eE mNPak"%°²sqrt';
    for (let run = 0; run < 3000; run++) {
      const text = Array.from(
        { length: Math.floor(random() * 20) },
        () => letters[Math.floor(random() * letters.length)],
      ).join('');
      try {
        expect(Number.isFinite(evaluate(text).si)).toBe(true);
      } catch (thrown) {
        expect((thrown as { code?: string }).code, text).toMatch(/^expression\./);
      }
    }
  });
});

describe('writing quantities', () => {
  test.each<[number, Dimension, UnitSystem, string]>([
    [76.2, 'length', 'mm-N-MPa', '76.2 mm'],
    [76.2, 'length', 'inch-lbf-psi', '3 in'],
    [70000, 'stress', 'm-N-Pa', '7e10 Pa'],
    [210000, 'stress', 'mm-N-MPa', '210000 MPa'],
    [0.5, 'angle', 'mm-N-MPa', '28.65 °'],
    [20, 'temperature', 'inch-lbf-psi', '68 °F'],
    [2700, 'density', 'mm-N-MPa', '2700 kg/m³'],
    [23.6e-6, 'expansion', 'mm-N-MPa', '2.36e-5 1/K'],
    [0.12345678, 'number', 'mm-N-MPa', '0.1235'],
    [0, 'force', 'mm-N-MPa', '0 N'],
  ])('%d %s in %s', (value, dimension, system, expected) => {
    expect(formatQuantity(value, dimension, { system })).toBe(expected);
  });
  test('numbers', () => {
    expect(formatNumber(123456)).toBe('123456');
    expect(formatNumber(99999.6, 4)).toBe('100000');
    expect(formatNumber(1.5e9)).toBe('1.5e9');
    expect(formatNumber(-1e-9)).toBe('-1e-9');
    expect(formatNumber(Number.NaN)).toBe('not a number');
    expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe('−∞');
  });
  test('whatever is written in any system can be read again', () => {
    const random = seededRandom(1);
    for (const dimension of Object.keys(DIMENSIONS) as Dimension[]) {
      for (const system of SYSTEMS) {
        const value = (random() + 0.1) * 10 ** Math.floor(random() * 6 - 2);
        const text = formatQuantity(value, dimension, { system, digits: 14 });
        expect(Math.abs(parseQuantity(text, dimension) / value - 1), `${text} as ${dimension}`).toBeLessThan(1e-9);
        const unit = shownUnitOf(dimension, system);
        expect(fromUnit(toUnit(value, unit, dimension), unit, dimension)).toBeCloseTo(value, 8);
      }
      expect(toUnit(5, baseUnitOf(dimension), dimension)).toBeCloseTo(5, 12);
    }
  });
});
