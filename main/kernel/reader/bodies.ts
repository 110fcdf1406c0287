/** A part's shape taken apart into bodies, and what its sub-shapes are called and coloured. */
import { type Own, scoped } from '../scope.ts';
import type { Bindings, Enum, Shape, ShapeMap } from './bindings.ts';

export interface RawBody {
  shape: Shape;
  /** Faces in the order in which everybody counts them. */
  faces: ShapeMap;
}

/**
 * Every solid is a body; so is every shell that is in no solid. What is left over makes at most two more: all loose faces
 * together, and all loose wires and edges together, because a body for each of thousands would help nobody.
 */
export function takeApart(oc: Bindings, own: Own, shape: Shape): RawBody[] {
  const kinds = oc.TopAbs_ShapeEnum;
  const { TopAbs_SOLID, TopAbs_SHELL, TopAbs_FACE, TopAbs_WIRE, TopAbs_EDGE, TopAbs_SHAPE } = kinds;
  const all = (kind: Enum, avoid: Enum): Shape[] => {
    const found: Shape[] = [];
    const explorer = own(new oc.TopExp_Explorer_2(shape, kind, avoid));
    for (; explorer.More(); explorer.Next()) found.push(own(explorer.Current()));
    return found;
  };
  const shapes = [...all(TopAbs_SOLID, TopAbs_SHAPE), ...all(TopAbs_SHELL, TopAbs_SOLID)];
  for (const loose of [
    all(TopAbs_FACE, TopAbs_SHELL),
    [...all(TopAbs_WIRE, TopAbs_FACE), ...all(TopAbs_EDGE, TopAbs_WIRE)],
  ]) {
    const group = gather(oc, own, loose);
    if (group) shapes.push(group);
  }
  return shapes.map((body) => {
    const faces = own(new oc.TopTools_IndexedMapOfShape_1());
    oc.TopExp.MapShapes_1(body, TopAbs_FACE, faces);
    return { shape: body, faces };
  });
}

function gather(oc: Bindings, own: Own, shapes: Shape[]): Shape | undefined {
  if (shapes.length <= 1) return shapes[0];
  const compound = own(new oc.TopoDS_Compound());
  const builder = own(new oc.BRep_Builder());
  builder.MakeCompound(compound);
  for (const shape of shapes) builder.Add(compound, shape);
  return compound;
}

const FILE = '/body.bin';

/** Without triangles: they are made anew, in the quality that is wanted. */
export function bytesOf(oc: Bindings, shape: Shape): Uint8Array {
  return scoped((own) => {
    const version = oc.BinTools_FormatVersion.BinTools_FormatVersion_VERSION_4;
    const progress = own(new oc.Message_ProgressRange_1());
    if (!oc.BinTools.Write_4(shape, FILE, false, false, version, progress)) throw new Error('BinTools cannot write');
    try {
      return oc.FS.readFile(FILE).slice();
    } finally {
      oc.FS.unlink(FILE);
    }
  });
}
