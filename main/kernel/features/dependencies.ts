/** Which other steps a step depends on. */
import type { Evaluated, Feature } from '../../../preload/contract/index.ts';

const IDS = /feature_[A-Za-z0-9]{6,40}/g;

/**
 * Ids of features that a feature names: sketches, planes, bodies, repeated features, and those that made the topology it
 * refers to. What a reference was beside, or looked like, when it was picked is no dependency.
 */
export function idsIn(feature: Evaluated<Feature>): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (key === 'beside' || key === 'fingerprint') return;
    if (typeof value === 'string') for (const [id] of value.matchAll(IDS)) found.add(id);
    else if (Array.isArray(value)) for (const each of value) visit(each, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) visit(each, name);
  };
  visit(feature, '');
  return found;
}
