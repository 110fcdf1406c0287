/** Edits of variables and configurations, as records to put and to remove. */
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { AnyRecord, ConfigurationRecord, PartRecord, VariableRecord } from '../../../preload/contract/records.ts';
import type { VariableDimension } from '../../../preload/contract/sketches.ts';
import { renamedIn } from '../expression-names.ts';
import { newId } from '../ids.ts';
import { refuse } from '../refuse.ts';
import { usesOf } from './dependants.ts';
import type { RecordEdit } from './edits.ts';
import { withExpressions } from './evaluate-expressions.ts';
import { whyReserved } from './variables.ts';

const NAME = /^[\p{L}_][\p{L}\p{Nd}_]{0,59}$/u;

/** @throws ArtificerError `variable.bad-name`, `variable.reserved-name`, `variable.duplicate` */
function checkName(name: string, partId: string | null, records: Iterable<AnyRecord>, except?: string): void {
  if (!NAME.test(name))
    throw refuse('variable.bad-name', `"${name}" can't be the name of a variable.`, {
      hint: 'Use letters, digits and underscores, beginning with a letter: wall_thickness.',
    });
  const reserved = whyReserved(name);
  if (reserved) throw new ArtificerError(reserved);
  for (const record of records)
    if (record.type === 'variable' && record.partId === partId && record.name === name && record.id !== except)
      throw refuse('variable.duplicate', `There is already a variable called "${name}".`, {
        hint: 'Choose another name, or change that one.',
        recordId: record.id,
      });
}

export interface VariableSetting {
  partId: string | null;
  name: string;
  expression: string;
  dimension?: VariableDimension;
  minimum?: string;
  maximum?: string;
  note?: string;
}

/**
 * Gives a variable a value, and makes it where there is none of that name. In a part that shows a configuration which has a
 * value for it, that value is changed.
 */
export function setVariable(setting: VariableSetting, records: ReadonlyMap<string, AnyRecord>): RecordEdit {
  const { partId, name } = setting;
  const part = partId === null ? undefined : records.get(partId);
  const configurationId = part?.type === 'part' ? part.configurationId : undefined;
  const configuration = configurationId === undefined ? undefined : records.get(configurationId);
  if (configuration?.type === 'configuration' && Object.hasOwn(configuration.values, name))
    return {
      put: [{ ...configuration, values: { ...configuration.values, [name]: setting.expression } }],
      remove: [],
    };
  let last = -1;
  for (const record of records.values()) {
    if (record.type !== 'variable' || record.partId !== partId) continue;
    if (record.name === name) return { put: [{ ...record, ...defined(setting) }], remove: [] };
    last = Math.max(last, record.order);
  }
  checkName(name, partId, records.values());
  const { dimension = 'length', ...rest } = defined(setting);
  const made: VariableRecord = { type: 'variable', id: newId('variable'), dimension, ...rest, order: last + 1 };
  return { put: [made], remove: [] };
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

/** Another name for a variable, in every expression that uses it too. @throws ArtificerError `variable.*` */
export function renameVariable(variable: VariableRecord, name: string, records: Iterable<AnyRecord>): RecordEdit {
  const all = [...records];
  if (name === variable.name) return { put: [], remove: [] };
  checkName(name, variable.partId, all, variable.id);
  const rename = (text: string): string => renamedIn(text, variable.name, name);
  const uses = usesOf(variable, all);
  const renamedVariable = (record: VariableRecord): VariableRecord => ({
    ...record,
    expression: rename(record.expression),
    ...(record.minimum === undefined ? {} : { minimum: rename(record.minimum) }),
    ...(record.maximum === undefined ? {} : { maximum: rename(record.maximum) }),
  });
  const put: AnyRecord[] = [
    { ...variable, name },
    ...uses.variables.map(renamedVariable),
    ...uses.features.map((record) => ({ ...record, feature: withExpressions(record.feature, rename) })),
  ];
  const parts = new Set(uses.features.map(({ partId }) => partId));
  for (const record of all) {
    if (record.type !== 'configuration') continue;
    if (variable.partId !== null && record.partId !== variable.partId) continue;
    if (variable.partId === null && !parts.has(record.partId)) continue;
    const values = Object.fromEntries(
      Object.entries(record.values).map(([key, text]) => [
        // Only the part's own variables have values in its configurations.
        variable.partId !== null && key === variable.name ? name : key,
        rename(text),
      ]),
    );
    if (JSON.stringify(values) !== JSON.stringify(record.values)) put.push({ ...record, values });
  }
  return { put, remove: [] };
}

/** A new member of a family of parts, by default with the values of the one that is shown; shown from now on. */
export function addConfiguration(
  part: PartRecord,
  name: string,
  records: ReadonlyMap<string, AnyRecord>,
  given: Partial<Pick<ConfigurationRecord, 'values' | 'suppressed'>> = {},
): RecordEdit & { record: ConfigurationRecord } {
  const shown = part.configurationId === undefined ? undefined : records.get(part.configurationId);
  const from = shown?.type === 'configuration' ? shown : { values: {}, suppressed: {} };
  let last = -1;
  for (const record of records.values())
    if (record.type === 'configuration' && record.partId === part.id) last = Math.max(last, record.order);
  const record: ConfigurationRecord = {
    type: 'configuration',
    id: newId('configuration'),
    partId: part.id,
    name,
    values: { ...(given.values ?? from.values) },
    suppressed: { ...(given.suppressed ?? from.suppressed) },
    order: last + 1,
  };
  return { record, put: [record, { ...part, configurationId: record.id }], remove: [] };
}

/** The member of the family to show; undefined for the part as its variables say. */
export function showConfiguration(part: PartRecord, configurationId: string | undefined): RecordEdit {
  const { configurationId: _before, ...rest } = part;
  return { put: [configurationId === undefined ? rest : { ...rest, configurationId }], remove: [] };
}

export function removeConfiguration(part: PartRecord, configurationId: string): RecordEdit {
  const shown = part.configurationId === configurationId;
  return { put: shown ? showConfiguration(part, undefined).put : [], remove: [configurationId] };
}
