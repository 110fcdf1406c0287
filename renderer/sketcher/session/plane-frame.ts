/** The frame of a plane in its part: as the engine found it, or by the same rule where it has not been asked yet. */

import type { Variables } from '../../../main/document/index.ts';
import { newId } from '../../../main/document/index.ts';
import { ArtificerError, type FeatureRecord, type Plane, type Vector3 } from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { bodiesIn, locate } from '../../geometry/locate.ts';
import { recordOf } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { outcomesOf } from '../../state/parts.ts';
import { evaluateText } from '../solving/evaluate.ts';
import { type Frame, frameFromNormal, frameFromRows, frameOnPlane, movedFrame, principalFrame } from '../view/frame.ts';

const nowhere = (message: string, hint: string) =>
  new ArtificerError({ code: 'sketch.plane', category: 'refused', message, hint });

/** @throws ArtificerError where the plane cannot be found */
export async function planeFrame(
  partId: string,
  featureId: string,
  plane: Plane,
  variables: Variables,
): Promise<Frame> {
  // A sketch that has been evaluated stands where the engine put it.
  const record = recordOf('feature', featureId);
  const outcome = outcomesOf(partId).find(({ id }) => id === featureId);
  if (record?.feature.kind === 'sketch' && record.feature.plane === plane && outcome?.sketch)
    return frameFromRows(outcome.sketch.frame);
  const offset = (text: { length: string } | undefined) => (text ? evaluateText(text.length, false, variables) : 0);
  switch (plane.by) {
    case 'principal':
      return principalFrame(plane.plane, offset(plane.offset));
    case 'frame':
      return frameFromNormal(plane.origin_mm, plane.normal, plane.x);
    case 'face':
      return faceFrame(partId, plane, offset(plane.offset));
    case 'datum':
      return askEngine(partId, plane);
  }
}

function faceFrame(partId: string, plane: Extract<Plane, { by: 'face' }>, offset_mm: number): Frame {
  const view = useGeometry.getState().parts.get(partId);
  const found = locate(plane.face, partId);
  if (found?.error) throw new ArtificerError(found.error);
  const [item] = found?.items ?? [];
  const face = item && item.kind === 'face' && view ? bodiesIn(view)[item.body]?.faces[item.index] : undefined;
  if (!face) throw nowhere('The face to sketch on is not there.', 'Pick a planar face of the part.');
  if (face.type !== 'plane' || !face.normal)
    throw nowhere('Only a planar face can be sketched on.', 'Pick a planar face, or make a plane first.');
  return movedFrame(frameOnPlane(face.centroid_mm as Vector3, face.normal as Vector3), offset_mm);
}

/** A sketch with a single point on that plane, tried without changing anything, tells the frame. */
async function askEngine(partId: string, plane: Plane): Promise<Frame> {
  const part = recordOf('part', partId);
  if (!part) throw nowhere('The part is not there any more.', 'Undo, or choose another part.');
  const id = newId('feature');
  const probe: FeatureRecord = {
    type: 'feature',
    id,
    partId,
    name: 'Sketch',
    feature: { kind: 'sketch', plane, entities: [{ kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 }], constraints: [] },
  };
  const at = part.rollBack ?? part.features?.length ?? 0;
  const features = [...(part.features ?? [])];
  features.splice(at, 0, id);
  const rolled = part.rollBack === undefined ? {} : { rollBack: part.rollBack + 1 };
  const { history } = await engine()['parts.preview']({ partId, put: [{ ...part, features, ...rolled }, probe] });
  const outcome = history.outcomes.find((one) => one.id === id);
  if (outcome?.sketch) return frameFromRows(outcome.sketch.frame);
  if (outcome?.error) throw new ArtificerError(outcome.error);
  throw nowhere('The plane to sketch on cannot be found.', 'Look at the step that makes it.');
}
