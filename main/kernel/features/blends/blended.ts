/** What a fillet or a chamfer makes of a body, with the names of its faces. */
import type { BRepFilletAPI_MakeChamfer, BRepFilletAPI_MakeFillet } from 'replicad-opencascadejs';
import { follow, type NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { BodyState, OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { plainSolid } from '../shapes/solids.ts';

/** Undefined where the kernel cannot make it. Faces are called `<role>(A|B)` after edges, `corner(...)` after vertices. */
export function blended(
  scope: OperationScope,
  body: BodyState,
  maker: BRepFilletAPI_MakeFillet | BRepFilletAPI_MakeChamfer,
  role: 'round' | 'bevel',
): NamedShape | undefined {
  const { oc, own, id } = scope;
  maker.Build(new Make(scope).progress());
  if (!maker.IsDone()) return undefined;
  const plain = plainSolid(oc, own, own(maker.Shape()));
  if (!plain) return undefined;
  return {
    shape: plain.shape,
    faceNames: follow({
      oc,
      id,
      history: maker,
      inputs: [body],
      result: plain.shape,
      generatedFrom: ['EDGE', 'VERTEX'],
      nameGenerated: ({ kind, sides }) => roleName(id, kind === 'EDGE' ? role : 'corner', sides),
    }),
  };
}
