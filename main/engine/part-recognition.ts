/** Features on bodies as they are now. */
import type { BodyRecognition, JobContext } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { recogniseFeatures } from '../kernel/index.ts';
import type { EngineContext } from './context.ts';
import type { GeometryService } from './geometry-service.ts';
import { partOf } from './study-inputs.ts';

export class PartRecognition {
  readonly #engine: EngineContext;
  readonly #geometry: GeometryService;

  constructor(engine: EngineContext, geometry: GeometryService) {
    this.#engine = engine;
    this.#geometry = geometry;
  }

  async recognise(partId: string, body: number | undefined, context: JobContext): Promise<BodyRecognition[]> {
    const session = this.#engine.session();
    const part = partOf(session, partId);
    const { bodies } = await this.#geometry.geometryOf(session, part, context);
    if (body !== undefined && !bodies[body])
      throw new ArtificerError({
        code: 'parts.no-such-body',
        category: 'usage',
        message: `"${part.name}" has no body ${body + 1}.`,
        recordId: partId,
      });
    const answers: BodyRecognition[] = [];
    for (const [index, { info }] of bodies.entries()) {
      if (body !== undefined && body !== index) continue;
      context.signal.throwIfAborted();
      answers.push(recogniseFeatures(info, index));
      // A part of many bodies must not hold everybody else up.
      await new Promise(setImmediate);
    }
    return answers;
  }
}
