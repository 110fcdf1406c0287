import { afterAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import { readBrief } from '../brief/read-brief.ts';
import { conceptsOf } from '../concepts/concepts-of-brief.ts';
import { BEAM_BRIEF, readBeamFile } from '../testing/beam-brief.ts';
import { searchDesign } from './search.ts';

const kernel = createKernel();
const physics = createPhysics({ workers: 2 });

afterAll(async () => {
  await physics.dispose();
  await kernel.dispose();
  disposePartScripts();
});

describe('a search whose minutes are over', () => {
  it('gives up the converged solves, and says that its best design was not made sure of', async () => {
    // A tenth of a second: over with the first design.
    const brief = { ...readBrief(BEAM_BRIEF), budget: { minutes: 1 / 600, solves: 100 } };
    const concepts = await conceptsOf(brief, kernel, { path: '/brief.yaml', readFile: readBeamFile }, silentContext());
    const { outcome, candidates, best } = await searchDesign({ kernel, physics, brief, concepts }, silentContext());
    const confirmation = candidates.find(({ purpose }) => purpose === 'confirm')!;
    expect(confirmation.state).toBe('failed');
    expect(confirmation.failure!.error.code).toBe('design.out-of-time');
    expect(outcome.verdict).toBe('budget');
    expect(best).toBeNull();
    const named = candidates.find(({ number }) => number === outcome.best)!;
    expect([named.state, named.purpose]).toEqual(['solved', 'spread']);
    expect(outcome.summary).toMatch(
      new RegExp(`^The minutes of the budget were over before design ${named.number} \\(beam, .*\\) was made sure of;`),
    );
  }, 180_000);
});
