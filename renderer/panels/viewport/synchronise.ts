/** Keeps a viewport as the stores say, without React in between. */

import { useEditor } from '../../features/editor/editor-state.ts';
import { usePreview } from '../../features/preview.ts';
import { withPreview } from '../../features/preview-scene.ts';
import { useResolved } from '../../geometry/resolved.ts';
import { locateInStudy, onInstances } from '../../geometry/subject.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { usePath } from '../../state/path.ts';
import { placeOf, usePlayback } from '../../state/playback.ts';
import { useResults } from '../../state/results.ts';
import { useSelection } from '../../state/selection.ts';
import { useSensitivities } from '../../state/sensitivities.ts';
import { resolvedTheme, useSettings } from '../../state/settings.ts';
import { usePaintedPrediction, useSurrogates } from '../../state/surrogates.ts';
import { useView } from '../../state/view.ts';
import type { Viewport } from '../../viewport/api.ts';
import { referencesOf } from '../studies/picked-references.ts';
import { useStudyPanel } from '../studies/study-panel-state.ts';
import { annotationsFor } from './annotations.ts';
import { fieldOf, paneView } from './field.ts';
import { instanceOfStudy } from './instance-of-study.ts';
import { sceneOf } from './scene.ts';

/** Which of the two viewports: the model and result in view, or the result it is compared with. */
export type Role = 'main' | 'compared';

/** The least time between two new scenes while an assembly arrives part by part. */
const SCENE_INTERVAL = 120;

/** Runs `work` soon, and not again before `interval` has passed. */
function throttled(work: () => void, interval: number, asked?: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  return {
    get waits(): boolean {
      return timer !== undefined;
    },
    ask() {
      if (timer !== undefined) return;
      asked?.();
      const wait = Math.max(0, last + interval - performance.now());
      timer = setTimeout(() => {
        timer = undefined;
        last = performance.now();
        work();
      }, wait);
    },
    stop: () => clearTimeout(timer),
  };
}

/** What is lit up: the selection, or while references are picked, those. */
function litItems() {
  const { tool, pointed } = useView.getState();
  if (pointed) return pointed;
  if (tool.kind === 'pick') return tool.lit();
  if (tool.kind !== 'references') return useSelection.getState().items;
  const study = recordOf('study', tool.studyId);
  if (!study) return [];
  const instanceId = instanceOfStudy(study);
  return referencesOf(study, tool.itemId).flatMap((reference) =>
    onInstances(locateInStudy(reference, study.partId)?.items ?? [], instanceId),
  );
}

/**
 * Returns how to stop. `behind` is told whenever the stores hold something that the viewport has not been told yet, and when
 * it has been told all: until then it still shows, and picks from, what was there before.
 */
export function synchronise(viewport: Viewport, role: Role, behind: (isBehind: boolean) => void): () => void {
  const fallBehind = () => behind(true);
  const catchUp = () => behind(scene.waits || decorate.waits);
  const hash = () => (role === 'main' ? useResults.getState().shown : useResults.getState().compared);
  const scene = throttled(
    () => {
      const { tree, records } = useDocument.getState();
      const { instances, parts } = withPreview(sceneOf(tree, records, useGeometry.getState().parts));
      viewport.setScene(instances, parts);
      decorate.ask();
    },
    SCENE_INTERVAL,
    fallBehind,
  );
  const decorate = throttled(
    () => {
      viewport.setField(fieldOf(role));
      viewport.setAnnotations(annotationsFor(role, hash()));
      catchUp();
    },
    16,
    fallBehind,
  );
  const selection = throttled(() => viewport.setSelection(litItems()), 0);

  const applyView = () => {
    const view = useView.getState();
    viewport.setDisplayStyle(view.displayStyle);
    viewport.setProjection(view.orthographic);
    viewport.setPickFilter(view.filter);
    viewport.setSections(view.sections);
    viewport.setExplosion(view.explosion);
    viewport.setIsolation(view.isolation);
  };
  applyView();
  if (role === 'main') viewport.setPrediction(usePaintedPrediction.getState().painted?.numbers ?? null);
  scene.ask();
  selection.ask();

  const stops = [
    useDocument.subscribe((state, before) => {
      if (state.records === before.records) return;
      scene.ask();
      selection.ask();
    }),
    useGeometry.subscribe(scene.ask),
    usePreview.subscribe(scene.ask),
    useEditor.subscribe(selection.ask),
    useResults.subscribe(decorate.ask),
    useSensitivities.subscribe(decorate.ask),
    useSurrogates.subscribe((state, before) => {
      // Sliders and answers change all the time; what is painted by them comes as numbers, below.
      const [now, then] = [state.live, before.live];
      const isSame =
        now?.studyId === then?.studyId && now?.quantity === then?.quantity && now?.painted === then?.painted;
      if (!isSame || state.states !== before.states) decorate.ask();
    }),
    usePaintedPrediction.subscribe(({ painted }, before) => {
      if (role !== 'main' || painted === before.painted) return;
      viewport.setPrediction(painted?.numbers ?? null);
      // Beginning, ending and another range are more than other numbers.
      if (!painted || painted.range.join() !== before.painted?.range.join()) decorate.ask();
    }),
    usePath.subscribe(decorate.ask),
    usePlayback.subscribe((state, before) => {
      if (state.time === before.time) return;
      // A film only moves on: nothing else of the field is set again.
      const view = paneView(role);
      const own = role === 'compared' && useResults.getState().comparedView.frame !== null;
      if (view && !own) viewport.setFrame(placeOf(view.entry, view.frame));
    }),
    useResolved.subscribe(decorate.ask),
    useStudyPanel.subscribe(decorate.ask),
    useSelection.subscribe((state, before) => {
      if (state.items !== before.items) selection.ask();
    }),
    useSettings.subscribe((state, before) => {
      if (state.theme !== before.theme) viewport.setTheme(resolvedTheme(state.theme));
      if (state.colourMap !== before.colourMap) decorate.ask();
      if (state.navigation !== before.navigation) viewport.setNavigation({ name: state.navigation });
    }),
    useView.subscribe((state, before) => {
      if (state.displayStyle !== before.displayStyle) viewport.setDisplayStyle(state.displayStyle);
      if (state.orthographic !== before.orthographic) viewport.setProjection(state.orthographic);
      if (state.filter !== before.filter) viewport.setPickFilter(state.filter);
      if (state.sections !== before.sections) viewport.setSections(state.sections);
      if (state.explosion !== before.explosion) viewport.setExplosion(state.explosion);
      if (state.isolation !== before.isolation) viewport.setIsolation(state.isolation);
      if (state.measurement !== before.measurement) decorate.ask();
      if (state.tool !== before.tool || state.pointed !== before.pointed) selection.ask();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    scene.stop();
    decorate.stop();
    selection.stop();
  };
}
