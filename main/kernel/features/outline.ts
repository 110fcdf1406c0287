/** The outline of a planar face or of a sketch as DXF, in its own plane. */
import type { TopoDS_Edge } from 'replicad-opencascadejs';
import type { SketchEntity } from '../../../preload/contract/sketches.ts';
import { sampleCurve } from '../../sketch/index.ts';
import { refused, usage } from '../errors.ts';
import { type OutlineCurve, writeOutlineDxf } from '../formats/index.ts';
import { describeEdge } from '../modeller/edges.ts';
import { describeFace } from '../modeller/faces.ts';
import { type ModellingKernel, type Occt, readBrep } from '../modeller/occt.ts';
import { mapShapes } from '../modeller/topology.ts';
import { dot, take } from '../modeller/vectors.ts';
import type { OutlineRequest } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import type { Frame } from './operation.ts';
import { frameOnPlane, toPlane } from './scope/frames.ts';

/** Largest distance of a polyline from its curve, mm: below what cutting machines resolve. */
const DEFLECTION_MM = 0.001;

/** @throws ArtificerError `outline.nothing`, `outline.no-such-face`, `plane.not-flat`, `export.no-lines` */
export function outline({ oc, sketchSolver }: ModellingKernel, request: OutlineRequest): Uint8Array {
  if (request.sketch) {
    const { entities } = sketchSolver.solve({
      entities: request.sketch.entities as SketchEntity[],
      constraints: request.sketch.constraints,
    });
    return writeOutlineDxf(curvesOfSketch(entities));
  }
  if (!request.brep || request.face === undefined)
    throw usage('outline.nothing', 'An outline needs a sketch, or a body and one of its faces.');
  return writeOutlineDxf(curvesOfFace(oc, request.brep, request.face));
}

function curvesOfSketch(entities: readonly SketchEntity[]): OutlineCurve[] {
  const place = (id: string): [number, number] => {
    const point = entities.find((entity) => entity.id === id);
    return point?.kind === 'point' ? [point.x_mm, point.y_mm] : [0, 0];
  };
  return entities.flatMap((entity): OutlineCurve[] => {
    // Construction geometry is not to be cut.
    if (entity.kind === 'point' || entity.construction) return [];
    switch (entity.kind) {
      case 'line':
        return [{ kind: 'line', from: place(entity.start), to: place(entity.end) }];
      case 'circle':
        return [{ kind: 'circle', centre: place(entity.centre), radius_mm: entity.radius_mm }];
      case 'arc': {
        const [centre, start, end] = [place(entity.centre), place(entity.start), place(entity.end)];
        const angle = ([x, y]: [number, number]): number => Math.atan2(y - centre[1], x - centre[0]);
        const radius_mm = Math.hypot(start[0] - centre[0], start[1] - centre[1]);
        return [{ kind: 'arc', centre, radius_mm, start_rad: angle(start), end_rad: angle(end) }];
      }
      default:
        return [polyline(sampleCurve(entities, entity.id, DEFLECTION_MM))];
    }
  });
}

function polyline(points: readonly (readonly [number, number])[]): OutlineCurve {
  const [first, last] = [points[0]!, points.at(-1)!];
  const closed = points.length > 2 && Math.hypot(first[0] - last[0], first[1] - last[1]) < 1e-9;
  return { kind: 'polyline', points: closed ? points.slice(0, -1) : points, closed };
}

function curvesOfFace(oc: Occt, brep: Uint8Array, index: number): OutlineCurve[] {
  return scoped((own) => {
    const shape = readBrep(oc, own, brep);
    const face = mapShapes(oc, own, shape, 'FACE').shapes[index];
    if (!face) throw usage('outline.no-such-face', `The body has no face ${index + 1}.`, 'Choose the face again.');
    const info = describeFace(oc, own(oc.TopoDS.Face(face)), []);
    if (info.type !== 'plane' || !info.normal)
      throw refused('plane.not-flat', `A flat face is wanted here, not a ${info.type}.`, 'Choose a planar face.');
    const frame = frameOnPlane(info.centroid_mm, info.normal);
    return mapShapes(oc, own, face, 'EDGE').shapes.map((edge) =>
      curveOfEdge(oc, own, own(oc.TopoDS.Edge(edge)), frame),
    );
  });
}

function curveOfEdge(oc: Occt, own: Own, edge: TopoDS_Edge, frame: Frame): OutlineCurve {
  const info = describeEdge(oc, edge, [], [], []);
  const curve = own(new oc.BRepAdaptor_Curve(edge));
  const [first, last] = [curve.FirstParameter(), curve.LastParameter()];
  const at = (parameter: number): [number, number] => toPlane(frame, take(curve.EvalD0(parameter)));
  if (info.type === 'line') return { kind: 'line', from: at(first), to: at(last) };
  if (info.type === 'circle' && info.curveCentre_mm && info.radius_mm !== undefined && info.direction) {
    const centre = toPlane(frame, info.curveCentre_mm);
    if (last - first >= 2 * Math.PI - 1e-9) return { kind: 'circle', centre, radius_mm: info.radius_mm };
    const angle = ([x, y]: [number, number]): number => Math.atan2(y - centre[1], x - centre[0]);
    const [start, end] = [angle(at(first)), angle(at(last))];
    // Seen against its axis, a circle runs clockwise.
    const forward = dot(info.direction, frame.z) > 0;
    return {
      kind: 'arc',
      centre,
      radius_mm: info.radius_mm,
      start_rad: forward ? start : end,
      end_rad: forward ? end : start,
    };
  }
  const points = own(new oc.GCPnts_TangentialDeflection(curve, 0.05, DEFLECTION_MM, 2, 1e-9, 1e-7));
  return polyline(Array.from({ length: points.NbPoints() }, (_, i) => toPlane(frame, take(points.Value(i + 1)))));
}
