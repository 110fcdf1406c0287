/** One door to the mesh writers. */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import type { MeshExport, MeshFormat } from './model.ts';
import { write3mf } from './write-3mf.ts';
import { writeGlb, writeGltf } from './write-gltf.ts';
import { writeObj, writePly, writeStl } from './write-simple.ts';

/** Lengths in mm, whatever the format's own unit. Throws `export.no-triangles` for a model without any. */
export function writeMesh(format: MeshFormat, model: MeshExport): Uint8Array {
  if (!model.parts.some((part) => part.bodies.some((body) => body.indices.length > 0))) {
    throw new ArtificerError({
      code: 'export.no-triangles',
      category: 'refused',
      message: 'There is nothing to write: the model has no triangles.',
      hint: 'Choose at least one visible body.',
    });
  }
  switch (format) {
    case 'stl':
      return writeStl(model);
    case 'obj':
      return writeObj(model);
    case 'ply':
      return writePly(model);
    case '3mf':
      return write3mf(model);
    case 'gltf':
      return writeGltf(model);
    case 'glb':
      return writeGlb(model);
  }
}
