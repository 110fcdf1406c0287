/** Descriptions of bodies, made anew only where the body is new. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { BoundingBox, FaceInfo } from '../../../../preload/contract/geometry.ts';
import type { KnownParts, Topology } from '../../modeller/describe.ts';
import type { ShapeMemory } from './memory.ts';

const ELEMENTARY: ReadonlySet<FaceInfo['type']> = new Set(['plane', 'cylinder', 'cone', 'sphere', 'torus']);

function around(faces: readonly FaceInfo[]): BoundingBox {
  const extreme = (which: 'min' | 'max', pick: (...values: number[]) => number) =>
    [0, 1, 2].map((k) => pick(...faces.map(({ box }) => box[which][k]!))) as BoundingBox['min'];
  return { min: extreme('min', Math.min), max: extreme('max', Math.max) };
}

/** `valid` is what the evaluator has found: bodies are checked before they are passed on. */
export function knownParts({ faces, edges }: Topology, memory: ShapeMemory, valid: boolean): KnownParts {
  const knownFaces = faces.shapes.map((face) => memory.face(face));
  const knownEdges = edges.shapes.map((edge) => memory.edge(edge));
  return {
    face: (index, describe) => {
      const known = knownFaces[index]!;
      known.info ??= describe();
      return known.info;
    },
    edge: (index, describe) => {
      const known = knownEdges[index]!;
      known.info ??= describe();
      return known.info;
    },
    angles: (measure, facesOfEdge) => {
      const sides = facesOfEdge.map((list) => list.map((face) => knownFaces[face]!));
      const unknown = new Set<number>();
      knownEdges.forEach(({ angle }, edge) => {
        const now = sides[edge]!;
        const same = angle?.between.length === now.length && angle.between.every((face, k) => face === now[k]);
        if (!same) unknown.add(edge);
      });
      if (unknown.size > 0) {
        const among = new Set([...unknown].flatMap((edge) => facesOfEdge[edge]!));
        // In order, because the sense of an angle does not depend on it, but rounding does.
        const shapes: TopoDS_Shape[] = faces.shapes.filter((_, index) => among.has(index));
        const measured = measure(shapes);
        for (const edge of unknown) knownEdges[edge]!.angle = { between: sides[edge]!, angle_rad: measured[edge] };
      }
      return knownEdges.map(({ angle }) => angle?.angle_rad);
    },
    valid: () => valid,
    // Of elementary surfaces each face's own box is tight.
    box: (measure, infos) => (infos.every(({ type }) => ELEMENTARY.has(type)) ? around(infos) : measure()),
  };
}
