/** Goals of accuracy on real geometry. Skipped where the numeric core or the mesher is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reference } from '../../../preload/contract/geometry.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { Load, Probe, Restraint } from '../../../preload/contract/studies.ts';
import { createKernel, type Kernel, type PrimitiveShape } from '../../kernel/index.ts';
import { createPhysics, type Physics, type StudyOutcome } from '../index.ts';
import { materialByName } from '../materials.ts';
import { findMesher, loadCore } from '../native-core.ts';
import { makeBodies } from '../solve-primitives.ts';

const ready = loadCore().core !== null && findMesher() !== null;
if (!ready) console.warn('The numeric core or the mesher has not been built: refinement is not tested.');

let kernel: Kernel;
let physics: Physics;
beforeAll(() => {
  kernel = createKernel();
  physics = createPhysics();
});
afterAll(async () => {
  await physics.dispose();
  await kernel.dispose();
});

const on = (selector: string): Reference[] => [{ by: 'selector', selector }];
const plane = (selector: string): Restraint => ({ id: selector, name: selector, kind: 'symmetry', on: on(selector) });
const pull: Load = { id: 'l', name: 'pull', kind: 'traction', on: on('faces >X'), traction_MPa: [100, 0, 0] };

async function solve(
  shape: PrimitiveShape,
  size_mm: number,
  goal_percent: number,
  restraints: Restraint[],
  loads: Load[],
  probes: Probe[] = [],
): Promise<StudyOutcome> {
  const context = silentContext();
  const made = await makeBodies(kernel, [{ name: 'part', shape }], materialByName('Steel S355J2'), context);
  const mesh = { size_mm, order: 2 as const, accuracy: 'draft' as const, refinements: [], goal_percent };
  return physics.solve({ ...made, inputHash: 'hash', study: { restraints, loads, mesh, probes } }, context);
}

const box = (min_mm: [number, number, number], max_mm: [number, number, number]): PrimitiveShape => ({
  box: { min_mm, max_mm },
});

describe.skipIf(!ready)('refinement to a goal', () => {
  it('settles at the stress of a hole in a strip', { timeout: 60_000 }, async () => {
    const plate: PrimitiveShape = {
      difference: [
        box([0, 0, 0], [300, 100, 20]),
        { cylinder: { origin_mm: [0, 0, -10], axis: [0, 0, 1], radius_mm: 50, height_mm: 40 } },
      ],
    };
    const probe: Probe = { id: 'p', name: 'hole', at_mm: [0, 50, 10], quantity: 'stress.xx' };
    const restraints = ['faces <X', 'faces <Y', 'faces <Z', 'faces >Z'].map(plane);
    const { summary } = await solve(plate, 25, 3, restraints, [pull], [probe]);
    const steps = summary.convergence!;
    expect(summary.warnings.map(({ code }) => code)).not.toContain('result.not-settled');
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)!.change_percent).toBeLessThan(3);
    expect(steps.at(-1)!.dof).toBeGreaterThan(2 * steps[0]!.dof);
    // Howland's strip: 4.347 by boundary collocation (resources/verification/plate-with-hole.yaml).
    expect(summary.probes[0]!.value / 434.7).toBeCloseTo(1, 1);
    expect(Math.abs(summary.probes[0]!.value / 434.7 - 1)).toBeLessThan(0.03);
    expect(summary.curves!.find(({ kind }) => kind === 'convergence')!.y[0]!.values).toHaveLength(steps.length);
  });

  it('gives no number to believe at a re-entrant corner, and says so', { timeout: 60_000 }, async () => {
    const angle: PrimitiveShape = { union: [box([0, 0, 0], [60, 10, 10]), box([0, 0, 0], [10, 10, 60])] };
    const restraints: Restraint[] = [{ id: 'r', name: 'clamp', kind: 'fixed', on: on('faces >Z') }];
    const push: Load = { ...pull, traction_MPa: [0, 0, -5] } as Load;
    const corner: Probe = { id: 'p', name: 'corner', at_mm: [10, 5, 10], quantity: 'von_mises' };
    const asked = await solve(angle, 8, 8, restraints, [push], [corner]);
    const codes = asked.summary.warnings.map(({ code }) => code);
    expect(codes).toContain('result.singular-probe');
    expect(codes).toContain('result.not-settled');
    expect(asked.summary.convergence![0]!.values).toEqual({});

    const { summary } = await solve(angle, 8, 8, restraints, [push]);
    const leftOut = summary.warnings.find(({ code }) => code === 'result.left-out')!;
    expect(leftOut.message).toContain('sharp inner edge (270° of material)');
    expect(summary.warnings.map(({ code }) => code)).not.toContain('result.not-settled');
    const settled = summary.convergence!.at(-1)!;
    expect(settled.change_percent).toBeLessThan(8);
    // What settled is the stress away from the corner, not the larger one at it.
    expect(settled.values['largest von Mises stress']!).toBeLessThan(0.95 * summary.extremes['von_mises']!.max.value);
  });
});
