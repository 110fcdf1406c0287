/**
 * Names of the faces of a result, followed through the history that the kernel's algorithm kept: a modified face keeps its
 * names, merged faces carry the names of all, pieces share those of the whole, and what was generated is called by its role.
 * A face that nothing accounts for is called by its neighbours.
 */
import type { NCollection_List_TopoDS_Shape, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Occt } from '../../modeller/occt.ts';
import { mapShapes, type ShapeIndex } from '../../modeller/topology.ts';
import { type Own, scoped } from '../../scope.ts';
import type { FaceNames } from '../operation.ts';
import { shapesOf } from '../shapes/lists.ts';
import { mergedNames, roleName } from './names.ts';

/** A shape with the names of its faces, in the order of `topologyOf(shape).faces`. */
export interface NamedShape {
  shape: TopoDS_Shape;
  faceNames: FaceNames;
}

/** What every algorithm of the kernel that keeps a history can be asked. */
export interface History {
  Modified(shape: TopoDS_Shape): NCollection_List_TopoDS_Shape;
  Generated?(shape: TopoDS_Shape): NCollection_List_TopoDS_Shape;
  IsDeleted(shape: TopoDS_Shape): boolean;
}

/** For algorithms that change faces one by one: drafts leave round faces out of their lists, but know what became of them. */
export const modificationHistory = (
  oc: Occt,
  maker: { ModifiedShape(shape: TopoDS_Shape): TopoDS_Shape },
): History => ({
  Modified: (shape) => {
    const modified = maker.ModifiedShape(shape);
    try {
      return new oc.NCollection_List_TopoDS_Shape([modified]);
    } finally {
      modified.delete();
    }
  },
  IsDeleted: () => false,
});

export type SourceKind = 'FACE' | 'EDGE' | 'VERTEX';
/** A part of an input that something was generated from. */
export interface Source {
  kind: SourceKind;
  /** Of the input. */
  index: number;
  shape: TopoDS_Shape;
  /** Main names of the faces around it, sorted: an edge's two sides, a vertex' all, a face itself. */
  sides: string[];
  input: NamedShape;
}

export interface FollowOptions {
  oc: Occt;
  /** The feature's id. */
  id: string;
  history: History;
  inputs: readonly NamedShape[];
  result: TopoDS_Shape;
  /** Name of what was generated from a part of an input; undefined leaves it to others. */
  nameGenerated?(source: Source): string | undefined;
  /** Which parts are asked for what they generated. Asking is not free: by default none. */
  generatedFrom?: readonly SourceKind[];
  /** Names that are known otherwise, by face of the result. */
  known?(face: TopoDS_Shape, index: number): readonly string[] | undefined;
}

export function follow(options: FollowOptions): FaceNames {
  const { oc, history, inputs } = options;
  return scoped((own) => {
    const faces = mapShapes(oc, own, options.result, 'FACE');
    const names: string[][] = faces.shapes.map(() => []);
    const give = (face: TopoDS_Shape, given: readonly string[]): void => {
      const at = faces.indexOf(face);
      if (at >= 0) names[at] = mergedNames(names[at]!, given);
    };
    const inputFaces = inputs.map(({ shape }) => mapShapes(oc, own, shape, 'FACE'));
    inputs.forEach((input, which) => {
      inputFaces[which]!.shapes.forEach((face, index) => {
        for (const image of imagesOf(own, history, face)) give(image, input.faceNames[index] ?? []);
      });
    });
    // What was generated is only what did not come from a face already.
    const generated = new Map<number, string[]>();
    for (const kind of options.generatedFrom ?? [])
      inputs.forEach((input, which) => {
        for (const source of sourcesOf(oc, own, input, inputFaces[which]!, kind)) {
          if (!history.Generated) continue;
          const made = shapesOf(own, history.Generated(source.shape));
          if (made.length === 0) continue;
          const name = options.nameGenerated?.(source);
          if (name === undefined) continue;
          for (const face of made) {
            const at = faces.indexOf(face);
            if (at >= 0 && names[at]!.length === 0) generated.set(at, mergedNames(generated.get(at) ?? [], [name]));
          }
        }
      });
    for (const [at, given] of generated) names[at] = given;
    faces.shapes.forEach((face, at) => {
      const known = names[at]!.length === 0 ? options.known?.(face, at) : undefined;
      if (known !== undefined) names[at] = [...known];
    });
    return nameTheRest(oc, own, options.id, options.result, faces, names);
  });
}

/** Where a face is now: itself where the algorithm did not touch it. */
export function imagesOf(own: Own, history: History, face: TopoDS_Shape): TopoDS_Shape[] {
  const modified = shapesOf(own, history.Modified(face));
  if (modified.length > 0) return modified;
  return history.IsDeleted(face) ? [] : [face];
}

function sourcesOf(oc: Occt, own: Own, input: NamedShape, faces: ShapeIndex, kind: SourceKind): Source[] {
  const mainNames = input.faceNames.map((names) => names[0]);
  if (kind === 'FACE')
    return faces.shapes.map((shape, index) => {
      const name = mainNames[index];
      return { kind, index, shape, sides: name === undefined ? [] : [name], input };
    });
  const parts = mapShapes(oc, own, input.shape, kind);
  const sides: Set<number>[] = parts.shapes.map(() => new Set());
  faces.shapes.forEach((face, at) => {
    for (const part of mapShapes(oc, own, face, kind).shapes) sides[parts.indexOf(part)]?.add(at);
  });
  return parts.shapes.map((shape, index) => {
    const around = [...sides[index]!].flatMap((face) => mainNames[face] ?? []);
    // A seam has the same face on both sides.
    const both = kind === 'EDGE' && around.length === 1 ? [around[0]!, around[0]!] : around;
    return { kind, index, shape, sides: both.sort(), input };
  });
}

/**
 * `feature_x/new(<neighbours>)` for faces without a name: what they are called does not depend on their order. Where none of
 * the neighbours has a name either, those that get one in a round serve in the next.
 */
export function nameTheRest(
  oc: Occt,
  own: Own,
  id: string,
  result: TopoDS_Shape,
  faces: ShapeIndex,
  names: string[][],
): FaceNames {
  if (names.every((given) => given.length > 0)) return names;
  const edges = mapShapes(oc, own, result, 'EDGE');
  const facesOfEdge: number[][] = edges.shapes.map(() => []);
  const edgesOfFace = faces.shapes.map((face, at) => {
    const around = mapShapes(oc, own, face, 'EDGE').shapes.map((edge) => edges.indexOf(edge));
    for (const edge of around) facesOfEdge[edge]?.push(at);
    return around;
  });
  for (;;) {
    const nameless = names.flatMap((given, at) => (given.length === 0 ? [at] : []));
    if (nameless.length === 0) return names;
    const found = nameless.map((at) => {
      const neighbours = new Set(edgesOfFace[at]!.flatMap((edge) => facesOfEdge[edge] ?? []));
      return [...neighbours].flatMap((near) => (near === at ? [] : (names[near]![0] ?? []))).sort();
    });
    const anyKnown = found.some((neighbours) => neighbours.length > 0);
    nameless.forEach((at, i) => {
      if (found[i]!.length > 0 || !anyKnown) names[at] = [roleName(id, 'new', [...new Set(found[i])])];
    });
  }
}
