/** Features that were found on bodies without a history, and what is done with them. */
import { create } from 'zustand';
import {
  type ChangeableSize,
  changeableSizes,
  newId,
  type RecognisedStep,
  removeStep,
  resizeStep,
} from '../../../main/document/index.ts';
import type {
  BodyInfo,
  BodyRecognition,
  FeatureRecord,
  PartRecord,
  PartView,
  RecognisedFeature,
  RecognisedKind,
} from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { bodiesIn } from '../../geometry/locate.ts';
import { recordOf } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { reportError } from '../../state/messages.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { toast } from '../../state/ui.ts';
import { instanceOfPart } from '../editor/reference-field.tsx';
import { addFeature, makeEditable } from '../edits.ts';

interface RecognisedState {
  partId: string | null;
  bodies: BodyRecognition[];
  busy: boolean;
  /** The tessellation that was looked at: another one means that the shape has changed since. */
  of: string | null;
  /** The shape that `bodies` were found on: their numbers of faces mean nothing on another one. */
  looked: PartView | null;
}
export const useRecognised = create<RecognisedState>(() => ({
  partId: null,
  bodies: [],
  busy: false,
  of: null,
  looked: null,
}));

/** What the part looks like, in one word. */
export const shapeOf = (partId: string): string =>
  (useGeometry.getState().parts.get(partId)?.bodies ?? []).map(({ tessellation }) => tessellation.hash).join();

let latest = 0;
export async function recognise(partId: string): Promise<void> {
  const mine = ++latest;
  const looked = useGeometry.getState().parts.get(partId) ?? null;
  useRecognised.setState((state) => ({
    partId,
    busy: true,
    of: shapeOf(partId),
    bodies: state.partId === partId ? state.bodies : [],
    looked: state.partId === partId ? state.looked : null,
  }));
  try {
    const bodies = await engine()['parts.recognise']({ partId });
    if (mine === latest) useRecognised.setState({ bodies, busy: false, looked });
  } catch (error) {
    if (mine !== latest) return;
    useRecognised.setState({ busy: false });
    reportError(error);
  }
}

export interface Found {
  key: string;
  body: number;
  feature: RecognisedFeature;
}
export const foundIn = (bodies: readonly BodyRecognition[]): Found[] =>
  bodies.flatMap(({ body, features }) =>
    features.map((feature) => ({ key: `${body}/${feature.kind}/${feature.faces.join('.')}`, body, feature })),
  );

/** By kind, and by size for those that have a radius. */
export function matching(found: readonly Found[], kind: RecognisedKind | 'all', largest_mm: number | null): Found[] {
  return found.filter(({ feature }) => {
    if (kind !== 'all' && feature.kind !== kind) return false;
    return largest_mm === null || sizeOf(feature) <= largest_mm * (1 + 1e-9);
  });
}

/** What a person sorts it by, mm. */
export function sizeOf(feature: RecognisedFeature): number {
  switch (feature.kind) {
    case 'hole':
      return Math.max(...feature.diameters_mm);
    case 'fillet':
      return feature.radius_mm;
    case 'chamfer':
      return feature.distance_mm;
    case 'pocket':
      return feature.depth_mm;
    case 'boss':
      return feature.height_mm;
    case 'wall':
      return feature.thickness_mm;
  }
}

/** Has the shape been changed since it was looked at? */
function isStale(partId: string): boolean {
  const { looked } = useRecognised.getState();
  const now = useGeometry.getState().parts.get(partId);
  const hashes = (view: PartView | null | undefined) =>
    view?.bodies.map(({ tessellation }) => tessellation.hash).join();
  return hashes(looked) !== hashes(now);
}

export function facesOf(partId: string, found: readonly Found[]): SelectedItem[] {
  const instanceId = instanceOfPart(partId);
  if (!instanceId || isStale(partId)) return [];
  return found.flatMap(({ body, feature }) =>
    feature.faces.map((index) => ({ instanceId, body, kind: 'face' as const, index })),
  );
}

/** Makes the part editable if it is not yet, and puts a step on what was found. */
async function step(partId: string, make: (bodies: readonly BodyInfo[]) => RecognisedStep): Promise<void> {
  if (isStale(partId)) return toast('The shape has changed meanwhile; it is looked at again.');
  const before = recordOf('part', partId);
  const part: PartRecord | undefined = before && (await makeEditable(before));
  const view = useGeometry.getState().parts.get(partId);
  if (!part || !view) return;
  try {
    const { name, feature } = make(bodiesIn(view));
    const record: FeatureRecord = { type: 'feature', id: newId('feature'), partId, name, feature };
    if (await addFeature(part, record)) toast(name);
  } catch (error) {
    reportError(error);
  }
}

/** What of it can be changed: one field each. */
export function sizesOf(partId: string, found: Found): ChangeableSize[] {
  const { looked } = useRecognised.getState();
  return looked?.partId === partId ? changeableSizes(found, bodiesIn(looked)) : [];
}

export const resizeFound = (partId: string, found: Found, sizes: string[]): Promise<void> =>
  step(partId, (bodies) => resizeStep(found, bodies, sizes));

export const removeFound = (partId: string, found: readonly Found[]): Promise<void> =>
  step(partId, (bodies) => removeStep(found, bodies));
