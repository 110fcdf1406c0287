/**
 * A rib: a line, drawn roughly, that is carried on to the walls beside it, given a thickness and filled down to the body.
 * It grows to the side where it meets material; where both sides would do, `reverse` chooses.
 */
import { refused, usage } from '../../errors.ts';
import { together } from '../../modeller/placement.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { booleanOf, combine } from '../combine.ts';
import { reachOf } from '../direct/cells.ts';
import { positiveLength } from '../dressing/dimensions.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { BodyState, ChainOfEdges, Operation, OperationScope } from '../operation.ts';
import { boxAround, solidsOf } from '../shapes/solids.ts';
import { besideChain, FAR, wallOnChain } from './rib-tools.ts';

export const rib: Operation<'rib'> = (feature, scope) => {
  const thickness = positiveLength(feature.thickness, 'thickness');
  const bodies = scope.bodiesNamed(feature.bodies, 'bodies');
  if (bodies.length === 0)
    throw refused('rib.no-body', 'There is no body for the rib to stand on.', 'Make a body first.');
  if (feature.path.by !== 'sketch')
    throw usage(
      'rib.path',
      'A rib needs the line of a sketch.',
      'Draw its line in a sketch through the middle of the rib.',
    );
  const chain = scope.path(feature.path, 'path');
  const frame = scope.plane({ by: 'datum', feature: feature.path.sketch }, 'path');
  const reach = farEnough(scope, chain, bodies);
  const sides = feature.reverse ? [false, true] : [true, false];
  for (const side of sides) {
    const tool =
      feature.direction === 'in-plane'
        ? besideChain(scope, chain, frame, thickness, side, reach)
        : wallOnChain(scope, chain, frame, thickness, side, reach);
    const filling = fillingOf(scope, tool, bodies, chain);
    if (filling) return combine(scope, 'add', filling, feature.bodies);
  }
  throw refused(
    'rib.unbounded',
    'The rib meets no material on either side that would close it off.',
    'Move its line so that walls of the body stand at both ends and below it.',
  );
};

function farEnough(scope: OperationScope, chain: ChainOfEdges, bodies: readonly BodyState[]): number {
  const all = together(scope.oc, scope.own, [...bodies.map(({ shape }) => shape), ...chain.edges]);
  const { min, max } = boxAround(scope.oc, all);
  return Math.max(
    Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]) * 2,
    ...bodies.map((body) => reachOf(scope, body)),
  );
}

/** What is left of the tool outside of the bodies, where it lies at the line and does not run away. */
function fillingOf(
  scope: OperationScope,
  tool: NamedShape,
  bodies: readonly BodyState[],
  chain: ChainOfEdges,
): NamedShape | undefined {
  const { oc, own } = scope;
  // Its faces in the walls of the bodies are to vanish when it is joined with them: they need no names.
  const left = booleanOf(
    scope,
    'cut',
    tool,
    bodies.map(({ shape, faceNames }) => ({ shape, faceNames: faceNames.map(() => [WALL]) })),
  );
  if (!left) return undefined;
  const all = mapShapes(oc, own, left.shape, 'FACE');
  const kept = solidsOf(oc, own, left.shape).flatMap((piece) => {
    const faceNames = mapShapes(oc, own, piece, 'FACE').shapes.map((face) => left.faceNames[all.indexOf(face)]!);
    return touchesLine(scope, piece, chain) ? [{ shape: piece, faceNames }] : [];
  });
  if (kept.length === 0) return undefined;
  if (kept.some(({ faceNames }) => faceNames.some((names) => names.includes(FAR)))) return undefined;
  const shape = together(
    oc,
    own,
    kept.map((piece) => piece.shape),
  );
  return { shape, faceNames: kept.flatMap((piece) => piece.faceNames.map((names) => names.filter((n) => n !== WALL))) };
}

const WALL = 'wall';
/** mm */
const ON_LINE = 1e-6;

/** A piece of the tool lies at the line itself, not only at its continuation beyond a wall. */
function touchesLine({ oc, own }: OperationScope, piece: NamedShape['shape'], chain: ChainOfEdges): boolean {
  return chain.edges.some((edge) => {
    const curve = own(new oc.BRepAdaptor_Curve(edge));
    const [first, last] = [curve.FirstParameter(), curve.LastParameter()];
    return [0.1, 0.3, 0.5, 0.7, 0.9].some((part) => {
      const at = own(curve.EvalD0(first + (last - first) * part));
      const vertex = own(own(new oc.BRepBuilderAPI_MakeVertex(at)).Vertex());
      const distance = own(new oc.BRepExtrema_DistShapeShape());
      distance.LoadS1(vertex);
      distance.LoadS2(piece);
      distance.Perform(own(new oc.Message_ProgressRange()));
      return distance.IsDone() && distance.Value() < ON_LINE;
    });
  });
}
