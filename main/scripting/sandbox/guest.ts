/**
 * One run of a part script inside QuickJS, which is WebAssembly: a script sees the language and the builder, and nothing
 * of the machine. Memory, stack, time and output are bounded; there is no clock and no chance in it, so that a part comes
 * out the same every time.
 */
import {
  DefaultIntrinsics,
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { ArtificerError, type VariableDimension } from '../../../preload/contract/index.ts';
import { BUILDER, builderModules } from './builder-source.ts';
import { failureOf, SCRIPT } from './failures.ts';
import { checkBuiltPart, type ScriptedPart, scriptError } from './scripted-part.ts';
import { stripTypes } from './strip-types.ts';
import { type ScopeVariable, shortHash, VariableTable } from './variables.ts';

export interface ScriptLimits {
  /** Of the script's own heap, MiB. */
  memory_MiB: number;
  seconds: number;
  /** Of what the script makes, as JSON characters. */
  output: number;
}

export interface GuestRequest {
  source: string;
  fileName: string;
  values: Record<string, string | number>;
  scope: Record<string, ScopeVariable>;
  limits: ScriptLimits;
}

const STACK_BYTES = 256 * 1024;
const HOST_KEY = '__artificerHost';
const PRELUDE = `
  Object.defineProperty(Math, 'random', { value() {
    throw new Error('A part must come out the same every time: there is no Math.random in a part script.');
  } });
`;

let module: Promise<QuickJSWASMModule> | undefined;

/** @throws ArtificerError `script.*` */
export async function runGuest(request: GuestRequest): Promise<ScriptedPart> {
  const code = stripTypes(request.source, request.fileName);
  module ??= newQuickJSWASMModuleFromVariant(import('@jitl/quickjs-wasmfile-release-sync'));
  const runtime = (await module).newRuntime({
    memoryLimitBytes: request.limits.memory_MiB * 2 ** 20,
    maxStackSizeBytes: STACK_BYTES,
  });
  const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, Date: false } });
  return new Guest(runtime, context, request).run(code);
}

class Guest {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #request: GuestRequest;
  readonly #variables: VariableTable;
  /** By the clock, and of this thread's own time: on a crowded machine the first passes while the script waits for its turn. */
  readonly #deadline: number;
  readonly #last_us: number;
  /** What the host has refused, by the words that the script saw. */
  readonly #refusals = new Map<string, ArtificerError>();
  #timedOut = false;

  constructor(runtime: QuickJSRuntime, context: QuickJSContext, request: GuestRequest) {
    this.#runtime = runtime;
    this.#context = context;
    this.#request = request;
    this.#variables = new VariableTable(request.values, request.scope);
    this.#deadline = performance.now() + request.limits.seconds * 1000;
    this.#last_us = threadTime_us() + request.limits.seconds * 1e6;
    runtime.setInterruptHandler(() => this.#isLate());
    runtime.setModuleLoader(
      (name) => builderModules().get(name) ?? { error: new Error(foreignModule(name)) },
      (from, name) =>
        name === BUILDER || builderModules().has(from) ? name : { error: new Error(foreignModule(name)) },
    );
  }

  #isLate(): boolean {
    this.#timedOut ||= performance.now() > this.#deadline && threadTime_us() > this.#last_us;
    return this.#timedOut;
  }

