/** Rounds edges; what continues an edge smoothly is rounded along. Rounds are called `round(A|B)` by the faces between. */
import type { TopoDS_Edge } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused, usage } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { take } from '../../modeller/vectors.ts';
import { attempt, largestThatWorks } from '../blends/attempt.ts';
import { blended } from '../blends/blended.ts';
import { type BlendEdge, edgesByBody, nameOfBlendEdge } from '../blends/edges.ts';
import { bodyOf } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';

export const fillet: Operation<'fillet'> = (feature, scope) => {
  for (const [field, value] of [
    ['radius', feature.radius],
    ['endRadius', feature.endRadius ?? 1],
  ] as const)
    if (!(value > 1e-6))
      throw withField(usage('feature.dimension', `The radius must be greater than zero, not ${value} mm.`).data, field);
  const byBody = edgesByBody(scope, feature.edges);
  scope.rememberDress({ feature, edges: [...byBody.values()].flat().map(({ sides }) => sides) });
  return scope.bodies.map((body) => {
    const edges = byBody.get(body);
    return edges ? bodyOf(body.name, rounded(scope, body, edges, feature.radius, feature.endRadius)) : body;
  });
};

function rounded(
  scope: OperationScope,
  body: BodyState,
  edges: readonly BlendEdge[],
  radius_mm: number,
  endRadius_mm: number | undefined,
): NamedShape {
  const made = attempt(scope, () => tryRounding(scope, body, edges, radius_mm, endRadius_mm));
  if (made) return made;
  const works = (size: number, which: readonly BlendEdge[]): boolean =>
    attempt(scope, () => tryRounding(scope, body, which, size, endRadius_mm && (endRadius_mm * size) / radius_mm)) !==
    undefined;
  const culprits = edges.length > 1 ? edges.filter((edge) => !works(radius_mm, [edge])) : edges;
  const largest = largestThatWorks(radius_mm, (size) => works(size, edges));
  throw withField(
    {
      ...refused(
        'fillet.too-large',
        `The ${edges.length === 1 ? 'edge' : 'edges'} cannot be rounded with ${words(radius_mm)}.`,
        largest === undefined
          ? 'Choose a smaller radius, fewer edges, or round edges that meet in one corner together.'
          : `About ${words(largest)} is the largest radius that works for all of these edges.`,
      ).data,
      details: {
        edges: (culprits.length > 0 ? culprits : edges).map(nameOfBlendEdge),
        ...(largest === undefined ? {} : { largest_mm: largest }),
      },
    },
    'radius',
  );
}

const notVariable = () =>
  withField(
    usage(
      'fillet.no-ends',
      'A radius can only vary along an edge that has two ends and that no other edge continues smoothly.',
      'Use one radius for closed edges and smooth chains.',
    ).data,
    'endRadius',
  );

const words = (size_mm: number): string => `${Number(size_mm.toPrecision(4))} mm`;

function tryRounding(
  scope: OperationScope,
  body: BodyState,
  edges: readonly BlendEdge[],
  radius_mm: number,
  endRadius_mm: number | undefined,
): NamedShape | undefined {
  const { oc, own } = scope;
  const maker = own(new oc.BRepFilletAPI_MakeFillet(body.shape, 'ChFi3d_Rational'));
  for (const { edge } of edges) {
    // One that continues another smoothly has been taken along already.
    if (maker.Contour(edge) > 0) continue;
    if (endRadius_mm === undefined || endRadius_mm === radius_mm) {
      maker.Add(radius_mm, edge);
      continue;
    }
    if (mapShapes(oc, own, edge, 'VERTEX').size < 2) throw notVariable();
    if (beginsAtItsStart(scope, edge)) maker.Add(radius_mm, endRadius_mm, edge);
    else maker.Add(endRadius_mm, radius_mm, edge);
    // What a radius that varies means is only clear on an edge that nothing continues.
    if (maker.NbEdges(maker.Contour(edge)) > 1) throw notVariable();
  }
  return blended(scope, body, maker, 'round');
}

/** Edges begin at the end whose x (then y, then z) is smaller, whichever way round the kernel has them. */
function beginsAtItsStart({ oc, own }: OperationScope, edge: TopoDS_Edge): boolean {
  const forward = own(oc.TopoDS.Edge(own(edge.Oriented('TopAbs_FORWARD'))));
  const curve = own(new oc.BRepAdaptor_Curve(forward));
  const start: Vector3 = take(curve.EvalD0(curve.FirstParameter()));
  const end: Vector3 = take(curve.EvalD0(curve.LastParameter()));
  for (let k = 0; k < 3; k++) if (Math.abs(start[k]! - end[k]!) > 1e-6) return start[k]! < end[k]!;
  return true;
}
