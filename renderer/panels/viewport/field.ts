/** How a result is painted: the stores' display settings as the viewport's field. */
import type { BoundingBox, FieldQuantity, ResultEntry, StudyRecord } from '../../../preload/contract/index.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { type ResultDisplay, resultOf, useResults } from '../../state/results.ts';
import { useSelection } from '../../state/selection.ts';
import { useSettings } from '../../state/settings.ts';
import type { FieldDisplay } from '../../viewport/api.ts';

/** Smallest and largest value of the quantity, never an empty range. */
export function fullRange(entry: ResultEntry, quantity: FieldQuantity): [number, number] {
  const extremes = entry.summary.extremes[quantity];
  if (!extremes) return [0, 1];
  const [minimum, maximum] = [extremes.min.value, extremes.max.value];
  return maximum > minimum ? [minimum, maximum] : [minimum, minimum + (Math.abs(minimum) * 1e-6 || 1e-9)];
}

/** Makes the largest displacement a tenth of the part's diagonal, to one or two digits that read well. */
export function automaticScale(largestDisplacement: number, diagonal: number): number {
  if (!(largestDisplacement > 0) || !(diagonal > 0)) return 1;
  const wished = (0.1 * diagonal) / largestDisplacement;
  const decade = 10 ** Math.floor(Math.log10(wished));
  const steps = [1, 1.5, 2, 3, 5, 7.5];
  return decade * steps.findLast((step) => step * decade <= wished)!;
}

export const diagonalOf = (boxes: BoundingBox[]): number => {
  if (boxes.length === 0) return 0;
  return Math.hypot(
    ...[0, 1, 2].map(
      (i) => Math.max(...boxes.map(({ max }) => max[i]!)) - Math.min(...boxes.map(({ min }) => min[i]!)),
    ),
  );
};

export function scaleOf(entry: ResultEntry, display: ResultDisplay, study: StudyRecord | undefined): number {
  if (display.deformationScale !== null) return display.deformationScale;
  const boxes =
    (study &&
      useGeometry
        .getState()
        .parts.get(study.partId)
        ?.bodies.map(({ info }) => info.box)) ??
    [];
  return automaticScale(entry.summary.extremes['displacement.magnitude']?.max.value ?? 0, diagonalOf(boxes));
}

/** The instance that shows the part's result: the selected one, or the first. */
export function instanceOfStudy(study: StudyRecord | undefined): string | undefined {
  if (!study) return undefined;
  const placed = useDocument.getState().placements.get(study.partId) ?? [];
  const selected = useSelection.getState().items.find(({ instanceId }) => placed.includes(instanceId));
  return selected?.instanceId ?? placed[0];
}

/** Null when there is nothing to paint. Both viewports get the same range, so that their colours mean the same. */
export function fieldOf(hash: string | null, instanceId?: string): FieldDisplay | null {
  const { display } = useResults.getState();
  const entry = resultOf(hash);
  const study = recordOf('study', entry?.studyId);
  const placed = instanceId ?? instanceOfStudy(study);
  if (!entry?.fieldsHash || !placed) return null;
  const part = recordOf('part', study?.partId);
  const strength = recordOf('material', part?.materialId)?.properties;
  const allowable = strength?.yield_MPa ?? strength?.ultimate_MPa;
  return {
    fieldsHash: entry.fieldsHash,
    instanceId: placed,
    quantity: display.quantity,
    range: shownRange(),
    bands: display.bands,
    deformationScale: scaleOf(entry, display, study),
    animate: display.animate,
    showMesh: display.showMesh,
    showUndeformed: display.showUndeformed,
    colourMap: useSettings.getState().colourMap,
    ...(allowable === undefined ? {} : { allowable_MPa: allowable }),
    ...(display.threshold ? { threshold: display.threshold } : {}),
    ...(display.isoValue === null ? {} : { isoValue: display.isoValue }),
  };
}

/** The range of the legend: what was typed, or what spans the results in view. */
export function shownRange(): [number, number] {
  const { display, shown, compared } = useResults.getState();
  if (display.range) return display.range;
  const ranges = [resultOf(shown), resultOf(compared)]
    .filter((entry) => entry !== undefined)
    .map((entry) => fullRange(entry, display.quantity));
  if (ranges.length === 0) return [0, 1];
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}
