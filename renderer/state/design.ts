/** The design loop in the window: which brief is in hand, how its search stands, and what is looked at. */
import { create } from 'zustand';
import type {
  DesignBriefCheck,
  DesignCandidate,
  DesignEvidence,
  DesignReason,
  DesignState,
} from '../../preload/contract/index.ts';

export type DesignView = 'brief' | 'designs';
export type BriefView = 'form' | 'text';

export interface DesignsState {
  activeId: string | null;
  view: DesignView;
  briefView: BriefView;
  /** What is typed and not yet in the project. */
  draft: { briefId: string; text: string } | null;
  /** What the engine says of a text. */
  check: { text: string; result: DesignBriefCheck } | null;
  /** By brief. */
  states: ReadonlyMap<string, DesignState>;
  /** Number of the candidate that is looked at. */
  selected: number | null;
  /** Why it is as it is; null while that is asked. */
  reasons: { briefId: string; key: string; number: number; reasons: DesignReason[] } | null;
  /** A candidate that is on its way into the project. */
  taking: number | null;
  /** A report that is being made. */
  reporting: { jobId: string; number: number } | null;
  /** Reports that were made, by what the search was made from and the design's number. */
  reports: ReadonlyMap<string, DesignEvidence>;
}
const NOTHING: DesignsState = {
  activeId: null,
  view: 'brief',
  briefView: 'form',
  draft: null,
  check: null,
  states: new Map(),
  selected: null,
  reasons: null,
  taking: null,
  reporting: null,
  reports: new Map(),
};
export const useDesign = create<DesignsState>(() => NOTHING);

export const forgetDesigns = (): void => useDesign.setState(NOTHING);

export function putDesignState(state: DesignState): void {
  useDesign.setState(({ states, selected, activeId }) => ({
    states: new Map(states).set(state.briefId, state),
    ...(activeId === state.briefId && !state.candidates.some(({ number }) => number === selected)
      ? { selected: null, reasons: null }
      : {}),
  }));
}

/** A candidate was judged: in the place of its number. False where the window knows of no such search. */
export function putCandidate(briefId: string, key: string, candidate: DesignCandidate): boolean {
  const state = useDesign.getState().states.get(briefId);
  if (!state || state.key !== key || !state.running) return false;
  const others = state.candidates.filter(({ number }) => number !== candidate.number);
  const candidates = [...others, candidate].sort((a, b) => a.number - b.number);
  putDesignState({ ...state, candidates });
  return true;
}
