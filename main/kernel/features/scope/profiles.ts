/** Closed regions of sketches, and faces of bodies, as planar faces that know which curve is behind each of their edges. */
import type { TopoDS_Face, TopoDS_Shape, TopoDS_Wire } from 'replicad-opencascadejs';
import { findRegions, type Loop, type Region } from '../../../sketch/index.ts';
import { usage } from '../../errors.ts';
import { mapShapes, ShapeIndex } from '../../modeller/topology.ts';
import { byNumber } from '../naming/names.ts';
import type { FoundItem, Frame, ProfileFace } from '../operation.ts';
import type { Make } from '../shapes/make.ts';
import type { SketchResult } from '../sketches/result.ts';
import type { Bodies } from './bodies.ts';
import { SketchCurves } from './curves.ts';
import { withField } from './resolve.ts';

type Warn = (warning: { code: string; message: string }) => void;

/** @throws ArtificerError `profile.empty`, `profile.open`, `profile.no-such-region` */
export function profileOfSketch(
  make: Make,
  { frame, entities }: SketchResult,
  wanted: readonly (readonly string[])[] | undefined,
  field: string,
  warn: Warn,
): ProfileFace[] {
  const found = findRegions(entities);
  const regions = wanted
    ? wanted.map((curves, index) => regionOf(found.regions, curves, `${field}.regions[${index}]`, warn))
    : found.defaultRegions;
  if (regions.length === 0) {
    const [problem] = found.problems;
    throw withField(
      problem
        ? usage('profile.open', `The sketch encloses nothing: ${problem.words}`, 'Close the gap in the sketch.').data
        : usage('profile.empty', 'The sketch has no closed region.', 'Draw a closed outline.').data,
      field,
    );
  }
  const curves = new SketchCurves(make, frame, entities);
  return regions.map((region) => faceOfRegion(make, frame, curves, region, regions.length === 1));
}

/** The region with just these curves around it, or the one that still has most of them. */
function regionOf(regions: readonly Region[], curves: readonly string[], field: string, warn: Warn): Region {
  const wanted = new Set(curves);
  const likeness = regions
    .map((region) => {
      const common = region.curves.filter((curve) => wanted.has(curve)).length;
      return { region, likeness: common / (wanted.size + region.curves.length - common) };
    })
    .sort((a, b) => b.likeness - a.likeness);
  const [best, next] = likeness;
  if (best?.likeness === 1) return best.region;
  if (best && best.likeness >= 0.5 && best.likeness > (next?.likeness ?? 0)) {
    warn({
      code: 'profile.region-changed',
      message: `The region now is bounded by ${best.region.curves.join(', ')}; it was by ${[...wanted].join(', ')}.`,
    });
    return best.region;
  }
  throw withField(
    usage(
      'profile.no-such-region',
      `The sketch no longer has the region bounded by ${[...wanted].join(', ')}.`,
      'Choose the region again.',
    ).data,
    field,
  );
}

function faceOfRegion(make: Make, frame: Frame, curves: SketchCurves, region: Region, alone: boolean): ProfileFace {
  const { oc, own } = make;
  const edges = new ShapeIndex(oc);
  const names: string[] = [];
  const wire = (loop: Loop): TopoDS_Wire => {
    const maker = own(new oc.BRepBuilderAPI_MakeWire());
    for (const piece of loop.pieces) {
      maker.Add(curves.edgeOf(piece));
      if (!maker.IsDone())
        throw usage('profile.open', `The outline has a gap at ${piece.id}.`, 'Join the ends in the sketch.');
      // The wire holds a copy of the edge wherever it joins another.
      if (edges.add(own(maker.Edge()))) names.push(piece.id);
    }
    return own(maker.Wire());
  };
  const outer = wire(region.outer);
  const maker = own(new oc.BRepBuilderAPI_MakeFace(make.plane(frame), outer, true));
  for (const hole of region.holes) maker.Add(wire(hole));
  if (!maker.IsDone()) throw usage('profile.open', 'The outline does not bound a flat region.', 'Check the sketch.');
  const face = own(maker.Face());
  const key = [...region.curves].sort(byNumber)[0]!;
  return { face, frame, key, alone, curves: [...new Set(names)], nameOfEdge: nameIn(edges, names) };
}

const nameIn =
  (edges: ShapeIndex, names: readonly string[]) =>
  (edge: TopoDS_Shape): string =>
    names[edges.indexOf(edge)] ?? 'edge';

/** A planar face of a body: its edges are called by the faces on their other sides. */
export function profileOfFaces(make: Make, bodies: Bodies, items: readonly FoundItem[], frame: Frame): ProfileFace[] {
  const { oc, own } = make;
  return items.map(({ body, index, shape }) => {
    const { named, topology } = bodies.topologyOf(body);
    const edges = new ShapeIndex(oc);
    const names: string[] = [];
    for (const edge of mapShapes(oc, own, shape, 'EDGE').shapes) {
      if (!edges.add(edge)) continue;
      const sides = named.edges[topology.edges.indexOf(edge)]?.faces ?? [];
      const other = sides.find((side) => side !== index) ?? index;
      names.push(body.faceNames[other]?.[0] ?? 'edge');
    }
    const face: TopoDS_Face = own(oc.TopoDS.Face(shape));
    const key = [...names].sort()[0] ?? 'face';
    const alone = items.length === 1;
    return { face, frame, key, alone, curves: [...new Set(names)], nameOfEdge: nameIn(edges, names) };
  });
}
