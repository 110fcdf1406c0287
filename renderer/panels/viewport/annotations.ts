/** Symbols on the model: the active study's restraints and loads, extremes, probes, singularities, measurements. */
import { transformDirection, transformPoint } from '../../../main/document/index.ts';
import type { StudyRecord, Transform } from '../../../preload/contract/index.ts';
import { recordOf } from '../../state/document.ts';
import { frameOf } from '../../state/frames.ts';
import { usePath } from '../../state/path.ts';
import { placeOf } from '../../state/playback.ts';
import { probeKey, resultOf, useResults } from '../../state/results.ts';
import { useView } from '../../state/view.ts';
import { fieldDescription } from '../../units/fields.ts';
import { formatQuantity } from '../../units/format.ts';
import { currentUnits } from '../../units/use-units.ts';
import type { Annotation } from '../../viewport/api.ts';
import { sensitivityAnnotations } from '../sensitivities/annotations.ts';
import { paintedSensitivity } from '../sensitivities/painting.ts';
import { useStudyPanel } from '../studies/study-panel-state.ts';
import { hasNoAmplitude, type Pane, paneView } from './field.ts';
import { placeOfStudy } from './instance-of-study.ts';
import { placesOf } from './symbols/places.ts';
import { studySymbols } from './symbols/study-symbols.ts';

/** The symbols of the study where its part is placed. */
function studyAnnotations(study: StudyRecord, world: Transform): Annotation[] {
  return studySymbols(study, useStudyPanel.getState().openItem).map((symbol) => ({
    ...symbol,
    at_mm: transformPoint(world, symbol.at_mm),
    ...(symbol.to_mm ? { to_mm: transformPoint(world, symbol.to_mm) } : {}),
    ...(symbol.direction ? { direction: transformDirection(world, symbol.direction) } : {}),
  }));
}

function resultAnnotations(pane: Pane, hash: string, world: Transform): Annotation[] {
  const view = paneView(pane);
  if (!view) return [];
  const { entry, frame } = view;
  const { display, pointedAt } = useResults.getState();
  const system = currentUnits();
  const { quantity, short } = fieldDescription(view.quantity);
  const found: Annotation[] = [];
  const shown = frameOf(entry, frame);
  const extremes = shown.extremes[view.quantity];
  // Between two frames of a film nobody has looked for them.
  if (display.showExtremes && extremes && placeOf(entry, frame).blend === 0) {
    for (const which of ['min', 'max'] as const) {
      const { value, at_mm } = extremes[which];
      found.push({
        id: which,
        kind: which === 'min' ? 'minimum' : 'maximum',
        at_mm: transformPoint(world, at_mm),
        label: hasNoAmplitude(view) ? which : `${which} ${formatQuantity(value, quantity, system, 3)}`,
      });
    }
  }
  const study = recordOf('study', entry.studyId);
  for (const probe of study?.probes ?? []) {
    const values = useResults.getState().probeValues.get(probeKey(hash, probe.at_mm, frame));
    const field = fieldDescription(probe.quantity ?? view.quantity);
    const value = values?.[probe.quantity ?? view.quantity];
    found.push({
      id: `probe-${probe.id}`,
      kind: 'probe',
      at_mm: transformPoint(world, probe.at_mm),
      label: value === undefined ? probe.name : `${probe.name}: ${formatQuantity(value, field.quantity, system, 3)}`,
    });
  }
  if (pointedAt) {
    found.push({
      id: 'pointed-at',
      kind: 'singularity',
      at_mm: transformPoint(world, pointedAt.at_mm),
      label: pointedAt.label || short,
      selected: true,
    });
  }
  return found;
}

/** What holds the part in the shown frame, as arrows at its restraints. */
function reactionAnnotations(pane: Pane, study: StudyRecord, world: Transform): Annotation[] {
  const view = paneView(pane);
  if (!view) return [];
  const reactions = frameOf(view.entry, view.frame).reactions_N ?? view.entry.summary.reactions_N;
  const system = currentUnits();
  return (reactions?.byRestraint ?? []).flatMap(({ id, name, force_N }): Annotation[] => {
    const restraint = study.restraints.find((one) => one.id === id);
    const place = restraint && placesOf(restraint.on, study.partId)[0];
    const size = Math.hypot(...force_N);
    if (!place || size === 0) return [];
    return [
      {
        id: `reaction-${id}`,
        kind: 'load',
        at_mm: transformPoint(world, place.at),
        direction: transformDirection(world, force_N),
        label: `Reaction ${name}: ${formatQuantity(size, 'force', system, 4)}`,
      },
    ];
  });
}

/** The line that a path plot runs along. */
function pathAnnotations(world: Transform): Annotation[] {
  const { points_mm, marked_mm } = usePath.getState();
  const found: Annotation[] = points_mm.slice(0, 2).map((at, index) => ({
    id: `path-${index}`,
    kind: 'probe',
    at_mm: transformPoint(world, at),
    label: index === 0 ? 'A' : 'B',
  }));
  const [from, to] = points_mm;
  if (from && to)
    found.push({ id: 'path', kind: 'measure', at_mm: transformPoint(world, from), to_mm: transformPoint(world, to) });
  if (marked_mm)
    found.push({ id: 'path-mark', kind: 'maximum', at_mm: transformPoint(world, marked_mm), selected: true });
  return found;
}

/** Everything to draw beside the model in the viewport that shows this result (or the plain model). */
export function annotationsFor(pane: Pane, hash: string | null): Annotation[] {
  const { activeStudyId } = useResults.getState();
  const { measurement } = useView.getState();
  const found: Annotation[] = measurement ? [measurement] : [];
  const entry = resultOf(hash);
  const study = recordOf('study', entry?.studyId ?? activeStudyId);
  const place = placeOfStudy(study);
  if (!study || !place) return found;
  const { world } = place;
  if (pane === 'main') {
    const arrows = sensitivityAnnotations(study.id, world);
    // Beside the colours of what would improve it, marks of a result would be taken for theirs.
    if (paintedSensitivity()) return [...found, ...arrows];
    found.push(...arrows);
  }
  if (entry && hash) {
    found.push(...resultAnnotations(pane, hash, world));
    if (useResults.getState().display.showReactions) found.push(...reactionAnnotations(pane, study, world));
    if (pane === 'main') found.push(...pathAnnotations(world));
  } else if (useStudyPanel.getState().visible) found.push(...studyAnnotations(study, world));
  return found;
}
