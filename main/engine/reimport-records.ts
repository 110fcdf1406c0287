/** A new revision of a file as an edit of records: which faces are which, what keeps its name, what is lost. Pure. */
import type {
  AnyRecord,
  BodyInfo,
  FeatureRecord,
  PartRecord,
  Reference,
  SourceRecord,
} from '../../preload/contract/index.ts';
import {
  type FaceMatches,
  fingerprintOf,
  hasHistory,
  itemsOfBody,
  matchEdge,
  matchFaces,
  matchVertex,
  newId,
  partOfReference,
  withReferences,
} from '../document/index.ts';
import type { ImportedModel } from '../kernel/port.ts';

export interface PartRevision {
  partId: string;
  name: string;
  /** Faces by how they were found again. */
  same: number;
  changed: number;
  moved: number;
  /** 0-based faces of bodies of the revision before that were not found. */
  lost: { body: number; face: number }[];
  added: number;
}

export interface Reimport {
  put: AnyRecord[];
  parts: PartRevision[];
  /** Parts that the new revision does not have: they stay as they were. */
  absent: string[];
  /** Parts of the new revision that the project does not have. */
  unknown: string[];
}

interface Revision {
  /** The part's key in the new file. */
  key: string;
  before: BodyInfo[];
  after: BodyInfo[];
  matches: FaceMatches[];
}

/** `before` gives the bodies that a part of the source had. */
export function reimportRecords(
  source: SourceRecord,
  revised: SourceRecord,
  model: ImportedModel,
  records: readonly AnyRecord[],
  before: (key: string) => readonly BodyInfo[],
): Reimport {
  const users = usersOf(source.id, records);
  const keys = new Map<string, Revision | null>();
  for (const { key, name } of users) {
    if (keys.has(key)) continue;
    const part = samePart(model, key, name, users);
    keys.set(
      key,
      part
        ? revisionOf(
            part.key,
            before(key),
            part.bodies.map(({ info }) => info),
          )
        : null,
    );
  }
  const put = new Map<string, AnyRecord>([[revised.id, revised]]);
  const current = <T extends AnyRecord>(record: T): T => (put.get(record.id) as T | undefined) ?? record;
  let kept: SourceRecord | undefined;
  const absent: string[] = [];
  const parts = new Map<string, PartRevision>();
  for (const user of users) {
    const revision = keys.get(user.key);
    if (!revision) {
      // Its bytes are still there: it goes on as a part of the revision before.
      kept ??= { ...source, id: newId('source') };
      put.set(kept.id, kept);
      put.set(user.record.id, user.moveTo(current(user.record), kept.id, user.key));
      absent.push(user.name);
      continue;
    }
    put.set(
      user.record.id,
      user.rename(user.moveTo(current(user.record), revised.id, revision.key), revision, revised),
    );
    parts.set(user.partId, reportOf(user.partId, user.name, revision));
  }
  // Picks know faces by their number: they are told the new one. Names follow by themselves.
  const byId = new Map(records.map((record) => [record.id, record]));
  const partOfInstance = (id: string) => {
    const instance = byId.get(id);
    return instance?.type === 'instance' ? instance.partId : undefined;
  };
  const revisionOfPart = (id: string | null | undefined): Revision | null | undefined => {
    const part = byId.get(id ?? '');
    const isShown = part?.type === 'part' && !hasHistory(part) && part.sourceId === source.id;
    return isShown ? keys.get(part.sourceKey ?? '') : null;
  };
  for (const record of records)
    if (record.type === 'study') {
      const edited = withReferences(record, (reference) => {
        const revision = revisionOfPart(partOfReference(reference, record.partId, partOfInstance));
        return revision ? repicked(reference, revision) : reference;
      });
      if (edited !== record) put.set(record.id, edited);
    }
  const used = new Set([...keys.values()].map((revision) => revision?.key));
  const unknown = model.parts.filter(({ key }) => !used.has(key)).map(({ name }) => name);
  return { put: [...put.values()], parts: [...parts.values()], absent, unknown };
}

/** A record that holds a source and a key: an imported part, or an import step. */
interface User {
  record: PartRecord | FeatureRecord;
  partId: string;
  name: string;
  key: string;
  moveTo(record: PartRecord | FeatureRecord, sourceId: string, key: string): PartRecord | FeatureRecord;
  rename(record: PartRecord | FeatureRecord, revision: Revision, revised: SourceRecord): PartRecord | FeatureRecord;
}

