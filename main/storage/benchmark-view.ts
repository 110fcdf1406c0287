import type { ViewRecord } from '../../preload/contract/records.ts';

/** A small record to change again and again in measurements. */
export const benchmarkView = (key: string, height_mm: number): ViewRecord => ({
  type: 'view',
  id: `view_${key.padStart(8, '0')}`,
  name: key,
  camera: { target_mm: [0, 0, 0], direction: [0, 0, -1], up: [0, 1, 0], height_mm, orthographic: false },
});
