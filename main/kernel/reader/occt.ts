/**
 * Loads the complete build of OpenCascade. Its program is an old UMD file that expects the globals of CommonJS, and it
 * reports what it does on the console, of which only the last lines are kept: they are often the only cause there is.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { noteHeap } from '../workers/memory-bound.ts';
import type { Bindings } from './bindings.ts';
import { registerOnlyUsed } from './registration.ts';

export interface ReadingKernel {
  oc: Bindings;
  describeFailure(thrown: unknown): string | undefined;
  /** What the kernel has said since it was last asked. */
  takeMessages(): string[];
}

const KEPT_MESSAGES = 20;

export async function loadOcct(): Promise<ReadingKernel> {
  const require = createRequire(import.meta.url);
  const program = require.resolve('opencascade.js/dist/opencascade.full.js');
  Object.assign(globalThis, { __dirname: dirname(program), require });
  const wasm = await WebAssembly.compile(await readFile(program.replace(/\.js$/, '.wasm')));
  const { default: initialise } = (await import('opencascade.js/dist/opencascade.full.js')) as unknown as {
    default: new (options: object) => PromiseLike<Bindings>;
  };
  let messages: string[] = [];
  const keep = (line: unknown): void => {
    const text = String(line).trim();
    if (text === '' || /^\*+$/.test(text)) return;
    messages.push(text);
    if (messages.length > KEPT_MESSAGES) messages.shift();
  };
  // Emscripten of that age re-throws every uncaught exception of the process that it lives in; this thread has its own way.
  const before = new Set([...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')]);
  const oc = await new initialise({
    print: keep,
    printErr: keep,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      let memory: WebAssembly.Memory | undefined;
      registerOnlyUsed(imports, () => memory!);
      void WebAssembly.instantiate(wasm, imports).then((instance) => {
        memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
        done(instance);
      });
      return {};
    },
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    for (const listener of process.listeners(event as 'uncaughtException'))
      if (!before.has(listener)) process.off(event, listener);
  noteHeap(oc.HEAPU8.buffer.byteLength);
  return {
    oc,
    describeFailure: (thrown) => describeFailure(oc, thrown),
    takeMessages: () => {
      const taken = messages;
      messages = [];
      return taken;
    },
  };
}

/** Exceptions of this build arrive as pointers. */
function describeFailure(oc: Bindings, thrown: unknown): string | undefined {
  if (typeof thrown !== 'number') return undefined;
  try {
    const failure = oc.OCJS.getStandard_FailureData(thrown);
    const message = failure.GetMessageString();
    failure.delete();
    return message === '' ? 'Standard_Failure' : message;
  } catch {
    return 'a C++ exception';
  }
}
