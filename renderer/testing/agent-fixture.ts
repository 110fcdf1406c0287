/** The calls of the agent and of branches for the development page, where nobody answers. */
import {
  type AgentState,
  type Api,
  ArtificerError,
  DEFAULT_AGENT_BUDGET,
  type Handlers,
} from '../../preload/contract/index.ts';

type Names = Extract<keyof Api, `agent.${string}` | `document.branches${string}` | 'document.goBack'>;

const nobody = (): never => {
  throw new ArtificerError({ code: 'agent.none', category: 'refused', message: 'Nobody answers on this page.' });
};
const idle = (): AgentState => ({
  status: {
    engine: 'none',
    state: 'idle',
    mode: 'approve',
    budget: DEFAULT_AGENT_BUDGET,
    spent: { operations: 0, solves: 0, minutes: 0 },
    work: null,
  },
  entries: [],
});

export const agentFixture: Pick<Handlers<Api>, Names> = {
  'document.branches': () => [],
  'document.branches.start': nobody,
  'document.branches.switch': nobody,
  'document.branches.merge': nobody,
  'document.branches.drop': nobody,
  'document.branches.reopen': nobody,
  'document.goBack': nobody,
  'agent.state': idle,
  'agent.start': idle,
  'agent.settings': idle,
  'agent.send': nobody,
  'agent.wait': idle,
  'agent.approve': () => ({ ok: false }),
  'agent.stop': () => ({ ok: false }),
  'agent.accept': idle,
  'agent.drop': idle,
  'agent.goBack': idle,
  'agent.tools': () => [],
  'agent.changed': () => () => {},
};
