/** Bodies of a file. Their faces are called by what the record says, or by their numbers. */

import { readBrep } from '../../modeller/occt.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { bodyName, bodyOf } from '../combine.ts';
import type { BodyState, Operation } from '../operation.ts';

export const importBodies: Operation<'import'> = (feature, scope) => {
  const { oc, own, id } = scope;
  const made = scope.imported(id).map((brep, index): BodyState => {
    const shape = readBrep(oc, own, brep);
    const names = feature.faceNames?.[index];
    const name = bodyName(id, index);
    const faceNames = mapShapes(oc, own, shape, 'FACE').shapes.map((_, face) => [
      `${name}/${plainWord(names?.[face] ?? `${face}`)}`,
    ]);
    return bodyOf(name, { shape, faceNames });
  });
  return [...scope.bodies, ...made];
};

/** Signs that names of edges and roles are made of would be taken for such. */
const plainWord = (word: string): string => word.replaceAll(/[|()/]/g, '_');
