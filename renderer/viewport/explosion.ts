/** The exploded view: every level of the assembly tree moves away from the middle of what it stands in. */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { SceneInstance } from './api.ts';
import {
  add,
  type Box,
  boxCentre,
  boxRadius,
  emptyBox,
  growBox,
  isEmptyBox,
  length,
  scale,
  subtract,
} from './vector.ts';

/** How far apart at amount 1, in distances from the middle. */
const SPREAD = 1.1;

/** Offsets in world mm by instance id; none at amount 0. */
export function explosionOffsets(
  instances: readonly SceneInstance[],
  boxes: ReadonlyMap<string, Box>,
  amount: number,
): Map<string, Vector3> {
  const offsets = new Map<string, Vector3>();
  if (!(amount > 0)) return offsets;
  // A node of the tree is the path of its ancestors.
  const nodes = new Map<string, Box>();
  const pathsOf = (instance: SceneInstance): string[] => {
    const ancestors = instance.ancestors ?? [];
    return [
      '',
      ...ancestors.map((_, i) => ancestors.slice(0, i + 1).join('/')),
      `${ancestors.join('/')}/${instance.id}`,
    ];
  };
  for (const instance of instances) {
    const box = boxes.get(instance.id);
    if (!box || isEmptyBox(box)) continue;
    for (const path of pathsOf(instance)) {
      const node = nodes.get(path) ?? emptyBox();
      growBox(node, box.min);
      growBox(node, box.max);
      nodes.set(path, node);
    }
  }
  for (const instance of instances) {
    const paths = pathsOf(instance);
    let offset: Vector3 = [0, 0, 0];
    for (let level = 1; level < paths.length; level++) {
      const parent = nodes.get(paths[level - 1]!);
      const child = nodes.get(paths[level]!);
      if (!parent || !child) continue;
      const out = subtract(boxCentre(child), boxCentre(parent));
      // Something right in the middle stays; the rest moves in proportion, deeper levels less.
      if (length(out) < boxRadius(parent) * 1e-3) continue;
      offset = add(offset, scale(out, (amount * SPREAD) / level));
    }
    offsets.set(instance.id, offset);
  }
  return offsets;
}
