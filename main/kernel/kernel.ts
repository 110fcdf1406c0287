/** The kernel port on top of a reader and a pool of modellers. */
import { availableParallelism } from 'node:os';
import type { JobContext } from '../../preload/contract/jobs.ts';
import { evaluatePart, ReaderAnswers } from './evaluate.ts';
import { exportModel } from './export.ts';
import { recognise } from './formats/index.ts';
import { type Crews, importFile } from './import.ts';
import { DEFAULT_MEMORY_MiB, MODELLER_LIMITS } from './limits.ts';
import { compileModellingKernel } from './modeller/occt.ts';
import type { TessellateArgument } from './modeller/operations.ts';
import { placeBodies } from './place.ts';
import type { Kernel, KernelStatus } from './port.ts';
import { makeModel } from './primitives.ts';
import { keepWebAssemblyCode } from './workers/code-collection.ts';
import { Crew } from './workers/crew.ts';

export interface KernelOptions {
  /** Modellers at the same time; by default one less than there are cores. */
  modellers?: number;
  /** The reader, which takes 0.4 GB, is ended after this long without work, seconds. */
  readerIdle_s?: number;
  modellerIdle_s?: number;
}

/**
 * A heap this large is given back once its work is done, MiB. Meshing and checking in the fast build keep a few megabytes
 * for every body, so a modeller has to be replaced now and then; it takes a tenth of a second.
 */
const RETIRE_MiB = 512;

/** Compiled once for the life of the process, whatever kernels come and go. */
let module: Promise<WebAssembly.Module> | undefined;

export function createKernel(options: KernelOptions = {}): Kernel {
  keepWebAssemblyCode();
  const crews: Crews = {
    reader: new Crew({ role: 'reader', size: 1, idle_s: options.readerIdle_s ?? 30, retire_MiB: RETIRE_MiB }),
    modellers: new Crew({
      role: 'modeller',
      size: options.modellers ?? Math.max(1, availableParallelism() - 1),
      idle_s: options.modellerIdle_s ?? 300,
      retire_MiB: RETIRE_MiB,
      workerData: () => {
        module ??= compileModellingKernel();
        return module;
      },
    }),
  };
  const readerAnswers = new ReaderAnswers();
  const model = <T>(operation: string, argument: unknown, context: JobContext): Promise<T> =>
    crews.modellers.run<T>(operation, argument, {
      ...MODELLER_LIMITS,
      memory_MiB: DEFAULT_MEMORY_MiB,
      signal: context.signal,
      onProgress: (stage, fraction) => context.progress(stage, fraction),
    });

  return {
    recognise,
    import: (request, context, observer) => importFile(crews, request, context, observer),
    tessellate: (brep, deflection, context) => {
      const argument: TessellateArgument = { brep, quality: 'fine', deflection };
      return model('tessellate', argument, context);
    },
    brepText: (breps, context) => model('brepText', { breps }, context),
    place: (requests, context) => placeBodies(crews.modellers, requests, context),
    measure: (items, context) => model('measure', { items }, context),
    export: (request, context) => exportModel(crews, request, context),
    evaluate: (request, context) => evaluatePart(crews, readerAnswers, request, context),
    outline: (request, context) => model('outline', request, context),
    primitives: (specifications, context) => makeModel(crews, specifications, context),
    status: (): KernelStatus => ({
      workers: [...crews.reader.workers, ...crews.modellers.workers].map((worker) => ({
        role: worker.role,
        state: worker.state,
        memory_MiB: worker.memory_MiB,
        ...(worker.operation === undefined ? {} : { operation: worker.operation }),
      })),
    }),
    warm: () => {
      crews.reader.warm();
      crews.modellers.warm();
    },
    dispose: async () => {
      await Promise.all([crews.reader.dispose(), crews.modellers.dispose()]);
    },
  };
}
