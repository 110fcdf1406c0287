import { describe, expect, it } from 'vitest';
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { StudyOutcome } from '../types.ts';
import { type AdaptiveWork, type Look, solveUntilSettled } from './loop.ts';

const NOTHING: Look = { wishes: [], regularPeak: null, singularProbes: [], singular: [] };

/** Work whose probe follows value(size). */
function work(value: (size_mm: number) => number, more: Partial<AdaptiveWork> = {}) {
  const sizes: number[] = [];
  const given: AdaptiveWork = {
    goal_percent: 1,
    firstSize_mm: 10,
    solve: async (size_mm) => {
      sizes.push(size_mm);
      const summary = {
        mesh: { dof: Math.round(1e5 / size_mm ** 3), size_mm, elements: 100 },
        discretisation_error: { energy_percent: 5, peak_stress_percent: 5 },
        probes: [{ name: 'D', quantity: 'stress.yy', unit: 'MPa', value: value(size_mm), at_mm: [0, 0, 0] }],
        extremes: {},
        warnings: [],
        singularities: [],
      };
      return { summary, fields: new Uint8Array(), deck: null } as unknown as StudyOutcome;
    },
    look: async () => NOTHING,
    ...more,
  };
  return { sizes, solve: () => solveUntilSettled(given, silentContext()) };
}
const codes = ({ summary }: StudyOutcome): string[] => summary.warnings.map(({ code }) => code);

describe('refinement until it settles', () => {
  it('stops when what is asked for changes by less than the goal, with the curve that led there', async () => {
    const { sizes, solve } = work((size) => 100 + 0.1 * size ** 2);
    const { summary } = await solve();
    expect(summary.warnings).toEqual([]);
    expect(summary.convergence!.at(-1)!.change_percent).toBeLessThanOrEqual(1);
    expect(summary.convergence![0]!.change_percent).toBeNull();
    expect(summary.convergence!.map((step) => step.size_mm)).toEqual(sizes);
    const curve = summary.curves!.find(({ kind }) => kind === 'convergence')!;
    expect(curve.x.values).toEqual(summary.convergence!.map((step) => step.dof));
    expect(curve.y).toEqual([
      { name: 'D stress.yy', unit: 'MPa', values: summary.convergence!.map((step) => step.values['D stress.yy']) },
    ]);
  });

  it('gives up on what keeps growing, and says so', async () => {
    const outcome = await work((size) => 100 / size).solve();
    expect(codes(outcome)).toEqual(['result.not-settled']);
    expect(outcome.summary.convergence!.length).toBeGreaterThan(3);
  });

  it('stops at the mesh that whoever asks can afford', async () => {
    const wanted: number[] = [];
    const outcome = await work((size) => 100 / size, {
      mostElements: 120,
      look: async (_, next) => {
        wanted.push(next.elements);
        return NOTHING;
      },
    }).solve();
    expect(wanted).toEqual([120]);
    expect(codes(outcome)).toEqual(['result.not-settled']);
    expect(outcome.summary.warnings[0]!.message).toMatch(/already has 100 elements/);
  });

  it('keeps the last result where a finer mesh does not fit', async () => {
    const { solve } = work((size) => 1 / size, {
      solve: async (size_mm) => {
        if (size_mm < 7)
          throw new ArtificerError({ code: 'study.too-large', category: 'refused', message: 'It would not fit.' });
        return {
          summary: {
            mesh: { dof: 1, size_mm, elements: 100 },
            discretisation_error: { energy_percent: 5 },
            probes: [{ name: 'D', quantity: 'stress.yy', unit: 'MPa', value: 1 / size_mm, at_mm: [0, 0, 0] }],
            extremes: {},
            warnings: [],
          },
        } as unknown as StudyOutcome;
      },
    });
    const outcome = await solve();
    expect(outcome.summary.convergence).toHaveLength(2);
    expect(outcome.summary.mesh.size_mm).toBe(8);
    expect(outcome.summary.warnings[0]!.message).toMatch(/did not settle.*It would not fit/);
  });

  it('gives no result once it is cancelled, nor hides a fault of the first mesh', async () => {
    let solved = 0;
    const stops = work(() => 1, {
      solve: async () => {
        solved++;
        throw cancelled('The study');
      },
    });
    await expect(stops.solve()).rejects.toMatchObject({ code: 'cancelled' });
    expect(solved).toBe(1);
    const fault = new ArtificerError({ code: 'study.too-large', category: 'refused', message: 'no' });
    await expect(work(() => 1, { solve: async () => Promise.reject(fault) }).solve()).rejects.toBe(fault);
  });

  it('does not wait for stress at a singular place, and says that it is no number to believe', async () => {
    const { sizes, solve } = work((size) => 1 / size, {
      look: async () => ({ ...NOTHING, singularProbes: [0], singular: ['sharp inner edge'] }),
    });
    const outcome = await solve();
    expect(sizes).toHaveLength(1);
    expect(codes(outcome)).toEqual(['result.singular-probe', 'result.not-settled']);
    expect(outcome.summary.convergence![0]!.values).toEqual({});
  });
});
