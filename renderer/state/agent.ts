/** The conversation with the agent as the window shows it. */
import { create } from 'zustand';
import type { AgentEntry, AgentState, AgentStatus, AgentUpdate } from '../../preload/contract/index.ts';

export interface AgentView {
  status: AgentStatus | null;
  entries: AgentEntry[];
  /** What is being typed: kept while another panel is in front. */
  draft: string;
  /** Counts how often the field was asked for: the panel puts the caret there. */
  focusAsked: number;
}
export const useAgent = create<AgentView>(() => ({ status: null, entries: [], draft: '', focusAsked: 0 }));

export const putAgent = ({ status, entries }: AgentState): void => useAgent.setState({ status, entries });

export function putAgentUpdate({ status, entry, entries }: AgentUpdate): void {
  useAgent.setState((state) => {
    if (entries) return { status, entries };
    if (!entry) return { status };
    const at = state.entries.findIndex(({ id }) => id === entry.id);
    return {
      status,
      entries: at < 0 ? [...state.entries, entry] : state.entries.map((each, k) => (k === at ? entry : each)),
    };
  });
}

export const forgetAgent = (): void => useAgent.setState({ status: null, entries: [], draft: '' });
