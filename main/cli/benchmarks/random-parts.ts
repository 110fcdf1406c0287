/** 200 random parts: valid, of the volume that was worked out by hand, and the same after a round trip through STEP. */
import { IDENTITY_TRANSFORM, silentContext, toErrorData } from '../../../preload/contract/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import { type RandomPart, randomPart } from '../../scripting/benchmarks.ts';
import { resolveScriptedPart } from '../../scripting/index.ts';
import { isFailed } from '../scripted-part.ts';
import type { Benchmark } from './types.ts';

const PARTS = 200;
/** Of volumes, relative: asked for by the project's own bar. */
export const VOLUME_TOLERANCE = 1e-6;

export interface RandomPartOutcome {
  name: string;
  /** Why it counts as failed, or null. */
  problem: string | null;
  /** Relative difference to the volume worked out by hand, and of the one read back to the one written. */
  volume: number;
  roundTrip: number;
}

export async function tryRandomPart(
  kernel: Kernel,
  part: RandomPart,
  signal: AbortSignal = new AbortController().signal,
): Promise<RandomPartOutcome> {
  const outcome: RandomPartOutcome = { name: part.name, problem: null, volume: Number.NaN, roundTrip: Number.NaN };
  const context = silentContext(signal);
  try {
    const { steps } = resolveScriptedPart({ name: part.name, variables: [], features: part.features });
    const want = { brep: true, info: 'none', tessellation: 'none' } as const;
    const { bodies, outcomes } = await kernel.evaluate({ partKey: 'random-parts', steps, imports: {}, want }, context);
    const failed = outcomes.find(isFailed);
    if (failed) return { ...outcome, problem: `${failed.name}: ${failed.error?.message}` };
    if (bodies.length !== 1) return { ...outcome, problem: `${bodies.length} bodies` };
    const [body] = bodies;
    outcome.volume = Math.abs(body!.volume_mm3 / part.volume_mm3 - 1);
    if (!body!.valid) outcome.problem = 'the body is not valid';
    const { bytes } = await kernel.export(
      {
        format: 'step',
        parts: [{ key: 'part', name: part.name, bodies: [{ name: part.name, brep: body!.brep! }] }],
        instances: [{ key: 'one', parentKey: null, partKey: 'part', name: part.name, transform: IDENTITY_TRANSFORM }],
      },
      context,
    );
    const model = await kernel.import({ bytes, fileName: 'part.step', tessellate: false }, context);
    const read = model.parts.flatMap((each) => each.bodies).reduce((sum, { info }) => sum + info.mass.volume_mm3, 0);
    outcome.roundTrip = Math.abs(read / body!.volume_mm3 - 1);
    if (!(outcome.volume < VOLUME_TOLERANCE))
      outcome.problem ??= `${body!.volume_mm3} mm^3 instead of ${part.volume_mm3} mm^3`;
    if (!(outcome.roundTrip < VOLUME_TOLERANCE)) outcome.problem ??= `${read} mm^3 when read back`;
  } catch (thrown) {
    const { message, cause } = toErrorData(thrown);
    outcome.problem = `${message} ${cause ?? ''}`;
  }
  return outcome;
}

export const randomParts: Benchmark = {
  name: 'random-parts',
  summary: `${PARTS} random parts of known volume, rebuilt and sent through STEP`,
  async run(io) {
    const kernel = createKernel();
    const outcomes: RandomPartOutcome[] = [];
    const started = performance.now();
    try {
      for (let number = 0; number < PARTS; number++) {
        const outcome = await tryRandomPart(kernel, randomPart(number), io.signal);
        io.signal.throwIfAborted();
        if (outcome.problem) io.err(`${outcome.name}: ${outcome.problem}\n`);
        outcomes.push(outcome);
      }
    } finally {
      await kernel.dispose();
    }
    const good = outcomes.filter(({ problem }) => problem === null).length;
    const worst = (key: 'volume' | 'roundTrip'): number =>
      Math.max(0, ...outcomes.map((each) => each[key]).filter((each) => !Number.isNaN(each)));
    const within = (value: number) => ({ bar: `under ${VOLUME_TOLERANCE}`, holds: value < VOLUME_TOLERANCE });
    return {
      name: 'random-parts',
      lines: [
        {
          what: 'valid, of the right volume, and back from STEP',
          value: good,
          bar: `all ${PARTS}`,
          holds: good === PARTS,
        },
        { what: 'largest relative error of a volume', value: worst('volume'), ...within(worst('volume')) },
        { what: 'largest change by STEP', value: worst('roundTrip'), ...within(worst('roundTrip')) },
        { what: 'a part with its round trip', value: (performance.now() - started) / 1000 / PARTS, unit: 's' },
      ],
    };
  },
};
