/** Asks the models of a search in a thread that is kept warm: fitting them takes longer than a window may stand still. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ArtificerError, cancelled, type DesignMove, type Material } from '../../../../preload/contract/index.ts';
import { refuseDesign } from '../../errors.ts';
import type { MovesRequest } from '../../explain/moves.ts';
import type { Proposal, ProposalRequest } from '../propose.ts';
import type { ModelTask } from './model-tasks.ts';
import type { ModelReply } from './model-worker.ts';

export class ModelThread {
  readonly #materials: readonly Material[];
  #worker: Worker | null = null;
  /** Questions are answered one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param materials of the brief, in its order */
  constructor(materials: readonly Material[]) {
    this.#materials = materials;
  }

  propose({ space, observations, ...request }: ProposalRequest, signal: AbortSignal): Promise<Proposal[]> {
    const plain = observations.map(({ point, numbers }) => ({ point, numbers }));
    return this.#ask(
      { kind: 'propose', space: this.#data(space), request: { ...request, observations: plain } },
      signal,
    );
  }

  moves({ space, observations, ...request }: MovesRequest, signal: AbortSignal): Promise<DesignMove[]> {
    const plain = observations.map(({ point, numbers }) => ({ point, numbers }));
    return this.#ask({ kind: 'moves', space: this.#data(space), request: { ...request, observations: plain } }, signal);
  }

  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #data = ({ variables }: ProposalRequest['space']): ModelTask['space'] => ({
    variables: [...variables],
    materials: [...this.#materials],
  });

  #ask<Answer>(task: ModelTask, signal: AbortSignal): Promise<Answer> {
    const answer = this.#turn.then(() => this.#answer<Answer>(task, signal));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  #answer<Answer>(task: ModelTask, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return Promise.reject(cancelled('The design'));
    this.#worker ??= new Worker(workerEntry());
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        // Idle, it keeps no program from ending.
        worker.unref();
        settle();
      };
      const lost = (cause: string): void => {
        this.#worker = null;
        finish(() =>
          reject(refuseDesign('models-ended', 'The thread that proposes designs ended.', 'Start again.', { cause })),
        );
      };
      // Arithmetic listens to nobody: what is not wanted any more is ended with its thread.
      const onAbort = (): void => {
        this.#worker = null;
        finish(() => reject(cancelled('The design')));
        void worker.terminate();
      };
      const onMessage = (reply: ModelReply): void =>
        finish(() => ('answer' in reply ? resolve(reply.answer as Answer) : reject(new ArtificerError(reply.error))));
      const onError = (thrown: unknown): void => lost(thrown instanceof Error ? thrown.message : String(thrown));
      const onExit = (code: number): void => lost(`exit code ${code}`);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.ref();
      worker.postMessage(task);
    });
  }
}

/** Beside this file when run from source, beside the bundle or one level above its chunks when packaged. */
function workerEntry(from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL('./model-worker.ts', from);
  const beside = new URL('./design-model-worker.js', from);
  return existsSync(fileURLToPath(beside)) ? beside : new URL('../design-model-worker.js', from);
}