function usersOf(sourceId: string, records: readonly AnyRecord[]): User[] {
  return records.flatMap((record): User[] => {
    if (record.type === 'part' && record.sourceId === sourceId)
      return [
        {
          record,
          partId: record.id,
          name: record.name,
          key: record.sourceKey ?? '',
          moveTo: (current, id, key) => ({ ...(current as PartRecord), sourceId: id, sourceKey: key }),
          rename: (current, { after }) => ({
            ...(current as PartRecord),
            bodies: bodyRecords(current as PartRecord, after),
          }),
        },
      ];
    if (record.type !== 'feature' || record.feature.kind !== 'import' || record.feature.sourceId !== sourceId)
      return [];
    const { feature } = record;
    const part = records.find((each) => each.type === 'part' && each.id === record.partId);
    return [
      {
        record,
        partId: record.partId,
        name: part?.type === 'part' ? part.name : record.name,
        key: feature.sourceKey,
        moveTo: (current, id, key) => {
          const step = current as FeatureRecord;
          return { ...step, feature: { ...(step.feature as typeof feature), sourceId: id, sourceKey: key } };
        },
        rename: (current, revision, revised) => {
          const step = current as FeatureRecord;
          const before = (step.feature as typeof feature).faceNames;
          return {
            ...step,
            feature: { ...(step.feature as typeof feature), faceNames: faceNamesOf(revision, before, revised.sha256) },
          };
        },
      },
    ];
  });
}

/** The part of the new file that an old one became: of the same key and name, of the same name, or the only one there is. */
function samePart(model: ImportedModel, key: string, name: string, users: readonly User[]) {
  const sameKey = model.parts.find((part) => part.key === key);
  if (sameKey && sameKey.name.trim() === name.trim()) return sameKey;
  const sameName = model.parts.filter((part) => part.name.trim() === name.trim());
  if (sameName.length === 1) return sameName[0];
  if (model.parts.length === 1 && new Set(users.map((user) => user.key)).size === 1) return model.parts[0];
  return sameKey;
}

function revisionOf(key: string, before: readonly BodyInfo[], after: readonly BodyInfo[]): Revision {
  return {
    key,
    before: [...before],
    after: [...after],
    matches: before.map((body, index) =>
      after[index]
        ? matchFaces(body, after[index])
        : { faces: new Map(), lost: body.faces.map((_, face) => face), added: [] },
    ),
  };
}

/** Names of the new faces: those of the old ones they were, and for the others names that no face ever had. */
function faceNamesOf(
  revision: Revision,
  before: readonly (readonly string[])[] | undefined,
  sha256: string,
): string[][] {
  return revision.after.map((body, index) => {
    const names = body.faces.map((_, face) => `r${sha256.slice(0, 8)}-${face}`);
    for (const [old, { face }] of revision.matches[index]?.faces ?? [])
      names[face] = before?.[index]?.[old] ?? `${old}`;
    return names;
  });
}

/** What a person said of the bodies stays; further ones are called as the file does. */
const bodyRecords = (part: PartRecord, after: readonly BodyInfo[]): PartRecord['bodies'] =>
  after.map(
    (info, index) =>
      part.bodies[index] ?? { name: info.name || `Body ${index + 1}`, ...(info.colour ? { colour: info.colour } : {}) },
  );

function reportOf(partId: string, name: string, { matches, after }: Revision): PartRevision {
  const count = (how: string): number =>
    matches.reduce((sum, { faces }) => sum + [...faces.values()].filter((each) => each.how === how).length, 0);
  const found = count('same') + count('changed') + count('moved');
  return {
    partId,
    name,
    same: count('same'),
    changed: count('changed'),
    moved: count('moved'),
    lost: matches.flatMap(({ lost }, body) => lost.map((face) => ({ body, face }))),
    added: after.reduce((sum, { faces }) => sum + faces.length, 0) - found,
  };
}

/** A pick on the new revision, or as it was where what it meant is lost: then it says so when it is used. */
function repicked(reference: Reference, { before, after, matches }: Revision): Reference {
  if (reference.by !== 'pick' || reference.kind === 'body') return reference;
  const { body, kind, index } = reference;
  const [old, now, match] = [before[body], after[body], matches[body]];
  if (!old || !now || !match) return reference;
  const found =
    kind === 'face'
      ? match.faces.get(index)?.face
      : kind === 'edge'
        ? matchEdge(index, old, now, match)
        : matchVertex(index, old, now, match);
  const item = found === undefined ? undefined : itemsOfBody(now, body, kind)[found];
  return item ? { ...reference, index: item.index, fingerprint: fingerprintOf(item) } : reference;
}
