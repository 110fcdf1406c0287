/** Results of studies and how the one in view is shown. */
import { create } from 'zustand';
import type { FieldQuantity, ResultEntry, StudyRecord } from '../../preload/contract/index.ts';
import { type ElementQuantity, type GlyphKind, isElementQuantity } from '../viewport/api.ts';
import { recordOf } from './document.ts';
import { useSensitivities } from './sensitivities.ts';
import { leavePicture } from './surrogates.ts';

type ResultView = NonNullable<StudyRecord['view']>;

/** What can be painted: a quantity of the result, or of its mesh. */
export type DisplayQuantity = FieldQuantity | ElementQuantity;

export interface SliceSettings {
  axis: 'x' | 'y' | 'z';
  count: number;
  /** 0..1: where between their neighbours they lie; moves all of them through the part. */
  at: number;
}
export interface GlyphSettings {
  kind: GlyphKind;
  density: number;
  size: number;
  byValue: boolean;
}

export interface ResultDisplay {
  quantity: DisplayQuantity;
  /** The frame that is shown; in a film, the one it is at. */
  frame: number;
  /** Null: from the smallest to the largest value. */
  range: [number, number] | null;
  /** Whether an automatic range spans this frame or all of them. */
  rangeOver: 'frame' | 'all';
  /** 0 draws a smooth ramp. */
  bands: number;
  /** Null: chosen so that the largest displacement is a tenth of the part. */
  deformationScale: number | null;
  animate: boolean;
  showMesh: boolean;
  showUndeformed: boolean;
  showExtremes: boolean;
  /** Arrows at the restraints. */
  showReactions: boolean;
  threshold: { minimum?: number; maximum?: number } | null;
  /** Surfaces of constant value. */
  isoValues: number[];
  slices: SliceSettings | null;
  glyphs: GlyphSettings | null;
  /** The part in one quiet colour. */
  plain: boolean;
  /** The finite element that is pointed out, counted from 0. */
  element: number | null;
}
export const DEFAULT_DISPLAY: ResultDisplay = {
  quantity: 'von_mises',
  frame: 0,
  range: null,
  rangeOver: 'frame',
  bands: 12,
  deformationScale: 0,
  animate: false,
  showMesh: false,
  showUndeformed: false,
  showExtremes: true,
  showReactions: false,
  threshold: null,
  isoValues: [],
  slices: null,
  glyphs: null,
  plain: false,
  element: null,
};

export interface ResultsState {
  /** Newest first. */
  entries: ResultEntry[];
  /** The result that is painted, or null for the plain model. */
  shown: string | null;
  /** The result in the second viewport, or null. */
  compared: string | null;
  /** What the second viewport shows of it, where that is something else than in the first. */
  comparedView: { quantity: DisplayQuantity | null; frame: number | null };
  display: ResultDisplay;
  /** The study that the Studies panel edits. */
  activeStudyId: string | null;
  /** A place that a card pointed at. */
  pointedAt: { at_mm: [number, number, number]; label: string } | null;
  /** Values at probes, by result and place. */
  probeValues: ReadonlyMap<string, Record<string, number>>;
}
export const useResults = create<ResultsState>(() => ({
  entries: [],
  shown: null,
  compared: null,
  comparedView: { quantity: null, frame: null },
  display: DEFAULT_DISPLAY,
  activeStudyId: null,
  pointedAt: null,
  probeValues: new Map(),
}));

/** Replaces the results of one study, or of all. */
export function putResults(entries: ResultEntry[], studyId?: string): void {
  useResults.setState((state) => {
    const others = studyId ? state.entries.filter((entry) => entry.studyId !== studyId) : [];
    const all = [...entries, ...others].sort((a, b) => b.summary.createdAt - a.summary.createdAt);
    const exists = (hash: string | null) => (hash && all.some((e) => e.inputHash === hash) ? hash : null);
    return { entries: all, shown: exists(state.shown), compared: exists(state.compared) };
  });
}

