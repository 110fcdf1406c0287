/** Restraints of a study file. */
import type { Restraint } from '../../../preload/contract/studies.ts';
import { type Entry, kindOf } from './entry.ts';
import { readAxis } from './loads.ts';

export function readRestraint(entry: Entry, index: number): Restraint {
  const kind = kindOf(
    entry,
    ['fix', 'displace', 'symmetry', 'support', 'remote', 'cyclic', 'temperature'],
    ['on', 'name', 'curve'],
  );
  if (entry.has('curve') && kind !== 'temperature')
    throw entry.fail(entry.node('curve'), '"curve" belongs to a temperature');
  const base = {
    id: `restraint-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `restraint ${index + 1}`,
    on: entry.on(),
  };
  if (kind === 'symmetry') {
    entry.yes('symmetry');
    return { ...base, kind: 'symmetry' };
  }
  if (kind === 'support') {
    const map = entry.map('support');
    map.only(['normal', 'tangential']);
    return {
      ...base,
      kind: 'elastic-support',
      normal_N_mm3: map.has('normal') ? map.quantity('normal', 'foundationStiffness') : 0,
      tangential_N_mm3: map.has('tangential') ? map.quantity('tangential', 'foundationStiffness') : 0,
    };
  }
  if (kind === 'temperature')
    return {
      ...base,
      kind: 'temperature',
      temperature_degC: entry.temperature('temperature'),
      ...(entry.has('curve') ? { curve: entry.table('curve', 'time', 'number') } : {}),
    };
  if (kind === 'remote') {
    const map = entry.map('remote');
    map.only(['at', 'coupling', 'x', 'y', 'z', 'rx', 'ry', 'rz']);
    const motion: Record<string, number> = {};
    for (const axis of ['x', 'y', 'z']) {
      if (map.has(axis)) motion[`${axis}_mm`] = map.quantity(axis, 'length');
      if (map.has(`r${axis}`)) motion[`r${axis}_rad`] = map.quantity(`r${axis}`, 'angle');
    }
    const coupling = map.has('coupling') ? map.choice('coupling', ['rigid', 'distributing'] as const) : 'distributing';
    return { ...base, kind: 'remote-displacement', point_mm: map.vector('at', 'length'), coupling, ...motion };
  }
  if (kind === 'cyclic') {
    const map = entry.map('cyclic');
    map.only(['opposite', 'origin', 'axis', 'sectors']);
    return {
      ...base,
      kind: 'cyclic-symmetry',
      opposite: map.on('opposite'),
      axis: readAxis(map),
      sectors: map.whole('sectors', 2, 10_000),
    };
  }
  if (kind === 'displace') {
    const map = entry.map('displace');
    map.only(['x', 'y', 'z']);
    const values: { x_mm?: number; y_mm?: number; z_mm?: number } = {};
    for (const axis of ['x', 'y', 'z'] as const) if (map.has(axis)) values[`${axis}_mm`] = map.quantity(axis, 'length');
    return { ...base, kind: 'displacement', ...values };
  }
  const axes = entry.axes('fix');
  if (axes.length === 3) return { ...base, kind: 'fixed' };
  return { ...base, kind: 'displacement', ...Object.fromEntries(axes.map((axis) => [`${axis}_mm`, 0])) };
}
