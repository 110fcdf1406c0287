/** A study solved with other values of its part's variables: nothing of the project's records changes. */
import type { JobContext, ResultSummary } from '../../../preload/contract/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { ofPart } from '../groups/studied-bodies.ts';
import { evaluatePart } from '../part-evaluation.ts';
import { bodyNamesOf } from '../part-names.ts';
import type { SourceGeometry } from '../source-geometry.ts';
import { gatherInputs } from '../study-inputs.ts';
import { partWithValues } from './project-source.ts';
import type { SurrogateInputs } from './surrogate-inputs.ts';

/**
 * The result is kept under the hash that the study has once the variables are set to these values: it is current then, and the
 * part need not be made again either.
 */
export async function solveWithValues(
  engine: EngineContext,
  sources: SourceGeometry,
  session: DocumentSession,
  inputs: SurrogateInputs,
  values: readonly number[],
  context: JobContext,
): Promise<{ inputHash: string; summary: ResultSummary }> {
  context.progress('Making the part with these dimensions', null);
  const wanted = await partWithValues(inputs, values, context);
  const cache = engine.cache(session);
  let evaluation = cache.ofHistory(inputs.part.id, wanted.inputHash);
  if (!evaluation) {
    const want = { brep: true, info: 'describe', tessellation: 'fine' } as const;
    const evaluated = await evaluatePart(engine, sources, session, wanted, want, context, `${inputs.part.id} design 0`);
    context.signal.throwIfAborted();
    evaluation = await cache.putEvaluation(inputs.part.id, wanted.inputHash, evaluated, context.signal);
  }
  const { bodies, outcomes } = evaluation;
  const failed = outcomes.filter(({ state }) => state === 'failed' || state === 'blocked');
  const studied = ofPart(inputs.part, { bodies, names: bodyNamesOf(wanted, bodies), failed });
  const asked = gatherInputs(session, inputs.study.id, studied, null);
  const known = session.file.results.get(asked.inputHash);
  if (known?.fieldsHash && session.file.blobs.has(known.fieldsHash))
    return { inputHash: asked.inputHash, summary: known.summary };
  const breps = await Promise.all(
    asked.bodies.map(async ({ brepHash, name }) => {
      const bytes = await cache.read(brepHash);
      if (!bytes) throw new Error(`the geometry of "${name}" is gone from the cache`);
      return bytes;
    }),
  );
  const outcome = await engine.physics.solve(
    {
      bodies: asked.bodies.map(({ index, name, info, material, axes }) => ({
        index,
        name,
        info,
        material,
        ...(axes ? { axes } : {}),
      })),
      brep: await engine.kernel.brepText(breps, context),
      inputHash: asked.inputHash,
      study: asked.definition,
    },
    context,
  );
  context.signal.throwIfAborted();
  const summary: ResultSummary = {
    ...outcome.summary,
    variables: inputs.parameters.map(({ name, unit }, k) => ({ name, unit, value: values[k]! })),
  };
  const fieldsHash = await session.file.blobs.write(outcome.fields, 'fields');
  if (outcome.deck)
    session.file.derived.put(`deck/${asked.inputHash}`, await session.file.blobs.write(outcome.deck, 'deck'));
  session.file.results.put({
    inputHash: asked.inputHash,
    studyId: inputs.study.id,
    createdAt: Date.now(),
    summary,
    fieldsHash,
  });
  engine.streams.results.emit({ studyId: inputs.study.id });
  for (const warning of summary.warnings)
    engine.tell('warning', `${inputs.study.name}: ${warning.message}`, { recordId: inputs.study.id });
  return { inputHash: asked.inputHash, summary };
}
