/** Who belongs to a group: the placements of parts that its members stand for, and what each is called. */
import type { Transform } from '../../../preload/contract/geometry.ts';
import type { AnyRecord, GroupRecord, PartRecord } from '../../../preload/contract/records.ts';
import { occurrenceNames } from '../occurrences.ts';
import type { AssemblyTree } from '../tree.ts';

export interface Member {
  instanceId: string;
  part: PartRecord;
  /** By the names on the way down to it, unambiguous in the whole assembly. */
  name: string;
  /** Where it stands in the assembly. */
  world: Transform;
}

export interface Members {
  /** In the order of the tree, each once. */
  present: Member[];
  /** Ids of instances that are not in the assembly any more. */
  gone: string[];
}

/** What records are looked up in: a store, or the window's mirror of one. */
export interface RecordLookup {
  get(id: string): AnyRecord | undefined;
}

interface Placement {
  instanceId: string;
  partId: string;
  /** Names from the top down; the last is the instance's own, and may be empty. */
  path: string[];
}
const placements = new WeakMap<AssemblyTree, Placement[]>();

function placementsOf(tree: AssemblyTree): Placement[] {
  const known = placements.get(tree);
  if (known) return known;
  const roots = tree.roots();
  // One assembly that holds everything tells nothing apart.
  const whole = roots.length === 1 && roots[0]!.partId === null ? roots[0]!.id : null;
  const found = tree.placements().map(({ instance, partId }) => {
    const above = tree.ancestorsOf(instance.id).filter(({ id }) => id !== whole);
    return { instanceId: instance.id, partId, path: [...above.map(({ name }) => name).reverse(), instance.name] };
  });
  placements.set(tree, found);
  return found;
}

/** The parts of a group as the assembly is now. */
export function membersOf(group: GroupRecord, tree: AssemblyTree, records: RecordLookup): Members {
  const wanted = new Set<string>();
  const gone: string[] = [];
  for (const id of group.members) {
    if (!tree.get(id)) gone.push(id);
    wanted.add(id);
    for (const below of tree.descendantsOf(id)) wanted.add(below.id);
  }
  const all = placementsOf(tree);
  const partOf = (id: string): PartRecord | undefined => {
    const record = records.get(id);
    return record?.type === 'part' ? record : undefined;
  };
  // Instances without a name are called by their part.
  const names = occurrenceNames(
    all.map(({ path, partId }) => [...path.slice(0, -1), path.at(-1)!.trim() || (partOf(partId)?.name ?? '')]),
  );
  const present = all.flatMap(({ instanceId, partId }, index): Member[] => {
    const part = wanted.has(instanceId) ? partOf(partId) : undefined;
    return part ? [{ instanceId, part, name: names[index]!, world: tree.worldTransformOf(instanceId) }] : [];
  });
  return { present, gone };
}
