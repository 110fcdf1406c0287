/** Asks the solver's worker. One worker for the window, started with the first sketch. */

import wasmUrl from '@salusoft89/planegcs/dist/planegcs_dist/planegcs.wasm?url';
import type { Entity, Solution, SolvableSketch } from '../../../main/sketch/index.ts';
import { ArtificerError, type SketchEntity } from '../../../preload/contract/index.ts';
import type { Answer, Ask, Outlines } from './messages.ts';
import workerUrl from './solver-worker.ts?worker&url';

/** The page takes script addresses only from its own policy: this one makes the address of the worker, and no other. */
function trustedAddress(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypeFactory }).trustedTypes;
  if (!types) return url;
  const policy = types.createPolicy('artificer', {
    createScriptURL: (input) => {
      if (input !== url) throw new TypeError('That is not an address of this program.');
      return input;
    },
  });
  return policy.createScriptURL(url) as unknown as string;
}
interface TrustedTypeFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(input: string): string },
  ): { createScriptURL(input: string): object };
}

type Moved = Extract<Answer, { kind: 'moved' }>;

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: unknown) => void }>();

function failAll(error: unknown): void {
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

/** The address is made once: the policy may be made only once too. */
let address: string | null = null;

function start(): Worker {
  if (worker) return worker;
  address ??= trustedAddress(new URL(workerUrl, location.href).href);
  const started = new Worker(address, { type: 'module', name: 'sketch-solver' });
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const wait = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') wait?.reject(new ArtificerError(data.error));
    else wait?.resolve(data);
  });
  started.addEventListener('error', (event) => {
    event.preventDefault();
    // A worker that trapped is replaced at the next question.
    started.terminate();
    if (worker === started) worker = null;
    failAll(
      new ArtificerError({
        code: 'sketch.solver-ended',
        category: 'fault',
        message: 'The sketch solver stopped.',
        hint: 'Undo the last step, or go on: it is started again.',
      }),
    );
  });
  started.postMessage({ kind: 'load', wasm: new URL(wasmUrl, location.href).href } satisfies Ask);
  worker = started;
  return started;
}

const ask = (make: (id: number) => Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    start().postMessage(make(id));
  });

/** Loads it in the background, so that the first constraint does not wait. */
export const warmSolver = (): void => void start();

export async function solveSketch(sketch: SolvableSketch): Promise<Solution> {
  const answer = await ask((id) => ({ kind: 'solve', id, sketch }));
  return (answer as Extract<Answer, { kind: 'solution' }>).solution;
}

export const beginDrag = (sketch: SolvableSketch): void => {
  const id = ++lastId;
  start().postMessage({ kind: 'begin', id, sketch } satisfies Ask);
};
export async function dragTo(targets: { id: string; to: [number, number] }[]): Promise<Moved> {
  return (await ask((id) => ({ kind: 'drag', id, targets }))) as Moved;
}
export async function endDrag(): Promise<Entity[]> {
  const answer = await ask((id) => ({ kind: 'end', id }));
  return (answer as Extract<Answer, { kind: 'ended' }>).entities;
}

export async function outlinesIn(entities: SketchEntity[]): Promise<Outlines> {
  const answer = await ask((id) => ({ kind: 'regions', id, entities }));
  return (answer as Extract<Answer, { kind: 'outlines' }>).outlines;
}
