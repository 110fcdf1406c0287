/** A part with given dimensions, from its script to what the mesher reads. */
import type { BodyInfo, FeatureOutcome, JobContext, SurrogateParameter } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import { refuseSurrogate } from '../errors.ts';
import type { SurrogateSpecification } from '../specification/read-specification.ts';

export interface MadePart {
  /** ASCII BREP of the solid bodies as one compound. */
  brep: Uint8Array;
  infos: BodyInfo[];
  outcomes: FeatureOutcome[];
}

const expressionOf = (value: number, { unit }: SurrogateParameter): string =>
  unit === '1' ? `${value}` : `${value} ${unit}`;

/**
 * @param lane parts of different lanes can be made at once
 * @throws ArtificerError of the step that failed
 */
export async function makePart(
  kernel: Kernel,
  { part, parameters }: SurrogateSpecification,
  values: readonly number[],
  lane: number,
  context: JobContext,
): Promise<MadePart> {
  const given = Object.fromEntries(
    parameters.map((parameter, k) => [parameter.name, expressionOf(values[k]!, parameter)]),
  );
  const scripted = await runPartScript({ source: part.source, fileName: part.fileName, values: given }, context);
  const { steps } = resolveScriptedPart(scripted);
  const want = { brep: true, info: 'describe', tessellation: 'none' } as const;
  const made = await kernel.evaluate({ partKey: `${part.fileName} ${lane}`, steps, imports: {}, want }, context);
  const failed = made.outcomes.find(({ state }) => state === 'failed' || state === 'blocked');
  if (failed)
    throw refuseSurrogate('not-made', `Step "${failed.name}" fails.`, undefined, {
      cause: failed.error?.message ?? failed.state,
    });
  const solids = made.bodies.filter(({ info, brep }) => info?.kind === 'solid' && brep);
  if (solids.length === 0) throw refuseSurrogate('not-made', 'The part has no solid body.');
  const brep = await kernel.brepText(
    solids.map((body) => body.brep!),
    context,
  );
  return { brep, infos: solids.map((body) => body.info!), outcomes: made.outcomes };
}
