/**
 * A part's history, evaluated step by step. Bodies flow through the steps that change them; every state is remembered under
 * a hash of all it was made from, so a change is evaluated from where it matters. A step that fails leaves the bodies as they
 * were, blocks what depends on it, and the others go on.
 */
import { createHash } from 'node:crypto';
import type { ErrorData } from '../../../preload/contract/errors.ts';
import type { Evaluated, Feature, FeatureOutcome } from '../../../preload/contract/index.ts';
import type { ModellingKernel } from '../modeller/occt.ts';
import type { EvaluateRequest, FeatureStep, Warning } from '../port.ts';
import { scoped } from '../scope.ts';
import { checkBodies } from './check.ts';
import {
  AnswerNeeded,
  type CompleteKernelAnswer,
  CompleteKernelAnswers,
  type CompleteKernelRequest,
} from './complete-kernel.ts';
import { idsIn } from './dependencies.ts';
import { featureFailure } from './failures.ts';
import type { BodyState, Dress, Frame, Operation, Operations, Tool } from './operation.ts';
import { planeOfDatum } from './operations/datum-plane.ts';
import { Bodies } from './scope/bodies.ts';
import { makeScope } from './scope/scope.ts';
import type { SketchResult } from './sketches/result.ts';
import { SketchUnsolved, solveSketch } from './sketches/solve.ts';

/** What a step answered, without its bodies. */
interface Answer {
  error?: ErrorData;
  warnings: Warning[];
  sketch?: SketchResult;
  datum?: Frame;
  tools?: Tool[];
  dresses?: Dress[];
  /** What the step was, where it made or changed bodies. */
  feature?: Evaluated<Feature>;
}
interface Entry extends Answer {
  /** Absent for steps that leave the bodies alone. */
  bodies?: BodyState[];
}

export interface EvaluatedHistory {
  bodies: readonly BodyState[];
  outcomes: FeatureOutcome[];
  missing: string[];
  /** The complete kernel has to do this first: the history was evaluated only up to the step that needs it. */
  needed?: CompleteKernelRequest;
}

/** States that are remembered at most, over all parts. */
const MOST_STATES = 600;

