/** What joins the bodies of a study file. */
import type { Connection } from '../../../preload/contract/studies.ts';
import { type Entry, kindOf, positive } from './entry.ts';

export function readConnection(entry: Entry, index: number): Connection {
  const kind = kindOf(
    entry,
    ['bonded', 'rigid', 'coupled', 'bolt', 'spring'],
    ['on', 'to', 'name', 'tolerance', 'conductance'],
  );
  const base = {
    id: `connection-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `connection ${index + 1}`,
  };
  for (const key of ['tolerance', 'conductance'])
    if (entry.has(key) && kind !== 'bonded') throw entry.fail(entry.node(key), `"${key}" belongs to bonded faces`);
  if (entry.has('to') && (kind === 'rigid' || kind === 'coupled'))
    throw entry.fail(entry.node('to'), `${kind} is about one set of faces: it takes no "to"`);
  switch (kind) {
    case 'bonded': {
      const how = {
        ...(entry.has('tolerance') ? { tolerance_mm: entry.quantity('tolerance', 'length') } : {}),
        ...(entry.has('conductance') ? { conductance_W_m2K: positive(entry, 'conductance', 'heatTransfer') } : {}),
      };
      if (entry.plain('bonded') === 'touching') {
        for (const key of ['on', 'to'])
          if (entry.has(key))
            throw entry.fail(entry.node(key), `faces that touch are found by themselves: no "${key}"`);
        return { ...base, kind: 'bonded-touching', ...how };
      }
      if (!entry.flag('bonded')) throw entry.fail(entry.node('bonded'), '"bonded" can be true or touching');
      return { ...base, kind, on: entry.on(), to: entry.on('to'), ...how };
    }
    case 'rigid':
      entry.yes('rigid');
      return { ...base, kind, on: entry.on() };
    case 'coupled':
      return { ...base, kind, on: entry.on(), axes: [...new Set(entry.axes('coupled'))] };
    case 'bolt': {
      const bolt = entry.map('bolt');
      bolt.only(['diameter', 'young', 'preload']);
      return {
        ...base,
        kind,
        on: entry.on(),
        to: entry.on('to'),
        diameter_mm: positive(bolt, 'diameter', 'length'),
        young_MPa: bolt.has('young') ? positive(bolt, 'young', 'stress') : 210_000,
        preload_N: bolt.quantity('preload', 'force'),
      };
    }
    case 'spring':
      return {
        ...base,
        kind,
        on: entry.on(),
        to: entry.on('to'),
        stiffness_N_mm: entry.vector('spring', 'stiffness'),
      };
  }
}
