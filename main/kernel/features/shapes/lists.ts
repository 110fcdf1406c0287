/** The kernel's lists of shapes as arrays and back. */
import type { NCollection_List_TopoDS_Shape, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Occt } from '../../modeller/occt.ts';
import type { Own } from '../../scope.ts';

/** Empties and frees the list; the shapes belong to the scope. */
export function shapesOf(own: Own, list: NCollection_List_TopoDS_Shape): TopoDS_Shape[] {
  const shapes: TopoDS_Shape[] = [];
  try {
    while (list.Size() > 0) {
      shapes.push(own(list.First()));
      list.RemoveFirst();
    }
  } finally {
    list.delete();
  }
  return shapes;
}

export const listOf = (oc: Occt, own: Own, shapes: readonly TopoDS_Shape[]): NCollection_List_TopoDS_Shape =>
  own(new oc.NCollection_List_TopoDS_Shape([...shapes]));
