/** Histories of parts as the engine has them, and the part that is being worked on. */
import { create } from 'zustand';
import type { FeatureOutcome, PartHistory, PartRecord, VariableValue } from '../../preload/contract/index.ts';
import { recordOf, recordsOf, useDocument } from './document.ts';
import { useSelection } from './selection.ts';

export interface PartsState {
  histories: ReadonlyMap<string, PartHistory>;
  /** The part that features, variables and scripts are shown of: the last one that was selected. */
  activeId: string | null;
}
export const useParts = create<PartsState>(() => ({ histories: new Map(), activeId: null }));

export function putHistory(history: PartHistory): void {
  useParts.setState(({ histories }) => ({ histories: new Map(histories).set(history.partId, history) }));
}
export const clearHistories = (): void => useParts.setState({ histories: new Map(), activeId: null });

export const setActivePart = (activeId: string): void => useParts.setState({ activeId });

/** The active part: the one last selected while it is there, else the only one there is. */
export function activePart(
  activeId = useParts.getState().activeId,
  records = useDocument.getState().records,
): PartRecord | undefined {
  const chosen = recordOf('part', activeId, records);
  if (chosen) return chosen;
  const parts = recordsOf('part', records);
  return parts.length === 1 ? parts[0] : undefined;
}

export function useActivePart(): PartRecord | undefined {
  const activeId = useParts((state) => state.activeId);
  return useDocument((state) => activePart(activeId, state.records));
}

const NO_OUTCOMES: FeatureOutcome[] = [];
const NO_VARIABLES: VariableValue[] = [];
export const outcomesOf = (partId: string | undefined): FeatureOutcome[] =>
  (partId && useParts.getState().histories.get(partId)?.outcomes) || NO_OUTCOMES;
export const useHistory = (partId: string | undefined): PartHistory | undefined =>
  useParts((state) => (partId ? state.histories.get(partId) : undefined));
/** Names that an expression of the part may use, with their values. */
export const useVariables = (partId: string | undefined): VariableValue[] =>
  useParts((state) => (partId && state.histories.get(partId)?.variables) || NO_VARIABLES);

// Selecting something of a part makes it the active one; selecting nothing keeps it.
useSelection.subscribe(({ items }, before) => {
  if (items === before.items || items.length === 0) return;
  const partIds = new Set(items.map(({ instanceId }) => recordOf('instance', instanceId)?.partId));
  const [only] = [...partIds];
  if (partIds.size === 1 && only && only !== useParts.getState().activeId) setActivePart(only);
});
