/**
 * A language model behind the conversation. It proposes, the session disposes: whatever it calls is checked, tried, asked about and
 * counted like anything else, and what it reads in names and files gives it no power that the person has not given.
 */
import { ArtificerError, type ErrorData } from '../../../../preload/contract/index.ts';
import type { Planner, PlannerHost, PlannerRequest } from '../session/planner.ts';
import { type ChatAnswer, type ChatMessage, complete, GarbledAnswer, type ToolCall } from './chat.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { INSTRUCTIONS, outcomeAsData, pastMessages, requestMessage } from './prompt.ts';
import type { ModelEndpoint } from './settings.ts';
import { unfoundedFigures } from './told-figures.ts';
import { estimatedTokens, toolsFor } from './tool-list.ts';

/** Questions to the model for one request, wrong calls that are explained to it, and times that it may repeat itself. */
const MOST_ROUNDS = 30;
const MOST_MISTAKES = 4;
const MOST_REPEATS = 2;
/** Calls of one answer; more are not looked at. */
const MOST_CALLS = 8;
const MOST_SAID = 4000;
/** A key for the endpoint, where it wants one: not kept in a file of ours. */
const KEY = 'ARTIFICER_MODEL_KEY';

/** Mistakes of the model in calling a tool: worth telling it. Everything else that fails is an answer about the project. */
const MISTAKES = ['agent.unknown-tool', 'agent.bad-input'];

export function modelPlanner(settings: ModelEndpoint): Planner {
  return {
    name: settings.model,
    canBeMisled: true,
    respond: (request, host) => new Attempt(settings, request, host).run(),
  };
}

class Attempt {
  readonly #settings: ModelEndpoint;
  readonly #request: PlannerRequest;
  readonly #host: PlannerHost;
  readonly #endpoint: Endpoint;
  readonly #messages: ChatMessage[];
  readonly #tools: unknown[];
  readonly #answers: string[] = [];
  readonly #asked = new Map<string, number>();
  #mistakes = 0;
  #repeats = 0;

  constructor(settings: ModelEndpoint, request: PlannerRequest, host: PlannerHost) {
    this.#settings = settings;
    this.#request = request;
    this.#host = host;
    this.#endpoint = endpointOf(settings);
    this.#tools = toolsFor(host.tools.describe(), estimatedTokens(INSTRUCTIONS));
    this.#messages = [
      { role: 'system', content: INSTRUCTIONS },
      ...pastMessages(request.entries),
      requestMessage(request.text, host.context.selection),
    ];
  }

  async run(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const answer = await this.#ask();
      if (answer === null) continue;
      if (answer.calls.length === 0) return this.#say(answer.content);
      const calls = answer.calls.slice(0, MOST_CALLS);
      this.#messages.push({ role: 'assistant', content: answer.content.slice(0, MOST_SAID), tool_calls: calls });
      for (const call of calls) if (!(await this.#call(call))) return;
    }
    throw gaveUp(`The model has been asked ${MOST_ROUNDS} times and has not come to an end.`);
  }

  /** Null where the answer was none, and the model has been told so. */
  async #ask(): Promise<ChatAnswer | null> {
    const { signal } = this.#host.context;
    try {
      const answer = await complete(
        this.#endpoint,
        { model: this.#settings.model, messages: this.#messages, tools: this.#tools },
        { key: process.env[KEY], signal },
      );
      if (answer.content !== '' || answer.calls.length > 0) return answer;
      throw new GarbledAnswer('The answer was empty.');
    } catch (thrown) {
      if (!(thrown instanceof GarbledAnswer)) throw thrown;
      this.#mistaken(thrown.message);
      this.#messages.push({ role: 'user', content: `${thrown.message} Call a tool, or answer in plain words.` });
      return null;
    }
  }

  /** Whether to go on. */
  async #call(call: ToolCall): Promise<boolean> {
    const { name, arguments: written } = call.function;
    const answer = (content: string): true => {
      this.#messages.push({ role: 'tool', tool_call_id: call.id, content });
      return true;
    };
    let input: unknown;
    try {
      input = written.trim() === '' ? {} : JSON.parse(written);
    } catch {
      this.#mistaken(`What ${name} was called with was not JSON.`);
      return answer('The arguments were not JSON. Call it again with a JSON object.');
    }
    const key = `${name} ${JSON.stringify(input)}`;
    const times = this.#asked.get(key) ?? 0;
    this.#asked.set(key, times + 1);
    const tool = this.#host.tools.get(name);
    // Reading again after a change is no repetition: what is counted begins anew then.
    if (times > 0 && tool?.readOnly) {
      if (++this.#repeats > MOST_REPEATS) throw gaveUp(`The model calls ${tool.title} again and again.`);
      return answer('You have asked this before and have the answer. Go on, or answer the person.');
    }
    const outcome = await this.#host.call(name, input);
    if (outcome.ok) {
      if (tool && !tool.readOnly) this.#asked.clear();
    } else if (isEnd(outcome.error)) {
      if (outcome.error.code === 'agent.budget') throw new ArtificerError(outcome.error);
      return false;
    } else if (MISTAKES.includes(outcome.error.code)) this.#mistaken(outcome.error.message);
    const content = outcomeAsData(outcome);
    this.#answers.push(content);
    return answer(content);
  }

  #mistaken(what: string): void {
    if (++this.#mistakes > MOST_MISTAKES) throw gaveUp(`The model does not get along with the tools: ${what}`);
  }

  #say(text: string): void {
    const said = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)} …` : text;
    this.#host.say(said);
    const past = this.#request.entries.map((entry) => ('text' in entry ? (entry.text ?? '') : ''));
    const unfounded = unfoundedFigures(said, [this.#request.text, ...past, ...this.#answers]);
    if (unfounded.length > 0)
      this.#host.say(`Not in any answer of a tool, and so not to be relied on: ${unfounded.slice(0, 12).join(', ')}.`);
  }
}

const isEnd = ({ code, category }: ErrorData): boolean =>
  category === 'cancelled' || code === 'agent.refused' || code === 'agent.budget';

const gaveUp = (message: string): ArtificerError =>
  new ArtificerError({
    code: 'agent.model-lost',
    category: 'refused',
    message,
    hint: 'What it did so far is listed above. Say it more simply, use a larger model, or choose the built-in engine.',
  });
