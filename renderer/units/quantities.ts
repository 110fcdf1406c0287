/** Physical quantities, their units, and which unit each system of display shows. Base values are mm, N, MPa, kg, s, degC. */
import type { ProjectRecord } from '../../preload/contract/index.ts';

export type Quantity =
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'density'
  | 'force'
  | 'stress'
  | 'moment'
  | 'acceleration'
  | 'stiffness'
  | 'angle'
  | 'energy'
  | 'none';
export type UnitSystem = ProjectRecord['units'];

interface Unit {
  /** As shown. */
  symbol: string;
  /** Base value of one of this. */
  factor: number;
  /** Other spellings that are understood, lower case. */
  also?: string[];
}

const LBF = 4.4482216152605;
const INCH = 25.4;
const PSI = LBF / INCH ** 2;

/** The first of each list is the base unit. */
export const UNITS: Record<Quantity, Unit[]> = {
  length: [
    { symbol: 'mm', factor: 1 },
    { symbol: 'µm', factor: 1e-3, also: ['um', 'μm'] },
    { symbol: 'cm', factor: 10 },
    { symbol: 'm', factor: 1000 },
    { symbol: 'in', factor: INCH, also: ['inch', 'inches', '"', '″'] },
    { symbol: 'ft', factor: 304.8, also: ["'", '′', 'feet', 'foot'] },
    { symbol: 'thou', factor: INCH / 1000, also: ['mil'] },
  ],
  area: [
    { symbol: 'mm²', factor: 1, also: ['mm2', 'mm^2'] },
    { symbol: 'cm²', factor: 100, also: ['cm2', 'cm^2'] },
    { symbol: 'm²', factor: 1e6, also: ['m2', 'm^2'] },
    { symbol: 'in²', factor: INCH ** 2, also: ['in2', 'in^2'] },
  ],
  volume: [
    { symbol: 'mm³', factor: 1, also: ['mm3', 'mm^3'] },
    { symbol: 'cm³', factor: 1000, also: ['cm3', 'cm^3', 'ml'] },
    { symbol: 'm³', factor: 1e9, also: ['m3', 'm^3'] },
    { symbol: 'in³', factor: INCH ** 3, also: ['in3', 'in^3'] },
  ],
  mass: [
    { symbol: 'kg', factor: 1 },
    { symbol: 'g', factor: 1e-3 },
    { symbol: 't', factor: 1000, also: ['tonne'] },
    { symbol: 'lb', factor: 0.45359237, also: ['lbm', 'lbs'] },
  ],
  density: [
    { symbol: 'kg/m³', factor: 1, also: ['kg/m3', 'kg/m^3'] },
    { symbol: 'g/cm³', factor: 1000, also: ['g/cm3', 'g/cm^3'] },
    { symbol: 'lb/in³', factor: 0.45359237 / (INCH / 1000) ** 3, also: ['lb/in3', 'lb/in^3'] },
  ],
  force: [
    { symbol: 'N', factor: 1 },
    { symbol: 'kN', factor: 1000 },
    { symbol: 'MN', factor: 1e6 },
    { symbol: 'lbf', factor: LBF, also: ['lb'] },
    { symbol: 'kip', factor: LBF * 1000 },
    { symbol: 'kgf', factor: 9.80665, also: ['kp'] },
  ],
  stress: [
    { symbol: 'MPa', factor: 1, also: ['n/mm2', 'n/mm²', 'n/mm^2'] },
    { symbol: 'Pa', factor: 1e-6 },
    { symbol: 'kPa', factor: 1e-3 },
    { symbol: 'GPa', factor: 1000 },
    { symbol: 'bar', factor: 0.1 },
    { symbol: 'psi', factor: PSI },
    { symbol: 'ksi', factor: PSI * 1000 },
  ],
  moment: [
    { symbol: 'N·mm', factor: 1, also: ['nmm', 'n mm', 'n*mm'] },
    { symbol: 'N·m', factor: 1000, also: ['nm', 'n m', 'n*m'] },
    { symbol: 'kN·m', factor: 1e6, also: ['knm', 'kn m', 'kn*m'] },
    { symbol: 'lbf·in', factor: LBF * INCH, also: ['lbf in', 'lb in', 'in lbf'] },
    { symbol: 'lbf·ft', factor: LBF * 304.8, also: ['lbf ft', 'lb ft', 'ft lbf'] },
  ],
  acceleration: [
    { symbol: 'mm/s²', factor: 1, also: ['mm/s2', 'mm/s^2'] },
    { symbol: 'm/s²', factor: 1000, also: ['m/s2', 'm/s^2'] },
    { symbol: 'g', factor: 9806.65, also: ['gn'] },
    { symbol: 'in/s²', factor: INCH, also: ['in/s2', 'in/s^2'] },
    { symbol: 'ft/s²', factor: 304.8, also: ['ft/s2', 'ft/s^2'] },
  ],
  stiffness: [
    { symbol: 'N/mm³', factor: 1, also: ['n/mm3', 'n/mm^3', 'mpa/mm'] },
    { symbol: 'N/m³', factor: 1e-9, also: ['n/m3', 'n/m^3'] },
    { symbol: 'psi/in', factor: PSI / INCH, also: ['lbf/in3'] },
  ],
  angle: [
    { symbol: 'rad', factor: 1 },
    { symbol: '°', factor: Math.PI / 180, also: ['deg'] },
  ],
  energy: [
    { symbol: 'N·mm', factor: 1, also: ['mj'] },
    { symbol: 'J', factor: 1000 },
    { symbol: 'lbf·in', factor: LBF * INCH },
  ],
  none: [{ symbol: '', factor: 1 }],
};

const SHOWN: Record<UnitSystem, Record<Quantity, string>> = {
  'mm-N-MPa': {
    length: 'mm',
    area: 'mm²',
    volume: 'mm³',
    mass: 'kg',
    density: 'kg/m³',
    force: 'N',
    stress: 'MPa',
    moment: 'N·mm',
    acceleration: 'mm/s²',
    stiffness: 'N/mm³',
    angle: '°',
    energy: 'N·mm',
    none: '',
  },
  'm-N-Pa': {
    length: 'm',
    area: 'm²',
    volume: 'm³',
    mass: 'kg',
    density: 'kg/m³',
    force: 'N',
    stress: 'Pa',
    moment: 'N·m',
    acceleration: 'm/s²',
    stiffness: 'N/m³',
    angle: '°',
    energy: 'J',
    none: '',
  },
  'inch-lbf-psi': {
    length: 'in',
    area: 'in²',
    volume: 'in³',
    mass: 'lb',
    density: 'lb/in³',
    force: 'lbf',
    stress: 'psi',
    moment: 'lbf·in',
    acceleration: 'in/s²',
    stiffness: 'psi/in',
    angle: '°',
    energy: 'lbf·in',
    none: '',
  },
};

export const UNIT_SYSTEMS: { id: UnitSystem; label: string }[] = [
  { id: 'mm-N-MPa', label: 'mm · N · MPa' },
  { id: 'm-N-Pa', label: 'm · N · Pa' },
  { id: 'inch-lbf-psi', label: 'in · lbf · psi' },
];

/** The unit that the system shows this quantity in. */
export function unitOf(quantity: Quantity, system: UnitSystem): Unit {
  const symbol = SHOWN[system][quantity];
  return UNITS[quantity].find((unit) => unit.symbol === symbol) ?? UNITS[quantity][0]!;
}
