/**
 * Bodies are looked at before they are passed on: what is not sound is no result. Faces that were there before have been
 * looked at then, so only new ones are, and how all of them close up.
 */
import { refused } from '../errors.ts';
import type { Occt } from '../modeller/occt.ts';
import { explore, mapShapes } from '../modeller/topology.ts';
import type { Warning } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import type { BodyState } from './operation.ts';
import type { Bodies } from './scope/bodies.ts';
import { isValid, volumeOf } from './shapes/solids.ts';

/** @throws ArtificerError `feature.invalid-body` */
export function checkBodies(
  oc: Occt,
  bodies: Bodies,
  made: readonly BodyState[],
  before: readonly BodyState[],
  fromFile: boolean,
  warn: (warning: Warning) => void,
): void {
  const old = new Set(before);
  // What is made of a body that was not sound cannot be blamed on the step.
  const forgiving = fromFile || before.some((body) => !bodies.isSound(body));
  for (const body of made) {
    if (old.has(body)) continue;
    if (isSound(oc, bodies, body, before)) continue;
    if (!forgiving)
      throw refused(
        'feature.invalid-body',
        'The body would intersect itself or be open.',
        'Change the dimensions so that faces do not touch or pass through each other.',
      );
    bodies.markUnsound(body);
    warn({
      code: 'body.not-sound',
      message: fromFile
        ? 'A body of the file has faults. Import it with healing if later steps fail.'
        : 'The body has faults that it had before this step.',
    });
  }
}

function isSound(oc: Occt, bodies: Bodies, body: BodyState, before: readonly BodyState[]): boolean {
  return scoped((own) => {
    if (mapShapes(oc, own, body.shape, 'SOLID').size === 0) return isValid(oc, body.shape);
    if (!(volumeOf(oc, body.shape) > 0) || !closes(oc, own, body)) return false;
    const known = before.filter((each) => bodies.isSound(each)).map((each) => bodies.topologyOf(each).topology.faces);
    return mapShapes(oc, own, body.shape, 'FACE').shapes.every(
      (face) => known.some((faces) => faces.indexOf(face) >= 0) || isValid(oc, face),
    );
  });
}

/** In every shell of a closed body each edge is run along once each way. */
function closes(oc: Occt, own: Own, body: BodyState): boolean {
  return mapShapes(oc, own, body.shape, 'SHELL').shapes.every((shell) => {
    const edges = mapShapes(oc, own, shell, 'EDGE');
    const runs = new Int32Array(edges.size);
    const times = new Int32Array(edges.size);
    explore(oc, own, shell, 'EDGE', (edge) => {
      const index = edges.indexOf(edge);
      const orientation = edge.Orientation() as unknown as string;
      if (orientation === 'TopAbs_FORWARD') runs[index]!++;
      if (orientation === 'TopAbs_REVERSED') runs[index]!--;
      times[index]!++;
      edge.delete();
    });
    return edges.shapes.every((edge, index) => {
      if (runs[index] === 0 && times[index]! >= 2) return true;
      const plain = oc.TopoDS.Edge(edge);
      const degenerated = oc.BRep_Tool.Degenerated(plain);
      plain.delete();
      return degenerated;
    });
  });
}
