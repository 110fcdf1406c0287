/** What a person has to know of a solution with large displacements beside what holds for every static one. */
import type { NonlinearSolution } from '../../../../native/index.d.ts';
import type { ResultSummary } from '../../../../preload/contract/studies.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';

type Warnings = ResultSummary['warnings'];

/** Green-Lagrange strain beyond which a linear law between it and the stress is no longer that of a metal or a plastic. */
const LARGEST_STRAIN = 0.05;
/** Work and stored energy differ by the rule that adds up the work; more than this is no matter of that rule alone. */
const LARGEST_WORK_ERROR = 0.02;

/** Of linear results only. */
const LINEAR = ['result.large-displacement'];

export function nonlinearWarnings(
  linear: Warnings,
  solution: NonlinearSolution,
  loads: readonly ResolvedLoad[],
  heated: boolean,
): Warnings {
  const warnings: Warnings = [];
  if (solution.outcome !== 'complete')
    warnings.push({
      code: `result.${solution.outcome}`,
      message: `${solution.explanation} All numbers are of ${Number((100 * solution.loadFactor).toPrecision(4))} % of the load.`,
    });
  warnings.push(
    ...linear
      .filter(({ code }) => !LINEAR.includes(code))
      .map((one) =>
        one.code === 'result.above-yield'
          ? { ...one, message: one.message.replace('beyond it the linear result', 'beyond it the elastic result') }
          : one,
      ),
  );
  if (solution.largestStrain > LARGEST_STRAIN)
    warnings.push({
      code: 'result.large-strain',
      message:
        `The largest strain is ${(100 * solution.largestStrain).toPrecision(2)} %: displacements may be large, but the ` +
        'material law (St. Venant-Kirchhoff) is good for a few per cent only.',
    });
  const turning = loads.filter(
    ({ load }) =>
      !load.suppressed && (load.kind === 'moment' || load.kind === 'remote-force' || load.kind === 'bearing'),
  );
  if (turning.length > 0)
    warnings.push({
      code: 'result.dead-moment',
      message:
        `${turning.map(({ load }) => `"${load.name}"`).join(', ')}: the forces that make up the load keep their ` +
        'directions while the part turns, so its moment changes with large rotations.',
    });
  const { externalWork_N_mm, strainEnergy_N_mm } = solution;
  const error = Math.abs(externalWork_N_mm / strainEnergy_N_mm - 1);
  // Heating adds energy that no load puts in.
  if (!heated && strainEnergy_N_mm > 0 && error > LARGEST_WORK_ERROR)
    warnings.push({
      code: 'result.work-balance',
      message: `The work of the loads and the stored energy differ by ${(100 * error).toPrecision(2)} %: use more load steps.`,
    });
  return warnings;
}
