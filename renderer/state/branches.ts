/** Lines of changes beside the main one, as the window knows them. */
import { create } from 'zustand';
import type { BranchInfo } from '../../preload/contract/index.ts';

export interface BranchesState {
  /** In the order in which they were begun, ended ones too; empty before they are known. */
  list: readonly BranchInfo[];
  /** One that could not be taken, since the same things were changed on both sides. */
  conflict: string | null;
}
const NOTHING: BranchesState = { list: [], conflict: null };
export const useBranches = create<BranchesState>(() => NOTHING);

export const forgetBranches = (): void => useBranches.setState(NOTHING);

export const openBranches = (list: readonly BranchInfo[]): BranchInfo[] =>
  list.filter(({ status }) => status === 'open');
export const currentBranch = (list: readonly BranchInfo[]): BranchInfo | undefined =>
  list.find(({ current }) => current);

/** Where the work of a branch goes: what it stands on, or where that has ended, what that stood on. */
export function baseBranch(list: readonly BranchInfo[], { parent }: BranchInfo): BranchInfo | undefined {
  let base = list.find(({ name }) => name === parent);
  while (base && base.status !== 'open' && base.parent !== null) base = list.find(({ name }) => name === base?.parent);
  return base;
}

/** `Design 12` for a design's branch, `main project` for the main one. */
export const branchInWords = ({ name, parent, design }: BranchInfo): string =>
  parent === null ? 'main project' : design ? `Design ${design.candidate.number}` : name;
