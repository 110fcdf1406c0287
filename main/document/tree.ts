/** The assembly tree, read from the instance records. Built once for a state of the document, then asked cheaply. */
import { IDENTITY_TRANSFORM, type Transform } from '../../preload/contract/geometry.ts';
import type { AnyRecord, InstanceRecord } from '../../preload/contract/records.ts';
import { composeTransforms } from './transforms.ts';

export interface TreeCounts {
  instances: number;
  /** Instances that place a part, rather than group others. */
  placements: number;
  /** Different parts that are placed. */
  parts: number;
  /** Levels below the roots: 0 for a single part. */
  depth: number;
}

export class AssemblyTree {
  readonly #instances = new Map<string, InstanceRecord>();
  readonly #children = new Map<string | null, InstanceRecord[]>();
  readonly #worlds = new Map<string, Transform>();

  constructor(records: Iterable<AnyRecord>) {
    for (const record of records) if (record.type === 'instance') this.#instances.set(record.id, record);
    for (const instance of this.#instances.values()) {
      const siblings = this.#children.get(instance.parentId);
      if (siblings) siblings.push(instance);
      else this.#children.set(instance.parentId, [instance]);
    }
    for (const siblings of this.#children.values()) siblings.sort(bySiblingOrder);
  }

  get(id: string): InstanceRecord | undefined {
    return this.#instances.get(id);
  }
  /** The top level, in order. */
  roots(): readonly InstanceRecord[] {
    return this.#children.get(null) ?? [];
  }
  /** In order: by `order`, then name, then id. */
  childrenOf(id: string | null): readonly InstanceRecord[] {
    return this.#children.get(id) ?? [];
  }
  /** From the parent up to the root. */
  ancestorsOf(id: string): InstanceRecord[] {
    const ancestors: InstanceRecord[] = [];
    let instance = this.#instances.get(id);
    // The store lets no circle in; a damaged file may hold one, and must not hang us.
    while (instance && instance.parentId !== null && ancestors.length <= this.#instances.size) {
      instance = this.#instances.get(instance.parentId);
      if (instance) ancestors.push(instance);
    }
    return ancestors;
  }
  /** Everything below, parents before children, in tree order. */
  descendantsOf(id: string | null): InstanceRecord[] {
    const found: InstanceRecord[] = [];
    const waiting = [...this.childrenOf(id)].reverse();
    for (let instance = waiting.pop(); instance; instance = waiting.pop()) {
      found.push(instance);
      const children = this.childrenOf(instance.id);
      for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i]!);
    }
    return found;
  }

  /** Placement in the world: all placements from the root down; mm. */
  worldTransformOf(id: string): Transform {
    const known = this.#worlds.get(id);
    if (known) return known;
    // A path from the nearest ancestor whose placement is known, so that deep trees need no recursion.
    const path: InstanceRecord[] = [];
    let world: Transform = IDENTITY_TRANSFORM;
    for (let instance = this.#instances.get(id); instance && path.length <= this.#instances.size; ) {
      path.push(instance);
      if (instance.parentId === null) break;
      const above = this.#worlds.get(instance.parentId);
      if (above) {
        world = above;
        break;
      }
      instance = this.#instances.get(instance.parentId);
    }
    for (const instance of path.reverse()) {
      world = composeTransforms(world, instance.transform);
      this.#worlds.set(instance.id, world);
    }
    return world;
  }

  /** Hidden itself or inside something hidden? */
  isVisible(id: string): boolean {
    const instance = this.#instances.get(id);
    return instance !== undefined && !instance.hidden && this.ancestorsOf(id).every((ancestor) => !ancestor.hidden);
  }

  /** Every placement of a part with its place in the world, in tree order. Hidden ones are marked, not left out. */
  placements(): { instance: InstanceRecord; partId: string; world: Transform; visible: boolean }[] {
    const found: { instance: InstanceRecord; partId: string; world: Transform; visible: boolean }[] = [];
    const hidden = new Set<string>();
    for (const instance of this.descendantsOf(null)) {
      if (instance.hidden || (instance.parentId !== null && hidden.has(instance.parentId))) hidden.add(instance.id);
      if (instance.partId === null) continue;
      const world = this.worldTransformOf(instance.id);
      found.push({ instance, partId: instance.partId, world, visible: !hidden.has(instance.id) });
    }
    return found;
  }

  counts(): TreeCounts {
    const parts = new Set<string>();
    const depths = new Map<string, number>();
    let placements = 0;
    let depth = 0;
    for (const instance of this.descendantsOf(null)) {
      const level = instance.parentId === null ? 0 : depths.get(instance.parentId)! + 1;
      depths.set(instance.id, level);
      depth = Math.max(depth, level);
      if (instance.partId === null) continue;
      placements++;
      parts.add(instance.partId);
    }
    return { instances: this.#instances.size, placements, parts: parts.size, depth };
  }
}

function bySiblingOrder(a: InstanceRecord, b: InstanceRecord): number {
  if (a.order !== b.order) return a.order - b.order;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
