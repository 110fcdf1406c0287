/** What a person does to things in the assembly: hide, show, isolate, rename, colour, remove. */
import type { AnyRecord, Colour, InstanceRecord, PartRecord } from '../../preload/contract/index.ts';
import { recordOf, recordsOf, useDocument } from '../state/document.ts';
import { type SelectedItem, selectedInstanceIds, useSelection } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import { edit } from './edit.ts';

const quoted = (name: string): string => `“${name.length > 40 ? `${name.slice(0, 39)}…` : name}”`;
const counted = (instances: { name: string }[]): string =>
  instances.length === 1 ? quoted(instances[0]!.name) : `${instances.length} items`;

/** An instance's own name, or its part's where it has none. */
export function instanceName(instance: InstanceRecord): string {
  return instance.name || recordOf('part', instance.partId)?.name || 'Unnamed';
}

export async function setHidden(instanceIds: string[], hidden: boolean): Promise<void> {
  const changed = instanceIds
    .map((id) => recordOf('instance', id))
    .filter((record): record is InstanceRecord => record !== undefined && (record.hidden ?? false) !== hidden);
  if (changed.length === 0) return;
  await edit(
    `${hidden ? 'Hide' : 'Show'} ${counted(changed)}`,
    changed.map((record) => ({ ...record, hidden })),
  );
}

export async function setBodyHidden(partId: string, body: number, hidden: boolean): Promise<void> {
  const part = recordOf('part', partId);
  if (!part?.bodies[body]) return;
  const bodies = part.bodies.map((entry, index) => (index === body ? { ...entry, hidden } : entry));
  await edit(`${hidden ? 'Hide' : 'Show'} body ${quoted(part.bodies[body].name)}`, [{ ...part, bodies }]);
}

/** Hides what is selected: whole bodies where bodies are selected, instances otherwise. */
export async function hideSelection(): Promise<void> {
  const { items } = useSelection.getState();
  const bodies = items.filter(({ kind }) => kind === 'body');
  if (bodies.length > 0 && bodies.length === items.length) {
    for (const { instanceId, body } of bodies) {
      const partId = recordOf('instance', instanceId)?.partId;
      if (partId) await setBodyHidden(partId, body, true);
    }
    return;
  }
  await setHidden(selectedInstanceIds(items), true);
}

export async function showAll(): Promise<void> {
  useView.setState({ isolation: null });
  const instances = recordsOf('instance').filter(({ hidden }) => hidden);
  const parts = recordsOf('part').filter(({ bodies }) => bodies.some(({ hidden }) => hidden));
  if (instances.length + parts.length === 0) return;
  const put: AnyRecord[] = [
    ...instances.map((record) => ({ ...record, hidden: false })),
    ...parts.map((part) => ({ ...part, bodies: part.bodies.map((body) => ({ ...body, hidden: false })) })),
  ];
  await edit('Show everything', put);
}

/** Draws only these and what is below them. */
export function isolate(instanceIds: string[]): void {
  const { tree } = useDocument.getState();
  const shown = new Set<string>();
  for (const id of instanceIds) {
    shown.add(id);
    for (const { id: below } of tree.descendantsOf(id)) shown.add(below);
  }
  useView.setState({ isolation: [...shown] });
}
export const endIsolation = (): void => useView.setState({ isolation: null });

export async function renameInstance(id: string, name: string): Promise<void> {
  const record = recordOf('instance', id);
  if (record && name !== record.name) await edit(`Rename ${quoted(instanceName(record))}`, [{ ...record, name }]);
}
export async function renamePart(part: PartRecord, name: string): Promise<void> {
  if (name !== part.name) await edit(`Rename part ${quoted(part.name)}`, [{ ...part, name }]);
}
export async function renameBody(partId: string, body: number, name: string): Promise<void> {
  const part = recordOf('part', partId);
  if (!part?.bodies[body]) return;
  const bodies = part.bodies.map((entry, index) => (index === body ? { ...entry, name } : entry));
  await edit(`Rename body ${quoted(part.bodies[body].name)}`, [{ ...part, bodies }]);
}

/** Dragging in a colour picker is one step of undo. */
export async function setPartColour(part: PartRecord, colour: Colour): Promise<void> {
  await edit(`Colour ${quoted(part.name)}`, [{ ...part, colour }], { coalesce: `colour-${part.id}` });
}

/** Removes instances with all below them, and parts and studies that nothing places any more. */
export async function removeInstances(instanceIds: string[]): Promise<void> {
  const { tree, records } = useDocument.getState();
  const gone = new Set<string>();
  const roots = instanceIds
    .map((id) => recordOf('instance', id))
    .filter((record): record is InstanceRecord => record !== undefined);
  for (const { id } of roots) {
    gone.add(id);
    for (const below of tree.descendantsOf(id)) gone.add(below.id);
  }
  const stillPlaced = new Set<string>();
  for (const instance of recordsOf('instance', records)) {
    if (!gone.has(instance.id) && instance.partId) stillPlaced.add(instance.partId);
  }
  for (const id of [...gone]) {
    const partId = recordOf('instance', id)?.partId;
    if (!partId || stillPlaced.has(partId) || gone.has(partId)) continue;
    gone.add(partId);
    for (const study of recordsOf('study', records)) if (study.partId === partId) gone.add(study.id);
  }
  if (roots.length === 0) return;
  if (await edit(`Remove ${counted(roots)}`, [], { remove: [...gone] })) useSelection.setState({ items: [] });
}

/** The part that the selection is about, if it is about one. */
export function selectedPart(items: SelectedItem[] = useSelection.getState().items): PartRecord | undefined {
  const partIds = new Set(items.map(({ instanceId }) => recordOf('instance', instanceId)?.partId ?? null));
  return partIds.size === 1 ? recordOf('part', [...partIds][0]) : undefined;
}
