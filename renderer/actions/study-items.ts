/** New restraints, loads and connections with values to begin from, and the study without those that are deleted. */
import type { Connection, Load, Restraint, StudyRecord, Vector3 } from '../../preload/contract/index.ts';
import type { Item, ItemKind, ListName } from '../panels/studies/kinds/lists.ts';
import { itemsOf, withItems } from '../panels/studies/kinds/lists.ts';
import { freshName, newItemId } from './studies.ts';

export const RESTRAINT_NAMES: Record<Restraint['kind'], string> = {
  fixed: 'Fixed',
  displacement: 'Displacement',
  symmetry: 'Symmetry',
  'elastic-support': 'Elastic support',
  'remote-displacement': 'Remote displacement',
  'cyclic-symmetry': 'Cyclic symmetry',
  temperature: 'Temperature',
};
export const LOAD_NAMES: Record<Load['kind'], string> = {
  force: 'Force',
  pressure: 'Pressure',
  traction: 'Traction',
  moment: 'Moment',
  bearing: 'Bearing load',
  'remote-force': 'Remote force',
  gravity: 'Gravity',
  acceleration: 'Acceleration',
  centrifugal: 'Rotation',
  'body-temperature': 'Body temperature',
  convection: 'Convection',
  radiation: 'Radiation',
  'heat-flux': 'Heat flux',
  'heat-flow': 'Heat flow',
  'heat-generation': 'Heat generation',
};

export function newRestraint(kind: Restraint['kind'], study: StudyRecord): Restraint {
  const base = { id: newItemId(), name: freshName(RESTRAINT_NAMES[kind], study.restraints), on: [] };
  if (kind === 'displacement') return { ...base, kind, x_mm: 0 };
  if (kind === 'elastic-support') return { ...base, kind, normal_N_mm3: 10, tangential_N_mm3: 0 };
  if (kind === 'remote-displacement')
    return { ...base, kind, point_mm: [0, 0, 0], coupling: 'distributing', x_mm: 0, y_mm: 0, z_mm: 0 };
  if (kind === 'cyclic-symmetry')
    return { ...base, kind, opposite: [], axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] }, sectors: 12 };
  if (kind === 'temperature') return { ...base, kind, temperature_degC: 20 };
  return { ...base, kind };
}

export function newLoad(kind: Load['kind'], study: StudyRecord): Load {
  const base = { id: newItemId(), name: freshName(LOAD_NAMES[kind], study.loads) };
  const down: Vector3 = [0, 0, -1000];
  switch (kind) {
    case 'force':
      return { ...base, on: [], kind, force_N: down };
    case 'pressure':
      return { ...base, on: [], kind, pressure_MPa: 1 };
    case 'traction':
      return { ...base, on: [], kind, traction_MPa: [0, 0, -1] };
    case 'moment':
      return { ...base, on: [], kind, moment_N_mm: [0, 0, 10_000] };
    case 'bearing':
      return { ...base, on: [], kind, force_N: down };
    case 'remote-force':
      return { ...base, on: [], kind, force_N: down, point_mm: [0, 0, 0] };
    case 'gravity':
      return { ...base, kind, acceleration_mm_s2: [0, 0, -9806.65] };
    case 'acceleration':
      return { ...base, kind, acceleration_mm_s2: [0, 0, 9806.65] };
    case 'centrifugal':
      return { ...base, kind, axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] }, speed_rad_s: 100 };
    case 'body-temperature':
      return { ...base, kind, temperature_degC: 100 };
    case 'convection':
      return { ...base, on: [], kind, film_W_m2K: 10, ambient_degC: 20 };
    case 'radiation':
      return { ...base, on: [], kind, emissivity: 0.8, ambient_degC: 20 };
    case 'heat-flux':
      return { ...base, on: [], kind, flux_W_m2: 1000 };
    case 'heat-flow':
      return { ...base, on: [], kind, power_W: 10 };
    case 'heat-generation':
      return { ...base, on: [], kind, generation_W_m3: 1e6 };
  }
}

const CONNECTION_NAMES: Record<Connection['kind'], string> = {
  bonded: 'Bond',
  'bonded-touching': 'Bond of all that touches',
  rigid: 'Rigid piece',
  coupled: 'Coupling',
  bolt: 'Bolt',
  spring: 'Spring',
};

export function newConnection(kind: Connection['kind'], study: StudyRecord): Connection {
  const base = { id: newItemId(), name: freshName(CONNECTION_NAMES[kind], study.connections ?? []) };
  switch (kind) {
    case 'bonded':
      return { ...base, kind, on: [], to: [] };
    case 'bonded-touching':
      return { ...base, kind };
    case 'rigid':
      return { ...base, kind, on: [] };
    case 'coupled':
      return { ...base, kind, on: [], axes: ['z'] };
    case 'bolt':
      // Steel, M8, at about 70 % of the proof load of class 8.8.
      return { ...base, kind, on: [], to: [], diameter_mm: 8, young_MPa: 205_000, preload_N: 15_000 };
    case 'spring':
      return { ...base, kind, on: [], to: [], stiffness_N_mm: [1000, 1000, 1000] };
  }
}

export function newItem(list: ListName, kind: ItemKind, study: StudyRecord): Item {
  if (list === 'restraints') return newRestraint(kind as Restraint['kind'], study);
  return list === 'loads' ? newLoad(kind as Load['kind'], study) : newConnection(kind as Connection['kind'], study);
}

/** The study without this item; load cases no longer speak of a load that is gone. */
export function withoutItem(study: StudyRecord, list: ListName, id: string): StudyRecord {
  const next = withItems(
    study,
    list,
    itemsOf(study, list).filter((item) => item.id !== id),
  );
  if (list !== 'loads' || !next.cases) return next;
  return {
    ...next,
    cases: next.cases.map((one) =>
      one.loads.some(({ load }) => load === id) ? { ...one, loads: one.loads.filter(({ load }) => load !== id) } : one,
    ),
  };
}
