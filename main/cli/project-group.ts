/** Which parts of a project a study of its assembly is of: chosen as in a file, by the way down to them or by their part. */
import { type AnyRecord, ArtificerError, type GroupRecord, type PartRecord } from '../../preload/contract/index.ts';
import { AssemblyTree, indicesCalled, listInWords, membersOf, newId } from '../document/index.ts';
import type { ChosenOccurrences } from '../physics/index.ts';

/**
 * @returns the group, with the parts that its members place, once each
 * @throws ArtificerError `study.no-such-part` for a name that fits none
 */
export function groupOfOccurrences(
  records: readonly AnyRecord[],
  chosen: ChosenOccurrences,
): { group: GroupRecord; parts: PartRecord[] } {
  const tree = new AssemblyTree(records);
  const lookup = new Map(records.map((record) => [record.id, record]));
  const whole: GroupRecord = {
    type: 'group',
    id: newId('group'),
    name: 'Assembly',
    members: tree.roots().map(({ id }) => id),
  };
  const { present } = membersOf(whole, tree, lookup);
  const names = present.map(({ name }) => name);
  const called = (wanted: string): number[] => {
    const found = indicesCalled(names, wanted);
    return found.length > 0
      ? found
      : present.flatMap(({ part }, index) => (part.name === wanted || part.id === wanted ? [index] : []));
  };
  const taken = new Set<number>();
  for (const wanted of chosen === 'all' ? [] : chosen) {
    const found = called(wanted);
    if (found.length === 0)
      throw new ArtificerError({
        code: 'study.no-such-part',
        category: 'refused',
        message: `The project has no part "${wanted}" in its assembly.`,
        hint: `Its parts are ${listInWords(
          names.map((name) => `"${name}"`),
          10,
        )}.`,
      });
    for (const index of found) taken.add(index);
  }
  const members = chosen === 'all' ? present : present.filter((_, index) => taken.has(index));
  const parts = [...new Map(members.map(({ part }) => [part.id, part])).values()];
  return { group: { ...whole, members: members.map(({ instanceId }) => instanceId) }, parts };
}
