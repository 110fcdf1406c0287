/** Sums over a model's tree. */
import type { BoundingBox, Transform, Vector3 } from '../../preload/contract/geometry.ts';
import { IDENTITY_TRANSFORM } from '../../preload/contract/geometry.ts';
import type { ImportedInstance, ImportedModel } from './port.ts';

/** a then b applied to what stands inside: the transform of a child whose parent is `a`. */
export function compose(a: Transform, b: Transform): Transform {
  const result: number[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = column === 3 ? a[row * 4 + 3]! : 0;
      for (let k = 0; k < 3; k++) sum += a[row * 4 + k]! * b[k * 4 + column]!;
      result.push(sum);
    }
  }
  return result;
}

export const apply = (t: Transform, [x, y, z]: Vector3): Vector3 => [
  t[0]! * x + t[1]! * y + t[2]! * z + t[3]!,
  t[4]! * x + t[5]! * y + t[6]! * z + t[7]!,
  t[8]! * x + t[9]! * y + t[10]! * z + t[11]!,
];

/** Where every instance stands in the world. Parents come before their children in the list. */
export function worldTransforms(instances: readonly ImportedInstance[]): Map<string, Transform> {
  const world = new Map<string, Transform>();
  for (const instance of instances) {
    const parent = instance.parentKey === null ? IDENTITY_TRANSFORM : world.get(instance.parentKey);
    world.set(instance.key, compose(parent ?? IDENTITY_TRANSFORM, instance.transform));
  }
  return world;
}

export function depthOf(instances: readonly ImportedInstance[]): number {
  const depths = new Map<string, number>();
  let deepest = 0;
  for (const { key, parentKey } of instances) {
    const depth = parentKey === null ? 0 : (depths.get(parentKey) ?? 0) + 1;
    depths.set(key, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Names of the tree, each once, in the order in which a person meets them. */
export function namesOf(model: Pick<ImportedModel, 'parts' | 'instances'>): string[] {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  const names = new Set<string>();
  for (const instance of model.instances) {
    names.add(instance.name);
    const part = instance.partKey === null ? undefined : parts.get(instance.partKey);
    if (!part) continue;
    names.add(part.name);
    for (const body of part.bodies) names.add(body.info.name);
  }
  names.delete('');
  return [...names];
}

/** Around every instance; undefined without any geometry. Boxes of turned parts are those of their turned boxes. */
export function boxOfModel(model: Pick<ImportedModel, 'parts' | 'instances'>): BoundingBox | undefined {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  const world = worldTransforms(model.instances);
  const min: Vector3 = [Infinity, Infinity, Infinity];
  const max: Vector3 = [-Infinity, -Infinity, -Infinity];
  for (const instance of model.instances) {
    const part = instance.partKey === null ? undefined : parts.get(instance.partKey);
    for (const { info } of part?.bodies ?? []) {
      for (let corner = 0; corner < 8; corner++) {
        const pick = (axis: number): number => ((corner >> axis) & 1 ? info.box.max : info.box.min)[axis]!;
        const at = apply(world.get(instance.key)!, [pick(0), pick(1), pick(2)]);
        for (let axis = 0; axis < 3; axis++) {
          min[axis] = Math.min(min[axis]!, at[axis]!);
          max[axis] = Math.max(max[axis]!, at[axis]!);
        }
      }
    }
  }
  return min[0] <= max[0] ? { min, max } : undefined;
}
