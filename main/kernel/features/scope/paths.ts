/** Chains of sketch curves or of edges, each beginning where the one before ends. */
import type { TopoDS_Edge, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { chainOf } from '../../../sketch/index.ts';
import { usage } from '../../errors.ts';
import { ShapeIndex } from '../../modeller/topology.ts';
import { length, subtract, take } from '../../modeller/vectors.ts';
import type { ChainOfEdges, FoundItem } from '../operation.ts';
import type { Make } from '../shapes/make.ts';
import type { SketchResult } from '../sketches/result.ts';
import type { Bodies } from './bodies.ts';
import { SketchCurves } from './curves.ts';
import { withField } from './resolve.ts';

export function pathOfSketch(
  make: Make,
  { frame, entities }: SketchResult,
  ids: readonly string[] | undefined,
): ChainOfEdges {
  const chain = chainOf(entities, ids);
  const curves = new SketchCurves(make, frame, entities);
  return named(
    make,
    chain.pieces.map((piece) => ({ edge: curves.edgeOf(piece), name: piece.id })),
    chain.closed,
  );
}

/** Within this, mm, an edge begins where another ends: vertices of one body are shared, so this only forgives rounding. */
const SAME_POINT_MM = 1e-6;

/** @throws ArtificerError `path.broken` */
export function pathOfEdges(make: Make, bodies: Bodies, items: readonly FoundItem[], field: string): ChainOfEdges {
  const { oc, own } = make;
  const left = items.map(({ body, index, shape }) => {
    const faces = bodies.topologyOf(body).named.edges[index]?.faces ?? [];
    const name = faces.map((face) => body.faceNames[face]?.[0] ?? '').sort();
    return { name: name.join('|'), ...endsOf(make, own(oc.TopoDS.Edge(shape))) };
  });
  type Link = (typeof left)[number];
  const [first] = left.splice(0, 1);
  if (!first) throw withField(usage('path.broken', 'The path has no edges.').data, field);
  const chain: Link[] = [first];
  for (let grown = true; grown && left.length > 0; ) {
    grown = false;
    for (const link of left) {
      const [head, tail] = [chain[0]!, chain.at(-1)!];
      if (near(tail.end, link.start)) chain.push(link);
      else if (near(tail.end, link.end)) chain.push(turned(make, link));
      else if (near(head.start, link.end)) chain.unshift(link);
      else if (near(head.start, link.start)) chain.unshift(turned(make, link));
      else continue;
      left.splice(left.indexOf(link), 1);
      grown = true;
      break;
    }
  }
  if (left.length > 0)
    throw withField(
      usage('path.broken', 'The edges of the path do not hang together.', 'Choose edges that follow one another.').data,
      field,
    );
  return named(make, chain, near(chain[0]!.start, chain.at(-1)!.end));
}

interface Ends {
  edge: TopoDS_Edge;
  start: Vector3;
  end: Vector3;
}

/** In the direction of its curve, whatever way round a face has it. */
function endsOf({ oc, own }: Make, edge: TopoDS_Edge): Ends {
  const forward = own(oc.TopoDS.Edge(own(edge.Oriented('TopAbs_FORWARD'))));
  const curve = own(new oc.BRepAdaptor_Curve(forward));
  return {
    edge: forward,
    start: take(curve.EvalD0(curve.FirstParameter())),
    end: take(curve.EvalD0(curve.LastParameter())),
  };
}

const turned = <Link extends Ends>({ oc, own }: Make, link: Link): Link => ({
  ...link,
  edge: own(oc.TopoDS.Edge(own(link.edge.Reversed()))),
  start: link.end,
  end: link.start,
});

const near = (a: Vector3, b: Vector3): boolean => length(subtract(a, b)) <= SAME_POINT_MM;

function named(make: Make, links: readonly { edge: TopoDS_Edge; name: string }[], closed: boolean): ChainOfEdges {
  const edges = new ShapeIndex(make.oc);
  const names: string[] = [];
  for (const { edge, name } of links) if (edges.add(edge)) names.push(name);
  return {
    edges: links.map(({ edge }) => edge),
    closed,
    nameOfEdge: (edge: TopoDS_Shape) => names[edges.indexOf(edge)] ?? 'edge',
  };
}
