/** What a person does with branches: go onto one, take its work, drop it, take it up again. */
import { type BranchInfo, toErrorData } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { baseBranch, branchInWords, currentBranch, openBranches, useBranches } from '../state/branches.ts';
import { recordsOf, useDocument } from '../state/document.ts';
import { reportError } from '../state/messages.ts';
import { setActivePart } from '../state/parts.ts';
import { useResults } from '../state/results.ts';
import { partItem, select } from '../state/selection.ts';
import { toast } from '../state/ui.ts';
import { attempt } from './edit.ts';

const YOU = { kind: 'person', name: 'You' } as const;

export async function loadBranches(): Promise<void> {
  if (!useDocument.getState().project) return;
  await attempt(async () => useBranches.setState({ list: await engine()['document.branches']({}) }));
}

/** Selects a part, with its history and its first study at hand. */
export function showPart(partId: string): void {
  if (!useDocument.getState().records.has(partId)) return;
  setActivePart(partId);
  const placed = useDocument.getState().placements.get(partId)?.[0];
  if (placed) select([partItem(placed)]);
  const study = recordsOf('study').find((each) => each.partId === partId);
  if (study) useResults.setState({ activeStudyId: study.id });
}

const known = (name: string): BranchInfo | undefined => useBranches.getState().list.find((each) => each.name === name);

export async function goToBranch(name: string): Promise<void> {
  if (known(name)?.current) return;
  if ((await attempt(() => engine()['document.branches.switch']({ name }))) === undefined) return;
  await arrived();
}

/** After going: what is on the branch is in hand. */
async function arrived(): Promise<void> {
  useBranches.setState({ conflict: null });
  await loadBranches();
  const here = currentBranch(useBranches.getState().list);
  if (here?.design) showPart(here.design.partId);
}

/** The next one that is open, around. */
export async function goToNextBranch(): Promise<void> {
  const open = openBranches(useBranches.getState().list);
  const next = open[(open.findIndex(({ current }) => current) + 1) % open.length];
  if (next) await goToBranch(next.name);
}

/** Brings all work of a branch into what it stands on, as one step of undo. */
export async function takeBranch(name: string, preferBranch = false): Promise<void> {
  const branch = known(name);
  if (!branch) return;
  const { design } = branch;
  const label = design ? `Take design ${design.candidate.number} of ${design.brief}` : `Take the branch ${name}`;
  try {
    await engine()['document.branches.merge']({ name, label, author: YOU, ...(preferBranch ? { preferBranch } : {}) });
  } catch (thrown) {
    if (toErrorData(thrown).code === 'branch.conflict') useBranches.setState({ conflict: name });
    reportError(thrown);
    return;
  }
  await arrived();
  if (design) showPart(design.partId);
  toast(`${branchInWords(branch)} is in the ${baseName(branch)} now; undo takes it back`);
}

/** What was changed on it stays in the file: it can be taken up again. */
export async function dropBranch(name: string): Promise<void> {
  const branch = known(name);
  if (!branch) return;
  if ((await attempt(() => engine()['document.branches.drop']({ name }))) === undefined) return;
  await arrived();
  toast(`The branch of ${branchInWords(branch)} was dropped; it can be taken up again`);
}

export async function reopenBranch(name: string): Promise<void> {
  if ((await attempt(() => engine()['document.branches.reopen']({ name }))) === undefined) return;
  await arrived();
}

const baseName = (branch: BranchInfo): string => {
  const base = baseBranch(useBranches.getState().list, branch);
  return base ? branchInWords(base) : 'project';
};
