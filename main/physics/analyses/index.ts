/** Each kind of study by its name. */
import type { StudyType } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { Analysis } from './analysis.ts';
import { staticAnalysis } from './static/static.ts';

const ANALYSES: Partial<Record<StudyType, Analysis>> = {
  static: staticAnalysis,
};

/** @throws ArtificerError `study.not-yet` */
export function analysisOf(type: StudyType): Analysis {
  const analysis = ANALYSES[type];
  if (analysis) return analysis;
  throw refuseStudy('not-yet', `Studies of type "${type}" cannot be solved yet.`, 'Use a static study.');
}
