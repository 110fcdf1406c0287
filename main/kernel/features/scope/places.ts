/** Planes and axes of references on live shapes. */
import type { AxisLine, Evaluated, Plane, Vector3 } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { describeEdge } from '../../modeller/edges.ts';
import { describeFace } from '../../modeller/faces.ts';
import type { Occt } from '../../modeller/occt.ts';
import { scale, subtract, unit } from '../../modeller/vectors.ts';
import { scoped } from '../../scope.ts';
import type { FoundItem, Frame } from '../operation.ts';
import type { SketchResult } from '../sketches/result.ts';
import { canonicalDirection, frameOf, frameOnPlane, moved, principalFrame, toSpace } from './frames.ts';
import { withField } from './resolve.ts';

export interface PlaceSources {
  oc: Occt;
  faces(references: readonly Evaluated<Reference>[], field: string): FoundItem[];
  edges(references: readonly Evaluated<Reference>[], field: string): FoundItem[];
  sketch(id: string, field: string): SketchResult;
  datum(id: string, field: string): Frame;
}
type Reference = Extract<Plane, { by: 'face' }>['face'];

/** @throws ArtificerError `plane.not-flat`, `plane.several`, `plane.degenerate`, and those of references */
export function planeOf(sources: PlaceSources, plane: Evaluated<Plane>, field: string): Frame {
  switch (plane.by) {
    case 'principal':
      return principalFrame(plane.plane, plane.offset ?? 0);
    case 'datum':
      return sources.datum(plane.feature, field);
    case 'frame': {
      const frame = frameOf(plane.origin_mm, plane.normal, plane.x);
      if (!frame)
        throw wrong(field, 'plane.degenerate', 'The plane has no direction: its normal and x are parallel or zero.');
      return frame;
    }
    case 'face':
      return moved(planeOfFaces(sources.oc, sources.faces([plane.face], `${field}.face`), field), plane.offset ?? 0);
  }
}

/** Several faces may share a name: they will do where they lie in one plane. */
export function planeOfFaces(oc: Occt, items: readonly FoundItem[], field: string): Frame {
  const frames = items.map(({ shape }) => frameOfFace(oc, shape, field));
  const [first] = frames;
  if (!first) throw wrong(field, 'plane.not-flat', 'A flat face is wanted here.');
  if (frames.some((frame) => !samePlane(first, frame)))
    throw wrong(
      field,
      'plane.several',
      `The reference means ${frames.length} faces that lie in different planes.`,
      'Pick the face again.',
    );
  return first;
}

function frameOfFace(oc: Occt, shape: FoundItem['shape'], field: string): Frame {
  const info = scoped((own) => describeFace(oc, own(oc.TopoDS.Face(shape)), []));
  if (info.type !== 'plane' || !info.normal)
    throw wrong(field, 'plane.not-flat', `A flat face is wanted here, not a ${info.type}.`, 'Pick a planar face.');
  return frameOnPlane(info.centroid_mm, info.normal);
}

const samePlane = (a: Frame, b: Frame): boolean =>
  Math.hypot(...subtract(a.z, b.z)) < 1e-9 && Math.hypot(...subtract(a.origin_mm, b.origin_mm)) < 1e-6;

export interface Axis {
  origin_mm: Vector3;
  direction: Vector3;
}

/** @throws ArtificerError `axis.none`, `axis.several`, and those of references */
export function axisOf(sources: PlaceSources, axis: Evaluated<AxisLine>, field: string): Axis {
  const found = unreversed(sources, axis, field);
  const reverse = 'reverse' in axis && axis.reverse === true;
  return reverse ? { ...found, direction: scale(found.direction, -1) } : found;
}

function unreversed(sources: PlaceSources, axis: Evaluated<AxisLine>, field: string): Axis {
  const { oc } = sources;
  switch (axis.by) {
    case 'principal':
      return {
        origin_mm: [0, 0, 0],
        direction: [Number(axis.axis === 'x'), Number(axis.axis === 'y'), Number(axis.axis === 'z')],
      };
    case 'line': {
      const direction = unit(axis.direction);
      if (!direction) throw wrong(field, 'axis.none', 'The axis has no direction: it is zero.');
      return { origin_mm: axis.origin_mm, direction };
    }
    case 'sketch-line': {
      const { frame, entities } = sources.sketch(axis.sketch, `${field}.sketch`);
      const line = entities.find(({ id }) => id === axis.line);
      const end = (id: string): Vector3 | undefined => {
        const point = entities.find((entity) => entity.id === id);
        return point?.kind === 'point' ? toSpace(frame, point.x_mm, point.y_mm) : undefined;
      };
      if (axis.line === 'x-axis') return { origin_mm: frame.origin_mm, direction: frame.x };
      if (axis.line === 'y-axis') return { origin_mm: frame.origin_mm, direction: frame.y };
      const [from, to] = line?.kind === 'line' ? [end(line.start), end(line.end)] : [];
      const direction = from && to && unit(subtract(to, from));
      if (!from || !direction)
        throw wrong(`${field}.line`, 'axis.none', `The sketch has no line "${axis.line}".`, 'Choose the line again.');
      return { origin_mm: from, direction };
    }
    case 'edge':
      return only(
        sources.edges([axis.edge], `${field}.edge`).map(({ shape }) => axisOfEdge(oc, shape)),
        field,
      );
    case 'face':
      return only(
        sources.faces([axis.face], `${field}.face`).map(({ shape }) => axisOfFace(oc, shape)),
        field,
      );
  }
}

function axisOfEdge(oc: Occt, shape: FoundItem['shape']): Axis | undefined {
  const info = scoped((own) => describeEdge(oc, own(oc.TopoDS.Edge(shape)), [], [], []));
  const origin = info.type === 'line' ? info.centre_mm : info.curveCentre_mm;
  return origin && info.direction && { origin_mm: origin, direction: canonicalDirection(info.direction) };
}

function axisOfFace(oc: Occt, shape: FoundItem['shape']): Axis | undefined {
  const info = scoped((own) => describeFace(oc, own(oc.TopoDS.Face(shape)), []));
  if (info.type === 'plane' && info.normal) return { origin_mm: info.centroid_mm, direction: info.normal };
  return info.axis && { origin_mm: info.axis.origin_mm, direction: canonicalDirection(info.axis.direction) };
}

/** Pieces of one edge or face have the same line as their axis. */
function only(axes: (Axis | undefined)[], field: string): Axis {
  const [first] = axes;
  if (!first || axes.some((axis) => !axis))
    throw wrong(field, 'axis.none', 'A straight or circular edge, or a face with an axis, is wanted here.');
  const away = (axis: Axis): number => {
    const between = subtract(axis.origin_mm, first.origin_mm);
    const along = between.reduce((sum, each, k) => sum + each * first.direction[k]!, 0);
    return Math.hypot(...subtract(between, scale(first.direction, along)));
  };
  const same = axes.every(
    (axis) => Math.hypot(...subtract(axis!.direction, first.direction)) < 1e-9 && away(axis!) < 1e-6,
  );
  if (!same) throw wrong(field, 'axis.several', `The reference means ${axes.length} edges with different axes.`);
  return first;
}

const wrong = (field: string, code: string, message: string, hint?: string) =>
  withField(usage(code, message, hint).data, field);
