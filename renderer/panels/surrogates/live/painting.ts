/** The part as a surrogate predicts it: hatched, on points that are predicted themselves. */
import { recordOf } from '../../../state/document.ts';
import { useSettings } from '../../../state/settings.ts';
import { type Live, type PaintedPrediction, usePaintedPrediction, useSurrogates } from '../../../state/surrogates.ts';
import { fieldDescription } from '../../../units/fields.ts';
import type { FieldDisplay } from '../../../viewport/api.ts';
import { instanceOfStudy } from '../../viewport/instance-of-study.ts';

/** The prediction that the first view shows, or null. */
export function shownPrediction(): { live: Live; painted: PaintedPrediction; surfaceHash: string } | null {
  const { live, states } = useSurrogates.getState();
  const { painted } = usePaintedPrediction.getState();
  const surfaceHash = live && states.get(live.studyId)?.surfaceHash;
  if (!live?.painted || !painted || !surfaceHash) return null;
  return { live, painted, surfaceHash };
}

/** As the viewport paints it, or null. */
export function predictionField(instanceId?: string): FieldDisplay | null {
  const shown = shownPrediction();
  if (!shown) return null;
  const { live, painted, surfaceHash } = shown;
  const placed = instanceId ?? instanceOfStudy(recordOf('study', live.studyId));
  if (!placed) return null;
  return {
    fieldsHash: surfaceHash,
    instanceId: placed,
    quantity: live.quantity,
    range: painted.range,
    bands: PREDICTED_BANDS,
    deformationScale: 1,
    animate: false,
    showMesh: false,
    showUndeformed: false,
    colourMap: useSettings.getState().colourMap,
    title: `Predicted: ${fieldDescription(live.quantity).label}`,
    predicted: true,
  };
}

export const PREDICTED_BANDS = 12;
