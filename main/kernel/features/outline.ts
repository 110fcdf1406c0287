/** The outline of a planar face or of a sketch in its own plane, as DXF. */
import type { TopoDS_Edge } from 'replicad-opencascadejs';
import type { Evaluated, Sketch, Vector3 } from '../../../preload/contract/index.ts';
import { sampleCurve } from '../../sketch/index.ts';
import { refused } from '../errors.ts';
import { arcThrough, type OutlineCurve, type Point2, writeOutline } from '../formats/index.ts';
import { describeFace } from '../modeller/faces.ts';
import { type Occt, readBrep } from '../modeller/occt.ts';
import { mapShapes } from '../modeller/topology.ts';
import { take } from '../modeller/vectors.ts';
import type { OutlineRequest } from '../port.ts';
import { scoped } from '../scope.ts';
import { frameOnPlane, toPlane } from './scope/frames.ts';

/** Largest distance of a polyline to its curve, mm: far below what is cut. */
const DEFLECTION_mm = 0.005;

export function outlineOf(oc: Occt, { brep, face, sketch }: OutlineRequest): Uint8Array {
  if (sketch) return writeOutline(curvesOfSketch(sketch));
  if (!brep || face === undefined) throw new TypeError('an outline is of a face or of a sketch');
  return writeOutline(curvesOfFace(oc, brep, face));
}

function curvesOfFace(oc: Occt, brep: Uint8Array, index: number): OutlineCurve[] {
  return scoped((own) => {
    const shape = mapShapes(oc, own, readBrep(oc, own, brep), 'FACE').shapes[index];
    const face = shape && own(oc.TopoDS.Face(shape));
    const info = face && describeFace(oc, face, []);
    if (!face || info?.type !== 'plane' || !info.normal)
      throw refused('outline.not-planar', 'Only a planar face has an outline.', 'Choose a flat face.');
    const frame = frameOnPlane(info.centroid_mm, info.normal);
    return mapShapes(oc, own, face, 'EDGE').shapes.map((edge) =>
      curveOfEdge(oc, own(oc.TopoDS.Edge(edge)), (point) => toPlane(frame, point)),
    );
  });
}

function curveOfEdge(oc: Occt, edge: TopoDS_Edge, flat: (point: Vector3) => Point2): OutlineCurve {
  return scoped((own): OutlineCurve => {
    const curve = own(new oc.BRepAdaptor_Curve(edge));
    const [first, last] = [curve.FirstParameter(), curve.LastParameter()];
    const at = (parameter: number): Point2 => flat(take(curve.EvalD0(parameter)));
    const type = String(curve.GetType());
    if (type === 'GeomAbs_Line') return { kind: 'line', from: at(first), to: at(last) };
    if (type === 'GeomAbs_Circle') {
      const circle = own(curve.Circle());
      const centre = flat(take(circle.Location()));
      const radius_mm = circle.Radius();
      if (last - first > 2 * Math.PI - 1e-9) return { kind: 'circle', centre, radius_mm };
      return arcThrough(centre, radius_mm, at(first), at((first + last) / 2), at(last));
    }
    const sampled = own(new oc.GCPnts_TangentialDeflection(curve, 0.1, DEFLECTION_mm, 2, 1e-9, 1e-7));
    const points: Point2[] = [];
    for (let i = 1; i <= sampled.NbPoints(); i++) points.push(flat(take(sampled.Value(i))));
    return polyline(points);
  });
}

function polyline(points: readonly Point2[]): OutlineCurve {
  const [start, end] = [points[0]!, points.at(-1)!];
  return { kind: 'polyline', points, closed: Math.hypot(end[0] - start[0], end[1] - start[1]) < 1e-7 };
}

/** Without construction geometry and free points. */
function curvesOfSketch({ entities }: Evaluated<Sketch>): OutlineCurve[] {
  const points = new Map(
    entities.flatMap((entity) => (entity.kind === 'point' ? [[entity.id, [entity.x_mm, entity.y_mm] as Point2]] : [])),
  );
  const point = (id: string): Point2 => {
    const found = points.get(id);
    if (!found) throw refused('sketch.missing-point', `The sketch has no point "${id}".`, 'Mend the sketch first.');
    return found;
  };
  return entities.flatMap((entity): OutlineCurve[] => {
    if (entity.construction || entity.kind === 'point') return [];
    if (entity.kind === 'line') return [{ kind: 'line', from: point(entity.start), to: point(entity.end) }];
    if (entity.kind === 'circle')
      return [{ kind: 'circle', centre: point(entity.centre), radius_mm: entity.radius_mm }];
    if (entity.kind === 'arc') {
      const [centre, from, to] = [point(entity.centre), point(entity.start), point(entity.end)];
      return [{ kind: 'arc', centre, radius_mm: Math.hypot(from[0] - centre[0], from[1] - centre[1]), from, to }];
    }
    return [polyline(sampleCurve(entities, entity.id, DEFLECTION_mm))];
  });
}
