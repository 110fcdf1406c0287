/** Every unit that is understood, by its exact spelling (capitals matter: mm and Mm are 10^9 apart). */
import type { Powers } from './dimensions.ts';

export interface Unit {
  /** How many SI units (metre, kilogram, second, kelvin, radian) one of these is. */
  factor: number;
  powers: Powers;
  /** Temperature scales that don't begin at absolute zero: kelvin at their zero. */
  zero_K?: number;
}

const LENGTH: Powers = [1, 0, 0, 0, 0];
const AREA: Powers = [2, 0, 0, 0, 0];
const VOLUME: Powers = [3, 0, 0, 0, 0];
const MASS: Powers = [0, 1, 0, 0, 0];
const TIME: Powers = [0, 0, 1, 0, 0];
const TEMPERATURE: Powers = [0, 0, 0, 1, 0];
const ANGLE: Powers = [0, 0, 0, 0, 1];
const FREQUENCY: Powers = [0, 0, -1, 0, 0];
const ANGULAR_VELOCITY: Powers = [0, 0, -1, 0, 1];
const FORCE: Powers = [1, 1, -2, 0, 0];
const STRESS: Powers = [-1, 1, -2, 0, 0];
const ENERGY: Powers = [2, 1, -2, 0, 0];
const POWER: Powers = [2, 1, -3, 0, 0];
const NONE: Powers = [0, 0, 0, 0, 0];

const INCH_M = 0.0254;
const POUND_KG = 0.45359237;
const STANDARD_GRAVITY = 9.80665;
const POUND_FORCE_N = POUND_KG * STANDARD_GRAVITY;
const DEGREE = Math.PI / 180;
const FAHRENHEIT_K = 5 / 9;

const PREFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  µ: 1e-6,
  μ: 1e-6,
  m: 1e-3,
  c: 1e-2,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** Units that take a prefix, with those that make sense. */
const PREFIXED: [symbol: string, factor: number, powers: Powers, prefixes: string][] = [
  ['m', 1, LENGTH, 'nuµμmck'],
  ['g', 1e-3, MASS, 'uµμmkM'],
  ['s', 1, TIME, 'nuµμm'],
  ['Hz', 1, FREQUENCY, 'kMG'],
  ['N', 1, FORCE, 'muµμkM'],
  ['Pa', 1, STRESS, 'kMG'],
  ['J', 1, ENERGY, 'mkM'],
  ['W', 1, POWER, 'mkMG'],
  ['bar', 1e5, STRESS, 'mk'],
  ['rad', 1, ANGLE, 'm'],
];

const PLAIN: [symbols: string, factor: number, powers: Powers, zero_K?: number][] = [
  ['in inch inches "', INCH_M, LENGTH],
  ['ft foot feet', 12 * INCH_M, LENGTH],
  ['yd', 36 * INCH_M, LENGTH],
  ['mi mile', 63360 * INCH_M, LENGTH],
  ['mil thou', INCH_M / 1000, LENGTH],
  ['metre meter metres meters', 1, LENGTH],
  ['micron microns', 1e-6, LENGTH],
  ['L l litre liter', 1e-3, VOLUME],
  ['ml mL', 1e-6, VOLUME],
  ['ha', 1e4, AREA],
  ['t tonne tonnes', 1e3, MASS],
  ['lb lbm lbs', POUND_KG, MASS],
  ['oz', POUND_KG / 16, MASS],
  ['slug', POUND_FORCE_N / 0.3048, MASS],
  ['min', 60, TIME],
  ['h hr hour hours', 3600, TIME],
  ['d day days', 86400, TIME],
  ['K kelvin', 1, TEMPERATURE],
  ['degC °C ℃ C', 1, TEMPERATURE, 273.15],
  ['degF °F ℉', FAHRENHEIT_K, TEMPERATURE, 459.67 * FAHRENHEIT_K],
  ['degR °R', FAHRENHEIT_K, TEMPERATURE],
  ['deg ° degree degrees', DEGREE, ANGLE],
  ['arcmin', DEGREE / 60, ANGLE],
  ['rev turn turns', 2 * Math.PI, ANGLE],
  ['rpm', (2 * Math.PI) / 60, ANGULAR_VELOCITY],
  ['lbf', POUND_FORCE_N, FORCE],
  ['kip', 1000 * POUND_FORCE_N, FORCE],
  ['kgf kp', STANDARD_GRAVITY, FORCE],
  ['dyn', 1e-5, FORCE],
  ['psi', POUND_FORCE_N / INCH_M ** 2, STRESS],
  ['ksi', (1000 * POUND_FORCE_N) / INCH_M ** 2, STRESS],
  ['psf', POUND_FORCE_N / 0.3048 ** 2, STRESS],
  ['atm', 101325, STRESS],
  ['cal', 4.1868, ENERGY],
  ['kcal', 4186.8, ENERGY],
  ['Wh', 3600, ENERGY],
  ['kWh', 3.6e6, ENERGY],
  ['Btu BTU', 1055.05585262, ENERGY],
  ['hp', 550 * POUND_FORCE_N * 0.3048, POWER],
  ['gn', STANDARD_GRAVITY, [1, 0, -2, 0, 0]],
  ['%', 0.01, NONE],
  ['ppm', 1e-6, NONE],
];

const table = new Map<string, Unit>();
for (const [symbol, factor, powers, prefixes] of PREFIXED) {
  table.set(symbol, { factor, powers });
  for (const prefix of prefixes) table.set(prefix + symbol, { factor: factor * PREFIXES[prefix]!, powers });
}
for (const [symbols, factor, powers, zero_K] of PLAIN) {
  for (const symbol of symbols.split(' '))
    table.set(symbol, { factor, powers, ...(zero_K === undefined ? {} : { zero_K }) });
}

/** Also understands a power written right behind: `m3`, `s2`. */
export function unitNamed(symbol: string): Unit | undefined {
  const known = table.get(symbol);
  if (known || !/[234]$/.test(symbol)) return known;
  const unit = table.get(symbol.slice(0, -1));
  if (!unit) return undefined;
  const power = Number(symbol.slice(-1));
  return { factor: unit.factor ** power, powers: unit.powers.map((each) => each * power) as unknown as Powers };
}

/** The unit that was probably meant: same letters, other capitals. */
export function similarUnits(symbol: string): string[] {
  const lower = symbol.toLowerCase();
  return [...table.keys()].filter((known) => known.toLowerCase() === lower || `${known.toLowerCase()}s` === lower);
}
