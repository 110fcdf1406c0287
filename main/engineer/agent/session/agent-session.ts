/**
 * One conversation about one project. It decides nothing: it lets a planner work, one operation at a time, on a branch of its
 * own, within a budget, with a person's yes where they want to be asked, and hands the work over as one change.
 */
import { randomUUID } from 'node:crypto';
import {
  type AgentBudget,
  type AgentEntry,
  type AgentMode,
  type AgentOperation,
  type AgentPointer,
  type AgentStatus,
  type AgentUpdate,
  type Api,
  ArtificerError,
  type Author,
  type Client,
  DEFAULT_AGENT_BUDGET,
  type ErrorData,
  toErrorData,
} from '../../../../preload/contract/index.ts';
import type { SelectedItem, Tool, ToolAnswer, ToolContext, ToolOutcome, ToolRegistry } from '../tools/index.ts';
import { Budget, spentUp } from './budget.ts';
import type { Planner, PlannerHost } from './planner.ts';
import { Work } from './work.ts';

export const AGENT: Author = { kind: 'agent', name: 'Agent' };
/** Entries that are kept. */
const MOST_ENTRIES = 400;
const PROGRESS_ms = 200;

export interface KeptConversation {
  entries: AgentEntry[];
  mode: AgentMode;
  budget: AgentBudget;
}

export interface AgentSessionOptions {
  client: Client<Api>;
  blob(hash: string): Promise<Uint8Array | null>;
  tools: ToolRegistry;
  planner: Planner;
  author?: Author;
  kept?: KeptConversation | undefined;
  onUpdate?(update: AgentUpdate): void;
  /** Called when there is something new to keep. */
  keep?(conversation: KeptConversation): void;
}

interface Running {
  controller: AbortController;
  budget: Budget;
  /** Yes to everything that comes. */
  trusting: boolean;
  done: Promise<void>;
  request: string;
}

export class AgentSession {
  readonly #options: AgentSessionOptions;
  readonly #author: Author;
  readonly #work: Work;
  #entries: AgentEntry[];
  #mode: AgentMode;
  #budget: AgentBudget;
  #spent = { operations: 0, solves: 0, minutes: 0 };
  #running: Running | null = null;
  #planner: Planner;
  readonly #waiting = new Map<string, (answer: { approve: boolean; rest: boolean }) => void>();
  readonly #idle = new Set<() => void>();

  constructor(options: AgentSessionOptions) {
    this.#options = options;
    this.#author = options.author ?? AGENT;
    this.#planner = options.planner;
    this.#entries = settled(options.kept?.entries ?? []);
    this.#mode = options.kept?.mode ?? 'approve';
    this.#budget = options.kept?.budget ?? DEFAULT_AGENT_BUDGET;
    this.#work = new Work(options.client, this.#author);
  }

  // How it stands

  async state(): Promise<{ status: AgentStatus; entries: AgentEntry[] }> {
    await this.#work.refresh();
    return { status: this.#status(), entries: this.#entries };
  }

  #status(): AgentStatus {
    const state = this.#waiting.size > 0 ? 'waiting' : this.#running ? 'working' : 'idle';
    return {
      engine: this.#planner.name,
      state,
      mode: this.#mode,
      budget: this.#budget,
      spent: this.#running?.budget.spent ?? this.#spent,
      work: this.#work.open,
    };
  }

  configure(given: { mode?: AgentMode | undefined; budget?: AgentBudget | undefined }): void {
    this.#mode = given.mode ?? this.#mode;
    this.#budget = given.budget ?? this.#budget;
    this.#tell({});
    this.#keep();
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Another planner for what is said from now on. */
  answerWith(planner: Planner): void {
    this.#planner = planner;
    this.#tell({});
  }

  async begin(): Promise<void> {
    this.#refuseWhileRunning();
    this.#entries = [];
    await this.#work.refresh();
    this.#tell({ entries: [] });
    this.#keep();
  }

  /** Resolves when nothing is worked on, or a person's yes is waited for. */
  settled(): Promise<void> {
    if (!this.#running || this.#waiting.size > 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.add(resolve));
  }

  // What a person does

  async send(text: string, selection: readonly SelectedItem[] = [], pointers: AgentPointer[] = []): Promise<string> {
    this.#refuseWhileRunning();
    const before = [...this.#entries];
    const request = this.#add({
      kind: 'request',
      id: randomUUID(),
      at: Date.now(),
      text,
      ...(pointers.length > 0 ? { selection: pointers } : {}),
    });
    const running: Running = {
      controller: new AbortController(),
      budget: new Budget(this.#budget),
      trusting: this.#mode === 'run',
      done: Promise.resolve(),
      request: text,
    };
    this.#running = running;
    this.#tell({});
    running.done = this.#run(running, before, selection);
    return request.id;
  }

  approve(operationId: string, approve: boolean, rest: boolean): boolean {
    const answer = this.#waiting.get(operationId);
    if (!answer) return false;
    answer({ approve, rest });
    return true;
  }

  /** Cancels what runs. What was done stays on the branch, to be accepted or dropped. */
  stop(): boolean {
    if (!this.#running) return false;
    this.#running.controller.abort(
      new ArtificerError({ code: 'cancelled', category: 'cancelled', message: 'Stopped by you.' }),
    );
    return true;
  }

  async accept(label: string | undefined, preferBranch: boolean): Promise<void> {
    this.#refuseWhileRunning();
    const made = await this.#work.accept(label ?? this.#labelOfWork(), preferBranch);
    this.#add({
      kind: 'outcome',
      id: randomUUID(),
      at: Date.now(),
      outcome: 'accepted',
      text: `Accepted as “${made}”.`,
    });
    this.#tell({});
  }

