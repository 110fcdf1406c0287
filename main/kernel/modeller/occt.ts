/** Loads the fast build of OpenCascade: native WebAssembly exceptions, so a failure costs nothing and says what it is. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import initialise, { type OpenCascadeInstance, type TopoDS_Shape } from 'replicad-opencascadejs';
import { loadSketchSolver, type SketchSolver } from '../../sketch/index.ts';
import { refused } from '../errors.ts';
import { type Own, scoped } from '../scope.ts';
import { noteHeap } from '../workers/memory-bound.ts';
import { completeDestructors } from './destructors.ts';

export type Occt = OpenCascadeInstance;

export interface ModellingKernel {
  oc: Occt;
  /** Sketches are solved in the same thread as the bodies that are made of them. */
  sketchSolver: SketchSolver;
  describeFailure(thrown: unknown): string | undefined;
}

/** Compiled once by the engine and shared by all modellers, which then start in a tenth of a second. */
export async function compileModellingKernel(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('replicad-opencascadejs/wasm');
  return WebAssembly.compile(await readFile(path));
}

export async function loadModellingKernel(module: WebAssembly.Module): Promise<ModellingKernel> {
  const silent = (): void => {};
  const sketchSolver = loadSketchSolver();
  let table: WebAssembly.Table | undefined;
  const oc = await initialise({
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      void WebAssembly.instantiate(module, imports).then((instance) => {
        table = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Table);
        done(instance);
      });
      return {};
    },
    print: silent,
    printErr: silent,
  });
  completeDestructors(oc, table);
  noteHeap(oc.wasmMemory.buffer.byteLength);
  return { oc, sketchSolver: await sketchSolver, describeFailure: (thrown) => describeFailure(oc, thrown) };
}

function describeFailure(oc: Occt, thrown: unknown): string | undefined {
  const { Exception } = WebAssembly as unknown as { Exception: new () => WebAssembly.Exception };
  if (!(thrown instanceof Exception)) return undefined;
  const [type, message] = oc.getExceptionMessage(thrown);
  return message ? `${type}: ${message}` : type;
}

const FILE = '/body';

/** The shape of `BinTools` bytes, owned by the scope. */
export function readBrep(oc: Occt, own: Own, bytes: Uint8Array): TopoDS_Shape {
  oc.FS.writeFile(FILE, bytes);
  try {
    const shape = own(new oc.TopoDS_Shape());
    const done = oc.BinTools.Read(shape, FILE, own(new oc.Message_ProgressRange()));
    if (!done || shape.IsNull()) throw refused('kernel.bad-body', 'The stored shape of a body cannot be read.');
    return shape;
  } finally {
    oc.FS.unlink(FILE);
  }
}

/** `BinTools` bytes, without triangles. */
export function writeBrep(oc: Occt, shape: TopoDS_Shape): Uint8Array {
  return scoped((own) => {
    oc.BRepTools.Clean(shape, true);
    if (!oc.BinTools.Write(shape, FILE, own(new oc.Message_ProgressRange())))
      throw new Error('BinTools cannot write the shape');
    try {
      return (oc.FS.readFile(FILE) as Uint8Array).slice();
    } finally {
      oc.FS.unlink(FILE);
    }
  });
}
