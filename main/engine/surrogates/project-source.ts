/** Designs of a part of the project: its variables changed, its history evaluated anew; nothing of the project changes. */
import type { JobContext } from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';
import { definitionOf } from '../../document/index.ts';
import type { EvaluateRequest } from '../../kernel/port.ts';
import { runPartScript } from '../../scripting/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import { type DesignSource, madePart } from '../../surrogates/index.ts';
import type { EngineContext } from '../context.ts';
import { evaluatePart } from '../part-evaluation.ts';
import { gatherPart, type PartInputs, scriptRequestOf } from '../part-inputs.ts';
import type { SourceGeometry } from '../source-geometry.ts';
import { materialOf, type SurrogateInputs, withValues } from './surrogate-inputs.ts';

const WANT: EvaluateRequest['want'] = { brep: true, info: 'describe', tessellation: 'none' };

/** The steps of the part with these values. What its script makes of them is not kept: hundreds of designs ask once each. */
export async function partWithValues(
  { part, records, parameters }: SurrogateInputs,
  values: readonly number[],
  context: JobContext,
): Promise<PartInputs> {
  const changed = withValues(records, part, parameters, values);
  const wanted = part.script && scriptRequestOf(definitionOf(part, changed.values()));
  const scripted = wanted ? await runPartScript(wanted.request, context) : null;
  return gatherPart(part, changed.values(), scripted);
}

export function projectSource(
  engine: EngineContext,
  sources: SourceGeometry,
  session: DocumentSession,
  inputs: SurrogateInputs,
): DesignSource {
  const { part, study, records, definition, partHash, studyHash } = inputs;
  return {
    part: part.name || part.id,
    partHash,
    studyHash,
    study: definition,
    async make(values, lane, context) {
      const wanted = await partWithValues(inputs, values, context);
      // A modeller remembers the steps of each key: the part in the window keeps its own.
      const key = `${part.id} design ${lane}`;
      const evaluated = await evaluatePart(engine, sources, session, wanted, WANT, context, key);
      if (evaluated.bodies.some(({ info }) => info && info.kind !== 'solid'))
        throw new ArtificerError({
          code: 'surrogate.not-solid',
          category: 'refused',
          message: `"${part.name}" has bodies that are not solid: a surrogate follows solids alone.`,
          hint: 'Suppress what makes the surfaces, or thicken them.',
          recordId: part.id,
        });
      return madePart(engine.kernel, evaluated, context);
    },
    bodies: (infos) =>
      infos.map((info, index) => ({ index, name: info.name, info, ...materialOf(records, study, part, index) })),
    inNamesOf: () => definition,
  };
}
