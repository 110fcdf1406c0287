/** Quantities of a result, computed from the stored tensors: pure, one number per node. */
import type { FieldQuantity } from '../../preload/contract/index.ts';

/** The arrays of a fields bundle that quantities are made of. Tensors as xx, yy, zz, xy, yz, zx; shear strain as stored. */
export interface FieldArrays {
  displacement?: Float32Array;
  stress?: Float32Array;
  strain?: Float32Array;
  vonMises?: Float32Array;
  principal?: Float32Array;
  stressSpread?: Float32Array;
  /** By each body's own material; NaN where it has no strength. */
  safetyFactor?: Float32Array;
  /** degC */
  temperature?: Float32Array;
  /** W/m^2 */
  heatFlux?: Float32Array;
  /** What moving the surface outward does to a quantity, per mm and mm^2. */
  sensitivity?: Float32Array;
  /** Its largest size on the surface. */
  strongestSensitivity?: number;
}

export interface QuantityOptions {
  /** For the safety factor, MPa. */
  allowable_MPa?: number;
}

const COMPONENTS: Record<string, number> = { xx: 0, yy: 1, zz: 2, xy: 3, yz: 4, zx: 5 };
const AXES: Record<string, number> = { x: 0, y: 1, z: 2 };
/** A safety factor beyond this says nothing more. */
const LARGEST_SAFETY_FACTOR = 100;

export function quantityUnit(quantity: string): string {
  if (quantity.startsWith('displacement')) return 'mm';
  if (quantity.startsWith('strain') || quantity === 'safety_factor' || quantity === 'element_quality') return '';
  if (quantity === 'temperature') return '°C';
  if (quantity.startsWith('heat_flux')) return 'W/m²';
  return 'MPa';
}

/** Von Mises stress of a symmetric tensor. */
export function vonMises(xx: number, yy: number, zz: number, xy: number, yz: number, zx: number): number {
  const a = xx - yy;
  const b = yy - zz;
  const c = zz - xx;
  return Math.sqrt(0.5 * (a * a + b * b + c * c) + 3 * (xy * xy + yz * yz + zx * zx));
}

/** Eigenvalues of a symmetric tensor, largest first, by the trigonometric formula (no iteration, safe at equal values). */
export function principalValues(
  xx: number,
  yy: number,
  zz: number,
  xy: number,
  yz: number,
  zx: number,
): [number, number, number] {
  const mean = (xx + yy + zz) / 3;
  const a = xx - mean;
  const b = yy - mean;
  const c = zz - mean;
  const p2 = (a * a + b * b + c * c + 2 * (xy * xy + yz * yz + zx * zx)) / 6;
  const p = Math.sqrt(p2);
  if (!(p > 0)) return [mean, mean, mean];
  const det = a * (b * c - yz * yz) - xy * (xy * c - yz * zx) + zx * (xy * yz - b * zx);
  const r = Math.max(-1, Math.min(1, det / (2 * p * p * p)));
  const angle = Math.acos(r) / 3;
  const first = mean + 2 * p * Math.cos(angle);
  const third = mean + 2 * p * Math.cos(angle + (2 * Math.PI) / 3);
  return [first, 3 * mean - first - third, third];
}

function perNode(tensor: Float32Array, of: (t: Float32Array, at: number) => number): Float32Array {
  const out = new Float32Array(tensor.length / 6);
  for (let i = 0; i < out.length; i++) out[i] = of(tensor, 6 * i);
  return out;
}

const mises = (t: Float32Array, i: number): number =>
  vonMises(t[i]!, t[i + 1]!, t[i + 2]!, t[i + 3]!, t[i + 4]!, t[i + 5]!);
const principals = (t: Float32Array, i: number): [number, number, number] =>
  principalValues(t[i]!, t[i + 1]!, t[i + 2]!, t[i + 3]!, t[i + 4]!, t[i + 5]!);

/** The magnitude or one component of a vector a node; null for a part that there is not. */
function vectorPart(vector: Float32Array, part: string | undefined): Float32Array | null {
  const out = new Float32Array(vector.length / 3);
  if (part === 'magnitude' || part === undefined)
    for (let i = 0; i < out.length; i++) out[i] = Math.hypot(vector[3 * i]!, vector[3 * i + 1]!, vector[3 * i + 2]!);
  else {
    const axis = AXES[part];
    if (axis === undefined) return null;
    for (let i = 0; i < out.length; i++) out[i] = vector[3 * i + axis]!;
  }
  return out;
}

/**
 * Sensitivities as places on a scale of -1 to 1: roots of the shares of the strongest, with their signs. A few places do most,
 * so that on an even scale all others would look like nothing.
 */
function shareOfStrongest(
  sensitivity: Float32Array,
  { strongestSensitivity }: FieldArrays,
  sign: 1 | -1,
): Float32Array {
  const strongest = strongestSensitivity || 1;
  return sensitivity.map((value) => sign * Math.sign(value) * Math.sqrt(Math.abs(value) / strongest));
}

/** Values per node, or null where the bundle lacks what the quantity needs. */
export function fieldQuantity(
  fields: FieldArrays,
  quantity: FieldQuantity | string,
  options: QuantityOptions = {},
): Float32Array | null {
  const { displacement, stress, strain } = fields;
  const [kind, part] = quantity.split('.') as [string, string | undefined];
  if (kind === 'displacement') return displacement ? vectorPart(displacement, part) : null;
  if (kind === 'heat_flux') return fields.heatFlux ? vectorPart(fields.heatFlux, part) : null;
  if (kind === 'temperature') return fields.temperature ?? null;
  if (kind === 'sensitivity')
    return fields.sensitivity ? shareOfStrongest(fields.sensitivity, fields, part === 'reversed' ? -1 : 1) : null;
  if (kind === 'stress' || kind === 'strain') {
    const tensor = kind === 'stress' ? stress : strain;
    const component = COMPONENTS[part ?? ''];
    return tensor && component !== undefined ? perNode(tensor, (t, i) => t[i + component]!) : null;
  }
  if (kind === 'von_mises') return fields.vonMises ?? (stress ? perNode(stress, mises) : null);
  if (kind === 'principal') {
    const index = Number(part) - 1;
    if (!(index >= 0 && index <= 2)) return null;
    const stored = fields.principal;
    if (stored) {
      const out = new Float32Array(stored.length / 3);
      for (let i = 0; i < out.length; i++) out[i] = stored[3 * i + index]!;
      return out;
    }
    return stress ? perNode(stress, (t, i) => principals(t, i)[index]!) : null;
  }
  if (kind === 'tresca')
    return stress
      ? perNode(stress, (t, i) => {
          const p = principals(t, i);
          return p[0] - p[2];
        })
      : null;
  if (kind === 'stress_error') return fields.stressSpread ?? null;
  if (kind === 'safety_factor') {
    if (fields.safetyFactor) return fields.safetyFactor;
    const equivalent = fieldQuantity(fields, 'von_mises');
    const allowable = options.allowable_MPa;
    if (!equivalent || !allowable) return null;
    return equivalent.map((value) => Math.min(LARGEST_SAFETY_FACTOR, allowable / Math.max(value, 1e-12)));
  }
  return null;
}
