/** Which records a record needs, and what happens to it when one of those goes. */
import type { AnyRecord, RecordType } from '../../preload/contract/records.ts';
import { typeOfId } from './ids.ts';

export interface Link {
  /** The record that is needed. */
  to: string;
  type: RecordType;
  /** The field that holds the id, for messages. */
  field: string;
  /** True where the record can live on without it: the field is optional. */
  optional: boolean;
}

/** Every id of another record that this record holds. The one place to extend when a record type gains a reference. */
export function linksOf(record: AnyRecord): Link[] {
  switch (record.type) {
    case 'part': {
      const links: Link[] = [];
      if (record.sourceId !== undefined)
        links.push({ to: record.sourceId, type: 'source', field: 'sourceId', optional: false });
      if (record.materialId !== undefined) {
        links.push({ to: record.materialId, type: 'material', field: 'materialId', optional: true });
      }
      if (record.configurationId !== undefined)
        links.push({ to: record.configurationId, type: 'configuration', field: 'configurationId', optional: true });
      return links;
    }
    case 'instance': {
      const links: Link[] = [];
      if (record.parentId !== null) {
        links.push({ to: record.parentId, type: 'instance', field: 'parentId', optional: false });
      }
      if (record.partId !== null) links.push({ to: record.partId, type: 'part', field: 'partId', optional: false });
      return links;
    }
    case 'feature': {
      const links: Link[] = [{ to: record.partId, type: 'part', field: 'partId', optional: false }];
      if (record.feature.kind === 'import')
        links.push({ to: record.feature.sourceId, type: 'source', field: 'feature.sourceId', optional: false });
      return links;
    }
    case 'configuration':
      return [{ to: record.partId, type: 'part', field: 'partId', optional: false }];
    case 'variable':
      return record.partId === null ? [] : [{ to: record.partId, type: 'part', field: 'partId', optional: false }];
    case 'study': {
      const of = typeOfId(record.partId) === 'group' ? 'group' : 'part';
      const links: Link[] = [{ to: record.partId, type: of, field: 'partId', optional: false }];
      if (record.temperatures?.from === 'study')
        links.push({ to: record.temperatures.studyId, type: 'study', field: 'temperatures', optional: true });
      for (const { materialId } of record.bodyMaterials ?? [])
        if (materialId !== undefined)
          links.push({ to: materialId, type: 'material', field: 'bodyMaterials', optional: true });
      return links;
    }
    default:
      return [];
  }
}

/** The record without an optional link: the whole field goes, or in a list what in it refers to the other. */
export function withoutLink(record: AnyRecord, { to, field }: Link): AnyRecord {
  const copy = { ...record } as Record<string, unknown>;
  if (record.type === 'study' && field === 'bodyMaterials') {
    // Its directions are the body's own, whatever it is made of.
    const left = (record.bodyMaterials ?? []).flatMap(({ materialId, ...rest }) => {
      if (materialId !== to) return [materialId === undefined ? rest : { materialId, ...rest }];
      return rest.axes ? [rest] : [];
    });
    if (left.length > 0) copy['bodyMaterials'] = left;
    else delete copy['bodyMaterials'];
  } else delete copy[field];
  return copy as AnyRecord;
}

/** What a person calls this record: its name, or its file's name. */
export function nameOf(record: AnyRecord): string {
  const name = record.type === 'source' ? record.fileName : record.name;
  return `${record.type} "${name.length > 60 ? `${name.slice(0, 57)}…` : name}"`;
}
