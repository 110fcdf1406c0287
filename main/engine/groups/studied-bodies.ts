/** The bodies that a study is of: those of a part, or those of a group's members where they stand in the assembly. */
import type { BodyInfo, ErrorData, GroupRecord, JobContext, PartRecord } from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';
import {
  AssemblyTree,
  type GroupBody,
  groupBodiesOf,
  type Member,
  type MemberBodies,
  membersOf,
  PATH_SEPARATOR,
} from '../../document/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import { noRecord } from '../context.ts';
import type { GeometryService, PartGeometry } from '../geometry-service.ts';

export interface StudiedBody {
  /** Among all of the subject, which picked references count by. */
  index: number;
  name: string;
  info: BodyInfo;
  brepHash: string | null;
  part: PartRecord;
  /** Index in the part. */
  body: number;
  /** Of a group: on which of its members, where. */
  of?: Member;
}

export interface StudiedBodies {
  subject: PartRecord | GroupRecord;
  bodies: StudiedBody[];
  /** Of a group: its bodies for references to be looked up on. */
  group?: GroupBody[];
  /** Steps that failed: these bodies are not all that was meant. */
  failed: { part: PartRecord; step: PartGeometry['failed'][number] }[];
}

export function subjectOf(session: DocumentSession, id: string): PartRecord | GroupRecord {
  const record = session.store.get(id);
  if (record?.type !== 'part' && record?.type !== 'group') throw noRecord('part', id);
  return record;
}

/**
 * Every member of a group as the assembly is now.
 * @throws ArtificerError `study.member-gone`, `study.no-members`
 */
export function presentMembers(session: DocumentSession, group: GroupRecord): Member[] {
  const { present, gone } = membersOf(group, new AssemblyTree(session.store.all()), session.store);
  if (gone.length > 0)
    throw new ArtificerError({
      code: 'study.member-gone',
      category: 'refused',
      message: `${gone.length === 1 ? 'One of the parts' : `${gone.length} of the parts`} of "${group.name}" ${gone.length === 1 ? 'is' : 'are'} not in the assembly any more.`,
      hint: 'Undo the removal, or take what is gone out of the parts of the study.',
      recordId: group.id,
    });
  if (present.length === 0)
    throw new ArtificerError({
      code: 'study.no-members',
      category: 'refused',
      message: `"${group.name}" has no part to study.`,
      hint: 'Add parts of the assembly to it.',
      recordId: group.id,
    });
  return present;
}

/** As far as the geometry is at hand; null where some of it has to be made first. */
export function studiedNow(
  geometry: GeometryService,
  session: DocumentSession,
  subject: PartRecord | GroupRecord,
): StudiedBodies | null {
  if (subject.type === 'part') {
    const own = geometry.geometryNow(session, subject);
    return own && ofPart(subject, own);
  }
  const members = presentMembers(session, subject);
  const known = new Map<string, PartGeometry>();
  for (const { part } of members) {
    const own = known.get(part.id) ?? geometry.geometryNow(session, part);
    if (!own) return null;
    known.set(part.id, own);
  }
  return ofGroup(subject, members, known);
}

/** The same, made first where it has to be. */
export async function studiedBodies(
  geometry: GeometryService,
  session: DocumentSession,
  subject: PartRecord | GroupRecord,
  context: JobContext,
): Promise<StudiedBodies> {
  if (subject.type === 'part') return ofPart(subject, await geometry.geometryOf(session, subject, context));
  const made = new Map<string, PartGeometry>();
  for (const { part } of presentMembers(session, subject))
    if (!made.has(part.id)) made.set(part.id, await geometry.geometryOf(session, part, context));
  // As the assembly is when all of it is made.
  const current = subjectOf(session, subject.id) as GroupRecord;
  const members = presentMembers(session, current);
  for (const { part } of members)
    if (!made.has(part.id)) made.set(part.id, await geometry.geometryOf(session, part, context));
  return ofGroup(current, members, made);
}

const failedOf = (part: PartRecord, { failed }: PartGeometry): StudiedBodies['failed'] =>
  failed.map((step) => ({ part, step }));

export const ofPart = (part: PartRecord, geometry: PartGeometry): StudiedBodies => ({
  subject: part,
  bodies: geometry.bodies.map(({ info, brepHash }, index) => ({
    index,
    name: geometry.names[index]!,
    info,
    brepHash,
    part,
    body: index,
  })),
  failed: failedOf(part, geometry),
});

function ofGroup(
  subject: GroupRecord,
  members: readonly Member[],
  made: ReadonlyMap<string, PartGeometry>,
): StudiedBodies {
  const group = groupBodiesOf(
    members.map((member): MemberBodies => {
      const { bodies, names } = made.get(member.part.id)!;
      return { ...member, bodies: bodies.map(({ info }) => info), names };
    }),
  );
  const parts = new Map(members.map(({ part }) => [part.id, part]));
  return {
    subject,
    group,
    bodies: group.map(({ index, name, info, member, body }) => ({
      index,
      name,
      info,
      brepHash: made.get(member.part.id)!.bodies[body]!.brepHash,
      part: member.part,
      body,
      of: member,
    })),
    failed: [...parts.values()].flatMap((part) => failedOf(part, made.get(part.id)!)),
  };
}

/** The bodies of a subject as far as its records list them; those of a part that does not are called like the part. */
export function listedBodies(
  session: DocumentSession,
  subject: PartRecord | GroupRecord,
): Pick<StudiedBody, 'name' | 'part' | 'body' | 'of'>[] {
  const namesOf = (part: PartRecord): string[] =>
    part.bodies.length > 0 ? part.bodies.map(({ name }) => name) : [part.name];
  if (subject.type === 'part') return namesOf(subject).map((name, body) => ({ name, part: subject, body }));
  const { present } = membersOf(subject, new AssemblyTree(session.store.all()), session.store);
  return present.flatMap((of) =>
    namesOf(of.part).map((name, body) => ({ name: `${of.name}${PATH_SEPARATOR}${name}`, part: of.part, body, of })),
  );
}

/** The error of a reference as one of whoever holds it. */
export function errorOf(who: string, error: ErrorData, recordId: string): ArtificerError {
  return new ArtificerError({ ...error, message: `${who}: ${error.message}`, recordId });
}
