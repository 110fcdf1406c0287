/** One import: read in the reader, describe and tessellate in the modellers, put together here. */
import type { JobContext } from '../../preload/contract/jobs.ts';
import { boxOfModel, depthOf, namesOf } from './assembly.ts';
import { refused } from './errors.ts';
import { MESH_FORMATS, type MeshFormat, recognise, refusalOf } from './formats/index.ts';
import { limitsOfImport } from './limits.ts';
import type { MeshImportAnswer, MeshImportArgument } from './modeller/mesh-import.ts';
import type { DescribeAnswer, DescribeArgument, TessellateArgument } from './modeller/operations.ts';
import type { ImportedBody, ImportedModel, ImportObserver, ImportRequest, Limits, ReadableFormat } from './port.ts';
import type { ReadBody, ReadModel } from './reader/model.ts';
import type { ReadArgument } from './reader/read.ts';
import { checkSize } from './size-check.ts';
import type { Crew } from './workers/crew.ts';
import type { RunOptions } from './workers/kernel-worker.ts';

export interface Crews {
  reader: Crew;
  modellers: Crew;
}

export async function importFile(
  crews: Crews,
  request: ImportRequest,
  context: JobContext,
  observer: ImportObserver = {},
): Promise<ImportedModel> {
  const { bytes, fileName } = request;
  const limits = limitsOfImport(bytes.length, request.limits);
  if (bytes.length > limits.fileBytes)
    throw refused(
      'import.too-large',
      `${JSON.stringify(fileName)} has ${bytes.length.toLocaleString('en')} bytes; at most ${limits.fileBytes.toLocaleString('en')} are read.`,
      'Export fewer parts, or allow larger files.',
    );
  const recognition = recognise(bytes, fileName);
  if (!recognition.readable) throw refusalOf(recognition, fileName);
  const format = recognition.format as ReadableFormat;
  const model = isMesh(format)
    ? await importMesh(crews, format, request, context, limits)
    : await importShapes(crews, format as ReadArgument['format'], request, context, observer, limits);
  model.warnings.unshift(...recognition.warnings);
  return model;
}

const isMesh = (format: ReadableFormat): format is MeshFormat => (MESH_FORMATS as readonly string[]).includes(format);

async function importMesh(
  { modellers }: Crews,
  format: MeshFormat,
  { bytes, fileName, tessellate }: ImportRequest,
  context: JobContext,
  limits: Limits,
): Promise<ImportedModel> {
  context.progress('Reading', null);
  const argument: MeshImportArgument = { format, bytes, fileName, tessellate: tessellate ?? true };
  const answer = await modellers.run<MeshImportAnswer>('readMesh', argument, {
    ...limits,
    signal: context.signal,
    onProgress: (stage, fraction) => context.progress(stage, fraction),
  });
  return finish({ ...answer, format, depth: 0, names: [] });
}

async function importShapes(
  crews: Crews,
  format: ReadArgument['format'],
  request: ImportRequest,
  context: JobContext,
  observer: ImportObserver,
  limits: Limits,
): Promise<ImportedModel> {
  const deadline = performance.now() + limits.seconds * 1000;
  const argument: ReadArgument = {
    format,
    bytes: request.bytes,
    fileName: request.fileName,
    heal: request.heal ?? false,
  };
  context.progress('Reading', null);
  const read = await crews.reader.run<ReadModel>('read', argument, {
    ...limits,
    signal: context.signal,
    onProgress: (stage, fraction) => context.progress(stage, fraction),
  });

  return describeModel(crews, read, request, context, observer, { ...limits, deadline });
}

