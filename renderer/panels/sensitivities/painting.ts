/** The part coloured by what moving its surface does: red where less metal helps, blue where more does. */
import { recordOf } from '../../state/document.ts';
import { resultInPanel, useResults } from '../../state/results.ts';
import { useSensitivities } from '../../state/sensitivities.ts';
import type { FieldDisplay } from '../../viewport/api.ts';
import { instanceOfStudy } from '../viewport/instance-of-study.ts';
import { isBetterLarger } from './advice.ts';

/** The answer that is painted in the first view, with which of its quantities; null where none is. */
export function paintedSensitivity() {
  const { answers, drawn, painted } = useSensitivities.getState();
  if (!drawn || !painted) return null;
  // Only with its study in view: a result of another one is what was asked for.
  if ((resultInPanel()?.studyId ?? useResults.getState().activeStudyId) !== drawn.studyId) return null;
  const answer = answers.get(drawn.studyId);
  const functional = answer?.summary.functionals[drawn.index];
  return answer && functional ? { answer, functional, index: drawn.index } : null;
}

/** As the viewport paints it, or null. */
export function sensitivityField(instanceId?: string): FieldDisplay | null {
  const view = paintedSensitivity();
  if (!view) return null;
  const placed = instanceId ?? instanceOfStudy(recordOf('study', view.answer.studyId));
  if (!placed) return null;
  return {
    fieldsHash: view.answer.fieldsHash,
    instanceId: placed,
    // Red is always where to push, also for what is better when it is larger.
    quantity: isBetterLarger(view.functional.functional) ? 'sensitivity.reversed' : 'sensitivity',
    range: [-1, 1],
    bands: 0,
    frame: { from: view.index, to: view.index, blend: 0 },
    deformationScale: 0,
    animate: false,
    showMesh: false,
    showUndeformed: false,
    colourMap: 'diverging',
    title: `What improves ${view.functional.name}`,
  };
}
