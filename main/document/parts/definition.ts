/** The records that one part is made of, gathered from a document. */

import type { FeatureOf } from '../../../preload/contract/features.ts';
import type {
  AnyRecord,
  ConfigurationRecord,
  FeatureRecord,
  PartRecord,
  VariableRecord,
} from '../../../preload/contract/records.ts';

export interface PartDefinition {
  part: PartRecord;
  /** In the order of the part; an id without its record is left out (see `missing`). */
  features: FeatureRecord[];
  /** Ids that the part lists but that have no record. */
  missing: string[];
  /** The part's own, in the order of the table. */
  variables: VariableRecord[];
  /** Those of the whole project. */
  projectVariables: VariableRecord[];
  /** The member of the family that is shown. */
  configuration?: ConfigurationRecord;
  configurations: ConfigurationRecord[];
}

const inOrder = <T extends { order: number; id: string }>(records: T[]): T[] =>
  records.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

export function definitionOf(part: PartRecord, records: Iterable<AnyRecord>): PartDefinition {
  const features = new Map<string, FeatureRecord>();
  const variables: VariableRecord[] = [];
  const projectVariables: VariableRecord[] = [];
  const configurations: ConfigurationRecord[] = [];
  for (const record of records)
    if (record.type === 'feature' && record.partId === part.id) features.set(record.id, record);
    else if (record.type === 'variable' && record.partId === part.id) variables.push(record);
    else if (record.type === 'variable' && record.partId === null) projectVariables.push(record);
    else if (record.type === 'configuration' && record.partId === part.id) configurations.push(record);
  const listed = part.features ?? [];
  const configuration = configurations.find((each) => each.id === part.configurationId);
  return {
    part,
    features: listed.flatMap((id) => features.get(id) ?? []),
    missing: listed.filter((id) => !features.has(id)),
    variables: inOrder(variables),
    projectVariables: inOrder(projectVariables),
    configurations: inOrder(configurations),
    ...(configuration ? { configuration } : {}),
  };
}

/** Is it made by steps, or shown as it was imported? A part of neither is empty, and that is a history too. */
export const hasHistory = (part: PartRecord): boolean =>
  part.sourceId === undefined || part.script !== undefined || (part.features?.length ?? 0) > 0;

/** The import steps of a history, suppressed ones too. */
export const importsOf = (features: readonly FeatureRecord[]): { id: string; feature: FeatureOf<'import'> }[] =>
  features.flatMap(({ id, feature }) => (feature.kind === 'import' ? [{ id, feature }] : []));
