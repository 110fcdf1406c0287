/** Edits of variables and configurations by the window: what the document makes of them, refusals said aloud. */
import {
  addConfiguration,
  type RecordEdit,
  removeConfiguration,
  renameVariable,
  setVariable,
  showConfiguration,
  usesOf,
  type VariableSetting,
} from '../../../main/document/index.ts';
import {
  type ConfigurationRecord,
  type PartRecord,
  toErrorData,
  type VariableRecord,
  type VariableValue,
} from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { freshName } from '../../actions/studies.ts';
import { recordOf, recordsOf, useDocument } from '../../state/document.ts';
import { toast } from '../../state/ui.ts';
import { textOf } from '../expressions.ts';
import { askPreview, beginPreview, endPreview, usePreview } from '../preview.ts';

const records = () => useDocument.getState().records;

async function send(label: string, make: () => RecordEdit, coalesce?: string): Promise<boolean> {
  try {
    const { put, remove } = make();
    if (put.length + remove.length === 0) return true;
    return await edit(label, put, { remove, ...(coalesce ? { coalesce } : {}) });
  } catch (thrown) {
    const { message, hint } = toErrorData(thrown);
    toast(hint ? `${message} ${hint}` : message);
    return false;
  }
}

/** Whose record holds the value: the project's, or the part's (which may override what its script says). */
const ownerOf = (variable: VariableValue, part: PartRecord | undefined): string | null =>
  variable.scope === 'project' ? null : (part?.id ?? null);

const settingOf = (variable: VariableValue, part: PartRecord | undefined, expression: string): VariableSetting => ({
  partId: ownerOf(variable, part),
  name: variable.name,
  expression,
  dimension: variable.dimension,
});

export const setExpression = (variable: VariableValue, part: PartRecord | undefined, expression: string) =>
  send(`Set ${variable.name} to ${expression}`, () => setVariable(settingOf(variable, part, expression), records()));

/** A new variable. False when its name or value is refused, which is said. */
export const addVariable = (setting: VariableSetting): Promise<boolean> =>
  send(`Add variable ${setting.name}`, () => setVariable(setting, records()));

/** A name that no variable of that scope has. */
export const freshVariableName = (): string => freshName('variable', recordsOf('variable')).replace(' ', '_');

export async function rename(variable: VariableValue, name: string): Promise<void> {
  const record = recordOf('variable', variable.id);
  if (record) await send(`Rename ${variable.name} to ${name}`, () => renameVariable(record, name, records().values()));
}

export async function changeVariable(id: string | undefined, change: (record: VariableRecord) => VariableRecord) {
  const record = recordOf('variable', id);
  if (record) await edit(`Change variable ${record.name}`, [change(record)]);
}

/** How many steps and other variables use it. */
export function usersOf(variable: VariableValue): { name: string }[] {
  const record = recordOf('variable', variable.id);
  if (!record) return [];
  const { variables, features } = usesOf(record, records().values());
  return [...variables, ...features];
}

export async function removeVariable(variable: VariableValue): Promise<void> {
  if (variable.id) await edit(`Delete variable ${variable.name}`, [], { remove: [variable.id] });
}

/** While a slider moves: the part as it would be, nothing is changed. */
export function previewValue(variable: VariableValue, part: PartRecord, value: number): void {
  if (usePreview.getState().preview?.partId !== part.id) void beginPreview(part.id, undefined, true);
  const { put } = setVariable(settingOf(variable, part, textOf(value, variable.dimension)), records());
  askPreview(put);
}
export async function takeValue(variable: VariableValue, part: PartRecord, value: number): Promise<void> {
  await setExpression(variable, part, textOf(value, variable.dimension));
  endPreview();
}

export const showMember = (part: PartRecord, id: string | undefined): Promise<boolean> =>
  send(`Show ${recordOf('configuration', id)?.name ?? 'the part as it is'}`, () => showConfiguration(part, id));

export const addMember = (part: PartRecord): Promise<boolean> => {
  const own = recordsOf('configuration').filter(({ partId }) => partId === part.id);
  const name = freshName('Configuration', own);
  return send(`Add configuration ${name}`, () => addConfiguration(part, name, records()));
};
export const removeMember = (part: PartRecord, member: ConfigurationRecord): Promise<boolean> =>
  send(`Delete configuration ${member.name}`, () => removeConfiguration(part, member.id));

/** Another expression in one member; an empty one goes back to the variable's own. */
export function overrideIn(member: ConfigurationRecord, name: string, expression: string): Promise<boolean> {
  const { [name]: _before, ...others } = member.values;
  const values = expression.trim() === '' ? others : { ...others, [name]: expression.trim() };
  return edit(`Set ${name} in ${member.name}`, [{ ...member, values }]);
}
export const renameMember = (member: ConfigurationRecord, name: string): Promise<boolean> =>
  edit(`Rename ${member.name} to ${name}`, [{ ...member, name }]);
