/**
 * Removes faces from a body and heals the gap by extending the faces around it, which only the complete build can do. The
 * history comes back as numbers, so that the modeller can follow names through it.
 */
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { refused } from '../errors.ts';
import { type Own, scoped } from '../scope.ts';
import type { Bindings, Shape, ShapeMap } from './bindings.ts';
import { bytesOf } from './bodies.ts';
import { withFile } from './document.ts';

export interface DefeatureArgument {
  /** `BinTools` bytes of one body. */
  brep: Uint8Array;
  /** Indices of the faces to remove. */
  faces: readonly number[];
}
export interface DefeatureAnswer {
  /** `BinTools` bytes. */
  brep: Uint8Array;
  /** For every face as it was, the faces that it has become: none for a removed one. */
  becomes: number[][];
}

const FILE = '/defeature.bin';

/** @throws ArtificerError `direct.not-removable` when the faces around the gap do not close it */
export function defeature(oc: Bindings, { brep, faces }: DefeatureArgument): DefeatureAnswer {
  return scoped((own) => {
    const progress = own(new oc.Message_ProgressRange_1());
    const shape = own(new oc.TopoDS_Shape());
    withFile(oc, FILE, brep, () => oc.BinTools.Read_2(shape, FILE, progress));
    const before = facesOf(oc, own, shape);
    const wanted = [...new Set(faces)].map((face) => {
      if (!Number.isInteger(face) || face < 0 || face >= before.Extent())
        throw new Error(`face ${face} of ${before.Extent()}`);
      return own(before.FindKey(face + 1));
    });

    const algorithm = own(new oc.BRepAlgoAPI_Defeaturing());
    algorithm.SetShape(shape);
    for (const face of wanted) algorithm.AddFaceToRemove(face);
    algorithm.SetToFillHistory(true);
    algorithm.Build(progress);
    const failed = algorithm.HasErrors() || !algorithm.IsDone();
    // What cannot be removed is left as it was, with no more than a warning.
    const left = wanted.filter((face) => failed || !algorithm.IsDeleted(face));
    if (left.length > 0)
      throw notRemovable(
        left.map((face) => before.FindIndex(face) - 1),
        wanted.length,
      );

    const result = theSolid(oc, own, own(algorithm.Shape()));
    const after = facesOf(oc, own, result);
    const becomes: number[][] = [];
    for (let index = 1; index <= before.Extent(); index++) {
      const face = own(before.FindKey(index));
      if (algorithm.IsDeleted(face)) {
        becomes.push([]);
        continue;
      }
      const modified = own(algorithm.Modified(face));
      const images: Shape[] = [];
      for (; modified.Size() > 0; modified.RemoveFirst()) images.push(own(modified.First_1()));
      becomes.push((images.length > 0 ? images : [face]).map((image) => after.FindIndex(image) - 1));
    }
    if (becomes.some((list) => list.includes(-1))) throw notRemovable([...faces], wanted.length);
    return { brep: bytesOf(oc, result), becomes };
  });
}

function facesOf(oc: Bindings, own: Own, shape: Shape): ShapeMap {
  const faces = own(new oc.TopTools_IndexedMapOfShape_1());
  oc.TopExp.MapShapes_1(shape, oc.TopAbs_ShapeEnum.TopAbs_FACE, faces);
  return faces;
}

/** A body of one solid stays one: the algorithm wraps it in a compound. */
function theSolid(oc: Bindings, own: Own, shape: Shape): Shape {
  const { TopAbs_SOLID, TopAbs_SHAPE } = oc.TopAbs_ShapeEnum;
  const explorer = own(new oc.TopExp_Explorer_2(shape, TopAbs_SOLID, TopAbs_SHAPE));
  if (!explorer.More()) return shape;
  const first = own(explorer.Current());
  explorer.Next();
  return explorer.More() ? shape : first;
}

/** `details.faces` are the indices of those that stayed. */
function notRemovable(left: number[], wanted: number): ArtificerError {
  const { data } = refused(
    'direct.not-removable',
    wanted === 1
      ? 'The face cannot be removed: the faces around it do not meet when they are extended.'
      : `${left.length} of the ${wanted} faces cannot be removed: the faces around them do not meet when they are extended.`,
    'Choose all faces of the fillet, hole or boss together, or fewer of them at a time.',
  );
  return new ArtificerError({ ...data, details: { faces: left } });
}
