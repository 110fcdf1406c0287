/** The edges that a fillet or chamfer is asked to work on, body by body, with what they are called. */
import type { TopoDS_Edge, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Evaluated, Reference } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import type { BodyState, FoundItem, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';

export interface BlendEdge {
  edge: TopoDS_Edge;
  index: number;
  /** Main names of the faces at its sides, sorted. */
  sides: string[];
  /** The faces themselves, in the same order. */
  faces: TopoDS_Shape[];
}

/** @throws ArtificerError those of references, and `reference.lost` when nothing is left to work on */
export function edgesByBody(
  scope: OperationScope,
  references: readonly Evaluated<Reference>[],
): Map<BodyState, BlendEdge[]> {
  const found = new Map<BodyState, FoundItem[]>();
  for (const item of scope.edges(references, 'edges')) found.set(item.body, [...(found.get(item.body) ?? []), item]);
  const blends = new Map<BodyState, BlendEdge[]>();
  for (const [body, items] of found) {
    const edges = withSides(scope, body, items);
    if (edges.length > 0) blends.set(body, edges);
  }
  if (blends.size === 0)
    throw withField(usage('reference.lost', 'There is no edge to work on.', 'Pick edges.').data, 'edges');
  return blends;
}

/** Degenerate edges and seams, which have one face on both sides, are nothing to round. */
function withSides({ oc, own }: OperationScope, body: BodyState, items: readonly FoundItem[]): BlendEdge[] {
  const faces = mapShapes(oc, own, body.shape, 'FACE').shapes;
  const edgesOfFace = faces.map((face) => mapShapes(oc, own, face, 'EDGE'));
  return items.flatMap(({ shape, index }) => {
    const edge = own(oc.TopoDS.Edge(shape));
    const around = faces.flatMap((face, at) =>
      edgesOfFace[at]!.indexOf(shape) >= 0 ? [{ face, name: body.faceNames[at]?.[0] ?? '' }] : [],
    );
    if (around.length !== 2 || oc.BRep_Tool.Degenerated(edge)) return [];
    around.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return [{ edge, index, sides: around.map(({ name }) => name), faces: around.map(({ face }) => face) }];
  });
}

export const nameOfBlendEdge = ({ sides }: BlendEdge): string => sides.join('|');
