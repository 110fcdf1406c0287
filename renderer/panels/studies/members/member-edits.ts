/** Who is in a group, edited: members by instance, where one that holds others stands for all below it. Pure. */
import { type AssemblyTree, listInWords, type Members } from '../../../../main/document/index.ts';
import type { GroupRecord } from '../../../../preload/contract/index.ts';

/** Ids without those that stand below another one. */
export function withoutCovered(ids: readonly string[], tree: AssemblyTree): string[] {
  const all = new Set(ids);
  return [...all].filter((id) => !tree.ancestorsOf(id).some((above) => all.has(above.id)));
}

/** The placements of parts that these instances stand for. */
export function placementsIn(ids: readonly string[], tree: AssemblyTree): string[] {
  const found = new Set<string>();
  for (const id of ids) {
    const instance = tree.get(id);
    if (!instance) continue;
    for (const one of [instance, ...tree.descendantsOf(id)]) if (one.partId !== null) found.add(one.id);
  }
  return [...found];
}

/** Without one of the present members: what held it is replaced by the others that it holds. */
export function withoutMember(group: GroupRecord, { present, gone }: Members, instanceId: string): string[] {
  if (group.members.includes(instanceId)) return group.members.filter((id) => id !== instanceId);
  const kept = present.map((member) => member.instanceId).filter((id) => id !== instanceId);
  return [...kept, ...gone];
}

const MOST_IN_NAME = 3;

/** What people call these together. */
export function groupName(members: readonly { name: string }[]): string {
  if (members.length === 0) return 'No parts';
  return listInWords(
    members.map(({ name }) => name.slice(0, 60)),
    MOST_IN_NAME,
  );
}