  run(code: string): ScriptedPart {
    this.#offer();
    this.#evaluate(PRELUDE, 'prelude', 'global');
    // Loaded before the script, which can then no longer see what the builder was given.
    this.#evaluate(`import '${BUILDER}'; delete globalThis.${HOST_KEY};`, 'loader', 'module');
    const exported = this.#evaluate(code, SCRIPT, 'module');
    const built = checkBuiltPart(this.#partOf(exported), this.#request.fileName);
    return { ...built, variables: this.#variables.declared };
  }

  /** Runs code to its end and answers with its exports. */
  #evaluate(code: string, name: string, type: 'global' | 'module'): QuickJSHandle {
    const result = this.#context.evalCode(code, name, { type, strict: true });
    if (result.error) throw this.#failure(result.error);
    if (type === 'global') return result.value;
    let state = this.#context.getPromiseState(result.value);
    while (state.type === 'pending' && this.#runtime.hasPendingJob() && !this.#timedOut) {
      const jobs = this.#runtime.executePendingJobs(1000);
      if (jobs.error) throw this.#failure(jobs.error);
      this.#isLate();
      state = this.#context.getPromiseState(result.value);
    }
    if (this.#timedOut) throw this.#failure(undefined);
    if (state.type === 'rejected') throw this.#failure(state.error);
    if (state.type === 'pending')
      throw scriptError(
        'unfinished',
        `${this.#request.fileName} never ends: it waits for something that never comes.`,
        {
          hint: 'A part script needs no `await`: nothing in it takes time.',
        },
      );
    return state.value;
  }

  #partOf(exported: QuickJSHandle): string {
    const part = this.#context.getProp(exported, 'default');
    const json = this.#context.typeof(part) === 'object' ? this.#context.getProp(part, 'artificerPart') : undefined;
    // A getter of the script may have run just now.
    if (this.#timedOut) throw this.#failure(undefined);
    if (!json || this.#context.typeof(json) !== 'string')
      throw scriptError('no-part', `${this.#request.fileName} exports no part.`, {
        hint: "End it with `export default part('Name', (p) => { ... })`.",
      });
    const length = this.#context.getNumber(this.#context.getProp(json, 'length'));
    const { output } = this.#request.limits;
    if (length > output)
      throw scriptError('too-large', `${this.#request.fileName} makes a part of ${length} characters.`, {
        hint: `At most ${output} are taken. Repeat by patterns instead of loops.`,
      });
    return this.#context.getString(json);
  }

  #offer(): void {
    const context = this.#context;
    const host = context.newObject();
    const offer = (name: string, work: (...values: unknown[]) => string | number | undefined): void => {
      const handle = context.newFunction(name, (...handles) => {
        const answer = this.#guarded(() => work(...handles.map((each) => this.#plain(each))));
        if (answer === undefined) return context.undefined;
        return typeof answer === 'number' ? context.newNumber(answer) : context.newString(answer);
      });
      context.setProp(host, name, handle);
    };
    offer('evaluate', (text, dimension) => this.#variables.evaluateForScript(String(text), dimensionOf(dimension)));
    offer('hash', (text) => shortHash(String(text)));
    offer('declareText', (name, dimension, expression, minimum, maximum, note) => {
      const optional = { minimum, maximum, note };
      const given = Object.entries(optional).filter(([, value]) => typeof value === 'string');
      this.#variables.declare({
        name: String(name),
        dimension: dimensionOf(dimension),
        expression: String(expression),
        ...(Object.fromEntries(given) as { minimum?: string; maximum?: string; note?: string }),
      });
      return undefined;
    });
    context.setProp(context.global, HOST_KEY, host);
  }

  /** Only strings and numbers pass; anything else could run code of the script while it is read. */
  #plain(handle: QuickJSHandle): unknown {
    const type = this.#context.typeof(handle);
    if (type === 'string') {
      const length = this.#context.getNumber(this.#context.getProp(handle, 'length'));
      if (length > 10_000) throw scriptError('too-large', 'A text of more than 10 000 characters is no expression.');
      return this.#context.getString(handle);
    }
    return type === 'number' ? this.#context.getNumber(handle) : undefined;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof ArtificerError)) throw thrown;
      this.#refusals.set(thrown.message, thrown);
      const seen = new Error(thrown.message);
      seen.name = 'ScriptMistake';
      throw seen;
    }
  }

  #failure(error: QuickJSHandle | undefined): ArtificerError {
    if (this.#timedOut) {
      const { seconds } = this.#request.limits;
      return scriptError('too-slow', `${this.#request.fileName} was stopped after ${seconds} s.`, {
        hint: 'Look for a loop without an end.',
      });
    }
    return failureOf(this.#context, error, this.#request, this.#refusals);
  }
}

const threadTime_us = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

const dimensionOf = (value: unknown): VariableDimension => (value === 'length' || value === 'angle' ? value : 'number');

const foreignModule = (name: string): string =>
  `A part script can import from "${BUILDER}" only, not from "${name.slice(0, 100)}".`;
