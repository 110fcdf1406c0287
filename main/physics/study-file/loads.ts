/** Loads of a study file: forces, body loads and heat. */
import type { AxisInSpace, Load } from '../../../preload/contract/studies.ts';
import { type Entry, kindOf, positive } from './entry.ts';

const KINDS = [
  'force',
  'pressure',
  'traction',
  'moment',
  'bearing',
  'remote_force',
  'gravity',
  'acceleration',
  'centrifugal',
  'body_temperature',
  'convection',
  'radiation',
  'heat_flux',
  'heat_flow',
  'heat_generation',
] as const;
const EVERYWHERE: readonly string[] = ['gravity', 'acceleration', 'centrifugal', 'body_temperature'];

/** `origin` (the global one where left out) and `axis` of a map. */
export const readAxis = (map: Entry): AxisInSpace => {
  const direction = map.vector('axis', 'number');
  if (Math.hypot(...direction) === 0) throw map.fail(map.node('axis'), '"axis" must have a length');
  return { origin_mm: map.has('origin') ? map.vector('origin', 'length') : [0, 0, 0], direction };
};

export function readLoad(entry: Entry, index: number): Load {
  const kind = kindOf(entry, KINDS, ['on', 'name', 'at', 'with_moment', 'coupling', 'curve']);
  const base = {
    id: `load-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `load ${index + 1}`,
    ...(entry.has('curve') ? { curve: entry.table('curve', 'time', 'number') } : {}),
  };
  const remote = kind === 'remote_force';
  for (const key of ['at', 'with_moment', 'coupling'])
    if (entry.has(key) && !remote) throw entry.fail(entry.node(key), `"${key}" belongs to a remote_force`);
  if (EVERYWHERE.includes(kind) && entry.has('on'))
    throw entry.fail(entry.node('on'), `${kind} acts on everything: it takes no "on"`);
  const on = EVERYWHERE.includes(kind) || (kind === 'heat_generation' && !entry.has('on')) ? [] : entry.on();
  switch (kind) {
    case 'gravity':
    case 'acceleration':
      return { ...base, kind, acceleration_mm_s2: entry.vector(kind, 'acceleration') };
    case 'centrifugal': {
      const map = entry.map(kind);
      map.only(['origin', 'axis', 'speed']);
      return { ...base, kind, axis: readAxis(map), speed_rad_s: map.quantity('speed', 'angularVelocity') };
    }
    case 'body_temperature':
      return { ...base, kind: 'body-temperature', temperature_degC: entry.temperature(kind) };
    case 'convection': {
      const map = entry.map(kind);
      map.only(['film', 'ambient']);
      return {
        ...base,
        on,
        kind,
        film_W_m2K: positive(map, 'film', 'heatTransfer'),
        ambient_degC: map.temperature('ambient'),
      };
    }
    case 'radiation': {
      const map = entry.map(kind);
      map.only(['emissivity', 'ambient']);
      const emissivity = positive(map, 'emissivity', 'number');
      if (emissivity > 1) throw map.fail(map.node('emissivity'), '"emissivity" is at most 1');
      return { ...base, on, kind, emissivity, ambient_degC: map.temperature('ambient') };
    }
    case 'heat_flux':
      return { ...base, on, kind: 'heat-flux', flux_W_m2: entry.quantity(kind, 'heatFlux') };
    case 'heat_flow':
      return { ...base, on, kind: 'heat-flow', power_W: entry.quantity(kind, 'power') };
    case 'heat_generation':
      return { ...base, on, kind: 'heat-generation', generation_W_m3: entry.quantity(kind, 'heatGeneration') };
    case 'force':
      return { ...base, on, kind, force_N: entry.vector(kind, 'force') };
    case 'bearing':
      return { ...base, on, kind, force_N: entry.vector(kind, 'force') };
    case 'pressure':
      return { ...base, on, kind, pressure_MPa: entry.quantity(kind, 'stress') };
    case 'traction':
      return { ...base, on, kind, traction_MPa: entry.vector(kind, 'stress') };
    case 'moment':
      return { ...base, on, kind, moment_N_mm: entry.vector(kind, 'moment') };
    case 'remote_force':
      return {
        ...base,
        on,
        kind: 'remote-force',
        force_N: entry.vector(kind, 'force'),
        point_mm: entry.vector('at', 'length'),
        ...(entry.has('coupling') ? { coupling: entry.choice('coupling', ['rigid', 'distributing'] as const) } : {}),
        ...(entry.has('with_moment') ? { moment_N_mm: entry.vector('with_moment', 'moment') } : {}),
      };
  }
}
