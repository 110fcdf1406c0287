/** Measures of one item, or between two. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { usage } from '../errors.ts';
import type { MeasureAnswer, MeasureItem } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import { describeEdge } from './edges.ts';
import { describeFace, typeOfFace } from './faces.ts';
import { integrateArea, integrateVolume, isFree } from './mass.ts';
import { type Occt, readBrep } from './occt.ts';
import { placed } from './placement.ts';
import { countShapes, mapShapes } from './topology.ts';
import { cross, dot, length, take } from './vectors.ts';

interface Measured {
  item: MeasureItem;
  shape: TopoDS_Shape;
  answer: MeasureAnswer;
  /** Along a straight edge or an axis. */
  line?: Vector3;
  /** Across a plane. */
  normal?: Vector3;
}

export function measure(oc: Occt, items: readonly MeasureItem[]): MeasureAnswer {
  if (items.length < 1 || items.length > 2)
    throw usage('measure.count', `Choose one or two items to measure, not ${items.length}.`);
  return scoped((own) => {
    const measured = items.map((item) => measureOne(oc, own, item));
    const [first, second] = measured;
    if (!second) return first!.answer;
    const answer: MeasureAnswer = distance(oc, own, first!.shape, second.shape);
    const angle = angleBetween(first!, second);
    return angle === undefined ? answer : { ...answer, angle_rad: angle };
  });
}

function measureOne(oc: Occt, own: Own, item: MeasureItem): Measured {
  const body = placed(oc, own, readBrep(oc, own, item.brep), item.transform);
  if (item.kind === 'body') return { item, shape: body, answer: measureBody(oc, own, body) };
  const kind = ({ face: 'FACE', edge: 'EDGE', vertex: 'VERTEX' } as const)[item.kind];
  const found = mapShapes(oc, own, body, kind).shapes;
  const shape = found[item.index];
  if (!shape)
    throw usage(
      'measure.no-such-item',
      `The body has ${found.length} items of kind ${item.kind}; there is no ${item.index}.`,
    );
  if (item.kind === 'vertex') return { item, shape, answer: {} };
  if (item.kind === 'edge') {
    const { type, length_mm, radius_mm, direction } = describeEdge(oc, own(oc.TopoDS.Edge(shape)), [], [], []);
    return {
      item,
      shape,
      answer: { length_mm, ...(radius_mm === undefined ? {} : { radius_mm }) },
      ...(direction && (type === 'line' || type === 'circle' || type === 'ellipse') ? { line: direction } : {}),
    };
  }
  const { type, area_mm2, radius_mm, axis, normal } = describeFace(oc, own(oc.TopoDS.Face(shape)), []);
  return {
    item,
    shape,
    answer: { area_mm2, ...(radius_mm === undefined ? {} : { radius_mm }) },
    ...(type === 'plane' && normal ? { normal } : {}),
    ...(axis ? { line: axis.direction } : {}),
  };
}

function measureBody(oc: Occt, own: Own, shape: TopoDS_Shape): MeasureAnswer {
  const free = mapShapes(oc, own, shape, 'FACE').shapes.some((face) =>
    isFree(typeOfFace(oc, own(oc.TopoDS.Face(face)))),
  );
  const surface = own(new oc.GProp_GProps());
  integrateArea(oc, shape, free, surface);
  const answer: MeasureAnswer = { area_mm2: surface.Mass() };
  if (countShapes(oc, own, shape, 'SOLID') === 0) return answer;
  const volume = own(new oc.GProp_GProps());
  integrateVolume(oc, shape, free, volume);
  return { ...answer, volume_mm3: volume.Mass() };
}

function distance(oc: Occt, own: Own, a: TopoDS_Shape, b: TopoDS_Shape): MeasureAnswer {
  const extrema = own(new oc.BRepExtrema_DistShapeShape());
  extrema.LoadS1(a);
  extrema.LoadS2(b);
  if (!extrema.Perform() || !extrema.IsDone() || extrema.NbSolution() === 0) return {};
  return {
    distance_mm: extrema.Value(),
    points_mm: [take(extrema.PointOnShape1(1)), take(extrema.PointOnShape2(1))],
  };
}

/**
 * Between two planes the angle between them, 0 to pi/2; between a line or axis and a plane their inclination; between two
 * lines or axes the angle they enclose, 0 to pi/2.
 */
function angleBetween(a: Measured, b: Measured): number | undefined {
  const first = a.normal ?? a.line;
  const second = b.normal ?? b.line;
  if (!first || !second) return undefined;
  // By the sine and the cosine together: either alone loses half the digits near its flat end.
  const angle = Math.atan2(length(cross(first, second)), Math.abs(dot(first, second)));
  return (a.normal === undefined) === (b.normal === undefined) ? angle : Math.PI / 2 - angle;
}
