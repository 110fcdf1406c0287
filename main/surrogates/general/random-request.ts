/** A random part with its random study, made by the kernel and ready to be solved. */
import type { BodyInfo, JobContext } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { StudyRequest } from '../../physics/index.ts';
import { resolveScriptedPart } from '../../scripting/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { generalPart } from './random-parts.ts';
import { generalStudy } from './random-study.ts';

export interface GeneralRequest {
  name: string;
  family: string;
  info: BodyInfo;
  request: StudyRequest;
}

/** @throws ArtificerError `surrogate.not-made` of a part that the kernel cannot make: another seed takes its place */
export async function generalRequest(kernel: Kernel, seed: number, context: JobContext): Promise<GeneralRequest> {
  const part = generalPart(seed);
  const { steps } = resolveScriptedPart({ name: part.name, variables: [], features: part.features });
  const want = { brep: true, info: 'describe', tessellation: 'none' } as const;
  const { bodies, outcomes } = await kernel.evaluate({ partKey: 'general', steps, imports: {}, want }, context);
  const failed = outcomes.find(({ state }) => state === 'failed' || state === 'blocked');
  const [body] = bodies;
  if (failed || bodies.length !== 1 || !body?.info || !body.brep || !body.valid)
    throw refuseSurrogate('not-made', `Part "${part.name}" cannot be made.`, undefined, {
      cause: failed?.error?.message ?? `${bodies.length} bodies`,
    });
  const { material, study } = generalStudy(body.info, seed);
  return {
    name: part.name,
    family: part.family,
    info: body.info,
    request: {
      bodies: [{ index: 0, name: part.name, info: body.info, material }],
      brep: await kernel.brepText([body.brep], context),
      inputHash: '0'.repeat(64),
      study,
    },
  };
}
