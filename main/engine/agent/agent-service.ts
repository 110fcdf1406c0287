/** The conversation about the open project: kept in its file, and told of to every window. */
import * as v from 'valibot';
import type {
  AgentPointer,
  AgentSelection,
  AgentState,
  Api,
  Client,
  Handlers,
} from '../../../preload/contract/index.ts';
import { AgentEntrySchema, api, connect, inProcessPair, serve } from '../../../preload/contract/index.ts';
import { faceWords } from '../../document/index.ts';
import {
  AGENT_ENGINE_SETTING,
  AgentSession,
  createToolRegistry,
  type KeptConversation,
  plannerOf,
  type SelectedItem,
  type ToolRegistry,
} from '../../engineer/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';

const SETTING = 'agent.conversation';
const PAUSE_ms = 300;

export class AgentService {
  readonly tools: ToolRegistry = createToolRegistry();
  readonly #engine: EngineContext;
  readonly #blob: (hash: string) => Promise<Uint8Array | null>;
  readonly #handlers: () => Handlers<Api>;
  readonly #preferences: () => Record<string, unknown>;
  #client: Client<Api> | null = null;
  #close: () => void = () => {};
  /** The setting that the planner was made of. */
  #engineSetting: unknown;
  #open: { of: DocumentSession; session: AgentSession } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #unkept: (() => void) | null = null;

  constructor(
    engine: EngineContext,
    handlers: () => Handlers<Api>,
    blob: (hash: string) => Promise<Uint8Array | null>,
    preferences: () => Record<string, unknown>,
  ) {
    this.#engine = engine;
    this.#handlers = handlers;
    this.#blob = blob;
    this.#preferences = preferences;
  }

  /** What runs is stopped, and what was said is kept, before the project closes. */
  async reset(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.session.dispose();
    this.#keepNow();
  }
  dispose(): void {
    this.#close();
  }

  async state(): Promise<AgentState> {
    const session = this.session();
    this.#matchEngine(session);
    return session.state();
  }

  /** The settings may have named another engine since; what runs is not disturbed. */
  #matchEngine(session: AgentSession): void {
    const setting = this.#preferences()[AGENT_ENGINE_SETTING];
    if (session.busy || setting === this.#engineSetting) return;
    this.#engineSetting = setting;
    session.answerWith(plannerOf(setting));
  }

  session(): AgentSession {
    const of = this.#engine.session();
    if (this.#open?.of !== of) {
      const kept = keptIn(of);
      this.#engineSetting = this.#preferences()[AGENT_ENGINE_SETTING];
      const session = new AgentSession({
        client: this.#calls(),
        blob: this.#blob,
        tools: this.tools,
        planner: plannerOf(this.#engineSetting),
        ...(kept ? { kept } : {}),
        onUpdate: (update) => this.#engine.streams.agent.emit(structuredClone(update)),
        keep: (conversation) => this.#keepSoon(of, conversation),
      });
      this.#open = { of, session };
    }
    return this.#open.session;
  }

  async send(text: string, selection: readonly AgentSelection[]): Promise<{ requestId: string }> {
    const items: SelectedItem[] = [];
    const pointers: AgentPointer[] = [];
    for (const item of selection) {
      const instance = this.#engine.session().store.get(item.instanceId);
      if (instance?.type !== 'instance' || instance.partId === null) continue;
      const selected = { ...item, partId: instance.partId };
      items.push(selected);
      pointers.push({ ...selected, words: await this.#words(selected) });
    }
    const session = this.session();
    this.#matchEngine(session);
    return { requestId: await session.send(text, items, pointers) };
  }

  async #words({ partId, body, kind, index }: SelectedItem): Promise<string> {
    const [view] = await this.#calls()['geometry.parts']({ partIds: [partId] });
    const info = view?.bodies[body]?.info;
    if (kind === 'body') return info?.name || `body ${body + 1}`;
    const [name] = (kind === 'face' && info?.faces[index]?.persistentNames) || [];
    const nameOf = (id: string) => {
      const record = this.#engine.session().store.get(id);
      return record?.type === 'feature' ? record.name : undefined;
    };
    return name && nameOf(name.slice(0, name.indexOf('/'))) ? faceWords(name, nameOf) : `${kind} ${index + 1}`;
  }

  /** The agent calls the engine as a window does: through the schemas, in both directions. */
  #calls(): Client<Api> {
    if (!this.#client) {
      const [near, far] = inProcessPair();
      serve(api, this.#handlers(), far);
      this.#client = connect(api, near);
      this.#close = () => near.close();
    }
    return this.#client;
  }

  #keepSoon(of: DocumentSession, conversation: KeptConversation): void {
    if (of.file.readOnly) return;
    this.#unkept = () => of.file.settings.set(SETTING, conversation);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keepNow(), PAUSE_ms);
  }
  #keepNow(): void {
    clearTimeout(this.#timer);
    const keep = this.#unkept;
    this.#unkept = null;
    try {
      keep?.();
    } catch (thrown) {
      // The work itself is in the project's changes; only what was said about it is lost.
      this.#engine.tell('warning', `The conversation could not be kept: ${String(thrown)}`);
    }
  }
}

/** A conversation that this version cannot read any more is begun anew: the work is in the changes. */
function keptIn(session: DocumentSession): KeptConversation | undefined {
  const kept = session.file.settings.get<KeptConversation>(SETTING);
  if (!kept || !Array.isArray(kept.entries)) return undefined;
  return { ...kept, entries: kept.entries.filter((entry) => v.is(AgentEntrySchema, entry)) };
}
