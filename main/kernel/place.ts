/** Bodies moved to where the occurrences of their parts stand, on all modellers at once. */
import type { JobContext } from '../../preload/contract/jobs.ts';
import { DEFAULT_MEMORY_MiB, MODELLER_LIMITS } from './limits.ts';
import type { PlaceAnswer, PlaceArgument } from './modeller/operations.ts';
import type { PlacedBody, PlaceRequest } from './port.ts';
import type { Crew } from './workers/crew.ts';

export async function placeBodies(
  modellers: Crew,
  requests: readonly PlaceRequest[],
  context: JobContext,
): Promise<PlacedBody[]> {
  const together = new AbortController();
  const signal = AbortSignal.any([context.signal, together.signal]);
  let done = 0;
  context.progress('Placing bodies', 0);
  try {
    return await Promise.all(
      requests.map(async (request) => {
        const argument: PlaceArgument = request;
        const placed = await modellers.run<PlaceAnswer>('place', argument, {
          ...MODELLER_LIMITS,
          memory_MiB: DEFAULT_MEMORY_MiB,
          signal,
        });
        context.progress('Placing bodies', ++done / requests.length);
        return placed;
      }),
    );
  } catch (thrown) {
    // One body that fails takes the others with it.
    together.abort();
    throw thrown;
  }
}
