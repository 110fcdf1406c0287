/** Parameters and quantities of surrogates as people read them. Pure. */
import type { InferenceProvider, SurrogateField, SurrogateParameter } from '../../../preload/contract/index.ts';
import { formatQuantity } from '../../units/format.ts';
import type { Quantity, UnitSystem } from '../../units/quantities.ts';

const EXTREMES: Record<string, string> = {
  'max von_mises': 'Largest von Mises',
  'min von_mises': 'Smallest von Mises',
  'max displacement.magnitude': 'Largest displacement',
  'min displacement.magnitude': 'Smallest displacement',
  'max temperature': 'Highest temperature',
  'min temperature': 'Lowest temperature',
};

/** `max von_mises on faces %TORUS` as `Largest von Mises on faces %TORUS`. */
export function quantityInWords(name: string): string {
  if (name === 'mass') return 'Mass';
  const [word = '', second = '', ...rest] = name.split(' ');
  const extreme = EXTREMES[`${word} ${second}`];
  if (extreme) return [extreme, ...rest].join(' ');
  if (word === 'max' || word === 'min') {
    const [what = '', axis = ''] = second.split('.');
    return [word === 'max' ? 'Largest' : 'Smallest', what, axis.toUpperCase(), ...rest].join(' ');
  }
  if (word === 'probe') return `Probe “${[second, ...rest].join(' ')}”`;
  if (word === 'frequency') return `Frequency ${second}`;
  return word === 'buckling' ? `Buckling factor ${second}` : name;
}

const QUANTITIES: Record<string, Quantity> = {
  kg: 'mass',
  mm: 'length',
  MPa: 'stress',
  degC: 'temperature',
  Hz: 'frequency',
};
export const quantityOfUnit = (unit: string): Quantity => QUANTITIES[unit] ?? 'none';

export const scalarInWords = (value: number, unit: string, system: UnitSystem, digits = 4): string =>
  formatQuantity(value, quantityOfUnit(unit), system, digits);

const RADIANS = Math.PI / 180;

/** A value of a parameter, given in its unit. */
export function valueInWords(value: number, unit: SurrogateParameter['unit'], system: UnitSystem, digits = 4): string {
  if (unit === 'deg') return formatQuantity(value * RADIANS, 'angle', system, digits);
  return formatQuantity(value, unit === 'mm' ? 'length' : 'none', system, digits);
}

export const FIELD_WORDS: Record<SurrogateField, string> = {
  displacement: 'Displacement',
  von_mises: 'Von Mises stress',
  temperature: 'Temperature',
};

export const PROVIDER_WORDS: Record<InferenceProvider, string> = {
  cpu: 'by the processor',
  cuda: 'by the graphics card (CUDA)',
  dml: 'by the graphics card (DirectML)',
  coreml: 'by Core ML',
  webgpu: 'by the graphics card (WebGPU)',
};

/** What share of an allowable is left: by the predicted value, and by the upper end of its interval. */
export function marginOf(
  value: number,
  high: number,
  allowable: number,
): { margin: number; least: number; tone: 'success' | 'warning' | 'error' } {
  const margin = 1 - value / allowable;
  const least = 1 - high / allowable;
  return { margin, least, tone: margin < 0 ? 'error' : least < 0 ? 'warning' : 'success' };
}
