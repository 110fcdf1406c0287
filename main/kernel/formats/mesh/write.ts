/** One door to the mesh writers. */
import { refusal } from '../refusal.ts';
import type { MeshExport, MeshFormat } from './model.ts';

export function writeMesh(format: MeshFormat, _model: MeshExport): Uint8Array {
  throw refusal('import.unsupported-format', `Writing ${format} is not there yet.`);
}
