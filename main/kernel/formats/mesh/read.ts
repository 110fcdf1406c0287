/** One door to the mesh readers. */
import { refusal } from '../refusal.ts';
import type { MeshFormat, MeshModel } from './model.ts';
import { readStl } from './stl.ts';

/** Throws an ArtificerError of category `refused` for anything that cannot be read. */
export function readMesh(format: MeshFormat, bytes: Uint8Array, fileName: string): MeshModel {
  if (bytes.length === 0) throw refusal('import.empty-file', 'The file is empty.');
  switch (format) {
    case 'stl':
      return readStl(bytes, fileName);
    default:
      throw refusal('import.unsupported-format', `Reading ${format} is not there yet.`);
  }
}
