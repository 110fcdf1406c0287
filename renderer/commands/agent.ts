/** Commands of the agent. */
import { acceptWork, beginAnew, dropWork, stopAgent, talkToAgent } from '../actions/agent.ts';
import { useAgent } from '../state/agent.ts';
import { useDocument } from '../state/document.ts';
import { register } from './registry.ts';

const isOpen = () => useDocument.getState().project !== null;
const isIdle = () => useAgent.getState().status?.state === 'idle';
const hasWork = () => isIdle() && useAgent.getState().status?.work != null;

register(
  {
    id: 'agent.talk',
    title: 'Ask the agent…',
    category: 'Tools',
    icon: 'agent',
    keys: ['$mod+i'],
    whileTyping: true,
    enabled: isOpen,
    run: talkToAgent,
  },
  {
    id: 'agent.stop',
    title: 'Stop the agent',
    category: 'Tools',
    icon: 'stop',
    enabled: () => isOpen() && useAgent.getState().status !== null && !isIdle(),
    run: stopAgent,
  },
  {
    id: 'agent.accept',
    title: 'Accept the work of the agent',
    category: 'Tools',
    icon: 'check',
    enabled: hasWork,
    run: acceptWork,
  },
  {
    id: 'agent.drop',
    title: 'Drop the work of the agent',
    category: 'Tools',
    icon: 'trash',
    enabled: hasWork,
    run: dropWork,
  },
  {
    id: 'agent.begin',
    title: 'Begin a new conversation with the agent',
    category: 'Tools',
    icon: 'messages',
    enabled: () => isIdle() && useAgent.getState().entries.length > 0,
    run: beginAnew,
  },
);
