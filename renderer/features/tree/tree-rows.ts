/** The rows of the history tree, from the part's records and what became of them. Pure. */
import type {
  FeatureKind,
  FeatureOutcome,
  FeatureRecord,
  PartHistory,
  PartRecord,
} from '../../../preload/contract/index.ts';

export type RowState = FeatureOutcome['state'] | 'pending';

export type FeatureRow =
  | { kind: 'group'; key: string; name: string; count: number; open: boolean; failed: boolean; ids: string[] }
  | {
      kind: 'feature';
      key: string;
      id: string;
      name: string;
      type: FeatureKind | undefined;
      state: RowState;
      outcome: FeatureOutcome | undefined;
      /** Undefined for what a script made: shown, not edited. */
      record: FeatureRecord | undefined;
      /** Place among the part's own features. */
      index: number;
      depth: number;
    }
  | { kind: 'bar'; key: string; index: number };

export function rowsOf(
  part: PartRecord,
  features: readonly FeatureRecord[],
  history: PartHistory | undefined,
  closed: ReadonlySet<string>,
): FeatureRow[] {
  const outcomes = new Map(history?.outcomes.map((outcome) => [outcome.id, outcome]));
  const rows: FeatureRow[] = [];
  for (const outcome of history?.outcomes ?? []) {
    if (!outcome.scripted) continue;
    const { id, name, state } = outcome;
    const type = outcome.feature?.kind;
    rows.push({ kind: 'feature', key: id, id, name, type, state, outcome, record: undefined, index: -1, depth: 0 });
  }
  const bar = part.rollBack ?? features.length;
  features.forEach((record, index) => {
    if (index === bar) rows.push({ kind: 'bar', key: 'bar', index });
    const { group } = record;
    const before = features[index - 1]?.group;
    const groupKey = group === undefined ? undefined : `group:${group}`;
    if (group !== undefined && group !== before) {
      const ids: string[] = [];
      for (let i = index; features[i]?.group === group; i++) ids.push(features[i]!.id);
      rows.push({
        kind: 'group',
        key: `${groupKey}:${index}`,
        name: group,
        count: ids.length,
        open: !closed.has(groupKey!),
        failed: ids.some((id) => isBroken(outcomes.get(id)?.state)),
        ids,
      });
    }
    if (groupKey !== undefined && closed.has(groupKey)) return;
    const outcome = outcomes.get(record.id);
    const state: RowState =
      index >= bar ? 'rolled-back' : (outcome?.state ?? (record.suppressed ? 'suppressed' : 'pending'));
    rows.push({
      kind: 'feature',
      key: record.id,
      id: record.id,
      name: record.name,
      type: record.feature.kind,
      state,
      outcome,
      record,
      index,
      depth: group === undefined ? 0 : 1,
    });
  });
  if (bar >= features.length) rows.push({ kind: 'bar', key: 'bar', index: features.length });
  return rows;
}

export const isBroken = (state: RowState | undefined): boolean => state === 'failed' || state === 'blocked';

export const STATE_WORDS: Record<RowState, string> = {
  ok: '',
  pending: 'being made',
  failed: 'failed',
  blocked: 'blocked',
  suppressed: 'suppressed',
  'rolled-back': 'rolled back',
};
