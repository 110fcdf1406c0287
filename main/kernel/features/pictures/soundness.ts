/**
 * Whether a body is sound: every face is, all of them close up, and the material is inside. Faces that have been looked at
 * before are not looked at again.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Occt } from '../../modeller/occt.ts';
import { explore, mapShapes } from '../../modeller/topology.ts';
import { type Own, scoped } from '../../scope.ts';
import { isValid, volumeOf } from '../shapes/solids.ts';
import type { ShapeMemory } from './memory.ts';

/** mm^3, each shape integrated once. */
export function knownVolume(oc: Occt, memory: ShapeMemory, shape: TopoDS_Shape): number {
  const known = memory.body(shape);
  known.volume_mm3 ??= volumeOf(oc, shape);
  return known.volume_mm3;
}

export function isSound(oc: Occt, memory: ShapeMemory, shape: TopoDS_Shape): boolean {
  const known = memory.body(shape);
  known.sound ??= scoped((own) => {
    if (mapShapes(oc, own, shape, 'SOLID').size === 0) return isValid(oc, shape);
    const faces = mapShapes(oc, own, shape, 'FACE').shapes;
    const sound =
      closes(oc, own, shape) &&
      rightWayOut(oc, own, memory, shape) &&
      faces.every((face) => {
        const knownFace = memory.face(face);
        knownFace.sound ??= isValid(oc, face);
        return knownFace.sound;
      });
    if (sound) for (const face of faces) memory.face(face).outward = true;
    return sound;
  });
  return known.sound;
}

/** Shells that close have one sense throughout: a face that looked outwards before decides, otherwise the volume does. */
function rightWayOut(oc: Occt, own: Own, memory: ShapeMemory, shape: TopoDS_Shape): boolean {
  const decided = mapShapes(oc, own, shape, 'SHELL').shapes.every((shell) =>
    mapShapes(oc, own, shell, 'FACE').shapes.some((face) => memory.face(face).outward),
  );
  return decided || knownVolume(oc, memory, shape) > 0;
}

/** In every shell of a closed body each edge is run along once each way. */
function closes(oc: Occt, own: Own, shape: TopoDS_Shape): boolean {
  return mapShapes(oc, own, shape, 'SHELL').shapes.every((shell) => {
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
