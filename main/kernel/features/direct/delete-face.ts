/** Removes fillets, holes, bosses, pockets: the faces around the gap are extended until they close it. */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import type { Operation } from '../operation.ts';
import { editBodies } from './edit-bodies.ts';

export const deleteFace: Operation<'delete-face'> = (feature, scope) =>
  editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen, state) => {
    try {
      return scope.defeature(body, chosen);
    } catch (thrown) {
      if (!(thrown instanceof ArtificerError)) throw thrown;
      // Which of many faces are in the way is worth knowing.
      const { faces } = (thrown.data.details ?? {}) as { faces?: number[] };
      if (!faces) throw thrown;
      const names = faces.flatMap((face) => state.faceNames[face]?.[0] ?? []);
      throw new ArtificerError({ ...thrown.data, details: { faces: names } });
    }
  });
