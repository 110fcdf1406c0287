/** From a study file to what physics is asked: the bodies of its file, or those that it gives by dimensions. */
import { dirname, resolve } from 'node:path';
import type { JobContext } from '../../preload/contract/index.ts';
import { readInputFile } from '../host/index.ts';
import type { ImportedModel, Kernel } from '../kernel/port.ts';
import { BONDED_WHERE_TOUCHING, type ParsedStudy, type StudyRequest, withBodyMaterials } from '../physics/index.ts';
import { type BodyOfFile, bodiesOfOccurrences, bodiesOfOnlyPart } from './assembly.ts';

/** One body alone has nothing to be bonded to. */
export const joined = ({ study, bondWhereTouching }: ParsedStudy, bodies: number): ParsedStudy['study'] =>
  bondWhereTouching && bodies > 1 ? { ...study, connections: [BONDED_WHERE_TOUCHING] } : study;

/** @param parsed of a file or of primitives: a project's parts are asked of the engine */
export async function requestOfFile(
  kernel: Kernel,
  parsed: ParsedStudy,
  studyPath: string,
  context: JobContext,
): Promise<{ study: ParsedStudy['study']; request: StudyRequest }> {
  const { geometry } = parsed;
  if (geometry.kind === 'project') throw new TypeError('a study of a project');
  let model: ImportedModel;
  if (geometry.kind === 'primitives') model = await kernel.primitives(geometry.specifications, context);
  else {
    const { bytes, fileName } = await readInputFile(resolve(dirname(studyPath), geometry.path));
    model = await kernel.import({ bytes, fileName, tessellate: false }, context);
  }
  const occurrences = geometry.kind === 'file' ? geometry.occurrences : undefined;
  const bodies = occurrences ? await bodiesOfOccurrences(kernel, model, occurrences, context) : bodiesOfOnlyPart(model);
  const study = joined(parsed, bodies.length);
  return { study, request: await requestOf(kernel, { ...parsed, study }, bodies, context) };
}

async function requestOf(
  kernel: Kernel,
  parsed: ParsedStudy,
  bodies: readonly BodyOfFile[],
  context: JobContext,
): Promise<StudyRequest> {
  const brep = await kernel.brepText(
    bodies.map((body) => body.brep),
    context,
  );
  return {
    bodies: withBodyMaterials(
      bodies.map(({ index, name, part, info }) => ({
        index,
        name,
        ...(part === undefined ? {} : { part }),
        info,
        material: parsed.material,
      })),
      parsed.bodyMaterials,
    ),
    brep,
    inputHash: '0'.repeat(64),
    study: parsed.study,
  };
}
