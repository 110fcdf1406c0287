/**
 * Work that only the complete build of the kernel can do. It lives in another thread, so an operation that needs it asks:
 * without an answer the evaluation stops there and hands the request out; whoever ran it gets the answer from the reader and
 * evaluates again. What was made until then is remembered, and an evaluation stays a pure function of what it is given.
 */
import { createHash } from 'node:crypto';
import { ArtificerError, type ErrorData } from '../../../preload/contract/errors.ts';
import { type Occt, readBrep, writeBrep } from '../modeller/occt.ts';
import { mapShapes } from '../modeller/topology.ts';
import type { Own } from '../scope.ts';
import type { NamedShape } from './naming/follow.ts';
import { nameTheRest } from './naming/follow.ts';
import { mergedNames } from './naming/names.ts';

export interface CompleteKernelRequest {
  /** Hash of the rest. */
  key: string;
  /** `BinTools` bytes of one body. */
  brep: Uint8Array;
  /** Indices of the faces to remove. */
  faces: number[];
}
export type CompleteKernelAnswer =
  /** For every face as it was, the faces that it has become. */
  { brep: Uint8Array; becomes: number[][] } | { error: ErrorData };

/** Not an error: passes through an operation to the evaluation, which stops. */
export class AnswerNeeded extends Error {
  readonly request: CompleteKernelRequest;
  constructor(request: CompleteKernelRequest) {
    super('work for the complete kernel');
    this.request = request;
  }
}

/** Answers that are remembered at most. */
const MOST_ANSWERS = 32;

export class CompleteKernelAnswers {
  readonly #answers = new Map<string, CompleteKernelAnswer>();

  learn(answers: Record<string, CompleteKernelAnswer>): void {
    for (const [key, answer] of Object.entries(answers)) this.#answers.set(key, answer);
    for (const key of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS) break;
      this.#answers.delete(key);
    }
  }

  /**
   * The body without these faces, its gaps healed; what is left keeps its names. The shape belongs to the scope.
   *
   * @throws AnswerNeeded while nobody has done it
   * @throws ArtificerError `direct.not-removable`
   */
  defeature(kernel: { oc: Occt; own: Own; id: string }, body: NamedShape, faces: readonly number[]): NamedShape {
    const { oc, own } = kernel;
    const brep = writeBrep(oc, body.shape);
    const wanted = [...new Set(faces)].sort((a, b) => a - b);
    const key = createHash('sha256').update(JSON.stringify(wanted)).update(brep).digest('hex');
    const answer = this.#answers.get(key);
    if (!answer) throw new AnswerNeeded({ key, brep, faces: wanted });
    if ('error' in answer) throw new ArtificerError(answer.error);
    const shape = readBrep(oc, own, answer.brep);
    const found = mapShapes(oc, own, shape, 'FACE');
    const names: string[][] = found.shapes.map(() => []);
    answer.becomes.forEach((images, index) => {
      for (const image of images)
        if (names[image]) names[image] = mergedNames(names[image], body.faceNames[index] ?? []);
    });
    return { shape, faceNames: nameTheRest(oc, own, kernel.id, shape, found, names) };
  }
}
