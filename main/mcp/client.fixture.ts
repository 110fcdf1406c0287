/** A client as another program is one: it starts `artificer mcp` and speaks over its standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Answer {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: what a server says is looked at by the tests
  result?: any;
  error?: { code: number; message: string; data?: unknown };
}

export class TestClient {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string | number, (answer: Answer) => void>();
  readonly #loose: ((answer: Answer) => void)[] = [];
  /** What came without being an answer to a request. */
  readonly others: Answer[] = [];
  /** Lines on standard output that are no messages: there must be none. */
  readonly strays: string[] = [];
  readonly exited: Promise<number | null>;
  errors = '';
  #rest = '';
  #id = 0;

  constructor(...args: string[]) {
    this.#child = spawn(process.execPath, [join(ROOT, 'bin/artificer.mjs'), 'mcp', ...args]);
    this.exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stderr!.on('data', (data) => {
      this.errors += data;
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (data: string) => {
      const lines = (this.#rest + data).split('\n');
      this.#rest = lines.pop()!;
      for (const line of lines) this.#receive(line);
    });
  }

  #receive(line: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(line) as Answer;
    } catch {
      this.strays.push(line);
      return;
    }
    const waiting = answer.id === undefined ? undefined : this.#waiting.get(answer.id);
    if (waiting) {
      this.#waiting.delete(answer.id!);
      waiting(answer);
    } else if (answer.method === undefined && this.#loose.length > 0) this.#loose.shift()!(answer);
    else this.others.push(answer);
  }

  write(text: string | Uint8Array): void {
    this.#child.stdin!.write(text);
  }
  /** Sends something, and waits for what comes back without an id. */
  provoke(text: string | Uint8Array): Promise<Answer> {
    return new Promise((resolve) => {
      this.#loose.push(resolve);
      this.write(text);
    });
  }
  begin(method: string, params?: unknown): { id: number; answer: Promise<Answer> } {
    const id = ++this.#id;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return { id, answer };
  }
  request(method: string, params?: unknown): Promise<Answer> {
    return this.begin(method, params).answer;
  }
  notify(method: string, params?: unknown): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`);
  }
  async start(version = '2025-11-25'): Promise<Answer> {
    const answer = await this.request('initialize', {
      protocolVersion: version,
      capabilities: {},
      clientInfo: { name: 'Test\u0007 client', version: '1' },
    });
    this.notify('notifications/initialized');
    return answer;
  }
  async tool(name: string, args: Record<string, unknown> = {}): Promise<Answer['result']> {
    const answer = await this.request('tools/call', { name, arguments: args });
    if (answer.error) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer.result;
  }
  /** Closes the server's input, as a client does that goes away. */
  async end(): Promise<number | null> {
    this.#child.stdin!.end();
    return this.exited;
  }
}
