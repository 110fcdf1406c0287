/** Records of a small part for tests: a plate, a hole in it, a fillet on it. */

import type { Feature } from '../../../preload/contract/features.ts';
import type {
  AnyRecord,
  ConfigurationRecord,
  FeatureRecord,
  PartRecord,
  VariableRecord,
} from '../../../preload/contract/records.ts';

export const PLATE: PartRecord = {
  type: 'part',
  id: 'part_plate1',
  name: 'Plate',
  features: ['feature_sketch1', 'feature_extrude1', 'feature_fillet1'],
  bodies: [],
};
const feature = (id: string, name: string, data: Feature): FeatureRecord => ({
  type: 'feature',
  id,
  partId: PLATE.id,
  name,
  feature: data,
});
export const SKETCH = feature('feature_sketch1', 'Outline', {
  kind: 'sketch',
  plane: { by: 'principal', plane: 'xy' },
  entities: [
    { kind: 'point', id: 'p1', x_mm: 0, y_mm: 0 },
    { kind: 'point', id: 'p2', x_mm: 40, y_mm: 0 },
    { kind: 'line', id: 'line1', start: 'p1', end: 'p2' },
  ],
  constraints: [{ kind: 'distance', id: 'width', a: 'line1', value: { length: '2 * wall + 30 mm' } }],
});
export const EXTRUDE = feature('feature_extrude1', 'Base', {
  kind: 'extrude',
  profile: { by: 'sketch', sketch: SKETCH.id },
  operation: 'new',
  extent: { to: 'distance', distance: { length: 'wall' } },
  draft: { angle: '3' },
});
export const FILLET = feature('feature_fillet1', 'Rounds', {
  kind: 'fillet',
  edges: [{ by: 'name', kind: 'edge', name: `${EXTRUDE.id}/end|${EXTRUDE.id}/side(line1)` }],
  radius: { length: 'wall / 2' },
});
export const variable = (
  name: string,
  expression: string,
  more: Partial<Omit<VariableRecord, 'type' | 'name' | 'expression'>> = {},
): VariableRecord => ({
  type: 'variable',
  id: `variable_${name}${more.partId === null ? 'OfProject' : 'OfPart'}`,
  partId: PLATE.id,
  name,
  dimension: 'length',
  expression,
  order: 0,
  ...more,
});
export const configuration = (more: Partial<ConfigurationRecord> = {}): ConfigurationRecord => ({
  type: 'configuration',
  id: 'configuration_small1',
  partId: PLATE.id,
  name: 'Small',
  values: {},
  suppressed: {},
  order: 0,
  ...more,
});
export const recordsOf = (...records: AnyRecord[]): Map<string, AnyRecord> =>
  new Map(records.map((record) => [record.id, record]));
