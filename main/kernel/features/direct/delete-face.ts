/** Removes fillets, holes, bosses, pockets: the faces around the gap are extended until they close it. */
import type { Operation } from '../operation.ts';
import { editBodies } from './edit-bodies.ts';

export const deleteFace: Operation<'delete-face'> = (feature, scope) =>
  editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) => scope.defeature(body, chosen));
