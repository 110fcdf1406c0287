/**
 * Moves a surface of a body: the space between where it is and where it shall be is cut by the surfaces of the faces around
 * it, extended; the cells that lie on the face are the material to add or to take away. So neighbours that lean go on
 * leaning, and nothing is stepped.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { dot, subtract, take } from '../../modeller/vectors.ts';
import { booleanOf } from '../combine.ts';
import { follow, imagesOf, type NamedShape } from '../naming/follow.ts';
import type { OperationScope } from '../operation.ts';
import { listOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { boxAround, solidsOf } from '../shapes/solids.ts';
import { extended } from './extend.ts';
import { type Faces, facesOf } from './face-groups.ts';
import { OUTSIDE, type Space, WHERE_IT_GOES } from './slabs.ts';
import { isSmooth } from './smooth.ts';

type Kernel = Pick<OperationScope, 'oc' | 'own' | 'id'>;

/** Faces of the filling that only vanish into neighbours. */
export const GAP = 'gap';

/** As far as anything of the body can matter, mm. */
export function reachOf(kernel: Kernel, body: NamedShape, more_mm = 0): number {
  const { min, max } = boxAround(kernel.oc, body.shape);
  return 2 * Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]) + 2 * Math.abs(more_mm) + 1;
}

/** The faces around a group, each once. @throws ArtificerError `direct.tangent-neighbour` */
export function neighboursOf(kernel: Kernel, faces: Faces, group: readonly number[]): number[] {
  const around = new Set<number>();
  for (const at of group)
    for (const { face, edge } of faces.around(at)) {
      if (group.includes(face)) continue;
      if (isSmooth(kernel, faces, at, face, edge))
        throw refused(
          'direct.tangent-neighbour',
          'A face that goes over smoothly into its neighbour cannot be moved alone.',
          'Remove the fillets around it first, move the face, and round the edges again; or choose the smooth faces together.',
        );
      around.add(face);
    }
  return [...around];
}

/** The space's cells that lie on the faces, each with its faces named for what becomes of them. */
export function cellsOn(
  kernel: Kernel,
  faces: Faces,
  group: readonly number[],
  space: Space,
  reach_mm: number,
  names: readonly string[],
): NamedShape[] {
  const { oc, own } = kernel;
  const make = new Make(kernel);
  const chosen = group.map((at) => faces.shapes.shapes[at]!);
  const sides = neighboursOf(kernel, faces, group).map((at) =>
    extended(oc, own, faces.face(at), faces.info(at), reach_mm),
  );
  const cutters = space.cutter ? [space.cutter] : [];
  const algorithm = own(new oc.BRepAlgoAPI_Splitter());
  algorithm.SetArguments(listOf(oc, own, [space.shape]));
  algorithm.SetTools(listOf(oc, own, [...chosen, ...sides, ...cutters]));
  algorithm.SetNonDestructive(true);
  algorithm.SetToFillHistory(true);
  algorithm.Build(make.progress());
  if (!algorithm.IsDone() || algorithm.HasErrors()) throw notExtendable();
  const result = own(algorithm.Shape());
  const all = mapShapes(oc, own, result, 'FACE');
  const called = follow({
    oc,
    id: kernel.id,
    history: algorithm,
    result,
    inputs: [
      space,
      ...cutters.map((shape) => ({ shape, faceNames: [[WHERE_IT_GOES]] })),
      ...[...chosen, ...sides].map((shape) => ({ shape, faceNames: [[GAP]] })),
    ],
  });
  const nameOf = (face: TopoDS_Shape): readonly string[] => called[all.indexOf(face)] ?? [];
  const bases = chosen.flatMap((face) => imagesOf(own, algorithm, face));
  const cells = solidsOf(oc, own, result).flatMap((cell) => {
    const own_ = mapShapes(oc, own, cell, 'FACE');
    if (!bases.some((base) => own_.indexOf(base) >= 0)) return [];
    if (space.side && isBelow(kernel, cell, space.side) !== space.side.below) return [];
    const has = own_.shapes.map(nameOf);
    if (has.some((given) => given.includes(OUTSIDE))) throw notExtendable();
    const faceNames = has.map((given) => (given.includes(WHERE_IT_GOES) ? [...names] : [GAP]));
    return [{ shape: cell, faceNames, arrives: has.some((given) => given.includes(WHERE_IT_GOES)) }];
  });
  if (cells.length > 0 && !cells.some(({ arrives }) => arrives))
    throw refused(
      'direct.face-vanishes',
      'The faces around it meet before the face arrives: nothing would be left of it.',
      'Move it less far, or remove the face instead.',
    );
  return cells;
}

