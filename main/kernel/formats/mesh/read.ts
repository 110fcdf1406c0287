/** One door to the mesh readers. */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import { refusal } from '../refusal.ts';
import { readGltf } from './gltf.ts';
import type { MeshFormat, MeshModel } from './model.ts';
import { readObj } from './obj.ts';
import { readPly } from './ply.ts';
import { readStl } from './stl.ts';
import { read3mf } from './threemf.ts';

/** Throws an ArtificerError of category `refused` for anything that cannot be read. */
export function readMesh(format: MeshFormat, bytes: Uint8Array, fileName: string): MeshModel {
  if (bytes.length === 0) throw refusal('import.empty-file', 'The file is empty.');
  try {
    switch (format) {
      case 'stl':
        return readStl(bytes, fileName);
      case 'obj':
        return readObj(bytes, fileName);
      case 'ply':
        return readPly(bytes, fileName);
      case '3mf':
        return read3mf(bytes, fileName);
      case 'gltf':
      case 'glb':
        return readGltf(format, bytes, fileName);
    }
  } catch (thrown) {
    if (thrown instanceof ArtificerError) throw thrown;
    // The bounds above are per array; the engine's own limit can still be met first.
    if (thrown instanceof RangeError && /array|memory|allocation/i.test(thrown.message)) {
      throw refusal('import.too-large', 'The file holds more than fits in memory.', thrown.message);
    }
    throw thrown;
  }
}
