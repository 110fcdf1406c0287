/** Curves of a sketch that are projected from the body: they lie where the edge lies now. */
import type { SketchEntity, Vector3 } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { describeEdge } from '../../modeller/edges.ts';
import { dot, take } from '../../modeller/vectors.ts';
import type { Frame, OperationScope } from '../operation.ts';
import { toPlane } from '../scope/frames.ts';
import { withField } from '../scope/resolve.ts';

type Place = [u: number, v: number];

/** @throws ArtificerError those of references, `sketch.projection` */
export function projected(entities: readonly SketchEntity[], frame: Frame, scope: OperationScope): SketchEntity[] {
  const points = new Map<string, Place>();
  for (const entity of entities) if (entity.kind === 'point') points.set(entity.id, [entity.x_mm, entity.y_mm]);
  const changed = new Map<string, SketchEntity>();
  const put = (id: string, [x_mm, y_mm]: Place): void => {
    const point = changed.get(id) ?? entities.find((entity) => entity.id === id);
    if (point?.kind === 'point') changed.set(id, { ...point, x_mm, y_mm });
  };
  entities.forEach((entity, index) => {
    if (!entity.from) return;
    const field = `entities[${index}].from`;
    if (entity.kind === 'point') {
      const [vertex] = scope.vertices([entity.from], field);
      if (!vertex) throw lost(field);
      const at = take(scope.oc.BRep_Tool.Pnt(scope.own(scope.oc.TopoDS.Vertex(vertex.shape))));
      put(entity.id, toPlane(frame, at));
      return;
    }
    const edges = scope.edges([entity.from], field);
    if (edges.length !== 1)
      throw withField(
        usage(
          'sketch.projection',
          `The edge behind ${entity.id} is now ${edges.length} edges.`,
          'Project the edge again.',
        ).data,
        field,
      );
    const edge = scope.own(scope.oc.TopoDS.Edge(edges[0]!.shape));
    const info = describeEdge(scope.oc, edge, [], [], []);
    const curve = scope.own(new scope.oc.BRepAdaptor_Curve(edge));
    const along = (part: number): Vector3 =>
      take(curve.EvalD0(curve.FirstParameter() * (1 - part) + curve.LastParameter() * part));
    const ends: [Place, Place] = [toPlane(frame, along(0)), toPlane(frame, along(1))];
    const flat = info.direction !== undefined && Math.abs(Math.abs(dot(info.direction, frame.z)) - 1) < 1e-9;
    switch (entity.kind) {
      case 'line':
        if (info.type !== 'line') throw notA('a straight line', entity.id, field);
        for (const [id, place] of paired(points, entity.start, entity.end, ends)) put(id, place);
        return;
      case 'circle':
      case 'arc': {
        if (info.type !== 'circle' || !info.curveCentre_mm || info.radius_mm === undefined || !flat)
          throw notA('a circle in the plane of the sketch', entity.id, field);
        put(entity.centre, toPlane(frame, info.curveCentre_mm));
        if (entity.kind === 'circle') changed.set(entity.id, { ...entity, radius_mm: info.radius_mm });
        // Arcs of a sketch run counter-clockwise: seen along the sketch's normal, the edge may run the other way.
        else {
          const [start, end] = counterClockwise(frame, info.curveCentre_mm, along) ? ends : [ends[1], ends[0]];
          put(entity.start, start);
          put(entity.end, end);
        }
        return;
      }
      case 'spline': {
        const last = entity.points.length - 1;
        const [first] = paired(points, entity.points[0]!, entity.points[last]!, ends);
        const turned = first![1] !== ends[0];
        entity.points.forEach((id, i) => {
          const part = i / (entity.closed ? last + 1 : last);
          put(id, toPlane(frame, along(turned ? 1 - part : part)));
        });
        return;
      }
      case 'ellipse':
        throw notA('a line, circle, arc or spline', entity.id, field);
    }
  });
  return entities.map((entity) => changed.get(entity.id) ?? entity);
}

/** Which end is which: as it was, if that can be told by where they lay; edges have no sense of their own. */
function paired(
  points: ReadonlyMap<string, Place>,
  start: string,
  end: string,
  ends: [Place, Place],
): [string, Place][] {
  const before: [Place, Place] = [points.get(start) ?? ends[0], points.get(end) ?? ends[1]];
  // By direction, not by nearness: an edge that moved far still points the same way.
  const was = [before[1][0] - before[0][0], before[1][1] - before[0][1]] as const;
  const is = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]] as const;
  const same = was[0] * is[0] + was[1] * is[1] >= 0;
  return same
    ? [
        [start, ends[0]],
        [end, ends[1]],
      ]
    : [
        [start, ends[1]],
        [end, ends[0]],
      ];
}

function counterClockwise(frame: Frame, centre_mm: Vector3, along: (part: number) => Vector3): boolean {
  const [c, a, b] = [centre_mm, along(0), along(0.01)].map((point) => toPlane(frame, point)) as [Place, Place, Place];
  return (a[0] - c[0]) * (b[1] - c[1]) - (a[1] - c[1]) * (b[0] - c[0]) > 0;
}

const lost = (field: string) =>
  withField(usage('reference.lost', 'What was projected is no longer there.', 'Project it again.').data, field);
const notA = (what: string, id: string, field: string) =>
  withField(
    usage('sketch.projection', `What ${id} was projected from is not ${what} any more.`, 'Project it again.').data,
    field,
  );
