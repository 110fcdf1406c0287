/** Faces put on another plane; their neighbours reach for it. */
import type { Operation } from '../operation.ts';
import { facesNamed } from './cells.ts';
import { changePlane } from './change-surface.ts';
import { editBodies, numberOf } from './edit-bodies.ts';
import { facesOf, groupsOf } from './face-groups.ts';
import { pastRounds } from './past-rounds.ts';

export const replaceFace: Operation<'replace-face'> = (feature, scope) => {
  const plane = scope.plane(feature.plane, 'plane');
  return editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) =>
    groupsOf(facesOf(scope.oc, scope.own, body.shape), chosen).reduce(
      (now, group) =>
        pastRounds(scope, now, facesNamed(now, group.map(numberOf)), (bare, at) => changePlane(scope, bare, at, plane)),
      body,
    ),
  );
};
