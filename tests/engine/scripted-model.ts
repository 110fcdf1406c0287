/** An OpenAI-compatible endpoint on this machine that answers what a test tells it to, also what no good model would. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  model: string;
  messages: { role: string; content: string; tool_call_id?: string }[];
  tools: { function: { name: string; description: string; parameters: Record<string, unknown> } }[];
}
export type Reply =
  | { say: string }
  | { call: [name: string, input: unknown][] }
  /** As it is sent, whatever it is. */
  | { raw: string; status?: number; headers?: Record<string, string> }
  /** Nothing, until the other side goes. */
  | { silence: true };

export class ScriptedModel {
  readonly asked: Asked[] = [];
  /** Paths that were asked for. */
  readonly paths: string[] = [];
  #replies: Reply[] | ((asked: Asked, round: number) => Reply) = [];
  #server!: Server;
  #gone: (() => void)[] = [];

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }
  /** The last one is said again and again. */
  will(replies: Reply[] | ((asked: Asked, round: number) => Reply)): void {
    this.#replies = replies;
    this.asked.length = 0;
    this.paths.length = 0;
  }
  /** Resolves when a question that is not answered has been given up. */
  given(): Promise<void> {
    return new Promise((resolve) => this.#gone.push(resolve));
  }
  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    this.paths.push(request.url!);
    const asked = JSON.parse(body) as Asked;
    const round = this.asked.push(asked) - 1;
    const reply = Array.isArray(this.#replies)
      ? this.#replies[Math.min(round, this.#replies.length - 1)]!
      : this.#replies(asked, round);
    if ('silence' in reply) {
      response.on('close', () => {
        for (const tell of this.#gone.splice(0)) tell();
      });
      return;
    }
    if ('raw' in reply) {
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.raw);
      return;
    }
    const message =
      'say' in reply
        ? { role: 'assistant', content: reply.say }
        : {
            role: 'assistant',
            content: null,
            tool_calls: reply.call.map(([name, input], index) => ({
              id: `call-${round}-${index}`,
              type: 'function',
              function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
            })),
          };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
  }
}
