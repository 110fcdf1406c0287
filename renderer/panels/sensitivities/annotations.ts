/** Arrows at the strongest places of the quantity that is drawn: into the part where less metal helps, out where more does. */
import { transformDirection, transformPoint } from '../../../main/document/index.ts';
import type { Transform, Vector3 } from '../../../preload/contract/index.ts';
import { drawnFunctional } from '../../state/sensitivities.ts';
import type { Annotation } from '../../viewport/api.ts';
import { adviceFor } from './advice.ts';

export function sensitivityAnnotations(studyId: string, world: Transform): Annotation[] {
  const functional = drawnFunctional(studyId);
  if (!functional) return [];
  return functional.places.map(({ at_mm, normal, density }, index) => {
    const inward = adviceFor(density, functional.functional) === 'push in';
    const direction: Vector3 = inward ? [-normal[0], -normal[1], -normal[2]] : normal;
    return {
      id: `sensitivity-${index}`,
      kind: 'load',
      at_mm: transformPoint(world, at_mm),
      direction: transformDirection(world, direction),
      // Pulling begins at the surface, pushing ends there: neither hides inside the part.
      outward: !inward,
      label: inward ? 'push here' : 'pull here',
    };
  });
}
