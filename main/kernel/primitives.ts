/** Solids by dimensions, described and tessellated like imported ones. */

import { IDENTITY_TRANSFORM } from '../../preload/contract/geometry.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import { type Crews, describeModel } from './import.ts';
import { MODELLER_LIMITS } from './limits.ts';
import type { ImportedModel, PrimitiveSpecification } from './port.ts';
import type { ReadModel } from './reader/model.ts';

/** One part with one body for each specification, each with one instance where it was made. */
export async function makeModel(
  crews: Crews,
  specifications: PrimitiveSpecification[],
  context: JobContext,
): Promise<ImportedModel> {
  const deadline = performance.now() + MODELLER_LIMITS.seconds * 1000;
  const started = performance.now();
  const breps = await crews.modellers.run<Uint8Array[]>(
    'primitives',
    { specifications },
    { ...MODELLER_LIMITS, signal: context.signal },
  );
  const parts = specifications.map(({ name, colour }, index) => ({
    key: `${index + 1}`,
    name,
    ...(colour ? { colour } : {}),
    bodies: [{ name, ...(colour ? { colour } : {}), brep: breps[index]!, faces: [] }],
  }));
  const read: ReadModel = {
    format: 'brep',
    schema: '',
    originatingSystem: 'Artificer',
    lengthUnit: 'mm',
    parts,
    instances: parts.map(({ key, name }) => ({
      key,
      parentKey: null,
      partKey: key,
      name,
      transform: IDENTITY_TRANSFORM,
    })),
    pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
    layers: [],
    colours: new Set(specifications.flatMap(({ colour }) => colour?.join() ?? [])).size,
    warnings: [],
    healing: [],
    seconds: { read: 0, transfer: (performance.now() - started) / 1000 },
  };
  return describeModel(crews, read, {}, context, {}, { memory_MiB: MODELLER_LIMITS.memory_MiB, deadline });
}
