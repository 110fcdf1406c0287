/** Fillets with another radius: they are taken away, and the edges that come to light are rounded anew. */
import { positiveLength } from '../dressing/dimensions.ts';
import type { Operation } from '../operation.ts';
import { blendsOf, roundAgain } from './blends.ts';
import { editBodies } from './edit-bodies.ts';
import { facesOf } from './face-groups.ts';

export const resizeFillet: Operation<'resize-fillet'> = (feature, scope) => {
  const radius = positiveLength(feature.radius, 'radius');
  return editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) => {
    const blends = blendsOf(scope, body, facesOf(scope.oc, scope.own, body.shape), chosen);
    return roundAgain(scope, scope.defeature(body, chosen), blends, () => radius);
  });
};
