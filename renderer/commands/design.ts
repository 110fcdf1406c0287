/** Commands of the design loop. */
import { activeBrief, branchDesign, newBrief, startDesign, stopDesign, takeDesign } from '../actions/design.ts';
import { useDesign } from '../state/design.ts';
import { useDocument } from '../state/document.ts';
import { revealPanel } from '../state/ui.ts';
import { register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const stateNow = () => useDesign.getState().states.get(activeBrief()?.id ?? '');
const isRunning = () => stateNow()?.running != null;
/** The one that is looked at, or else the best. */
const chosen = () => useDesign.getState().selected ?? stateNow()?.outcome?.best ?? null;

register(
  {
    id: 'design.open',
    title: 'Design from requirements',
    category: 'Design',
    icon: 'target',
    keys: ['g q'],
    run: () => revealPanel('design'),
  },
  {
    id: 'design.new',
    title: 'Write a new brief',
    category: 'Design',
    icon: 'pencil',
    enabled: isWritable,
    run: () => newBrief(),
  },
  {
    id: 'design.run',
    title: 'Search for designs of the brief',
    category: 'Design',
    icon: 'play',
    keys: ['Shift+g'],
    enabled: () => isWritable() && activeBrief() !== undefined && !isRunning(),
    run: () => {
      revealPanel('design');
      return startDesign(activeBrief()!.id);
    },
  },
  {
    id: 'design.stop',
    title: 'Stop the search for designs',
    category: 'Design',
    icon: 'stop',
    enabled: isRunning,
    run: () => stopDesign(activeBrief()!.id),
  },
  {
    id: 'design.take',
    title: () => (chosen() === null ? 'Take a design into the project' : `Take design ${chosen()} into the project`),
    category: 'Design',
    icon: 'check',
    enabled: () => isWritable() && activeBrief() !== undefined && chosen() !== null,
    run: () => takeDesign(activeBrief()!.id, chosen()!),
  },
  {
    id: 'design.branch',
    title: () => (chosen() === null ? 'Open a design on a branch' : `Open design ${chosen()} on a branch`),
    category: 'Design',
    icon: 'branch',
    keys: ['g d'],
    enabled: () => isWritable() && activeBrief() !== undefined && chosen() !== null,
    run: () => branchDesign(activeBrief()!.id, chosen()!),
  },
);
