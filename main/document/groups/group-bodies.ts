/**
 * The bodies of a group, one after the other, and what references mean on them. A reference says on which instance it is and
 * is otherwise one to that instance's part; a selector looks through all bodies where they stand, and may name one.
 */
import type { ErrorData } from '../../../preload/contract/errors.ts';
import type { BodyInfo, Reference } from '../../../preload/contract/geometry.ts';
import { distinctNames, PATH_SEPARATOR } from '../occurrences.ts';
import { fingerprintOf, makePick, resolveReference } from '../references.ts';
import { refuse } from '../refuse.ts';
import { itemsOfBody, type TopologyItem } from '../topology.ts';
import type { Member } from './members.ts';
import { placedInfo } from './placed-body.ts';

/** A member with the bodies of its part, by index, and what a person calls them. */
export interface MemberBodies extends Member {
  bodies: readonly BodyInfo[];
  names: readonly string[];
}

export interface GroupBody {
  /** Among all bodies of the group. */
  index: number;
  /** `frame/bolt/Body 1`. */
  name: string;
  member: MemberBodies;
  /** Index in the member's part. */
  body: number;
  /** Where it stands in the assembly. */
  info: BodyInfo;
}

/** An item in terms of the group, and in terms of the part that it is on. */
export interface GroupItem extends TopologyItem {
  instanceId: string;
  own: TopologyItem;
}

export function groupBodiesOf(members: readonly MemberBodies[]): GroupBody[] {
  const all = members.flatMap((member) => member.bodies.map((info, body) => ({ member, body, info })));
  const names = distinctNames(
    all.map(({ member, body, info }) => {
      const own = (member.names[body] ?? info.name).trim() || `Body ${body + 1}`;
      return `${member.name}${PATH_SEPARATOR}${own}`;
    }),
  );
  return all.map(({ member, body, info }, index) => {
    const name = names[index]!;
    return { index, name, member, body, info: placedInfo(info, member.world, name) };
  });
}

/** The reference to make when a person picks this on an instance: as on its part, and which instance. */
export const makeMemberPick = (instanceId: string, ...picked: Parameters<typeof makePick>): Reference => ({
  ...(makePick(...picked) as Exclude<Reference, { by: 'selector' }>),
  instanceId,
});

/** What a reference means on a group. Never throws for one that can't be resolved: the error is the answer. */
export function resolveInGroup(
  reference: Reference,
  bodies: readonly GroupBody[],
): { items: GroupItem[]; error?: ErrorData } {
  const asGroup = (item: TopologyItem): GroupItem => {
    const { member, body } = bodies[item.body]!;
    const own = { ...item, body, index: item.kind === 'body' ? body : item.index };
    return { ...item, instanceId: member.instanceId, own };
  };
  if (reference.by === 'selector') {
    const { items, error } = resolveReference(
      reference,
      bodies.map(({ info }) => info),
    );
    return error ? { items: [], error } : { items: items.map(asGroup) };
  }
  const { instanceId, ...onPart } = reference;
  const first = instanceId === undefined ? -1 : bodies.findIndex(({ member }) => member.instanceId === instanceId);
  if (first < 0)
    return {
      items: [],
      error:
        instanceId === undefined
          ? refuse('reference.no-member', `It does not say on which of the parts its ${reference.kind} is.`, {
              hint: 'Pick it again.',
            }).data
          : refuse(
              'reference.no-member',
              `The part that its ${reference.kind} was picked on is not in the study any more.`,
              {
                hint: 'Pick it again, or bring the part back.',
              },
            ).data,
    };
  const { items, error } = resolveReference(onPart as Reference, bodies[first]!.member.bodies);
  if (error) return { items: [], error };
  return {
    items: items.map((own) => {
      const body = first + own.body;
      return { ...own, body, index: own.kind === 'body' ? body : own.index, instanceId: instanceId!, own };
    }),
  };
}

/** An item of a group as a pick on its bodies where they stand: what whoever knows nothing of groups is given. */
export function pickOfItem({ body, kind, index }: TopologyItem, bodies: readonly GroupBody[]): Reference {
  const item = itemsOfBody(bodies[body]!.info, body, kind)[kind === 'body' ? 0 : index]!;
  return { by: 'pick', body, kind, index, fingerprint: fingerprintOf(item) };
}

/** The part that a reference of a study is on: that of its instance, or the study's own. */
export function partOfReference(
  reference: Reference,
  studied: string,
  partOfInstance: (instanceId: string) => string | null | undefined,
): string | null | undefined {
  if (reference.by === 'selector' || reference.instanceId === undefined) return studied;
  return partOfInstance(reference.instanceId);
}
