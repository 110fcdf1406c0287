/** The quantities of a result: what people call them and what they are measured in. */
import type { FieldQuantity } from '../../preload/contract/index.ts';
import type { ElementQuantity } from '../viewport/api.ts';
import type { Quantity } from './quantities.ts';

interface FieldDescription {
  label: string;
  /** For narrow places. */
  short: string;
  quantity: Quantity;
  group: 'Displacement' | 'Stress' | 'Strain' | 'Assessment' | 'Heat' | 'Mesh';
}

const field = (
  label: string,
  short: string,
  quantity: Quantity,
  group: FieldDescription['group'],
): FieldDescription => ({
  label,
  short,
  quantity,
  group,
});

export const FIELDS: Record<FieldQuantity, FieldDescription> = {
  von_mises: field('Von Mises stress', 'σ von Mises', 'stress', 'Stress'),
  'principal.1': field('First principal stress', 'σ₁', 'stress', 'Stress'),
  'principal.2': field('Second principal stress', 'σ₂', 'stress', 'Stress'),
  'principal.3': field('Third principal stress', 'σ₃', 'stress', 'Stress'),
  tresca: field('Tresca stress', 'σ Tresca', 'stress', 'Stress'),
  'stress.xx': field('Normal stress X', 'σxx', 'stress', 'Stress'),
  'stress.yy': field('Normal stress Y', 'σyy', 'stress', 'Stress'),
  'stress.zz': field('Normal stress Z', 'σzz', 'stress', 'Stress'),
  'stress.xy': field('Shear stress XY', 'τxy', 'stress', 'Stress'),
  'stress.yz': field('Shear stress YZ', 'τyz', 'stress', 'Stress'),
  'stress.zx': field('Shear stress ZX', 'τzx', 'stress', 'Stress'),
  'displacement.magnitude': field('Displacement', '|u|', 'length', 'Displacement'),
  'displacement.x': field('Displacement X', 'ux', 'length', 'Displacement'),
  'displacement.y': field('Displacement Y', 'uy', 'length', 'Displacement'),
  'displacement.z': field('Displacement Z', 'uz', 'length', 'Displacement'),
  'strain.xx': field('Strain XX', 'εxx', 'none', 'Strain'),
  'strain.yy': field('Strain YY', 'εyy', 'none', 'Strain'),
  'strain.zz': field('Strain ZZ', 'εzz', 'none', 'Strain'),
  'strain.xy': field('Strain XY', 'εxy', 'none', 'Strain'),
  'strain.yz': field('Strain YZ', 'εyz', 'none', 'Strain'),
  'strain.zx': field('Strain ZX', 'εzx', 'none', 'Strain'),
  safety_factor: field('Safety factor', 'SF', 'none', 'Assessment'),
  stress_error: field('Stress error estimate', 'σ error', 'stress', 'Assessment'),
  temperature: field('Temperature', 'T', 'temperature', 'Heat'),
  'heat_flux.magnitude': field('Heat flux', '|q|', 'heatFlux', 'Heat'),
  'heat_flux.x': field('Heat flux X', 'qx', 'heatFlux', 'Heat'),
  'heat_flux.y': field('Heat flux Y', 'qy', 'heatFlux', 'Heat'),
  'heat_flux.z': field('Heat flux Z', 'qz', 'heatFlux', 'Heat'),
};

/** What is painted of the mesh, one number an element. */
export const ELEMENT_FIELDS: Record<ElementQuantity, FieldDescription> = {
  element_quality: field('Element quality (scaled Jacobian)', 'Quality', 'none', 'Mesh'),
  element_error: field('Element error (energy norm, √(N·mm))', 'Error', 'none', 'Mesh'),
};
export const fieldDescription = (quantity: FieldQuantity | ElementQuantity): FieldDescription =>
  quantity in ELEMENT_FIELDS ? ELEMENT_FIELDS[quantity as ElementQuantity] : FIELDS[quantity as FieldQuantity];
