/** The modeller's operations on histories: plain data in and out. */

import type { ModellingKernel } from '../modeller/occt.ts';
import { writeBrep } from '../modeller/occt.ts';
import type { EvaluatedBody, EvaluatedPart, EvaluateRequest, OutlineRequest } from '../port.ts';
import { buffersOf, type Operation, type Report } from '../workers/protocol.ts';
import type { CompleteKernelAnswer, CompleteKernelRequest } from './complete-kernel.ts';
import { Evaluator } from './evaluator.ts';
import type { BodyState } from './operation.ts';
import { outline } from './outline.ts';
import { Pictures } from './pictures/pictures.ts';
import { knownVolume } from './pictures/soundness.ts';
import { OPERATIONS } from './registry.ts';

export interface EvaluationArgument extends EvaluateRequest {
  /** What the complete kernel answered to what an evaluation before this one needed. */
  answers?: Record<string, CompleteKernelAnswer>;
}
export interface EvaluationAnswer extends EvaluatedPart {
  /** Nothing was evaluated: the complete kernel has to do this first. */
  needed?: CompleteKernelRequest;
}

export class PartEvaluation {
  readonly #kernel: ModellingKernel;
  readonly #evaluator: Evaluator;
  readonly #pictures: Pictures;

  constructor(kernel: ModellingKernel) {
    this.#kernel = kernel;
    this.#evaluator = new Evaluator(kernel, OPERATIONS);
    this.#pictures = new Pictures(kernel.oc, this.#evaluator.bodies.memory);
  }

  evaluate(request: EvaluationArgument, report: Report = () => {}): EvaluationAnswer {
    const begun = performance.now();
    const { bodies, outcomes, missing, needed } = this.#evaluator.evaluate(request, report);
    const seconds = { features: (performance.now() - begun) / 1000, describe: 0, tessellate: 0 };
    const answer: EvaluationAnswer = { bodies: [], outcomes, missing, seconds };
    if (needed) return { ...answer, needed };
    if (missing.length > 0) return answer;
    answer.bodies = bodies.map((body) => this.#answerOf(body, request, answer.seconds, report));
    return answer;
  }

  #answerOf(
    body: BodyState,
    { want }: EvaluateRequest,
    seconds: EvaluatedPart['seconds'],
    report: Report,
  ): EvaluatedBody {
    const { oc } = this.#kernel;
    const timed = <T>(what: 'describe' | 'tessellate', work: () => T): T => {
      const begun = performance.now();
      const made = work();
      seconds[what] += (performance.now() - begun) / 1000;
      return made;
    };
    const topology = this.#evaluator.bodies.topologyOf(body);
    const valid = this.#evaluator.bodies.isSound(body);
    const answer: EvaluatedBody = { name: body.name, volume_mm3: 0, valid };
    if (want.info === 'describe') {
      report('Describing bodies');
      answer.info = timed('describe', () => topology.info);
      answer.volume_mm3 = answer.info.mass.volume_mm3;
    } else answer.volume_mm3 = knownVolume(oc, this.#evaluator.bodies.memory, body.shape);
    const quality = want.tessellation ?? 'none';
    if (quality !== 'none') {
      report('Tessellating bodies');
      answer.tessellation = timed('tessellate', () => this.#pictures.tessellationOf(topology, quality));
    }
    if (want.brep) answer.brep = writeBrep(oc, body.shape);
    return answer;
  }

  dispose(): void {
    this.#evaluator.clear();
  }
}

export function evaluationOperations(kernel: ModellingKernel): Record<'evaluate' | 'outline', Operation> {
  let evaluation: PartEvaluation | undefined;
  return {
    evaluate: (request: EvaluationArgument, report: Report) => {
      evaluation ??= new PartEvaluation(kernel);
      const value = evaluation.evaluate(request, report);
      return {
        value,
        transfer: buffersOf([
          value.needed?.brep,
          ...value.bodies.flatMap(({ brep, tessellation }) => [brep, tessellation]),
        ]),
      };
    },
    outline: (request: OutlineRequest) => {
      const value = outline(kernel, request);
      return { value, transfer: buffersOf([value]) };
    },
  };
}
