/** A face as a brief or a study file writes it, so that it is found again when the part has other dimensions. */
import { ArtificerError } from '../../preload/contract/errors.ts';
import type { BodyInfo } from '../../preload/contract/geometry.ts';
import { persistentNameOf } from './persistent-names.ts';
import { select } from './selectors.ts';

const OUTERMOST = ['faces >X', 'faces <X', 'faces >Y', 'faces <Y', 'faces >Z', 'faces <Z'];
const PLACES = 3;

/** Ids of steps as the names that people gave them: `feature_base01/side(line1)` is `Base/side(line1)`. */
export const nameInWords = (name: string, ids: readonly string[], nameOf: (id: string) => string): string =>
  [...new Set(ids)].sort((a, b) => b.length - a.length).reduce((text, id) => text.replaceAll(id, nameOf(id)), name);

/**
 * By its name where that is its alone, else as the outermost one along an axis, else by its place.
 * @param ids of the steps that names may have in them
 * @returns null where there is no such face
 */
export function faceText(
  bodies: readonly (BodyInfo | undefined)[],
  body: number,
  index: number,
  ids: readonly string[],
  nameOf: (id: string) => string,
): string | null {
  const info = bodies[body];
  const face = info?.faces[index];
  if (!info || !face) return null;
  const all = bodies.flatMap((each) => (each ? [each] : []));
  const name = persistentNameOf(info, 'face', index);
  const sharing = all.flatMap((each) => each.faces.filter((other) => name && other.persistentNames?.includes(name)));
  if (name && sharing.length === 1) return `face ${nameInWords(name, ids, nameOf)}`;
  // Bodies are numbered through in selectors: only where all of them are known does a number mean the same.
  if (all.length === bodies.length)
    for (const selector of OUTERMOST) {
      const found = selected(selector, all);
      if (found.length === 1 && found[0]!.body === body && found[0]!.index === index) return selector;
    }
  return `faces near (${face.centroid_mm.map((each) => Number(each.toFixed(PLACES))).join(', ')})`;
}

function selected(selector: string, bodies: readonly BodyInfo[]): { body: number; index: number }[] {
  try {
    return select(selector, bodies);
  } catch (thrown) {
    if (thrown instanceof ArtificerError) return [];
    throw thrown;
  }
}
