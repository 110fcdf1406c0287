/**
 * What kinds of quantity there are, which unit each is kept in, and which unit each is shown in. A kind of quantity is a
 * product of powers of length, mass, time, temperature and angle.
 */

/** Powers of metre, kilogram, second, kelvin, radian. */
export type Powers = readonly [number, number, number, number, number];

export type UnitSystem = 'mm-N-MPa' | 'm-N-Pa' | 'inch-lbf-psi';

interface Kind {
  powers: Powers;
  /** In words, for messages: "a length". */
  words: string;
  /** The unit that values are kept in; also what a bare number means. */
  base: string;
  /** The unit it is shown in, where that is not the base unit. */
  shown?: Partial<Record<UnitSystem, string>>;
}

const kind = (words: string, powers: Powers, base: string, shown: Kind['shown'] = {}): Kind => ({
  words,
  powers,
  base,
  shown,
});

export const DIMENSIONS = {
  number: kind('a plain number', [0, 0, 0, 0, 0], ''),
  length: kind('a length', [1, 0, 0, 0, 0], 'mm', { 'm-N-Pa': 'm', 'inch-lbf-psi': 'in' }),
  area: kind('an area', [2, 0, 0, 0, 0], 'mm^2', { 'm-N-Pa': 'm^2', 'inch-lbf-psi': 'in^2' }),
  volume: kind('a volume', [3, 0, 0, 0, 0], 'mm^3', { 'm-N-Pa': 'm^3', 'inch-lbf-psi': 'in^3' }),
  angle: kind('an angle', [0, 0, 0, 0, 1], 'rad', {
    'mm-N-MPa': 'deg',
    'm-N-Pa': 'deg',
    'inch-lbf-psi': 'deg',
  }),
  mass: kind('a mass', [0, 1, 0, 0, 0], 'kg', { 'inch-lbf-psi': 'lb' }),
  time: kind('a time', [0, 0, 1, 0, 0], 's'),
  frequency: kind('a frequency', [0, 0, -1, 0, 0], 'Hz'),
  temperature: kind('a temperature', [0, 0, 0, 1, 0], 'degC', { 'inch-lbf-psi': 'degF' }),
  temperatureDifference: kind('a temperature difference', [0, 0, 0, 1, 0], 'K'),
  velocity: kind('a velocity', [1, 0, -1, 0, 0], 'mm/s', { 'm-N-Pa': 'm/s', 'inch-lbf-psi': 'in/s' }),
  acceleration: kind('an acceleration', [1, 0, -2, 0, 0], 'mm/s^2', {
    'm-N-Pa': 'm/s^2',
    'inch-lbf-psi': 'in/s^2',
  }),
  angularVelocity: kind('a speed of rotation', [0, 0, -1, 0, 1], 'rad/s', {
    'mm-N-MPa': 'rpm',
    'm-N-Pa': 'rad/s',
    'inch-lbf-psi': 'rpm',
  }),
  force: kind('a force', [1, 1, -2, 0, 0], 'N', { 'inch-lbf-psi': 'lbf' }),
  moment: kind('a moment', [2, 1, -2, 0, 0], 'N*mm', { 'm-N-Pa': 'N*m', 'inch-lbf-psi': 'lbf*in' }),
  energy: kind('an energy', [2, 1, -2, 0, 0], 'N*mm', { 'm-N-Pa': 'J', 'inch-lbf-psi': 'lbf*in' }),
  power: kind('a power', [2, 1, -3, 0, 0], 'W'),
  stress: kind('a stress or pressure', [-1, 1, -2, 0, 0], 'MPa', { 'm-N-Pa': 'Pa', 'inch-lbf-psi': 'psi' }),
  stiffness: kind('a spring stiffness', [0, 1, -2, 0, 0], 'N/mm', { 'm-N-Pa': 'N/m', 'inch-lbf-psi': 'lbf/in' }),
  foundationStiffness: kind('a foundation stiffness', [-2, 1, -2, 0, 0], 'N/mm^3', {
    'm-N-Pa': 'N/m^3',
    'inch-lbf-psi': 'lbf/in^3',
  }),
  density: kind('a density', [-3, 1, 0, 0, 0], 'kg/m^3', { 'inch-lbf-psi': 'lb/in^3' }),
  expansion: kind('a thermal expansion', [0, 0, 0, -1, 0], '1/K', { 'inch-lbf-psi': '1/degF' }),
  conductivity: kind('a thermal conductivity', [1, 1, -3, -1, 0], 'W/(m*K)', {
    'inch-lbf-psi': 'Btu/(h*ft*degF)',
  }),
  specificHeat: kind('a specific heat', [2, 0, -2, -1, 0], 'J/(kg*K)', { 'inch-lbf-psi': 'Btu/(lb*degF)' }),
  heatTransfer: kind('a heat transfer coefficient', [0, 1, -3, -1, 0], 'W/(m^2*K)', {
    'inch-lbf-psi': 'Btu/(h*ft^2*degF)',
  }),
  heatFlux: kind('a heat flux', [0, 1, -3, 0, 0], 'W/m^2'),
  heatGeneration: kind('heat per volume', [-1, 1, -3, 0, 0], 'W/m^3'),
} as const satisfies Record<string, Kind>;

export type Dimension = keyof typeof DIMENSIONS;

export const samePowers = (a: Powers, b: Powers): boolean =>
  a.every((power, index) => Math.abs(power - b[index]!) < 1e-9);

/** "a length", or the units of something that has no name of its own. */
export function powersInWords(powers: Powers): string {
  for (const each of Object.values(DIMENSIONS)) if (samePowers(each.powers, powers)) return each.words;
  const units = ['m', 'kg', 's', 'K', 'rad'];
  const factors = powers.flatMap((power, index) =>
    power === 0 ? [] : [power === 1 ? units[index]! : `${units[index]}^${Number(power.toPrecision(6))}`],
  );
  return `a quantity in ${factors.join('*')}`;
}
