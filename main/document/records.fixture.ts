/** Small valid records. For tests. */

import { IDENTITY_TRANSFORM, type Transform } from '../../preload/contract/geometry.ts';
import type {
  Author,
  InstanceRecord,
  MaterialRecord,
  PartRecord,
  SourceRecord,
  StudyRecord,
  ViewRecord,
} from '../../preload/contract/records.ts';

export const ANNA: Author = { kind: 'person', name: 'Anna' };
export const BOT: Author = { kind: 'agent', name: 'Engineer' };

export const source = (key = 'a', sha256 = '0'.repeat(64)): SourceRecord => ({
  type: 'source',
  id: `source_${key.padEnd(6, '0')}`,
  fileName: `${key}.step`,
  sha256,
  bytes: 10,
  format: 'step',
  schema: 'AP214',
  originatingSystem: '',
  lengthUnit: 'mm',
  healed: false,
  warnings: [],
  healing: [],
  pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
  layers: [],
});

export const part = (key = 'a', more: Partial<PartRecord> = {}): PartRecord => ({
  type: 'part',
  id: `part_${key.padEnd(6, '0')}`,
  name: `part ${key}`,
  sourceId: source().id,
  sourceKey: key,
  bodies: [{ name: 'body' }],
  ...more,
});

export const instance = (key = 'a', more: Partial<InstanceRecord> = {}): InstanceRecord => ({
  type: 'instance',
  id: `instance_${key.padEnd(6, '0')}`,
  name: `instance ${key}`,
  parentId: null,
  partId: null,
  transform: IDENTITY_TRANSFORM as Transform,
  order: 0,
  ...more,
});

export const material = (key = 'a', young_MPa = 210_000): MaterialRecord => ({
  type: 'material',
  id: `material_${key.padEnd(6, '0')}`,
  name: `material ${key}`,
  category: 'steel',
  source: 'test',
  properties: { young_MPa, poisson: 0.3, density_kg_m3: 7850 },
});

export const study = (key = 'a', more: Partial<StudyRecord> = {}): StudyRecord => ({
  type: 'study',
  id: `study_${key.padEnd(6, '0')}`,
  name: `study ${key}`,
  study: 'static',
  partId: part().id,
  restraints: [],
  loads: [],
  mesh: { order: 2, accuracy: 'default', refinements: [] },
  probes: [],
  ...more,
});

export const view = (key = 'a', height_mm = 100): ViewRecord => ({
  type: 'view',
  id: `view_${key.padEnd(6, '0')}`,
  name: `view ${key}`,
  camera: { target_mm: [0, 0, 0], direction: [0, 0, -1], up: [0, 1, 0], height_mm, orthographic: false },
});

/** The error that something throws. */
export function refusalOf(work: () => unknown): { code: string; message: string; hint?: string; details?: unknown } {
  try {
    work();
  } catch (thrown) {
    return (thrown as { data: { code: string; message: string } }).data;
  }
  throw new Error('nothing was refused');
}
