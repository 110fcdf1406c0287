/** Changes of records, tried on the part before they are made: one that breaks it changes nothing. */
import type { AnyRecord, PartHistory, PartRecord, PartView } from '../../../../preload/contract/index.ts';
import type { RecordEdit } from '../../../document/index.ts';
import { evaluatedHistory, finish, type ProjectView, refusal } from './project-view.ts';
import type { ToolContext } from './tool.ts';

/** What the part would be. @throws ArtificerError `agent.breaks-part` where a step fails that did not fail before */
export async function tryOn(
  context: ToolContext,
  part: PartRecord,
  edit: RecordEdit,
): Promise<{ before: PartHistory | null; after: PartHistory; view: PartView }> {
  const before = await evaluatedHistory(context, part);
  const { view, history } = await context.client['parts.preview'](
    { partId: part.id, put: edit.put, remove: edit.remove },
    { signal: context.signal },
  );
  refuseBroken(part, before, history);
  return { before, after: history, view };
}

/** Makes the change, and waits until the part is built anew. */
export async function commit(
  context: ToolContext,
  label: string,
  edit: RecordEdit,
  part?: PartRecord,
): Promise<PartHistory | null> {
  await context.client['document.change']({ label, put: edit.put, remove: edit.remove, author: context.author });
  if (!part) return null;
  const records: AnyRecord[] = edit.put;
  const now = records.find((record): record is PartRecord => record.id === part.id && record.type === 'part') ?? part;
  return evaluatedHistory(context, now);
}

function refuseBroken(part: PartRecord, before: PartHistory | null, after: PartHistory): void {
  if (after.error)
    throw refusal('agent.breaks-part', `"${part.name}" can't be built like that: ${after.error.message}`);
  const failing = new Set(before?.outcomes.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const broken = after.outcomes.find(({ id, state }) => state === 'failed' && !failing.has(id));
  if (broken)
    throw refusal(
      'agent.breaks-part',
      `The step "${broken.name}" of "${part.name}" would fail: ${broken.error?.message ?? 'it cannot be built'}`,
      broken.error?.hint ?? 'Nothing was changed. Choose another value.',
      { recordId: broken.id },
    );
}

export const volumeOf = (view: PartView): number =>
  view.bodies.reduce((sum, { info }) => sum + (info.kind === 'solid' ? info.mass.volume_mm3 : 0), 0);

/** Density by which volume becomes mass, or undefined where the part has no material. */
export function densityOf(view: ProjectView, part: PartRecord): number | undefined {
  const material = part.materialId === undefined ? undefined : view.records.get(part.materialId);
  return material?.type === 'material' ? material.properties.density_kg_m3 : undefined;
}

export { finish };