export class Evaluator {
  readonly #kernel: ModellingKernel;
  readonly #operations: Operations;
  /** In order of use, the oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #answers = new CompleteKernelAnswers();
  readonly bodies: Bodies;

  constructor(kernel: ModellingKernel, operations: Operations) {
    this.#kernel = kernel;
    this.#operations = operations;
    this.bodies = new Bodies(kernel.oc);
  }

  evaluate(
    request: Pick<EvaluateRequest, 'steps' | 'imports'> & { answers?: Record<string, CompleteKernelAnswer> },
    report: (stage: string, fraction: number) => void = () => {},
  ): EvaluatedHistory {
    this.#answers.learn(request.answers ?? {});
    this.bodies.memory.nextGeneration();
    try {
      return this.#evaluate(request, report);
    } catch (thrown) {
      if (thrown instanceof AnswerNeeded) return { bodies: [], outcomes: [], missing: [], needed: thrown.request };
      throw thrown;
    }
  }

  #evaluate(
    request: Pick<EvaluateRequest, 'steps' | 'imports'>,
    report: (stage: string, fraction: number) => void,
  ): EvaluatedHistory {
    const outcomes: FeatureOutcome[] = [];
    const unavailable = new Map<string, string>();
    const answers = new Map<string, Answer>();
    let state: { key: string; bodies: readonly BodyState[] } = { key: '', bodies: [] };
    const used: string[] = [];
    const missing: string[] = [];
    request.steps.forEach((step, index) => {
      const begun = performance.now();
      const done = (
        rest: Omit<FeatureOutcome, 'id' | 'name' | 'seconds' | 'warnings' | 'reused'> & Partial<FeatureOutcome>,
      ): void => {
        outcomes.push({
          id: step.id,
          name: step.name,
          warnings: [],
          reused: false,
          seconds: (performance.now() - begun) / 1000,
          ...rest,
        });
      };
      const fail = (state: 'failed' | 'blocked', error: ErrorData): void => {
        unavailable.set(step.id, state);
        done({ state, error: { ...error, recordId: step.id } });
      };
      if (step.suppressed) {
        unavailable.set(step.id, 'suppressed');
        done({ state: 'suppressed' });
        return;
      }
      if (step.error) {
        fail('failed', step.error);
        return;
      }
      const blocker = [...idsIn(step.feature)].find((id) => id !== step.id && unavailable.has(id));
      if (blocker) {
        fail('blocked', blockedBy(request.steps, blocker, unavailable.get(blocker)!));
        return;
      }
      report(step.name, index / request.steps.length);
      const key = this.#keyOf(step, state.key, answers, request.imports);
      const known = this.#entries.get(key);
      if (!known && step.feature.kind === 'import') {
        const lacking = (request.imports[step.id] ?? []).filter(({ brep }) => !brep).map(({ hash }) => hash);
        missing.push(...lacking);
        if (lacking.length > 0) unavailable.set(step.id, 'missing');
      }
      if (missing.length > 0) return;
      const entry = known ?? this.#run(step, state.bodies, answers, request.imports);
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      used.push(key);
      answers.set(step.id, entry);
      if (entry.error) {
        fail('failed', entry.error);
        Object.assign(outcomes.at(-1)!, {
          warnings: entry.warnings,
          reused: known !== undefined,
          ...(entry.sketch ? { sketch: entry.sketch.solution } : {}),
        });
        return;
      }
      if (entry.bodies) state = { key, bodies: entry.bodies };
      done({
        state: 'ok',
        warnings: entry.warnings,
        reused: known !== undefined,
        ...(entry.sketch ? { sketch: entry.sketch.solution } : {}),
      });
    });
    if (missing.length > 0) return { bodies: [], outcomes: [], missing: [...new Set(missing)] };
    this.#forgetOld(new Set(used));
    this.#tellWhatWasMade(outcomes, state.bodies);
    return { bodies: state.bodies, outcomes, missing };
  }

  #keyOf(
    step: FeatureStep,
    stateKey: string,
    answers: ReadonlyMap<string, Answer>,
    imports: EvaluateRequest['imports'],
  ): string {
    const { feature } = step;
    const hash = createHash('sha256').update(JSON.stringify([step.id, feature]));
    // Sketches and planes that stand on nothing of the body do not care what it is.
    const standsAlone = (feature.kind === 'sketch' || feature.kind === 'datum-plane') && !looksAtBodies(feature);
    hash.update(standsAlone ? 'alone' : stateKey);
    for (const id of [...idsIn(feature)].sort()) {
      const answer = answers.get(id);
      if (answer?.sketch) hash.update(JSON.stringify([id, answer.sketch.frame, answer.sketch.entities]));
      if (answer?.datum) hash.update(JSON.stringify([id, answer.datum]));
    }
    if (feature.kind === 'import') hash.update(JSON.stringify((imports[step.id] ?? []).map((body) => body.hash)));
    return hash.digest('hex');
  }

  #run(
    step: FeatureStep,
    states: readonly BodyState[],
    answers: ReadonlyMap<string, Answer>,
    imports: EvaluateRequest['imports'],
  ): Entry {
    const warnings: Warning[] = [];
    const tools: Tool[] = [];
    const dresses: Dress[] = [];
    const onTheWay = new Set<BodyState>();
    let made: BodyState[] = [];
    const { oc } = this.#kernel;
    try {
      return scoped((own): Entry => {
        const scope = makeScope({
          oc,
          own,
          id: step.id,
          states,
          bodies: this.bodies,
          earlier: {
            sketch: (id) => answers.get(id)?.sketch,
            datum: (id) => answers.get(id)?.datum,
            feature: (id) => answers.get(id)?.feature,
            repeatable: (id) => {
              const answer = answers.get(id);
              return answer && { tools: answer.tools ?? [], dresses: answer.dresses ?? [] };
            },
          },
          answers: this.#answers,
          imported: (id) => (imports[id] ?? []).flatMap(({ brep }) => brep ?? []),
          warn: (warning) => warnings.push(warning),
          rememberDress: (dress) => dresses.push(dress),
          onTheWay,
          rememberTool: (tool) => tools.push({ ...tool, shape: tool.shape.Oriented(tool.shape.Orientation()) }),
        });
        const { feature } = step;
        if (feature.kind === 'sketch')
          return { warnings, sketch: solveSketch(feature, this.#kernel.sketchSolver, scope) };
        if (feature.kind === 'datum-plane') return { warnings, datum: planeOfDatum(feature, scope) };
        const operation = this.#operations[feature.kind] as Operation<typeof feature.kind> | undefined;
        if (!operation) throw new Error(`no operation for ${feature.kind}`);
        made = operation(feature as never, scope);
        checkBodies(oc, this.bodies, made, states, feature.kind === 'import', (warning) => warnings.push(warning));
        this.bodies.hold(made);
        return { warnings, bodies: made, tools, dresses, feature };
      });
    } catch (thrown) {
      for (const tool of tools) tool.shape.delete();
      for (const body of made) if (!states.includes(body)) onTheWay.add(body);
      if (thrown instanceof AnswerNeeded) throw thrown;
      const error = featureFailure(thrown, step, (each) => this.#kernel.describeFailure(each));
      return { warnings, error, ...(thrown instanceof SketchUnsolved ? { sketch: thrown.sketch } : {}) };
    } finally {
      this.bodies.drop(onTheWay);
    }
  }

  #forgetOld(used: ReadonlySet<string>): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= MOST_STATES) return;
      if (used.has(key)) continue;
      this.#entries.delete(key);
      this.#free(entry);
    }
  }

  #free(entry: Entry): void {
    if (entry.bodies) this.bodies.release(entry.bodies);
    for (const tool of entry.tools ?? []) tool.shape.delete();
  }

  /** Forgets everything. */
  clear(): void {
    for (const entry of this.#entries.values()) this.#free(entry);
    this.#entries.clear();
    this.bodies.memory.forget();
  }

  #tellWhatWasMade(outcomes: FeatureOutcome[], bodies: readonly BodyState[]): void {
    const made = new Map<string, Set<string>>();
    for (const { faceNames } of bodies)
      for (const name of faceNames.flat()) {
        const id = name.slice(0, name.indexOf('/'));
        const names = made.get(id) ?? new Set();
        made.set(id, names.add(name));
      }
    for (const outcome of outcomes) {
      const names = made.get(outcome.id);
      if (outcome.state === 'ok' && names) outcome.made = [...names].sort();
    }
  }
}

/** Whether a plane or a sketch refers to topology. */
const looksAtBodies = (feature: Evaluated<Feature>): boolean =>
  JSON.stringify(feature).includes('"by":"face"') ||
  JSON.stringify(feature).includes('"from":') ||
  JSON.stringify(feature).includes('"by":"edge"');

function blockedBy(steps: readonly FeatureStep[], id: string, state: string): ErrorData {
  const name = steps.find((step) => step.id === id)?.name ?? id;
  return {
    code: 'feature.blocked',
    category: 'refused',
    message: `It depends on "${name}", which ${state === 'suppressed' ? 'is suppressed' : state === 'failed' ? 'failed' : 'is blocked itself'}.`,
    hint: state === 'suppressed' ? `Unsuppress "${name}", or refer to something else.` : `Repair "${name}" first.`,
    details: { blockedBy: id },
  };
}