function isBelow({ oc, own }: Kernel, cell: TopoDS_Shape, side: NonNullable<Space['side']>): boolean {
  const properties = own(new oc.GProp_GProps());
  oc.BRepGProp.VolumeProperties(cell, properties, false, false, false);
  return dot(subtract(take(properties.CentreOfMass()), side.origin_mm), side.normal) < 0;
}

const notExtendable = () =>
  refused(
    'direct.cannot-extend',
    'The faces around it cannot be extended to where the face would be.',
    'Move it less far, or choose the faces around it as well.',
  );

/** Adds or takes away the filling. What was only a gap must be gone then. @throws ArtificerError `direct.cannot-extend` */
export function applyFilling(
  kernel: Kernel,
  body: NamedShape,
  kind: 'add' | 'cut',
  filling: readonly NamedShape[],
): NamedShape {
  if (filling.length === 0) return body;
  const withoutGaps = (target: NamedShape, tools: readonly NamedShape[]): NamedShape | undefined => {
    const result = booleanOf(kernel, kind, target, tools);
    if (!result) throw refused('direct.nothing-left', 'Nothing of the body would be left.', 'Move the face less far.');
    const faceNames = carriedOnNames(
      kernel,
      result.shape,
      result.faceNames.map((given) => given.filter((name) => name !== GAP)),
    );
    return faceNames.every((given) => given.length > 0) ? { shape: result.shape, faceNames } : undefined;
  };
  // Which faces the kernel merges may depend on which comes first.
  const [first, ...rest] = filling;
  const done = withoutGaps(body, filling) ?? (kind === 'add' ? withoutGaps(first!, [body, ...rest]) : undefined);
  if (!done) throw notExtendable();
  return done;
}

/**
 * Free surfaces do not merge with what carries them on. A face that goes on smoothly from its neighbour is called as that;
 * any other face of the filling is a step that nobody asked for.
 */
function carriedOnNames(kernel: Kernel, shape: TopoDS_Shape, faceNames: string[][]): string[][] {
  if (faceNames.every((given) => given.length > 0)) return faceNames;
  const faces = facesOf(kernel.oc, kernel.own, shape);
  return faceNames.map((given, at) => {
    if (given.length > 0) return given;
    const smooth = faces.around(at).filter(({ face, edge }) => {
      return faceNames[face]!.length > 0 && isSmooth(kernel, faces, at, face, edge);
    });
    const sameKind = smooth.find(({ face }) => faces.info(face).type === faces.info(at).type);
    return sameKind ? faceNames[sameKind.face]! : [];
  });
}

/** Where faces with these names are now. */
export const facesNamed = (body: NamedShape, names: readonly string[]): number[] =>
  body.faceNames.flatMap((given, index) => (given.some((name) => names.includes(name)) ? [index] : []));

/** Filling of a prism, for faces whose neighbours are all walls in its direction. */
export function prismOn(
  kernel: Kernel,
  faces: Faces,
  group: readonly number[],
  vector_mm: readonly [number, number, number],
  names: readonly string[],
): NamedShape[] {
  const { oc, own } = kernel;
  const make = new Make(kernel);
  return group.map((at) => {
    const algorithm = own(new oc.BRepPrimAPI_MakePrism(faces.face(at), make.vector([...vector_mm]), false, true));
    const last = own(algorithm.LastShape());
    const shape = own(algorithm.Shape());
    return fillingNamed(kernel, shape, (face) => (face.IsSame(last) ? names : []));
  });
}

/** A filling whose faces are those that a rule names; the others are to vanish. */
export function fillingNamed(
  { oc, own }: Kernel,
  shape: TopoDS_Shape,
  namesOf: (face: TopoDS_Shape) => readonly string[],
): NamedShape {
  const faceNames = mapShapes(oc, own, shape, 'FACE').shapes.map((face) => {
    const names = namesOf(face);
    return names.length > 0 ? [...names] : [GAP];
  });
  return { shape, faceNames };
}
