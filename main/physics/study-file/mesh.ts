/** Mesh controls and probes of a study file. */
import {
  FIELD_QUANTITIES,
  type FieldQuantity,
  type MeshControl,
  type Probe,
} from '../../../preload/contract/studies.ts';
import { type Entry, positive } from './entry.ts';

const PRESET_NAMES = ['draft', 'default', 'fine'] as const;

export function readMesh(entry: Entry): MeshControl {
  const mesh: MeshControl = { order: 2, accuracy: 'default', refinements: [] };
  if (!entry.has('mesh')) return mesh;
  const map = entry.map('mesh');
  map.only(['size', 'order', 'accuracy', 'refine']);
  if (map.has('size')) mesh.size_mm = positive(map, 'size', 'length');
  if (map.has('order')) mesh.order = Number(map.choice('order', ['1', '2'])) as 1 | 2;
  mesh.refinements = map.list('refine').map((one, index) => {
    one.only(['on', 'size']);
    return { id: `refine-${index + 1}`, on: one.on(), size_mm: positive(one, 'size', 'length') };
  });
  if (!map.has('accuracy')) return mesh;
  const accuracy = map.text('accuracy');
  const percent = /^\s*([\d.]+)\s*%\s*$/.exec(accuracy);
  if (percent && Number(percent[1]) > 0 && Number(percent[1]) <= 100) mesh.goal_percent = Number(percent[1]);
  else mesh.accuracy = map.choice('accuracy', PRESET_NAMES);
  return mesh;
}

export function readProbe(entry: Entry, index: number): Probe {
  entry.only(['name', 'at', 'quantity']);
  const quantity = entry.has('quantity') ? { quantity: entry.choice<FieldQuantity>('quantity', FIELD_QUANTITIES) } : {};
  return {
    id: `probe-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `probe ${index + 1}`,
    at_mm: entry.vector('at', 'length'),
    ...quantity,
  };
}
