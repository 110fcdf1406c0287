/** Asks the kernel for a part: with the bodies of its imports where the modeller does not remember them. */
import type { JobContext } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { EvaluatedPart, EvaluateRequest, FeatureStep } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import type { PartInputs } from './part-inputs.ts';
import type { SourceGeometry } from './source-geometry.ts';

/** @param partKey evaluations of the same key go to the same modeller, which remembers them; the part's id where left out */
export async function evaluatePart(
  engine: EngineContext,
  sources: SourceGeometry,
  session: DocumentSession,
  inputs: PartInputs,
  want: EvaluateRequest['want'],
  context: JobContext,
  partKey = inputs.part.id,
): Promise<EvaluatedPart> {
  const cache = engine.cache(session);
  const imports: EvaluateRequest['imports'] = {};
  const steps = new Map<string, FeatureStep>(inputs.steps.map((step) => [step.id, step]));
  for (const { id, source, key } of inputs.imports) {
    const step = steps.get(id)!;
    const { bodies } = await sources.bodiesOf(session, source, key, step, context);
    const exact = bodies.flatMap(({ brepHash, info }) =>
      brepHash === null ? [] : [{ hash: brepHash, name: info.name, ...(info.colour ? { colour: info.colour } : {}) }],
    );
    imports[id] = exact;
    if (exact.length < bodies.length || exact.length === 0)
      steps.set(id, { ...step, error: notExact(source.fileName, id) });
  }
  const request: EvaluateRequest = { partKey, steps: [...steps.values()], imports, want };
  const answer = await engine.kernel.evaluate(request, context);
  if (answer.missing.length === 0) return answer;
  for (const bodies of Object.values(imports))
    for (const body of bodies) {
      if (!answer.missing.includes(body.hash)) continue;
      const brep = await cache.read(body.hash);
      if (!brep)
        throw new ArtificerError({
          code: 'geometry.evicted',
          category: 'fault',
          message: `The imported geometry of "${body.name}" was dropped from the cache.`,
          hint: 'Rebuild the part: it is made anew.',
        });
      body.brep = brep;
    }
  const again = await engine.kernel.evaluate(request, context);
  if (again.missing.length === 0) return again;
  throw new Error(`the modeller asks again for ${again.missing.join(', ')}`);
}

const notExact = (fileName: string, id: string) =>
  new ArtificerError({
    code: 'import.not-exact',
    category: 'refused',
    message: `"${fileName}" holds triangle meshes: features need exact surfaces.`,
    hint: 'Import the part as STEP, IGES or BREP.',
    recordId: id,
  }).data;
