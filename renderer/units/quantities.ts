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
  | 'temperature'
  | 'power'
  | 'heatFlux'
  | 'heatTransfer'
  | 'heatGeneration'
  | 'angularVelocity'
  | 'frequency'
  | 'time'
  | 'springStiffness'
  | 'none';
export type UnitSystem = ProjectRecord['units'];

interface Unit {
  /** As shown. */
  symbol: string;
  /** Base value of one of this. */
  factor: number;
  /** Base value of none of this: only for temperatures, whose zeros differ. */
  zero?: number;
}

const LBF = 4.4482216152605;
const INCH = 25.4;
const PSI = LBF / INCH ** 2;

/** The first of each list is the base unit. */
export const UNITS: Record<Quantity, Unit[]> = {
  length: [
    { symbol: 'mm', factor: 1 },
    { symbol: 'µm', factor: 1e-3 },
    { symbol: 'cm', factor: 10 },
    { symbol: 'm', factor: 1000 },
    { symbol: 'in', factor: INCH },
    { symbol: 'ft', factor: 304.8 },
    { symbol: 'thou', factor: INCH / 1000 },
  ],
  area: [
    { symbol: 'mm²', factor: 1 },
    { symbol: 'cm²', factor: 100 },
    { symbol: 'm²', factor: 1e6 },
    { symbol: 'in²', factor: INCH ** 2 },
  ],
  volume: [
    { symbol: 'mm³', factor: 1 },
    { symbol: 'cm³', factor: 1000 },
    { symbol: 'm³', factor: 1e9 },
    { symbol: 'in³', factor: INCH ** 3 },
  ],
  mass: [
    { symbol: 'kg', factor: 1 },
    { symbol: 'g', factor: 1e-3 },
    { symbol: 't', factor: 1000 },
    { symbol: 'lb', factor: 0.45359237 },
  ],
  density: [
    { symbol: 'kg/m³', factor: 1 },
    { symbol: 'g/cm³', factor: 1000 },
    { symbol: 'lb/in³', factor: 0.45359237 / (INCH / 1000) ** 3 },
  ],
  force: [
    { symbol: 'N', factor: 1 },
    { symbol: 'kN', factor: 1000 },
    { symbol: 'MN', factor: 1e6 },
    { symbol: 'lbf', factor: LBF },
    { symbol: 'kip', factor: LBF * 1000 },
    { symbol: 'kgf', factor: 9.80665 },
  ],
  stress: [
    { symbol: 'MPa', factor: 1 },
    { symbol: 'Pa', factor: 1e-6 },
    { symbol: 'kPa', factor: 1e-3 },
    { symbol: 'GPa', factor: 1000 },
    { symbol: 'bar', factor: 0.1 },
    { symbol: 'psi', factor: PSI },
    { symbol: 'ksi', factor: PSI * 1000 },
  ],
  moment: [
    { symbol: 'N·mm', factor: 1 },
    { symbol: 'N·m', factor: 1000 },
    { symbol: 'kN·m', factor: 1e6 },
    { symbol: 'lbf·in', factor: LBF * INCH },
    { symbol: 'lbf·ft', factor: LBF * 304.8 },
  ],
  acceleration: [
    { symbol: 'mm/s²', factor: 1 },
    { symbol: 'm/s²', factor: 1000 },
    { symbol: 'g', factor: 9806.65 },
    { symbol: 'in/s²', factor: INCH },
    { symbol: 'ft/s²', factor: 304.8 },
  ],
  stiffness: [
    { symbol: 'N/mm³', factor: 1 },
    { symbol: 'N/m³', factor: 1e-9 },
    { symbol: 'psi/in', factor: PSI / INCH },
  ],
  angle: [
    { symbol: 'rad', factor: 1 },
    { symbol: '°', factor: Math.PI / 180 },
  ],
  energy: [
    { symbol: 'N·mm', factor: 1 },
    { symbol: 'J', factor: 1000 },
    { symbol: 'lbf·in', factor: LBF * INCH },
  ],
  temperature: [
    { symbol: '°C', factor: 1 },
    { symbol: 'K', factor: 1, zero: -273.15 },
    { symbol: '°F', factor: 5 / 9, zero: -160 / 9 },
  ],
  power: [
    { symbol: 'W', factor: 1 },
    { symbol: 'kW', factor: 1000 },
  ],
  heatFlux: [{ symbol: 'W/m²', factor: 1 }],
  heatTransfer: [
    { symbol: 'W/(m²·K)', factor: 1 },
    { symbol: 'Btu/(h·ft²·°F)', factor: 5.678263341 },
  ],
  heatGeneration: [{ symbol: 'W/m³', factor: 1 }],
  angularVelocity: [
    { symbol: 'rad/s', factor: 1 },
    { symbol: 'rpm', factor: Math.PI / 30 },
  ],
  frequency: [{ symbol: 'Hz', factor: 1 }],
  time: [{ symbol: 's', factor: 1 }],
  springStiffness: [
    { symbol: 'N/mm', factor: 1 },
    { symbol: 'N/m', factor: 1e-3 },
    { symbol: 'lbf/in', factor: LBF / INCH },
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
    temperature: '°C',
    heatTransfer: 'W/(m²·K)',
    angularVelocity: 'rpm',
    springStiffness: 'N/mm',
    power: 'W',
    heatFlux: 'W/m²',
    heatGeneration: 'W/m³',
    frequency: 'Hz',
    time: 's',
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
    temperature: '°C',
    heatTransfer: 'W/(m²·K)',
    angularVelocity: 'rad/s',
    springStiffness: 'N/m',
    power: 'W',
    heatFlux: 'W/m²',
    heatGeneration: 'W/m³',
    frequency: 'Hz',
    time: 's',
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
    temperature: '°F',
    heatTransfer: 'Btu/(h·ft²·°F)',
    angularVelocity: 'rpm',
    springStiffness: 'lbf/in',
    power: 'W',
    heatFlux: 'W/m²',
    heatGeneration: 'W/m³',
    frequency: 'Hz',
    time: 's',
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

/** A base value in a unit of display. */
export const inUnit = (value: number, { factor, zero = 0 }: Unit): number => (value - zero) / factor;