/** Describes every body of what was read or made, tessellates it coarsely and then finely, on all modellers at once. */
export async function describeModel(
  { modellers }: Crews,
  read: ReadModel,
  request: Pick<ImportRequest, 'tessellate' | 'deflection_mm'>,
  context: JobContext,
  observer: ImportObserver,
  limits: { memory_MiB: number; deadline: number },
): Promise<ImportedModel> {
  const tessellated = performance.now();
  const wanted = request.tessellate ?? true;
  const together = new AbortController();
  // One body that fails takes the whole import with it, so what the others are doing is no longer wanted.
  const options = (onProgress?: RunOptions['onProgress']): RunOptions => ({
    signal: AbortSignal.any([context.signal, together.signal]),
    seconds: Math.max(1, (limits.deadline - performance.now()) / 1000),
    memory_MiB: limits.memory_MiB,
    ...(onProgress ? { onProgress } : {}),
  });
  try {
    const total = read.parts.reduce((sum, part) => sum + part.bodies.length, 0);
    let described = 0;
    const parts = await Promise.all(
      read.parts.map(async ({ bodies, ...part }) => ({
        ...part,
        bodies: await Promise.all(
          bodies.map(async (body) => {
            const describe: DescribeArgument = { brep: body.brep, coarse: wanted };
            const answer = await modellers.run<DescribeAnswer>(
              'describe',
              describe,
              options((stage) => context.progress(stage, described / total)),
            );
            described++;
            return bodyOf(body, answer);
          }),
        ),
      })),
    );
    const { seconds, ...rest } = read;
    const model = finish({ ...rest, parts, depth: 0, names: [], seconds: { ...seconds, tessellate: 0 } });
    if (!wanted) return model;
    observer.firstPicture?.(model);

    const bodies = parts.flatMap((part) => part.bodies);
    let done = 0;
    context.progress('Fine tessellation', 0);
    const fine = await Promise.all(
      bodies.map(async ({ brep, info }) => {
        const { min, max } = info.box;
        const tessellate: TessellateArgument = {
          brep: brep!,
          quality: 'fine',
          diagonal_mm: Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]),
          ...(request.deflection_mm === undefined
            ? {}
            : { deflection: { linearDeflection_mm: request.deflection_mm } }),
        };
        const bundle = await modellers.run<Uint8Array>('tessellate', tessellate, options());
        context.progress('Fine tessellation', ++done / total);
        return bundle;
      }),
    );
    let next = 0;
    // A new model: the observer may still hold the coarse one.
    return {
      ...model,
      parts: parts.map((part) => ({
        ...part,
        bodies: part.bodies.map((body) => ({ ...body, tessellation: fine[next++]! })),
      })),
      seconds: { ...seconds, tessellate: (performance.now() - tessellated) / 1000 },
    };
  } catch (thrown) {
    together.abort();
    throw thrown;
  }
}

/** The description with what only the file knows: names, colours and layers. */
function bodyOf(read: ReadBody, { info, tessellation }: DescribeAnswer): ImportedBody {
  info.name = read.name;
  if (read.colour) info.colour = read.colour;
  if (read.layer !== undefined) info.layer = read.layer;
  for (const { index, ...attributes } of read.faces) {
    const face = info.faces[index];
    if (face) Object.assign(face, attributes);
  }
  return { info, brep: read.brep, ...(tessellation ? { tessellation } : {}) };
}

/** What follows from the whole. */
function finish(model: ImportedModel): ImportedModel {
  const infos = model.parts.flatMap((part) => part.bodies.map((body) => body.info));
  const warnings = [...model.warnings];
  const wires = infos.filter((info) => info.kind === 'wire').length;
  if (wires > 0)
    warnings.push({
      code: 'import.wires',
      message: `${wires === 1 ? 'One body is' : `${wires} bodies are`} made of edges only, without any face: nothing can be solved on them.`,
    });
  const invalid = infos.filter((info) => info.kind !== 'mesh' && !info.valid);
  if (invalid.length > 0)
    warnings.push({
      code: 'import.invalid-bodies',
      message: `${invalid.length} of ${infos.length} bodies have flaws (first: ${JSON.stringify(invalid[0]!.name)}). Import with healing, or repair them in the system they came from.`,
    });
  const box = boxOfModel(model);
  const solids = infos.reduce((sum, info) => sum + info.solids, 0);
  warnings.push(
    ...checkSize({ box, lengthUnit: model.lengthUnit, originatingSystem: model.originatingSystem, solids }),
  );
  return { ...model, depth: depthOf(model.instances), names: namesOf(model), warnings };
}
