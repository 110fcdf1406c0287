/** Natural frequencies and modes, also of free bodies and of bodies under stress. */
import type { ModalSolution } from '../../../../native/index.d.ts';
import type { ResultSummary } from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import { refuseUnderRestrained } from '../../model/build.ts';
import { packFrames } from '../../results/fields.ts';
import { type Analysis, type AnalysisInput, deckMetaOf, packedMeshOf } from '../analysis.ts';
import { frequencyOf } from './frequency.ts';
import { framesOfModes, probesOfFrame } from './mode-frames.ts';
import { solveModes } from './solve-modes.ts';
import {
  armWarnings,
  buildForEigenvalues,
  fitsDeck,
  isTightened,
  refuseWhatVibrationLacks,
  requireDensity,
  type StressState,
  sectorWarnings,
  solveStaticStates,
} from './static-state.ts';
import { vibrationSummary } from './vibration-summary.ts';

const DEFAULT_MODES = 10;
/** The least share of the mass along each axis that a study of vibration is usually asked to have in its modes. */
const ENOUGH_MASS_PERCENT = 80;
/** An estimated error above this is worth a warning, percent. */
const LARGE_ERROR_PERCENT = 5;

export const modalAnalysis: Analysis = async (input) => {
  const { task, mesh, progress } = input;
  refuseWhatVibrationLacks(input, 'Modal studies');
  requireDensity(input);
  const settings = task.study.modal ?? { modes: DEFAULT_MODES };
  const built = buildForEigenvalues(input, { mayMove: true, stressed: settings.prestressed === true });
  let prestress: StressState | null = null;
  if (settings.prestressed) {
    if (task.loads.length === 0 && !isTightened(input))
      throw refuseStudy(
        'no-loads',
        'The part is to vibrate under stress, but the study has no loads.',
        'Add the loads that stress it, or take "prestressed" out.',
      );
    refuseUnderRestrained(mesh, task.bodies, built.restraints, built.connections);
    prestress = (await solveStaticStates(input, built, 0.1, 0.3)).wholeStress;
  }
  const modes = await solveModes(input, built, {
    count: settings.modes,
    ...(prestress ? { prestress } : {}),
    from: prestress ? 0.3 : 0.15,
    to: 0.9,
  });
  progress('Collecting results', 0.9);
  const shown = modesUpTo(modes, settings.to_Hz);
  const common = vibrationSummary(input, built, modes);
  const { fields, frames } = framesOfModes(
    { mesh, elementBody: built.elementBody, probes: task.study.probes },
    modes,
    shown,
  );
  const summary: ResultSummary = {
    ...common,
    type: 'modal',
    modes: common.modes!.slice(0, shown),
    extremes: frames[0]?.extremes ?? {},
    frames,
    probes: probesOfFrame(task.study.probes, frames[0]?.probes),
  };
  summary.warnings.push(...modalWarnings(input, modes, shown, summary), ...sectorWarnings(input, 'modes'));
  if (prestress) summary.warnings.push(...armWarnings(input, built));
  progress('Packing', 0.97);
  return {
    summary,
    fields: packFrames(packedMeshOf(input, built.elementBody), fields, task.inputHash),
    deck: fitsDeck(prestress)
      ? packDeck(built.model, {
          ...deckMetaOf(task),
          step: { kind: 'modal', modes: settings.modes + modes.rigidModes, prestressed: prestress !== null },
        })
      : null,
  };
};

function modesUpTo(modes: ModalSolution, to_Hz: number | undefined): number {
  if (to_Hz === undefined) return modes.eigenvalues.length;
  return modes.eigenvalues.filter((eigenvalue) => frequencyOf(eigenvalue) <= to_Hz).length;
}

function modalWarnings(
  { task }: AnalysisInput,
  modes: ModalSolution,
  shown: number,
  summary: ResultSummary,
): ResultSummary['warnings'] {
  const warnings: ResultSummary['warnings'] = [];
  const settings = task.study.modal;
  const found = modes.eigenvalues.length;
  if (shown === 0)
    warnings.push({
      code: 'result.no-modes',
      message: `There is no natural frequency up to ${settings?.to_Hz} Hz: the lowest is ${Number(frequencyOf(modes.eigenvalues[0]!).toPrecision(4))} Hz.`,
    });
  else if (settings?.to_Hz !== undefined && shown === found)
    warnings.push({
      code: 'result.more-modes',
      message: `All ${settings.modes} modes lie below ${settings.to_Hz} Hz: there may be more up to there. Ask for more modes.`,
    });
  const last = summary.modes?.at(-1);
  if (modes.rigidModes === 0 && last?.cumulativeMass_percent) {
    const axes = last.cumulativeMass_percent
      .map((percent, axis) => ({ percent, axis: 'xyz'[axis]! }))
      .filter(({ percent }) => percent < ENOUGH_MASS_PERCENT)
      .map(({ percent, axis }) => `${percent.toFixed(0)} % along ${axis}`);
    if (axes.length > 0)
      warnings.push({
        code: 'result.effective-mass',
        message: `These modes move only ${axes.join(' and ')} of the mass: for shaking of the ground ask for more.`,
      });
  }
  const uncertain = (summary.modes ?? []).filter((mode) => (mode.error_percent ?? 0) > LARGE_ERROR_PERCENT);
  if (uncertain.length > 0)
    warnings.push({
      code: 'result.coarse-mesh',
      message: `The estimated error of ${uncertain.length} frequencies is over ${LARGE_ERROR_PERCENT} %: they are too high. Refine the mesh.`,
    });
  if (task.study.restraints.some((one) => !one.suppressed && prescribes(one)))
    warnings.push({
      code: 'result.prescribed-held',
      message: 'Prescribed displacements hold the part where it is while it vibrates.',
    });
  if (isTightened({ task }) && !settings?.prestressed)
    warnings.push({
      code: 'result.preload-left-out',
      message: 'Bolts join by their stiffness here; their preload stiffens nothing unless the study is pre-stressed.',
    });
  return warnings;
}

const prescribes = (one: AnalysisInput['task']['study']['restraints'][number]): boolean =>
  (one.kind === 'displacement' || one.kind === 'remote-displacement') &&
  [one.x_mm, one.y_mm, one.z_mm].some((value) => value);