export const resultOf = (hash: string | null, entries = useResults.getState().entries): ResultEntry | undefined =>
  hash === null ? undefined : entries.find(({ inputHash }) => inputHash === hash);

/** The result that the panel tells of: the one that is painted, else the newest of the active study, else the newest of all. */
export function resultInPanel(): ResultEntry | undefined {
  const { shown, entries, activeStudyId } = useResults.getState();
  return resultOf(shown, entries) ?? entries.find(({ studyId }) => studyId === activeStudyId) ?? entries[0];
}

export const setDisplay = (display: Partial<ResultDisplay>): void =>
  useResults.setState((state) => ({ display: { ...state.display, ...display } }));

/** Paints this result as its study was last looked at, or with null shows the plain model again. */
export function showResult(hash: string | null): void {
  // Whoever asks for a result wants to see it, not what would improve the one before.
  useSensitivities.setState({ drawn: null });
  leavePicture();
  useResults.setState((state) => {
    if (hash === null) return { shown: null, compared: null, pointedAt: null };
    const studyId = resultOf(hash, state.entries)?.studyId;
    const sameStudy = resultOf(state.shown, state.entries)?.studyId === studyId;
    const view = recordOf('study', studyId)?.view;
    return {
      shown: hash,
      compared: state.compared === hash ? null : state.compared,
      pointedAt: null,
      display: {
        ...state.display,
        ...(sameStudy ? {} : { threshold: null, ...displayOf(view ?? firstViewOf(resultOf(hash, state.entries))) }),
        // An element's number means nothing on another mesh.
        element: null,
      },
    };
  });
}

/** How a result is shown while nobody has chosen anything. A mode is its shape: it is shown deformed. */
export function firstViewOf(entry: ResultEntry | undefined): ResultView {
  const isMode = entry?.summary.frames?.[0]?.kind === 'mode';
  return viewOf({
    ...DEFAULT_DISPLAY,
    ...(isMode ? { deformationScale: null, quantity: 'displacement.magnitude' as const } : {}),
  });
}

/** The part of the display that is kept with the study. Its absent deformation scale means: chosen automatically. */
export const viewOf = ({
  quantity,
  deformationScale,
  range,
  bands,
  frame,
  rangeOver,
  isoValues,
  slices,
  glyphs,
  plain,
}: ResultDisplay): ResultView => ({
  // What is painted of the mesh is looked at for a moment.
  quantity: isElementQuantity(quantity) ? 'von_mises' : quantity,
  ...(deformationScale === null ? {} : { deformationScale }),
  ...(range && !isElementQuantity(quantity) ? { range } : {}),
  ...(bands >= 2 ? { bands } : {}),
  ...(frame > 0 ? { frame } : {}),
  ...(rangeOver === 'all' ? { rangeOver } : {}),
  ...(isoValues.length > 0 ? { levels: isoValues } : {}),
  ...(slices ? { slices } : {}),
  ...(glyphs ? { arrows: { ...glyphs, ...(plain ? { plain } : {}) } } : {}),
});
export const displayOf = (view: ResultView): Partial<ResultDisplay> => ({
  quantity: view.quantity,
  deformationScale: view.deformationScale ?? null,
  range: view.range ?? null,
  bands: view.bands ?? 0,
  frame: view.frame ?? 0,
  rangeOver: view.rangeOver ?? 'frame',
  isoValues: view.levels ?? [],
  slices: view.slices ?? null,
  ...arrowsOf(view),
});
function arrowsOf({ arrows }: ResultView): Pick<ResultDisplay, 'glyphs' | 'plain'> {
  if (!arrows) return { glyphs: null, plain: false };
  const { plain = false, ...glyphs } = arrows;
  return { glyphs, plain };
}

/** Under which the values at a place of a result are kept. */
export const probeKey = (inputHash: string, at: readonly number[], frame: number): string =>
  `${inputHash} ${frame} ${at.join()}`;
