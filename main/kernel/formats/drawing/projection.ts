/** Line drawings of a projected view. */
import { refusal } from '../refusal.ts';

/** Polylines in the plane of the view, mm: `[x, y]` points. */
export interface Projection {
  visible: number[][][];
  hidden: number[][][];
}
export interface ProjectionMeta {
  title: string;
}

export function writeProjection(format: 'dxf' | 'svg', _projection: Projection, _meta: ProjectionMeta): Uint8Array {
  throw refusal('import.unsupported-format', `Writing ${format} is not there yet.`);
}
