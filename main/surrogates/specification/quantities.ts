/** What is asked of every design, in the words of a specification: `mass`, `max von_mises on faces %CYLINDER`, `probe tip`. */
import type { Probe, SurrogateField } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';

export type AskedQuantity =
  | { kind: 'mass' }
  | { kind: 'extreme'; of: 'max' | 'min'; quantity: PointQuantity; on?: string }
  | { kind: 'probe'; name: string }
  | { kind: 'frequency'; mode: number }
  | { kind: 'buckling'; mode: number };

/** What can be read at the points of the reference mesh. */
export const POINT_QUANTITIES = [
  'displacement.magnitude',
  'displacement.x',
  'displacement.y',
  'displacement.z',
  'von_mises',
  'temperature',
] as const;
export type PointQuantity = (typeof POINT_QUANTITIES)[number];

/** @throws ArtificerError `surrogate.quantity` */
export function parseQuantityName(name: string): AskedQuantity {
  const [word = '', second = '', ...rest] = name.trim().split(/\s+/);
  const tail = rest.join(' ');
  if (word === 'mass' && second === '') return { kind: 'mass' };
  if ((word === 'max' || word === 'min') && isPointQuantity(second)) {
    if (tail === '') return { kind: 'extreme', of: word, quantity: second };
    const on = /^on (faces .+)$/.exec(tail)?.[1];
    if (on !== undefined) return { kind: 'extreme', of: word, quantity: second, on };
  }
  if (word === 'probe' && second !== '') return { kind: 'probe', name: [second, ...rest].join(' ') };
  if ((word === 'frequency' || word === 'buckling') && /^[1-9]\d{0,2}$/.test(second) && tail === '')
    return { kind: word, mode: Number(second) };
  throw refuseSurrogate(
    'quantity',
    `"${name}" is no quantity of a design.`,
    `It may be mass, probe NAME, frequency N, buckling N, or max or min of ${POINT_QUANTITIES.join(', ')}, with "on faces ..." where only some count.`,
  );
}

/** @throws ArtificerError `surrogate.quantity` for what is no quantity, or a probe that the study does not have */
export function unitOfQuantity(name: string, probes: readonly Probe[]): string {
  const asked = parseQuantityName(name);
  if (asked.kind === 'mass') return 'kg';
  if (asked.kind === 'frequency') return 'Hz';
  if (asked.kind === 'buckling') return '1';
  return unitOfPointQuantity(
    asked.kind === 'extreme' ? asked.quantity : pointQuantityOfProbe(probeNamed(asked.name, probes).quantity),
  );
}

/** @throws ArtificerError `surrogate.quantity` */
export function probeNamed(name: string, probes: readonly Probe[]): Probe {
  const found = probes.find((each) => each.name === name);
  if (found) return found;
  throw refuseSurrogate(
    'quantity',
    `The study has no probe "${name}".`,
    `It has ${probes.map((each) => each.name).join(', ') || 'none'}.`,
  );
}

const isPointQuantity = (text: string): text is PointQuantity => (POINT_QUANTITIES as readonly string[]).includes(text);

export function unitOfPointQuantity(quantity: PointQuantity): string {
  if (quantity === 'von_mises') return 'MPa';
  return quantity === 'temperature' ? 'degC' : 'mm';
}

/** Where a field lies in a bundle of results. */
export const FIELD_ARRAYS: Record<SurrogateField, { array: string; components: number; unit: string }> = {
  displacement: { array: 'displacement', components: 3, unit: 'mm' },
  von_mises: { array: 'vonMises', components: 1, unit: 'MPa' },
  temperature: { array: 'temperature', components: 1, unit: 'degC' },
};

/** A probe of the study may show any of these at its point. */
export function pointQuantityOfProbe(quantity: string | undefined): PointQuantity {
  const shown = quantity ?? 'displacement.magnitude';
  if (isPointQuantity(shown)) return shown;
  throw refuseSurrogate(
    'quantity',
    `A surrogate cannot follow a probe of ${shown}.`,
    `It follows ${POINT_QUANTITIES.join(', ')}.`,
  );
}
