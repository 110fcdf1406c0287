/** An extrusion that ends at a face. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Evaluated, Extent } from '../../../../preload/contract/index.ts';
import { refused, usage } from '../../errors.ts';
import { describeFace } from '../../modeller/faces.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { dot, subtract } from '../../modeller/vectors.ts';
import { follow, imagesOf, type NamedShape } from '../naming/follow.ts';
import { capNames } from '../naming/names.ts';
import type { OperationScope, ProfileFace } from '../operation.ts';
import { frameOnPlane, moved } from '../scope/frames.ts';
import { withField } from '../scope/resolve.ts';
import { listOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { boxAround, solidsOf } from '../shapes/solids.ts';
import { PRISM_ROLES, prism } from './prism.ts';

type ToFace = Extract<Evaluated<Extent>, { to: 'face' }>;

/** Where an extrusion ends: at a height above the profile's plane, or at a surface. */
export type End = { height_mm: number } | { surface: TopoDS_Shape; farthest_mm: number };

/**
 * @throws ArtificerError `extrude.face-behind`, `extrude.face-offset`
 */
export function endAtFace(scope: OperationScope, profile: ProfileFace, extent: ToFace, field: string): End {
  const { oc, own } = scope;
  const found = scope.faces([extent.face], `${field}.face`);
  const [first] = found;
  if (!first) throw withField(usage('reference.lost', 'The face is no longer there.').data, `${field}.face`);
  const face = own(oc.TopoDS.Face(first.shape));
  const info = describeFace(oc, face, []);
  const { frame } = profile;
  const offset = extent.offset ?? 0;
  if (info.type === 'plane' && info.normal) {
    const plane = moved(frameOnPlane(info.centroid_mm, info.normal), offset);
    const along = dot(plane.z, frame.z);
    if (Math.abs(along) > 1 - 1e-12) return { height_mm: dot(subtract(plane.origin_mm, frame.origin_mm), frame.z) };
    if (Math.abs(along) < 1e-9)
      throw withField(
        usage('extrude.face-behind', 'The face is parallel to the direction of the extrusion.', 'Choose another face.')
          .data,
        field,
      );
    const reach = reachOf(scope, profile);
    const make = new Make(scope);
    const surface = own(own(new oc.BRepBuilderAPI_MakeFace(make.plane(plane), -reach, reach, -reach, reach)).Face());
    return { surface, farthest_mm: reach };
  }
  if (offset !== 0)
    throw withField(
      usage('extrude.face-offset', 'An offset is possible from flat faces only.', 'Offset the face first, or use 0.')
        .data,
      field,
    );
  return { surface: face, farthest_mm: reachOf(scope, profile) };
}

/** Farther than anything is from the profile. */
function reachOf(scope: OperationScope, profile: ProfileFace): number {
  const boxes = [...scope.bodies.map(({ shape }) => shape), profile.face].map((shape) => boxAround(scope.oc, shape));
  const corners = boxes.flatMap(({ min, max }) => [min, max]);
  const far = corners.map((corner) => Math.hypot(...subtract(corner, profile.frame.origin_mm)));
  return 3 * Math.max(...far, 1);
}

/** From the profile's plane to the surface, in the direction of `upwards`. @throws ArtificerError `extrude.face-missed` */
export function prismUpTo(
  scope: OperationScope,
  profile: ProfileFace,
  end: Extract<End, { surface: unknown }>,
  upwards: boolean,
  field: string,
): NamedShape {
  const { oc, own, id } = scope;
  const whole = prism(scope, profile, 0, upwards ? end.farthest_mm : -end.farthest_mm);
  const missed = () =>
    withField(
      refused(
        'extrude.face-missed',
        'The extrusion does not end at this face: the face does not cover the whole profile, or lies behind it.',
        'Choose a larger face, or reverse the direction.',
      ).data,
      field,
    );
  const splitter = own(new oc.BRepAlgoAPI_Splitter());
  splitter.SetArguments(listOf(oc, own, [whole.shape]));
  splitter.SetTools(listOf(oc, own, [end.surface]));
  splitter.SetNonDestructive(true);
  splitter.Build(own(new oc.Message_ProgressRange()));
  if (!splitter.IsDone() || splitter.HasErrors()) throw missed();
  const capOf = (role: string): TopoDS_Shape[] => {
    const index = whole.faceNames.findIndex((names) => names.includes(`${id}/${role}`));
    return imagesOf(own, splitter, mapShapes(oc, own, whole.shape, 'FACE').shapes[index]!);
  };
  const [starts, ends] = [capOf(PRISM_ROLES.start), capOf(PRISM_ROLES.end)];
  const holds = (solid: TopoDS_Shape, faces: readonly TopoDS_Shape[]): boolean => {
    const index = mapShapes(oc, own, solid, 'FACE');
    return faces.some((face) => index.indexOf(face) >= 0);
  };
  const pieces = solidsOf(oc, own, own(splitter.Shape())).filter((solid) => holds(solid, starts));
  const [piece] = pieces;
  if (pieces.length !== 1 || !piece || holds(piece, ends)) throw missed();
  const surface: NamedShape = {
    shape: end.surface,
    faceNames: [capNames(id, PRISM_ROLES.end, profile)],
  };
  return { shape: piece, faceNames: follow({ oc, id, history: splitter, inputs: [whole, surface], result: piece }) };
}
