/** Bevels edges; what continues an edge smoothly is bevelled along. Bevels are called `bevel(A|B)` by the faces between. */
import type { TopoDS_Face } from 'replicad-opencascadejs';
import type { Evaluated, FeatureOf } from '../../../../preload/contract/index.ts';
import { refused, usage } from '../../errors.ts';
import { attempt, largestThatWorks } from '../blends/attempt.ts';
import { blended } from '../blends/blended.ts';
import { type BlendEdge, edgesByBody, nameOfBlendEdge } from '../blends/edges.ts';
import { bodyOf } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { BodyState, FoundItem, Operation, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';

type Chamfer = Evaluated<FeatureOf<'chamfer'>>;

export const chamfer: Operation<'chamfer'> = (feature, scope) => {
  for (const [field, value] of [
    ['distance', feature.distance],
    ['distance2', feature.distance2 ?? 1],
  ] as const)
    if (!(value > 1e-6))
      throw withField(
        usage('feature.dimension', `The distance must be greater than zero, not ${value} mm.`).data,
        field,
      );
  if (feature.angle !== undefined && feature.distance2 !== undefined)
    throw withField(
      usage('chamfer.combination', 'A chamfer has a second distance or an angle, not both.', 'Remove one of them.')
        .data,
      'angle',
    );
  if (feature.angle !== undefined && !(feature.angle > 1e-3 && feature.angle < Math.PI / 2 - 1e-3))
    throw withField(usage('feature.dimension', 'The angle must be between 0 and 90 degrees.').data, 'angle');
  const byBody = edgesByBody(scope, feature.edges);
  const faces = feature.face ? scope.faces([feature.face], 'face') : [];
  scope.rememberDress({ feature, edges: [...byBody.values()].flat().map(({ sides }) => sides) });
  return scope.bodies.map((body) => {
    const edges = byBody.get(body);
    return edges ? bodyOf(body.name, bevelled(scope, body, edges, faces, feature)) : body;
  });
};

function bevelled(
  scope: OperationScope,
  body: BodyState,
  edges: readonly BlendEdge[],
  faces: readonly FoundItem[],
  feature: Chamfer,
): NamedShape {
  const first = edges.map((edge) => firstFace(scope, edge, faces));
  const scaled = (factor: number): Chamfer => ({
    ...feature,
    distance: feature.distance * factor,
    ...(feature.distance2 === undefined ? {} : { distance2: feature.distance2 * factor }),
  });
  const made = attempt(scope, () => tryBevelling(scope, body, edges, first, feature));
  if (made) return made;
  const largest = largestThatWorks(
    feature.distance,
    (size) =>
      attempt(scope, () => tryBevelling(scope, body, edges, first, scaled(size / feature.distance))) !== undefined,
  );
  throw withField(
    {
      ...refused(
        'chamfer.too-large',
        `The ${edges.length === 1 ? 'edge' : 'edges'} cannot be bevelled by ${Number(feature.distance.toPrecision(4))} mm.`,
        largest === undefined
          ? 'Choose a smaller distance or fewer edges.'
          : `About ${largest} mm is the largest distance that works for all of these edges.`,
      ).data,
      details: { edges: edges.map(nameOfBlendEdge), ...(largest === undefined ? {} : { largest_mm: largest }) },
    },
    'distance',
  );
}

/** The face that the first distance is measured on: the one asked for, otherwise the one whose name comes first. */
function firstFace({ oc, own }: OperationScope, edge: BlendEdge, faces: readonly FoundItem[]): TopoDS_Face {
  if (faces.length === 0) return own(oc.TopoDS.Face(edge.faces[0]!));
  const found = edge.faces.find((side) => faces.some(({ shape }) => shape.IsSame(side)));
  if (!found)
    throw withField(
      usage(
        'chamfer.face',
        'The face that the distance is measured on does not touch every edge.',
        'Pick a face beside the edges, or bevel the other edges in a step of their own.',
      ).data,
      'face',
    );
  return own(oc.TopoDS.Face(found));
}

function tryBevelling(
  scope: OperationScope,
  body: BodyState,
  edges: readonly BlendEdge[],
  first: readonly TopoDS_Face[],
  feature: Chamfer,
): NamedShape | undefined {
  const { oc, own } = scope;
  const maker = own(new oc.BRepFilletAPI_MakeChamfer(body.shape));
  edges.forEach(({ edge }, index) => {
    if (maker.Contour(edge) > 0) return;
    if (feature.angle !== undefined) maker.AddDA(feature.distance, feature.angle, edge, first[index]!);
    else if (feature.distance2 !== undefined) maker.Add(feature.distance, feature.distance2, edge, first[index]!);
    else maker.Add(feature.distance, edge);
  });
  return blended(scope, body, maker, 'bevel');
}
