/** Commands that ask whether the active part can be made. */
import { PROCESS_TITLES, PROCESSES } from '../../preload/contract/index.ts';
import { checkPart } from '../actions/manufacture.ts';
import { activePart } from '../state/parts.ts';
import { register } from './registry.ts';

const hasPart = () => activePart() !== undefined;

register(
  {
    id: 'part.manufacture',
    title: 'Can the part be made?',
    category: 'Part',
    icon: 'check',
    keys: ['g k'],
    enabled: hasPart,
    run: () => checkPart(activePart()!.id),
  },
  ...PROCESSES.map((process) => ({
    id: `part.manufacture.${process}`,
    title: `Check the part for ${PROCESS_TITLES[process].toLowerCase()}`,
    category: 'Part' as const,
    icon: 'check' as const,
    enabled: hasPart,
    run: () => checkPart(activePart()!.id, process),
  })),
);
