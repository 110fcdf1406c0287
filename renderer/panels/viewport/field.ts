/** How a result is painted: the stores' display settings as the viewport's field. */
import { transformBox } from '../../../main/document/index.ts';
import {
  type BoundingBox,
  FIELD_QUANTITIES,
  type ResultEntry,
  type StudyRecord,
  type Transform,
  type Vector3,
} from '../../../preload/contract/index.ts';
import { subjectBodies } from '../../geometry/subject.ts';
import { recordOf } from '../../state/document.ts';
import { extremeRange, frameOf, framesOf, isFilm, shownQuantity, swings } from '../../state/frames.ts';
import { placeOf } from '../../state/playback.ts';
import {
  type DisplayQuantity,
  type ResultDisplay,
  resultOf,
  type SliceSettings,
  useResults,
} from '../../state/results.ts';
import { useSettings } from '../../state/settings.ts';
import { ELEMENT_FIELDS, FIELDS } from '../../units/fields.ts';
import { type FieldDisplay, type FramePlace, type GlyphKind, isElementQuantity } from '../../viewport/api.ts';
import { sensitivityField } from '../sensitivities/painting.ts';
import { predictionField } from '../surrogates/live/painting.ts';
import { bodiesOfResult, placeOfStudy } from './instance-of-study.ts';

const widened = ([low, high]: [number, number]): [number, number] =>
  high > low ? [low, high] : [low, low + (Math.abs(low) * 1e-6 || 1e-9)];

