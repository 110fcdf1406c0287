/** Loads the solver: in Node, in a worker, in the window. */
import { init_planegcs_module } from '@salusoft89/planegcs';
import type { SketchSolver } from '../types.ts';
import { beginDrag } from './drag.ts';
import { solveByPlanegcs } from './planegcs.ts';
import { solveSketch } from './solve.ts';

export interface LoadOptions {
  /** The WebAssembly module of planegcs: its address, its bytes, or compiled. In Node it is found when left out. */
  wasm?: string | URL | ArrayBuffer | Uint8Array<ArrayBuffer> | WebAssembly.Module;
}

type Module = Awaited<ReturnType<typeof init_planegcs_module>>;
/** What the module's glue takes, beyond what its types say. */
type Glue = (settings: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
}) => Promise<Module>;

/** @throws when the module cannot be fetched or compiled */
export async function loadSketchSolver(options: LoadOptions = {}): Promise<SketchSolver> {
  const compiled = await compile(options.wasm);
  // Loading must end even when the instance cannot be made: the glue itself would wait forever.
  const module = await new Promise<Module>((resolve, reject) => {
    (init_planegcs_module as unknown as Glue)({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(compiled, imports).then(done, reject);
        return {};
      },
    }).then(resolve, reject);
  });
  let disposed = false;
  let trapped = false;
  const alive = () => {
    if (disposed) throw new Error('the sketch solver was disposed of');
  };
  return {
    solve(sketch, solveOptions = {}) {
      alive();
      return solveSketch(sketch, solveOptions, (hard) => {
        if (hard.constraints.length > MOST_FOR_PLANEGCS) return null;
        if (trapped) return null;
        try {
          const answer = solveByPlanegcs(module, hard);
          return answer?.converged ? answer.entities : null;
        } catch (error) {
          // Its memory may be in any state now: this session goes on with our own solver alone.
          if (!(error instanceof WebAssembly.RuntimeError)) throw error;
          trapped = true;
          return null;
        }
      });
    },
    begin(sketch) {
      alive();
      const now = solveSketch(sketch, { diagnose: false }, () => null);
      const holds = now.status !== 'inconsistent' && now.status !== 'failed';
      return beginDrag(sketch, holds ? now.entities : null);
    },
    dispose() {
      disposed = true;
    },
  };
}

/** Its dense algebra grows with the third power: beyond this it would keep a person waiting. */
const MOST_FOR_PLANEGCS = 300;

async function compile(wasm: LoadOptions['wasm']): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (wasm instanceof ArrayBuffer || wasm instanceof Uint8Array) return WebAssembly.compile(wasm);
  if (wasm !== undefined && !String(wasm).startsWith('file:')) return WebAssembly.compileStreaming(fetch(wasm));
  if (typeof process === 'undefined' || !process.versions?.node)
    throw new Error('the address of the WebAssembly module of planegcs must be given here');
  // Held in variables so that a bundle for the window does not look for them.
  const [files, modules] = ['node:fs/promises', 'node:module'];
  const { readFile } = (await import(/* @vite-ignore */ files)) as typeof import('node:fs/promises');
  if (wasm !== undefined) return WebAssembly.compile(await readFile(new URL(wasm)));
  const { createRequire } = (await import(/* @vite-ignore */ modules)) as typeof import('node:module');
  const entry = createRequire(import.meta.url).resolve('@salusoft89/planegcs');
  return WebAssembly.compile(await readFile(entry.replace(/index\.js$/, 'planegcs_dist/planegcs.wasm')));
}
