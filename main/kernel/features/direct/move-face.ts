/**
 * Faces moved by a translation and a turn. A plane is put where it comes to lie, and its neighbours reach for it: only the
 * part of the way along its normal matters. All faces of a hole, pocket or boss are moved together: the feature is taken
 * away where it was and made again where it shall be.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused, usage } from '../../errors.ts';
import { cross, dot, length, take } from '../../modeller/vectors.ts';
import { booleanOf } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Operation, OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { applyFilling, facesNamed, GAP } from './cells.ts';
import { changePlane } from './change-surface.ts';
import { editBodies, numberOf } from './edit-bodies.ts';
import { facesOf, groupsOf } from './face-groups.ts';
import { pastRounds } from './past-rounds.ts';
import { frameAt } from './slabs.ts';

type GeometricMotion = InstanceType<OperationScope['oc']['gp_Trsf']>;

interface Motion {
  trsf: GeometricMotion;
  translation_mm: Vector3;
  /** Of the turn. */
  axis?: Vector3;
}

export const moveFace: Operation<'move-face'> = (feature, scope) => {
  if (![...feature.translation, feature.rotation?.angle ?? 0].every(Number.isFinite))
    throw usage('feature.dimension', 'A distance or the angle is not a number.');
  const motion = motionOf(scope, feature.translation, feature.rotation);
  return editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) => {
    const faces = facesOf(scope.oc, scope.own, body.shape);
    if (chosen.every((at) => faces.info(at).type === 'plane') && !standsTogether(faces, chosen))
      return groupsOf(faces, chosen).reduce((now, group) => {
        const { centroid_mm, normal } = faces.info(group[0]!);
        const to = frameAt(moved(scope, motion, centroid_mm), turned(scope, motion, centroid_mm, normal!));
        const at = facesNamed(now, group.map(numberOf));
        return pastRounds(scope, now, at, (bare, there) => changePlane(scope, bare, there, to));
      }, body);
    return moveFeature(scope, body, chosen, motion);
  });
};

function motionOf(
  scope: OperationScope,
  translation_mm: Vector3,
  rotation: Parameters<typeof moveFace>[0]['rotation'],
): Motion {
  const { oc, own } = scope;
  const make = new Make(scope);
  const turn = own(new oc.gp_Trsf());
  const shift = own(new oc.gp_Trsf());
  shift.SetTranslation(make.vector(translation_mm));
  if (!rotation) return { trsf: shift, translation_mm };
  const axis = scope.axis(rotation.axis, 'rotation.axis');
  turn.SetRotation(make.axis(axis.origin_mm, axis.direction), rotation.angle);
  return { trsf: own(shift.Multiplied(turn)), translation_mm, axis: axis.direction };
}

const moved = (scope: OperationScope, { trsf }: Motion, point: Vector3): Vector3 =>
  take(new Make(scope).point(point).Transformed(trsf));

const turned = (scope: OperationScope, motion: Motion, at: Vector3, direction: Vector3): Vector3 => {
  const [from, to] = [
    moved(scope, motion, at),
    moved(scope, motion, [at[0] + direction[0], at[1] + direction[1], at[2] + direction[2]]),
  ];
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
};

/** Planes that meet each other are the walls of something, which moves as a whole. */
const standsTogether = (faces: ReturnType<typeof facesOf>, chosen: readonly number[]): boolean =>
  groupsOf(faces, chosen).length > 1 &&
  chosen.some((at) => faces.around(at).some(({ face }) => face !== at && chosen.includes(face)));

/** A hole, pocket or boss, with all its faces. */
function moveFeature(scope: OperationScope, body: NamedShape, chosen: readonly number[], motion: Motion): NamedShape {
  const names = chosen.flatMap((at) => body.faceNames[at]!);
  const without = scope.defeature(body, chosen);
  const hollow = booleanOf(scope, 'cut', without, [body]);
  const raised = booleanOf(scope, 'cut', body, [without]);
  if (!hollow && !raised) return body;
  for (const part of [hollow, raised]) if (part) checkOpenings(scope, part, names, motion);
  const filled = hollow ? applyFilling(scope, without, 'cut', [movedFeature(scope, hollow, names, motion)]) : without;
  const done = raised ? applyFilling(scope, filled, 'add', [movedFeature(scope, raised, names, motion)]) : filled;
  const lost = names.find((name) => !done.faceNames.some((given) => given.includes(name)));
  if (lost !== undefined)
    throw refused(
      'direct.moved-off',
      'Part of what is moved would come to lie outside of the body, or inside of it.',
      'Move it less far.',
    );
  return done;
}

function movedFeature(
  { oc, own }: OperationScope,
  part: NamedShape,
  names: readonly string[],
  { trsf }: Motion,
): NamedShape {
  const algorithm = own(new oc.BRepBuilderAPI_Transform(part.shape, trsf, true, false));
  const shape: TopoDS_Shape = own(algorithm.Shape());
  // What is not its own face is its opening, which vanishes.
  const faceNames = part.faceNames.map((given) => {
    const own_ = given.filter((name) => names.includes(name));
    return own_.length > 0 ? own_ : [GAP];
  });
  return { shape, faceNames };
}

/** The surfaces that it opens to must be carried along themselves, or it would stand out or leave a skin. */
function checkOpenings(scope: OperationScope, part: NamedShape, names: readonly string[], motion: Motion): void {
  const faces = facesOf(scope.oc, scope.own, part.shape);
  part.faceNames.forEach((given, at) => {
    if (given.some((name) => names.includes(name))) return;
    const { type, normal, axis } = faces.info(at);
    const along = motion.translation_mm;
    const way = length(along);
    const slides =
      type === 'plane'
        ? Math.abs(dot(normal!, along)) < SLIDES * Math.max(way, 1) &&
          (!motion.axis || length(cross(normal!, motion.axis)) < SLIDES)
        : type === 'cylinder' && !motion.axis && length(cross(axis!.direction, along)) < SLIDES * Math.max(way, 1);
    if (!slides)
      throw refused(
        'direct.leaves-surface',
        'It would be moved away from the surface that it opens to.',
        'Move it along that surface; change its depth by moving its bottom alone.',
      );
  });
}

const SLIDES = 1e-9;
