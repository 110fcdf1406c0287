/** Turns what the kernel read into the records of a project. Pure. */
import type { AnyRecord, InstanceRecord, PartRecord, SourceRecord } from '../../preload/contract/index.ts';
import { IDENTITY_TRANSFORM } from '../../preload/contract/index.ts';
import { newId } from '../document/index.ts';
import type { ImportedModel } from '../kernel/port.ts';

export interface ImportOrigin {
  fileName: string;
  sha256: string;
  bytes: number;
  healed: boolean;
  /** Place of the first new root among the roots. */
  order: number;
}

/** Names can be absurdly long in hostile files; nobody reads past this. */
const MAXIMUM_NAME = 5000;
const shorten = (name: string, fallback: string): string =>
  name.trim() === '' ? fallback : name.slice(0, MAXIMUM_NAME);

export interface ImportedRecords {
  source: SourceRecord;
  /** By the part's key within the file. */
  parts: Map<string, PartRecord>;
  instances: InstanceRecord[];
  all: AnyRecord[];
}

export function recordsOf(model: ImportedModel, origin: ImportOrigin): ImportedRecords {
  const source: SourceRecord = {
    type: 'source',
    id: newId('source'),
    fileName: origin.fileName,
    sha256: origin.sha256,
    bytes: origin.bytes,
    format: model.format,
    schema: model.schema,
    originatingSystem: model.originatingSystem,
    lengthUnit: model.lengthUnit,
    healed: origin.healed,
    warnings: model.warnings,
    healing: model.healing,
    pmi: model.pmi,
    layers: model.layers,
  };
  const parts = new Map<string, PartRecord>();
  for (const part of model.parts)
    parts.set(part.key, {
      type: 'part',
      id: newId('part'),
      name: shorten(part.name, 'Part'),
      sourceId: source.id,
      sourceKey: part.key,
      ...(part.colour ? { colour: part.colour } : {}),
      ...(part.layer ? { layer: part.layer } : {}),
      bodies: part.bodies.map(({ info }, index) => ({
        name: shorten(info.name, `Body ${index + 1}`),
        ...(info.colour ? { colour: info.colour } : {}),
      })),
    });
  const ids = new Map(model.instances.map((instance) => [instance.key, newId('instance')]));
  const instances: InstanceRecord[] =
    model.instances.length > 0
      ? model.instances.map((instance, index) => ({
          type: 'instance',
          id: ids.get(instance.key)!,
          name: shorten(instance.name, 'Component'),
          parentId: instance.parentKey === null ? null : ids.get(instance.parentKey)!,
          partId: instance.partKey === null ? null : (parts.get(instance.partKey)?.id ?? null),
          // JSON has no negative zero: without this a reopened project would not equal the saved one.
          transform: instance.transform.map((value) => value + 0),
          ...(instance.colour ? { colour: instance.colour } : {}),
          order: origin.order + index,
        }))
      : [...parts.values()].map((part, index) => ({
          type: 'instance',
          id: newId('instance'),
          name: part.name,
          parentId: null,
          partId: part.id,
          transform: IDENTITY_TRANSFORM,
          order: origin.order + index,
        }));
  return { source, parts, instances, all: [source, ...parts.values(), ...instances] };
}
