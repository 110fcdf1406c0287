/** Commands of branches. */
import { dropBranch, goToBranch, goToNextBranch, reopenBranch, takeBranch } from '../actions/branches.ts';
import { baseBranch, branchInWords, currentBranch, openBranches, useBranches } from '../state/branches.ts';
import { useDocument } from '../state/document.ts';
import { register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const list = () => useBranches.getState().list;
/** The one that is open, unless it is the main one. */
const aside = () => {
  const here = currentBranch(list());
  return here?.parent == null ? undefined : here;
};
const base = () => {
  const here = aside();
  return here && baseBranch(list(), here);
};
const dropped = () => list().findLast(({ status }) => status === 'dropped');

register(
  {
    id: 'branch.next',
    title: 'Go to the next branch',
    category: 'Design',
    icon: 'branch',
    keys: ['g n'],
    enabled: () => openBranches(list()).length > 1,
    run: goToNextBranch,
  },
  {
    id: 'branch.base',
    title: () => (base() ? `Leave the branch for the ${branchInWords(base()!)}` : 'Leave the branch'),
    category: 'Design',
    icon: 'undo',
    keys: ['g o'],
    enabled: () => base() !== undefined,
    run: () => goToBranch(base()!.name),
  },
  {
    id: 'branch.take',
    title: () =>
      base() ? `Take the branch of ${branchInWords(aside()!)} into the ${branchInWords(base()!)}` : 'Take the branch',
    category: 'Design',
    icon: 'check',
    enabled: () => isWritable() && aside() !== undefined,
    run: () => takeBranch(aside()!.name),
  },
  {
    id: 'branch.drop',
    title: () => (aside() ? `Drop the branch of ${branchInWords(aside()!)}` : 'Drop the branch'),
    category: 'Design',
    icon: 'trash',
    enabled: () => isWritable() && aside() !== undefined,
    run: () => dropBranch(aside()!.name),
  },
  {
    id: 'branch.reopen',
    title: () =>
      dropped() ? `Take the dropped branch of ${branchInWords(dropped()!)} up again` : 'Take a dropped branch up again',
    category: 'Design',
    icon: 'reset',
    enabled: () => isWritable() && dropped() !== undefined,
    run: () => reopenBranch(dropped()!.name),
  },
);
