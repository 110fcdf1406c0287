import { describe, expect, it } from 'vitest';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { silentContext } from '../../preload/contract/jobs.ts';
import { refineUntilSettled } from './refine.ts';
import type { StudyOutcome, StudyRequest } from './types.ts';

/** A stand-in whose probe follows value(size), and which remembers the sizes it was asked for. */
function standIn(value: (size: number) => number, smallest = 0) {
  const sizes: number[] = [];
  return {
    sizes,
    solve: async (request: StudyRequest): Promise<StudyOutcome> => {
      const size = request.study.mesh.size_mm ?? 10;
      if (size < smallest)
        throw new ArtificerError({ code: 'study.too-large', category: 'refused', message: 'too large' });
      sizes.push(size);
      const summary = {
        mesh: { dof: Math.round(1e5 / size ** 3), size_mm: size },
        probes: [{ name: 'D', quantity: 'stress.yy', value: value(size) }],
        extremes: {},
        warnings: [],
        singularities: [],
      };
      return { summary, fields: new Uint8Array(), deck: new Uint8Array() } as unknown as StudyOutcome;
    },
  };
}
const request = {
  study: { restraints: [], loads: [], probes: [], mesh: { order: 2, accuracy: 'draft', refinements: [] } },
} as unknown as StudyRequest;

describe('refinement', () => {
  it('stops when the quantities of interest settle', async () => {
    const physics = standIn((size) => 100 + size ** 2);
    const { settled, convergence, summary } = await refineUntilSettled(physics, request, 20, silentContext());
    expect(settled).toBe(true);
    expect(convergence.at(-1)!.change_percent).toBeLessThanOrEqual(20);
    expect(convergence[0]!.change_percent).toBeNull();
    expect(physics.sizes[1]).toBeLessThan(physics.sizes[0]!);
    expect(summary.warnings).toEqual([]);
  });

  it('gives up on what keeps growing, and says so', async () => {
    const physics = standIn((size) => 100 / size);
    const { settled, convergence, summary } = await refineUntilSettled(physics, request, 5, silentContext());
    expect(settled).toBe(false);
    expect(convergence).toHaveLength(5);
    expect(summary.warnings[0]!.code).toBe('result.not-settled');
  });

  it('keeps the last result where a finer mesh does not fit', async () => {
    const { settled, convergence } = await refineUntilSettled(
      standIn((s) => 1 / s, 5),
      request,
      1,
      silentContext(),
    );
    expect(settled).toBe(false);
    expect(convergence).toHaveLength(2);
  });
});
