/** Each kind of study by its name. */
import type { StudyType } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { SolveTask } from '../workers/tasks.ts';
import type { Analysis } from './analysis.ts';
import { bucklingAnalysis } from './buckling/buckling.ts';
import { harmonicAnalysis } from './harmonic/harmonic.ts';
import { modalAnalysis } from './modal/modal.ts';
import { staticAnalysis } from './static/static.ts';
import { thermalAnalysis } from './thermal/thermal.ts';
import { hasTemperatures, thermalStressAnalysis } from './thermal-stress/thermal-stress.ts';
import { transientThermalAnalysis } from './transient-thermal/transient-thermal.ts';

/** Load cases that say themselves in which of them it is hot: one temperature field for all would be wrong. */
const casesHaveTemperatures = ({ study, temperatures, loads }: SolveTask): boolean =>
  (study.cases ?? []).some(({ suppressed }) => !suppressed) &&
  temperatures === null &&
  study.temperatures === undefined &&
  loads.some(({ load }) => load.kind === 'body-temperature');

const ANALYSES: Partial<Record<StudyType, Analysis>> = {
  // A static study may be heated too, by a thermal study or a uniform temperature.
  static: (input) =>
    (hasTemperatures(input.task) && !casesHaveTemperatures(input.task) ? thermalStressAnalysis : staticAnalysis)(input),
  thermal: thermalAnalysis,
  'transient-thermal': transientThermalAnalysis,
  'thermal-stress': thermalStressAnalysis,
  modal: modalAnalysis,
  harmonic: harmonicAnalysis,
  buckling: bucklingAnalysis,
};

/** @throws ArtificerError `study.not-yet` */
export function analysisOf(type: StudyType): Analysis {
  const analysis = ANALYSES[type];
  if (analysis) return analysis;
  throw refuseStudy('not-yet', `Studies of type "${type}" cannot be solved yet.`, 'Use a static study.');
}
