/** Shapes as an ASCII BREP. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { scoped } from '../scope.ts';
import type { Occt } from './occt.ts';

const FILE = '/shape.brep';

/**
 * Format version 3, which OpenCascade reads since 7.6 and this build writes without being asked. Triangles are taken off
 * first: they would only make the file larger. Sub-shapes keep their order.
 */
export function brepText(oc: Occt, shape: TopoDS_Shape): Uint8Array {
  return scoped((own) => {
    oc.BRepTools.Clean(shape, true);
    if (!oc.BRepTools.Write(shape, FILE, own(new oc.Message_ProgressRange())))
      throw new Error('BRepTools cannot write the shape');
    try {
      return withoutPreamble((oc.FS.readFile(FILE) as Uint8Array).slice());
    } finally {
      oc.FS.unlink(FILE);
    }
  });
}

/** The text begins with the name of a drawing variable and a blank line; readers skip it, but not all recognisers do. */
function withoutPreamble(text: Uint8Array): Uint8Array {
  const start = new TextDecoder('latin1').decode(text.subarray(0, 100)).indexOf('CASCADE Topology');
  return start > 0 ? text.subarray(start) : text;
}