  async drop(): Promise<void> {
    this.#refuseWhileRunning();
    await this.#work.drop();
    this.#add({
      kind: 'outcome',
      id: randomUUID(),
      at: Date.now(),
      outcome: 'dropped',
      text: 'Dropped: the design is as it was before.',
    });
    this.#tell({});
  }

  async goBack(entryId: string): Promise<void> {
    this.#refuseWhileRunning();
    const checkpoint = this.#entries.find(({ id }) => id === entryId);
    if (checkpoint?.kind !== 'checkpoint')
      throw new ArtificerError({ code: 'agent.no-checkpoint', category: 'usage', message: 'That is no checkpoint.' });
    await this.#work.goBack(checkpoint.branch, checkpoint.mark);
    this.#add({
      kind: 'outcome',
      id: randomUUID(),
      at: Date.now(),
      outcome: 'went-back',
      text: `Back to before: ${checkpoint.text}`,
    });
    this.#tell({});
  }

  async dispose(): Promise<void> {
    const running = this.#running;
    this.stop();
    await running?.done;
  }

  // The work

  async #run(running: Running, before: AgentEntry[], selection: readonly SelectedItem[]): Promise<void> {
    const { controller, budget } = running;
    const timer = setInterval(() => {
      if (budget.left_ms <= 0) controller.abort(spentUp(`${budget.limits.minutes} minutes`));
    }, 500);
    const context: ToolContext = {
      client: this.#options.client,
      blob: (hash) => this.#options.blob(hash),
      author: this.#author,
      signal: controller.signal,
      selection,
      progress: () => {},
      countSolve: () => budget.solve(),
      left: () => budget.left,
    };
    const host: PlannerHost = {
      tools: this.#options.tools,
      context,
      call: (tool, input) => this.#call(running, context, tool, input),
      say: (text, faces) =>
        void this.#add({ kind: 'reply', id: randomUUID(), at: Date.now(), text, ...(faces?.length ? { faces } : {}) }),
      ask: (text, choices = [], faces) =>
        void this.#add({
          kind: 'question',
          id: randomUUID(),
          at: Date.now(),
          text,
          choices,
          ...(faces?.length ? { faces } : {}),
        }),
    };
    try {
      await this.#work.refresh();
      if (this.#work.open) await this.#work.go();
      await this.#planner.respond({ text: running.request, entries: before }, host);
      controller.signal.throwIfAborted();
    } catch (thrown) {
      const error = toErrorData(controller.signal.aborted ? controller.signal.reason : thrown);
      this.#add({
        kind: 'outcome',
        id: randomUUID(),
        at: Date.now(),
        outcome: error.category === 'cancelled' ? 'stopped' : 'failed',
        text: error.hint ? `${error.message} ${error.hint}` : error.message,
      });
    } finally {
      clearInterval(timer);
      budget.end();
      this.#spent = budget.spent;
      this.#running = null;
      await this.#work.tidy().catch(() => {});
      this.#tell({});
      this.#keep();
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
    }
  }

  async #call(running: Running, shared: ToolContext, name: string, input: unknown): Promise<ToolOutcome> {
    let checked: { tool: Tool; input: unknown };
    try {
      shared.signal.throwIfAborted();
      checked = this.#options.tools.check(name, input);
      running.budget.operation();
    } catch (thrown) {
      return { ok: false, error: toErrorData(shared.signal.aborted ? shared.signal.reason : thrown) };
    }
    const { tool } = checked;
    const operation: AgentOperation = {
      kind: 'operation',
      id: randomUUID(),
      at: Date.now(),
      tool: tool.name,
      title: tool.title,
      effect: tool.effect,
      input: checked.input,
      state: 'running',
    };
    this.#add(operation);
    const started = performance.now();
    const end = (more: Partial<AgentOperation>): void => {
      Object.assign(operation, more, { seconds: (performance.now() - started) / 1000 });
      delete operation.stage;
      delete operation.fraction;
      this.#changed(operation);
    };
    const failed = (error: ErrorData): ToolOutcome => {
      const stopped = shared.signal.aborted || error.category === 'cancelled';
      const refused = error.code === 'agent.refused';
      end({ state: refused ? 'refused' : stopped ? 'stopped' : 'failed', error });
      return { ok: false, error };
    };
    const context: ToolContext = { ...shared, progress: this.#progressOf(operation) };
    if (!tool.readOnly || tool.costly) {
      const refusal = await this.#mayChange(running, operation, tool, checked.input, context);
      if (refusal) return failed(refusal);
      operation.state = 'running';
      this.#changed(operation);
    }
    const outcome = await this.#options.tools.run(tool.name, checked.input, context);
    if (!outcome.ok) return failed(outcome.error);
    end({ state: 'done', ...shown(outcome.answer) });
    return outcome;
  }

  /** Tries it, asks where a person wants to be asked, and goes onto the branch. What speaks against it, or null. */
  async #mayChange(
    running: Running,
    operation: AgentOperation,
    tool: Tool,
    input: unknown,
    context: ToolContext,
  ): Promise<ErrorData | null> {
    const tried = await this.#options.tools.dryRun(tool.name, input, context);
    if (!tried.ok) return tried.error;
    operation.plan = { text: tried.answer.text, changes: tried.answer.changes };
    if (tried.answer.assumptions?.length) operation.assumptions = tried.answer.assumptions;
    if (tried.answer.faces?.length) operation.faces = tried.answer.faces;
    const outsideOfBranch = tool.effect === 'files' || tool.inPlace === true;
    if (!running.trusting || (outsideOfBranch && this.#planner.canBeMisled)) {
      const { approve, rest } = await this.#approval(running, operation);
      if (context.signal.aborted) return toErrorData(context.signal.reason);
      if (rest) running.trusting = true;
      if (!approve)
        return {
          code: 'agent.refused',
          category: 'refused',
          message: 'You said no to this.',
          hint: 'Say what to do instead.',
        };
    }
    try {
      if (tool.effect === 'document' && !tool.inPlace) {
        const mark = await this.#work.begin();
        if (!this.#marked(running))
          this.#add({ kind: 'checkpoint', id: randomUUID(), at: Date.now(), text: running.request, ...mark });
      }
    } catch (thrown) {
      return toErrorData(thrown);
    }
    return null;
  }

  /** Whether this request has its checkpoint. */
  #marked(running: Running): boolean {
    const last = this.#entries.findLast(({ kind }) => kind === 'request' || kind === 'checkpoint');
    return last?.kind === 'checkpoint' && last.text === running.request;
  }

  #approval(running: Running, operation: AgentOperation): Promise<{ approve: boolean; rest: boolean }> {
    operation.state = 'waiting';
    running.budget.pause();
    const { signal } = running.controller;
    return new Promise<{ approve: boolean; rest: boolean }>((resolve) => {
      const onAbort = () => resolve({ approve: false, rest: false });
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.set(operation.id, resolve);
      this.#changed(operation);
      for (const each of this.#idle) each();
      this.#idle.clear();
    }).finally(() => {
      this.#waiting.delete(operation.id);
      running.budget.resume();
    });
  }

  #progressOf(operation: AgentOperation): ToolContext['progress'] {
    let told = 0;
    return (stage, fraction) => {
      if (operation.state !== 'running') return;
      operation.stage = stage;
      operation.fraction = fraction ?? null;
      if (performance.now() - told < PROGRESS_ms) return;
      told = performance.now();
      this.#tell({ entry: { ...operation } });
    };
  }

  // Telling and keeping

  #add<E extends AgentEntry>(entry: E): E {
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries.splice(0, this.#entries.length - MOST_ENTRIES);
    this.#changed(entry);
    return entry;
  }
  #changed(entry: AgentEntry): void {
    this.#tell({ entry: { ...entry } });
    this.#keep();
  }
  #tell(more: Partial<AgentUpdate>): void {
    this.#options.onUpdate?.({ status: this.#status(), ...more });
  }
  #keep(): void {
    this.#options.keep?.({ entries: this.#entries, mode: this.#mode, budget: this.#budget });
  }

  #labelOfWork(): string {
    const requests = this.#entries.flatMap((entry) => (entry.kind === 'checkpoint' ? [entry] : []));
    const own = requests.filter(({ branch }) => branch === this.#work.open?.branch).map(({ text }) => text);
    return `Agent: ${own.join('; ') || 'work'}`.slice(0, 300);
  }

  #refuseWhileRunning(): void {
    if (this.#running)
      throw new ArtificerError({
        code: 'agent.busy',
        category: 'refused',
        message: 'The agent is still at work on what you said before.',
        hint: 'Wait until it is done, or stop it.',
      });
  }
}

const shown = ({ text, assumptions, faces, picture, files }: ToolAnswer): Partial<AgentOperation> => ({
  text,
  ...(assumptions?.length ? { assumptions } : {}),
  ...(faces?.length ? { faces } : {}),
  ...(picture ? { picture } : {}),
  ...(files?.length ? { files } : {}),
});

/** What was under way when the project was closed is under way no more. */
const settled = (entries: readonly AgentEntry[]): AgentEntry[] =>
  entries.map((entry) =>
    entry.kind === 'operation' && (entry.state === 'running' || entry.state === 'waiting')
      ? { ...entry, state: 'stopped' }
      : entry,
  );
