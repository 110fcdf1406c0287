/**
 * What a study is of, as the window knows it: a part, in its own coordinates, or a group of parts where they stand in the
 * assembly. A reference to a group says on which instance it is; everything here answers in terms of that instance's part.
 */
import {
  type GroupBody,
  groupBodiesOf,
  type Members,
  makeMemberPick,
  makePick,
  membersOf,
  resolveInGroup,
} from '../../main/document/index.ts';
import type { BodyInfo, GroupRecord, Reference, TopologyKind } from '../../preload/contract/index.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { bodiesOf, useGeometry } from '../state/geometry.ts';
import type { SelectedItem } from '../state/selection.ts';
import { locate } from './locate.ts';
import { type Resolution, type ResolvedItem, useResolved } from './resolved.ts';

export const groupOf = (id: string | undefined): GroupRecord | undefined => recordOf('group', id);

interface Known {
  records: unknown;
  parts: unknown;
  members: Members;
  /** Empty while the shape of a member is not known. */
  bodies: GroupBody[];
}
const known = new Map<string, Known>();

function groupNow(group: GroupRecord): Known {
  const { records, tree } = useDocument.getState();
  const { parts } = useGeometry.getState();
  const last = known.get(group.id);
  if (last?.records === records && last.parts === parts) return last;
  const members = membersOf(group, tree, records);
  const whole = members.present.every(({ part }) => (parts.get(part.id)?.bodies.length ?? 0) > 0);
  const bodies = whole
    ? groupBodiesOf(
        members.present.map((member) => {
          const own = bodiesOf(member.part.id);
          return {
            ...member,
            bodies: own,
            names: own.map((info, index) => member.part.bodies[index]?.name ?? info.name),
          };
        }),
      )
    : [];
  const now: Known = { records, parts, members, bodies };
  known.set(group.id, now);
  return now;
}

/** The members of a group as the assembly is now. */
export const membersNow = (group: GroupRecord): Members => groupNow(group).members;

/** One of the bodies that are studied. */
export interface SubjectBody {
  /** Among all of the subject. */
  index: number;
  name: string;
  partId: string;
  /** Index in the part. */
  body: number;
  /** Of a group: whose. */
  instanceId?: string;
  /** In the study's coordinates. */
  info: BodyInfo;
}

/** All of them as far as they are known. */
export function subjectBodies(id: string): SubjectBody[] {
  const group = groupOf(id);
  if (group)
    return groupNow(group).bodies.map(({ index, name, member, body, info }) => ({
      index,
      name,
      partId: member.part.id,
      body,
      instanceId: member.instanceId,
      info,
    }));
  const part = recordOf('part', id);
  return bodiesOf(id).flatMap((info, index) =>
    info
      ? [{ index, name: part?.bodies[index]?.name || info.name || `Body ${index + 1}`, partId: id, body: index, info }]
      : [],
  );
}

/** What the reference means now. Undefined while that is not known: no bodies yet, or a selector not answered yet. */
export function locateInStudy(reference: Reference, id: string): Resolution | undefined {
  const group = groupOf(id);
  if (!group) return locate(reference, id);
  if (reference.by === 'selector') return useResolved.getState().selectors.get(`${id} ${reference.selector}`);
  const { bodies } = groupNow(group);
  if (bodies.length === 0) return undefined;
  const { items, error } = resolveInGroup(reference, bodies);
  return error ? { items: [], error } : { items: items.map(({ own, instanceId }) => ({ ...own, instanceId })) };
}

/** What a resolved item is on, in the study's coordinates. */
export function infoOf(item: Pick<ResolvedItem, 'instanceId' | 'body'>, id: string): BodyInfo | undefined {
  return subjectBodies(id).find((each) => each.body === item.body && each.instanceId === item.instanceId)?.info;
}

/** Items as they are lit up: those of a group where they are, those of a part on this instance of it. */
export const onInstances = (items: readonly ResolvedItem[], instanceId: string | undefined) =>
  items.flatMap((item) => {
    const on = item.instanceId ?? instanceId;
    return on === undefined ? [] : [{ ...item, instanceId: on }];
  });

/** Is what was picked on this instance a part of what is studied? */
export function isOfSubject(instanceId: string, id: string): boolean {
  const group = groupOf(id);
  if (group) return membersNow(group).present.some((member) => member.instanceId === instanceId);
  return recordOf('instance', instanceId)?.partId === id;
}

/** The reference that picking this makes in a study of the subject; null where it belongs to something else. */
export function referenceTo(item: SelectedItem, id: string): Reference | null {
  const partId = recordOf('instance', item.instanceId)?.partId;
  if (!partId || !isOfSubject(item.instanceId, id)) return null;
  const kind: TopologyKind = item.kind === 'part' ? 'body' : item.kind;
  const picked = [bodiesOf(partId), item.body, kind, item.index] as const;
  return groupOf(id) ? makeMemberPick(item.instanceId, ...picked) : makePick(...picked);
}
