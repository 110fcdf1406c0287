/** Mesh files: read by our own readers, but here, so that a hostile one costs only a worker. */

import { type MeshFormat, readMesh, tessellationOfMesh } from '../formats/index.ts';
import type { ImportedBody, ImportedModel } from '../port.ts';
import type { Report } from '../workers/protocol.ts';

export interface MeshImportArgument {
  format: MeshFormat;
  bytes: Uint8Array;
  fileName: string;
  tessellate: boolean;
}
export type MeshImportAnswer = Omit<ImportedModel, 'format' | 'depth' | 'names'>;

export function importMeshFile(argument: MeshImportArgument, report: Report): MeshImportAnswer {
  const started = performance.now();
  report('Reading');
  const mesh = readMesh(argument.format, argument.bytes, argument.fileName);
  const read = performance.now();
  const warnings = [...mesh.warnings];
  const total = mesh.parts.reduce((sum, part) => sum + part.bodies.length, 0);
  let done = 0;
  const colours = new Set<string>();
  const parts = mesh.parts.map(({ bodies, ...part }) => ({
    ...part,
    bodies: bodies.map((body): ImportedBody => {
      report('Describing bodies', done++ / total);
      const { info, tessellation, warnings: found } = tessellationOfMesh(body);
      warnings.push(...found);
      for (const colour of [part.colour, body.colour, ...info.faces.map((face) => face.colour)])
        if (colour) colours.add(colour.join());
      return { info, tessellation };
    }),
  }));
  return {
    schema: argument.format.toUpperCase(),
    originatingSystem: mesh.originatingSystem,
    lengthUnit: mesh.lengthUnit,
    parts,
    instances: mesh.instances,
    pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
    layers: [],
    colours: colours.size,
    warnings,
    healing: [],
    seconds: { read: (read - started) / 1000, transfer: 0, tessellate: (performance.now() - read) / 1000 },
  };
}
