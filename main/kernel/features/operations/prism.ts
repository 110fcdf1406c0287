/** A profile pushed from one height above its plane to another, with its sides leaning if wanted. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { add, scale } from '../../modeller/vectors.ts';
import { follow, modificationHistory, type NamedShape } from '../naming/follow.ts';
import { capNames, roleName } from '../naming/names.ts';
import type { OperationScope, ProfileFace } from '../operation.ts';
import { passesAnApex } from '../shapes/apex.ts';
import { Make } from '../shapes/make.ts';
import { movedShape, outwards } from '../shapes/named.ts';

export interface PrismRoles {
  /** `side`, `start`, `end`. */
  side: string;
  start: string;
  end: string;
}
export const PRISM_ROLES: PrismRoles = { side: 'side', start: 'start', end: 'end' };

/** From a height above the profile's plane (the `start`) to another (the `end`), mm. */
export function prism(
  scope: OperationScope,
  profile: ProfileFace,
  from_mm: number,
  to_mm: number,
  roles: PrismRoles = PRISM_ROLES,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const { z } = profile.frame;
  const maker = own(new oc.BRepPrimAPI_MakePrism(profile.face, make.vector(scale(z, to_mm - from_mm)), false, true));
  const result = outwards(scope, own(maker.Shape()));
  const caps: [string, TopoDS_Shape][] = [
    [roles.start, own(maker.FirstShape())],
    [roles.end, own(maker.LastShape())],
  ];
  const faceNames = follow({
    oc,
    id,
    history: sweptHistory(scope, maker),
    inputs: [{ shape: profile.face, faceNames: [[]] }],
    result,
    generatedFrom: ['EDGE'],
    nameGenerated: ({ shape }) => roleName(id, roles.side, profile.nameOfEdge(shape)),
    known: (face) => {
      const cap = caps.find(([, shape]) => shape.IsSame(face))?.[0];
      return cap === undefined ? undefined : capNames(id, cap, profile);
    },
  });
  if (from_mm === 0) return { shape: result, faceNames };
  const [x, y, h] = scale(z, from_mm);
  return movedShape(scope, { shape: result, faceNames }, [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, h]);
}

/** Sweeps modify nothing: their faces are generated from edges. */
export const sweptHistory = (
  { oc }: OperationScope,
  maker: {
    Generated(shape: TopoDS_Shape): ReturnType<NonNullable<import('../naming/follow.ts').History['Generated']>>;
  },
) => ({
  Modified: () => new oc.NCollection_List_TopoDS_Shape(),
  Generated: (shape: TopoDS_Shape) => maker.Generated(shape),
  IsDeleted: () => true,
});

/**
 * Its sides leant inwards by an angle, going away from the profile's plane, where they keep their place.
 *
 * @throws ArtificerError `extrude.draft`
 */
export function leaning(
  scope: OperationScope,
  solid: NamedShape,
  profile: ProfileFace,
  angle_rad: number,
  upwards: boolean,
  roles: PrismRoles,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const { frame } = profile;
  const algorithm = own(new oc.BRepOffsetAPI_DraftAngle(solid.shape));
  const pull = make.direction(upwards ? frame.z : scale(frame.z, -1));
  const sides = roleName(id, roles.side, 'x').slice(0, -2);
  const failed = () =>
    refused(
      'extrude.draft',
      'The sides cannot lean by this angle: they would run into each other before the end, or are curved freely.',
      'Make the angle or the distance smaller.',
    );
  mapShapes(oc, own, solid.shape, 'FACE').shapes.forEach((face, index) => {
    if (!solid.faceNames[index]?.[0]?.startsWith(sides)) return;
    algorithm.Add(own(oc.TopoDS.Face(face)), pull, angle_rad, make.plane(frame), true);
    if (!algorithm.AddDone()) throw failed();
  });
  algorithm.Build(make.progress());
  if (!algorithm.IsDone()) throw failed();
  const shape = own(algorithm.Shape());
  if (passesAnApex(scope, shape)) throw failed();
  return {
    shape,
    faceNames: follow({ oc, id, history: modificationHistory(oc, algorithm), inputs: [solid], result: shape }),
  };
}

/** The point of the profile's plane at a height. */
export const above = (profile: ProfileFace, height_mm: number) =>
  add(profile.frame.origin_mm, scale(profile.frame.z, height_mm));
