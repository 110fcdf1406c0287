/** Names of new things in a sketch, and edits of it. */
import { SKETCH_FRAME_IDS } from '../../../preload/contract/sketches.ts';
import type { SketchDraft, SketchEdit } from '../types.ts';

type Named = { entities: readonly { id: string }[]; constraints: readonly { id: string }[] };

/**
 * `line3` for the prefix `line`: the first number that no entity and no constraint has. What is given is added to `taken`,
 * so that a tool can ask for several.
 */
export function newSketchId(sketch: Named, prefix: string, taken: Set<string> = new Set()): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,29}$/.test(prefix)) throw new RangeError(`not a prefix of ids: ${prefix}`);
  const used = new Set<string>(SKETCH_FRAME_IDS);
  for (const { id } of sketch.entities) used.add(id);
  for (const { id } of sketch.constraints) used.add(id);
  for (let number = 1; ; number++) {
    const id = `${prefix}${number}`;
    if (used.has(id) || taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

/** Replaced things keep their place; new ones come last. */
export function applySketchEdit(sketch: SketchDraft, edit: SketchEdit): SketchDraft {
  return {
    entities: merged(sketch.entities, edit.put, edit.remove),
    constraints: merged(sketch.constraints, edit.putConstraints, edit.removeConstraints),
  };
}

function merged<Item extends { id: string }>(items: readonly Item[], put: readonly Item[], remove: readonly string[]) {
  const gone = new Set(remove);
  const replacement = new Map(put.map((item) => [item.id, item]));
  const kept = items.filter(({ id }) => !gone.has(id) || replacement.has(id));
  const known = new Set(kept.map(({ id }) => id));
  return [...kept.map((item) => replacement.get(item.id) ?? item), ...put.filter(({ id }) => !known.has(id))];
}
