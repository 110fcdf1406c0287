/** Into a sketch and out of it again. Finishing is one change of the project, cancelling leaves nothing behind. */
import { newId, quantity, type Variables } from '../../../main/document/index.ts';
import {
  type FeatureRecord,
  IDENTITY_TRANSFORM,
  type PartRecord,
  type Plane,
  type Sketch,
  type Transform,
} from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { engine } from '../../engine/connection.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { reportError } from '../../state/messages.ts';
import { useParts } from '../../state/parts.ts';
import { clearSelection, useSelection } from '../../state/selection.ts';
import { setTool, useView } from '../../state/view.ts';
import { mainViewport } from '../../state/viewports.ts';
import type { CameraState } from '../../viewport/api.ts';
import { warmSolver } from '../solving/client.ts';
import { idSource } from '../tools/draft.ts';
import { type Frame, placedFrame } from '../view/frame.ts';
import { forgetSolve, solve, whenSolved } from './editing.ts';
import { lookStraight } from './look.ts';
import { planeFrame } from './plane-frame.ts';
import { INITIAL, type SketchSession, useSketcher } from './state.ts';

export interface StartSketch {
  partId: string;
  plane: Plane;
  /** Given by whoever wants to know it beforehand. */
  featureId?: string;
}

/** How the model was looked at before. */
let before: { camera: CameraState; orthographic: boolean; explosion: number } | null = null;

export const startSketch = ({ partId, plane, featureId = newId('feature') }: StartSketch): Promise<void> =>
  enter(partId, featureId, { kind: 'sketch', plane, entities: [], constraints: [] }, freshSketchName(partId), true);

export async function editSketch(featureId: string): Promise<void> {
  const record = recordOf('feature', featureId);
  if (record?.feature.kind !== 'sketch') return;
  await enter(record.partId, record.id, record.feature, record.name, false);
}

async function enter(partId: string, featureId: string, sketch: Sketch, name: string, isNew: boolean): Promise<void> {
  const { session } = useSketcher.getState();
  if (session) await finishSketch();
  warmSolver();
  try {
    const variables = await variablesOf(partId);
    const inPart = await planeFrame(partId, featureId, sketch.plane, variables);
    const frame: Frame = placedFrame(inPart, placeOf(partId));
    const started: SketchSession = {
      partId,
      featureId,
      isNew,
      name,
      plane: sketch.plane,
      frame,
      variables,
      takeId: idSource(textsNaming(featureId, sketch)),
    };
    const viewport = mainViewport();
    const { orthographic, explosion } = useView.getState();
    if (viewport) before = { camera: viewport.camera(), orthographic, explosion };
    clearSelection();
    setTool({ kind: 'select' });
    // Without perspective, and with the part where it belongs: the sketch lies over it point by point.
    useView.setState({ orthographic: true, explosion: 0 });
    useSketcher.setState({ ...INITIAL, session: started, sketch, tool: isNew ? 'line' : 'select' });
    lookStraight(true);
    void solve();
  } catch (error) {
    reportError(error);
  }
}

/** Where the part stands: the selected placement, else the first one. */
function placeOf(partId: string): Transform {
  const { placements, tree } = useDocument.getState();
  const placed = placements.get(partId) ?? [];
  const selected = useSelection.getState().items.find(({ instanceId }) => placed.includes(instanceId));
  const instance = selected?.instanceId ?? placed[0];
  return instance ? tree.worldTransformOf(instance) : IDENTITY_TRANSFORM;
}

async function variablesOf(partId: string): Promise<Variables> {
  const known = useParts.getState().histories.get(partId) ?? (await historyOf(partId));
  const variables: Record<string, ReturnType<typeof quantity>> = {};
  for (const { name, value, dimension } of known?.variables ?? [])
    if (value !== undefined) variables[name] = quantity(value, dimension);
  return variables;
}
/** A part whose history cannot be had is sketched on without variables: dimensions that need them say so. */
async function historyOf(partId: string) {
  try {
    return await engine()['parts.history']({ partId });
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/**
 * Ids in this sketch and wherever its entities are named. A number that anything still names is not given again, or a fillet
 * of a line that was deleted would come to life on another one.
 */
function* textsNaming(featureId: string, sketch: Sketch): Iterable<string> {
  for (const { id } of sketch.entities) yield id;
  for (const { id } of sketch.constraints) yield id;
  for (const record of useDocument.getState().records.values()) {
    if (record.type !== 'feature' && record.type !== 'study') continue;
    const text = JSON.stringify(record);
    if (record.id !== featureId && text.includes(featureId)) yield text;
  }
}

function freshSketchName(partId: string): string {
  const taken = new Set<string>();
  for (const record of useDocument.getState().records.values())
    if (record.type === 'feature' && record.partId === partId) taken.add(record.name);
  let number = 1;
  while (taken.has(`Sketch ${number}`)) number++;
  return `Sketch ${number}`;
}

/** True when the project has it now. */
export async function finishSketch(): Promise<boolean> {
  // What is kept has its positions solved.
  await whenSolved();
  const { session, sketch, past } = useSketcher.getState();
  if (!session) return true;
  if (!session.isNew && past.length === 0) {
    leave();
    return true;
  }
  if (sketch.entities.length === 0 && session.isNew) {
    leave();
    return true;
  }
  const part = await partWithHistory(session.partId);
  if (!part) return false;
  const existing = recordOf('feature', session.featureId);
  const record: FeatureRecord = {
    ...(existing ?? { type: 'feature', id: session.featureId, partId: session.partId, name: session.name }),
    feature: sketch,
  };
  const label = existing ? `Edit “${record.name}”` : `${record.name} in “${part.name}”`;
  const done = await edit(label, existing ? [record] : [withStep(part, record.id), record]);
  if (done) leave();
  return done;
}

function withStep(part: PartRecord, id: string): PartRecord {
  const features = [...(part.features ?? [])];
  features.splice(part.rollBack ?? features.length, 0, id);
  return { ...part, features, ...(part.rollBack === undefined ? {} : { rollBack: part.rollBack + 1 }) };
}

/** An imported part gets its history first. */
async function partWithHistory(partId: string): Promise<PartRecord | undefined> {
  const part = recordOf('part', partId);
  if (!part || part.features || part.script || part.sourceId === undefined) return part;
  try {
    await engine()['parts.makeEditable']({ partId });
  } catch (error) {
    reportError(error);
    return undefined;
  }
  return recordOf('part', partId);
}

export function cancelSketch(): void {
  if (useSketcher.getState().session) leave();
}

function leave(): void {
  forgetSolve();
  useSketcher.setState(INITIAL, true);
  setTool({ kind: 'select' });
  if (!before) return;
  useView.setState({ orthographic: before.orthographic, explosion: before.explosion });
  mainViewport()?.setCamera(before.camera);
  before = null;
}
