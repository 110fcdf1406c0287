/** Loads and restraints that stay on their faces while the part changes. */
import { ArtificerError, type BodyInfo, type Reference } from '../../../preload/contract/index.ts';
import { fingerprintOf, itemsOfBody, resolveReferences } from '../../document/index.ts';
import { refuseSurrogate } from '../errors.ts';

const isReference = (data: unknown): data is Reference =>
  typeof data === 'object' &&
  data !== null &&
  ['pick', 'name', 'selector'].includes((data as { by?: string }).by ?? '');

/**
 * Resolves every reference in a study on the bodies before, and picks the same faces, edges and vertices on those after:
 * `faces >X` means the faces that were farthest out in the reference design, in every design.
 * @param after the same topology in the same order
 * @throws ArtificerError of a reference that cannot be resolved
 */
export function pinReferences<T>(data: T, before: readonly BodyInfo[], after: readonly BodyInfo[]): T {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) {
    if (data.length > 0 && data.every(isReference)) return picksOf(data, before, after) as T;
    return data.map((each) => pinReferences(each, before, after)) as T;
  }
  if (isReference(data)) {
    const picks = picksOf([data], before, after);
    if (picks.length === 1) return picks[0] as T;
    throw refuseSurrogate('ambiguous-reference', `One place is meant, but ${picks.length} match.`);
  }
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, pinReferences(each, before, after)])) as T;
}

function picksOf(
  references: readonly Reference[],
  before: readonly BodyInfo[],
  after: readonly BodyInfo[],
): Reference[] {
  const { items, error } = resolveReferences(references, before);
  if (error) throw new ArtificerError(error);
  return items.map(({ body, kind, index }) => {
    const item = itemsOfBody(after[body]!, body, kind)[kind === 'body' ? 0 : index]!;
    return { by: 'pick', body, kind, index, fingerprint: fingerprintOf(item) };
  });
}
