/** Designs of a scripted part under a study file: from the script with other values to what the mesher reads. */
import type { JobContext, SurrogateParameter } from '../../../preload/contract/index.ts';
import { nameFromWords, withReferences } from '../../document/index.ts';
import type { EvaluatedPart, Kernel } from '../../kernel/port.ts';
import { withBodyMaterials } from '../../physics/index.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import { refuseSurrogate } from '../errors.ts';
import type { SurrogateSpecification } from '../specification/read-specification.ts';
import type { DesignSource, MadePart } from './design-source.ts';

const expressionOf = (value: number, { unit }: SurrogateParameter): string =>
  unit === '1' ? `${value}` : `${value} ${unit}`;

/**
 * The solid bodies of an evaluated part.
 * @throws ArtificerError of the step that failed, or where nothing solid is left
 */
export async function madePart(kernel: Kernel, evaluated: EvaluatedPart, context: JobContext): Promise<MadePart> {
  const failed = evaluated.outcomes.find(({ state }) => state === 'failed' || state === 'blocked');
  if (failed)
    throw refuseSurrogate('not-made', `Step "${failed.name}" fails.`, undefined, {
      cause: failed.error?.message ?? failed.state,
    });
  const solids = evaluated.bodies.filter(({ info, brep }) => info?.kind === 'solid' && brep);
  if (solids.length === 0) throw refuseSurrogate('not-made', 'The part has no solid body.');
  const brep = await kernel.brepText(
    solids.map((body) => body.brep!),
    context,
  );
  return { brep, infos: solids.map((body) => body.info!), outcomes: evaluated.outcomes };
}

export function scriptedSource(kernel: Kernel, specification: SurrogateSpecification): DesignSource {
  const { part, parameters, study, partHash, studyHash } = specification;
  return {
    part: part.key,
    partHash,
    studyHash,
    study: study.study,
    async make(values, lane, context) {
      const given = Object.fromEntries(
        parameters.map((parameter, k) => [parameter.name, expressionOf(values[k]!, parameter)]),
      );
      const scripted = await runPartScript({ source: part.source, fileName: part.fileName, values: given }, context);
      const { steps } = resolveScriptedPart(scripted);
      const want = { brep: true, info: 'describe', tessellation: 'none' } as const;
      const evaluated = await kernel.evaluate(
        { partKey: `${part.fileName} ${lane}`, steps, imports: {}, want },
        context,
      );
      return madePart(kernel, evaluated, context);
    },
    bodies: (infos) =>
      withBodyMaterials(
        infos.map((info, index) => ({ index, name: info.name, info, material: study.material })),
        study.bodyMaterials,
      ),
    inNamesOf: (made) =>
      withReferences(study.study, (reference) =>
        reference.by === 'name'
          ? { ...reference, name: nameFromWords(reference.kind, reference.name, made.outcomes) }
          : reference,
      ),
  };
}
