import { describe, expect, it } from 'vitest';
import type { SolveOptions, StaticModel } from '../../../native/index.d.ts';
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { loadCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import { bentBar, compareWithDifferences } from './differences.fixture.ts';
import { analyseEigenvalues, type EigenCase, type ModeGroups } from './eigenvalues.ts';

const { core } = loadCore();
const body = testBody([0, 0, 0], [40, 20, 10], 0, STEEL);
const solver = { method: 'direct', tolerance: 1e-12, threads: 1 } as const;
const clamp = restraint({ kind: 'fixed', name: 'clamp' }, faces(FACE.minusX));
const bed = restraint({ kind: 'elastic-support', normal_N_mm3: 900, tangential_N_mm3: 300 }, faces(FACE.minusX));
const press = load({ kind: 'pressure', pressure_MPa: 60 }, faces(FACE.plusX));

function analysis(
  kind: EigenCase['kind'],
  prestressed: boolean,
  restraints: ResolvedRestraint[],
  functionals: Functional[],
) {
  const loads = kind === 'buckling' || prestressed ? [press] : [];
  let known: ModeGroups | null = null;
  return async (mesh: VolumeMesh, gradients: boolean) => {
    const built = buildModel(mesh, [body], restraints, loads, null, [], { mayMove: true });
    const settings = {
      gradients,
      solver,
      solve: (model: StaticModel, options: SolveOptions) => core!.solveStatic(model, options),
      run: <T>(_: string, compute: (options: object) => Promise<T>) => compute({}),
    };
    const study: EigenCase = { built, bodies: [body], restraints, loads, kind, prestressed };
    const { states, groups } = await analyseEigenvalues(core!, study, functionals, known, settings);
    known ??= groups;
    return states;
  };
}
const frequencies: Functional[] = [
  { quantity: 'mass' },
  ...[1, 3].map((mode) => ({ quantity: 'frequency', mode }) as const),
];

describe.skipIf(!core)('gradients of eigenvalues equal central differences of new modes', () => {
  it.each([
    ['frequencies of a clamped bar', analysis('modal', false, [clamp], frequencies)],
    ['frequencies on an elastic support', analysis('modal', false, [bed], frequencies)],
    ['frequencies of a free bar, beside its rigid motions', analysis('modal', false, [], frequencies)],
    ['frequencies under a pressure that turns and grows with its face', analysis('modal', true, [bed], frequencies)],
    [
      'buckling factors',
      analysis('buckling', false, [clamp], [{ quantity: 'buckling' }, { quantity: 'buckling', mode: 2 }]),
    ],
  ])('for %s', async (_, analyse) => {
    for (const { name, gradient, difference } of await compareWithDifferences(bentBar(), analyse)) {
      expect(Math.abs(difference), name).toBeGreaterThan(1e-9);
      expect(Math.abs(gradient / difference - 1), `${name}: ${gradient} or ${difference}`).toBeLessThan(2e-5);
    }
  });
});

describe.skipIf(!core)('eigenvalues that are repeated', () => {
  it('are named, and their mean is followed: a square bar bends alike both ways', async () => {
    const mesh = boxMesh({ max: [80, 8, 8], divisions: [6, 1, 1] });
    orientSurface(mesh);
    const analyse = analysis('modal', false, [clamp], [{ quantity: 'frequency', mode: 2 }]);
    const [state] = await analyse(mesh, true);
    expect(state!.name).toContain('modes 1 to 2, which are practically equal');
    const [compared] = await compareWithDifferences(
      mesh,
      analysis('modal', false, [clamp], [{ quantity: 'frequency', mode: 2 }]),
    );
    expect(Math.abs(compared!.gradient / compared!.difference - 1)).toBeLessThan(2e-5);
    // Euler: f goes with the height over the square of the length. Scaled as a whole it goes with 1 / size, exactly.
    const whole = state!.byNodes!.reduce((sum, value, i) => sum + value * mesh.nodes[i]!, 0);
    expect(whole / -state!.value).toBeCloseTo(1, 8);
  });
  it('have no mode beyond those there are', async () => {
    const analyse = analysis('buckling', false, [clamp], [{ quantity: 'buckling', mode: 400 }]);
    await expect(analyse(bentBar([2, 1, 1]), false)).rejects.toMatchObject({ code: 'study.no-such-mode' });
  });
});
