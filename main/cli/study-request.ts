/** From a study file to what physics is asked: the bodies of its file, or those that it gives by dimensions. */
import { dirname, resolve } from 'node:path';
import type { JobContext } from '../../preload/contract/index.ts';
import { readInputFile } from '../host/index.ts';
import type { Kernel } from '../kernel/port.ts';
import {
  BONDED_WHERE_TOUCHING,
  type ParsedStudy,
  type StudyGeometry,
  type StudyRequest,
  withBodyMaterials,
} from '../physics/index.ts';
import { type BodyOfFile, bodiesByDimensions, bodiesOfOccurrences, bodiesOfOnlyPart } from './assembly.ts';

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
  const bodies =
    geometry.kind === 'primitives'
      ? bodiesByDimensions(await kernel.primitives(geometry.specifications, context))
      : await bodiesOfFile(kernel, geometry, studyPath, context);
  const study = joined(parsed, bodies.length);
  return { study, request: await requestOf(kernel, { ...parsed, study }, bodies, context) };
}

async function bodiesOfFile(
  kernel: Kernel,
  { path, occurrences }: Extract<StudyGeometry, { kind: 'file' }>,
  studyPath: string,
  context: JobContext,
): Promise<BodyOfFile[]> {
  const { bytes, fileName } = await readInputFile(resolve(dirname(studyPath), path));
  const model = await kernel.import({ bytes, fileName, tessellate: false }, context);
  return occurrences ? bodiesOfOccurrences(kernel, model, occurrences, context) : bodiesOfOnlyPart(model);
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
