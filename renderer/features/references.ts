/** The references that a feature holds, wherever they stand in it. Pure. */
import type { Feature, Reference } from '../../preload/contract/index.ts';

const isReference = (value: object): value is Reference => {
  const { by } = value as { by?: unknown };
  return (
    (by === 'pick' && 'fingerprint' in value) ||
    (by === 'name' && 'name' in value && 'kind' in value) ||
    (by === 'selector' && 'selector' in value)
  );
};

/** The same feature with each reference replaced by what `change` makes of it. Sketch curves are left alone. */
export function mapReferences(feature: Feature, change: (reference: Reference) => Reference): Feature {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!value || typeof value !== 'object') return value;
    if (isReference(value)) return change(value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
  };
  return walk(feature) as Feature;
}

export function referencesIn(feature: Feature): Reference[] {
  const found: Reference[] = [];
  mapReferences(feature, (reference) => {
    found.push(reference);
    return reference;
  });
  return found;
}

/** Without those references, where a list holds them; a single one stays, for it is needed. */
export function withoutReferences(feature: Feature, gone: ReadonlySet<Reference>): Feature {
  return Object.fromEntries(
    Object.entries(feature).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((item) => !gone.has(item as Reference)) : value,
    ]),
  ) as Feature;
}
