/** Reads what a person types into a field: `12`, `3 in`, `1.5e3 kN`, `2*(10 + 4) mm`. The document's parser does the work. */
import { type Dimension, parseQuantity as parse, shownUnitOf } from '../../main/document/index.ts';
import { toErrorData } from '../../preload/contract/index.ts';
import type { Quantity, UnitSystem } from './quantities.ts';

export type Parsed = { ok: true; value: number } | { ok: false; message: string };

/** What the document calls each of the window's quantities. */
const DIMENSION: Record<Quantity, Dimension> = {
  length: 'length',
  area: 'area',
  volume: 'volume',
  mass: 'mass',
  density: 'density',
  force: 'force',
  stress: 'stress',
  moment: 'moment',
  acceleration: 'acceleration',
  stiffness: 'foundationStiffness',
  angle: 'angle',
  energy: 'energy',
  temperature: 'temperature',
  power: 'power',
  heatFlux: 'heatFlux',
  heatTransfer: 'heatTransfer',
  heatGeneration: 'heatGeneration',
  angularVelocity: 'angularVelocity',
  frequency: 'frequency',
  time: 'time',
  springStiffness: 'stiffness',
  none: 'number',
};

/** As the keyboard writes it: what the window shows can be typed back. */
const plainText = (text: string): string =>
  text
    .trim()
    .replace(/−/g, '-')
    .replace(/(\d)[\u202f\u2009\u00a0 ](?=\d{3}(\D|$))/g, '$1')
    .replace(/[\u202f\u2009\u00a0]/g, ' ');

/** The base value of what was typed; a number without a unit is in the unit that the system shows. */
export function parseQuantity(text: string, quantity: Quantity, system: UnitSystem): Parsed {
  const normal = plainText(text);
  if (normal === '') return { ok: false, message: 'A number is needed.' };
  const dimension = DIMENSION[quantity];
  try {
    return { ok: true, value: parse(normal, dimension, { defaultUnit: shownUnitOf(dimension, system) }) };
  } catch (error) {
    const { message, hint } = toErrorData(error);
    return { ok: false, message: hint ? `${message} ${hint}` : message };
  }
}
