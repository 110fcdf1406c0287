/** The occurrences of parts in a model that was read: what each is called, and where it stands. */
import type { Transform } from '../../preload/contract/geometry.ts';
import { IDENTITY_TRANSFORM } from '../../preload/contract/geometry.ts';
import { occurrenceNames } from '../document/index.ts';
import { worldTransforms } from './assembly.ts';
import type { ImportedModel, ImportedPart } from './port.ts';

export interface Occurrence {
  /** Unambiguous: the names on the way down to it. */
  name: string;
  part: ImportedPart;
  /** In the world; mm. */
  transform: Transform;
}

/** Every placement of a part, in the order of the tree. A part that nothing places stands where it was drawn. */
export function occurrencesOf(model: Pick<ImportedModel, 'parts' | 'instances'>): Occurrence[] {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  const instances = new Map(model.instances.map((instance) => [instance.key, instance]));
  const worlds = worldTransforms(model.instances);
  const roots = model.instances.filter(({ parentKey }) => parentKey === null);
  // One assembly that holds everything tells nothing apart.
  const whole = roots.length === 1 && roots[0]!.partKey === null ? roots[0]!.key : null;
  const placed = model.instances.flatMap((instance) => {
    const part = instance.partKey === null ? undefined : parts.get(instance.partKey);
    if (!part) return [];
    const path = [instance.name.trim() || part.name];
    for (
      let above = instance.parentKey;
      above !== null && above !== whole;
      above = instances.get(above)?.parentKey ?? null
    )
      path.unshift(instances.get(above)?.name ?? '');
    return [{ path, part, transform: worlds.get(instance.key) ?? IDENTITY_TRANSFORM }];
  });
  const all =
    placed.length > 0
      ? placed
      : model.parts.map((part) => ({ path: [part.name], part, transform: IDENTITY_TRANSFORM }));
  const names = occurrenceNames(all.map(({ path }) => path));
  return all.map(({ part, transform }, index) => ({ name: names[index]!, part, transform }));
}