/** Smallest and largest value of the quantity in a frame or over all, never an empty range. */
export function fullRange(entry: ResultEntry, quantity: DisplayQuantity, frame: number | 'all'): [number, number] {
  if (quantity === 'element_quality') return [0, 1];
  // Its largest is only in the fields: whoever chooses it sets the range.
  if (quantity === 'element_error') return [0, 1];
  return widened(extremeRange(entry, quantity, frame) ?? [0, 1]);
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

const boxesOf = (study: StudyRecord | undefined): BoundingBox[] =>
  study ? subjectBodies(study.partId).map(({ info }) => info.box) : [];

/** The factor of the displacement. An automatic one is the same for all frames of a film, so that they can be compared. */
export function scaleOf(
  entry: ResultEntry,
  display: Pick<ResultDisplay, 'deformationScale' | 'frame'>,
  study: StudyRecord | undefined,
): number {
  const range = extremeRange(entry, 'displacement.magnitude', isFilm(entry) ? 'all' : display.frame);
  if (!range) return 0;
  if (display.deformationScale !== null) return display.deformationScale;
  return automaticScale(range[1], diagonalOf(boxesOf(study)));
}

/** What each viewport shows: the second one may have another quantity or frame. */
export type Pane = 'main' | 'compared';

export function paneView(pane: Pane): { entry: ResultEntry; quantity: DisplayQuantity; frame: number } | null {
  const { display, shown, compared, comparedView } = useResults.getState();
  const entry = resultOf(pane === 'main' ? shown : compared);
  if (!entry) return null;
  const own = pane === 'compared';
  const asked = (own ? comparedView.quantity : null) ?? display.quantity;
  const frame = Math.min((own ? comparedView.frame : null) ?? display.frame, framesOf(entry).length - 1);
  return { entry, frame, quantity: shownQuantity(frameOf(entry, frame), asked, FIELD_QUANTITIES) };
}

/** A mode's numbers are only in proportion: no length or stress of it is one that the part will see. */
export const hasNoAmplitude = ({ entry, frame, quantity }: NonNullable<ReturnType<typeof paneView>>): boolean =>
  swings(frameOf(entry, frame)) && !isElementQuantity(quantity);

/** The largest value of what arrows are drawn of. */
export function glyphLargest(entry: ResultEntry, kind: GlyphKind, frame: number): number {
  const over = isFilm(entry) ? 'all' : frame;
  if (kind === 'principal') {
    const high = extremeRange(entry, 'principal.1', over);
    const low = extremeRange(entry, 'principal.3', over);
    return Math.max(Math.abs(high?.[1] ?? 0), Math.abs(low?.[0] ?? 0));
  }
  return (
    extremeRange(entry, kind === 'displacement' ? 'displacement.magnitude' : 'heat_flux.magnitude', over)?.[1] ?? 0
  );
}

/** Which arrows a frame has the numbers for. */
export function glyphKinds(entry: ResultEntry, frame: number): GlyphKind[] {
  const { extremes } = frameOf(entry, frame);
  return (['displacement', 'heat_flux', 'principal'] as const).filter(
    (kind) => extremes[kind === 'principal' ? 'principal.1' : `${kind}.magnitude`] !== undefined,
  );
}

/** Where parallel cuts lie along their axis, world mm. */
export function sliceOffsets({ axis, count, at }: SliceSettings, box: BoundingBox): number[] {
  const k = { x: 0, y: 1, z: 2 }[axis];
  const [low, high] = [box.min[k]!, box.max[k]!];
  return Array.from({ length: count }, (_, i) => low + ((high - low) * (i + at)) / count);
}
const AXIS: Record<SliceSettings['axis'], Vector3> = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

function worldBox(study: StudyRecord, world: Transform): BoundingBox | null {
  const boxes = boxesOf(study).map((box) => transformBox(world, box));
  if (boxes.length === 0) return null;
  const along = (pick: (box: BoundingBox) => Vector3, of: (...all: number[]) => number): Vector3 =>
    [0, 1, 2].map((k) => of(...boxes.map((box) => pick(box)[k]!))) as Vector3;
  return { min: along(({ min }) => min, Math.min), max: along(({ max }) => max, Math.max) };
}

/** Null when there is nothing to paint. */
export function fieldOf(pane: Pane, instanceId?: string): FieldDisplay | null {
  const sensitivity = pane === 'main' ? sensitivityField(instanceId) : null;
  if (sensitivity) return sensitivity;
  const prediction = pane === 'main' ? predictionField(instanceId) : null;
  if (prediction) return prediction;
  const view = paneView(pane);
  if (!view) return null;
  const { entry, quantity, frame } = view;
  const { display } = useResults.getState();
  const study = recordOf('study', entry.studyId);
  const placed = placeOfStudy(study, instanceId);
  if (!entry.fieldsHash || !study || !placed) return null;
  const part = recordOf('part', study.partId);
  const strength = recordOf('material', part?.materialId)?.properties;
  const allowable = strength?.yield_MPa ?? strength?.ultimate_MPa;
  const box = display.slices ? worldBox(study, placed.world) : null;
  const bodies = bodiesOfResult(entry, study, placed.instanceId);
  const { glyphs } = display;
  const there = glyphs && glyphKinds(entry, frame).includes(glyphs.kind) ? glyphs : null;
  // Threshold and levels are numbers of the quantity they were chosen for.
  const same = quantity === display.quantity;
  return {
    fieldsHash: entry.fieldsHash,
    instanceId: placed.instanceId,
    ...(bodies ? { bodies } : {}),
    quantity,
    range: shownRange(pane),
    bands: display.bands,
    frame:
      pane === 'compared' && useResults.getState().comparedView.frame !== null ? still(frame) : placeOf(entry, frame),
    deformationScale: scaleOf(entry, { deformationScale: display.deformationScale, frame }, study),
    animate: display.animate,
    swing: swings(frameOf(entry, frame)),
    showMesh: display.showMesh,
    showUndeformed: display.showUndeformed,
    plain: display.plain,
    colourMap: useSettings.getState().colourMap,
    title: titleOf(quantity),
    ...(allowable === undefined ? {} : { allowable_MPa: allowable }),
    ...(display.threshold && same ? { threshold: display.threshold } : {}),
    ...(display.isoValues.length > 0 && same ? { isoValues: display.isoValues } : {}),
    ...(display.slices && box
      ? { slices: { normal: AXIS[display.slices.axis], offsets_mm: sliceOffsets(display.slices, box) } }
      : {}),
    ...(there ? { glyphs: { ...there, largest: glyphLargest(entry, there.kind, frame) } } : {}),
    ...(display.element !== null && pane === 'main' ? { element: display.element } : {}),
  };
}
const still = (index: number): FramePlace => ({ from: index, to: index, blend: 0 });

export const titleOf = (quantity: DisplayQuantity): string =>
  isElementQuantity(quantity) ? ELEMENT_FIELDS[quantity].label : FIELDS[quantity].label;

/**
 * The range of a pane's legend: what was typed, or what spans the results in view. Where both show the same quantity they have
 * the same range, so that their colours mean the same.
 */
export function shownRange(pane: Pane = 'main'): [number, number] {
  const { display } = useResults.getState();
  const own = paneView(pane);
  if (!own) return [0, 1];
  if (display.range && own.quantity === display.quantity) return display.range;
  const ranges = (['main', 'compared'] as const)
    .map(paneView)
    .filter((view) => view !== null)
    .filter(({ quantity }) => quantity === own.quantity)
    // A film with a range of each frame would show next to nothing of what happens.
    .map(({ entry, quantity, frame }) =>
      fullRange(entry, quantity, display.rangeOver === 'all' || isFilm(entry) ? 'all' : frame),
    );
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}
