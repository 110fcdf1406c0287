/** Which designs a plan wants, in which order they are solved, and where those that no plan names beforehand are placed. */
import type { JobContext } from '../../../preload/contract/index.ts';
import { valuesAt } from '../sampling/design-space.ts';
import type { PlacementQuestion } from '../sampling/least-sure.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { hashOf } from '../specification/read-specification.ts';
import type { DesignPlan } from './design-source.ts';
import type { FailedDesign, SolvedDesign } from './solve-design.ts';
import { type DesignRecord, ofRole, type SolvedRecord } from './store.ts';

/** Seeds of the two kinds of designs differ, so that no design to judge by is one to learn from. */
const UNSEEN_SEED = 0x9e3779b9;
/** Designs that join have places of their own in the sequence, so that the plan can be made longer. */
export const FIRST_JOINED = 1_000_000;

interface Wanted {
  role: DesignRecord['role'];
  index: number;
  values: number[];
  ownMesh: boolean;
}

/** Designs to learn from fill the ranges evenly (Sobol); those to judge by are chosen by chance alone. */
export function wantedDesigns(plan: DesignPlan): Wanted[] {
  const { parameters, designs, unseen, seed, ownMeshEvery } = plan;
  const training = sobolPoints(parameters.length, designs, seed);
  const judging = randomPoints(parameters.length, unseen, (seed ^ UNSEEN_SEED) >>> 0);
  return [
    ...training.map(
      (point, index): Wanted => ({ role: 'training', index, values: valuesAt(parameters, point), ownMesh: false }),
    ),
    ...judging.map(
      (point, index): Wanted => ({
        role: 'unseen',
        index,
        values: valuesAt(parameters, point),
        ownMesh: ownMeshEvery > 0 && index % ownMeshEvery === 0,
      }),
    ),
  ];
}

/** Designs of a batch that are placed at once, each with those before it in mind. */
const BATCH = 8;
/** Designs that are placed have an own range too: more of the even sequence can be asked for beside them. */
const FIRST_PLACED = 500_000;
/** So that no design is a candidate twice. */
const PLACING_SEED = 0x85ebca6b;

/**
 * The next designs where the model of those before is least sure. They follow from the plan and from what was tried before the
 * batch: a call that goes on after a kill finds the same again.
 */
function placementOf(plan: DesignPlan, data: DesignData, batch: number): PlacementQuestion {
  const first = FIRST_PLACED + batch * BATCH;
  return {
    parameters: plan.parameters,
    tried: ofRole(data.designs, 'training')
      .filter(({ index }) => index < first)
      .map((design) => ({ values: design.values, scalars: design.state === 'solved' ? design.scalars : null })),
    count: Math.min(BATCH, plan.adaptive - batch * BATCH),
    seed: ((plan.seed ^ PLACING_SEED) + batch) >>> 0,
  };
}

/** Where designs are kept: a folder, or a project. */
export interface DesignData {
  readonly designs: readonly DesignRecord[];
  has(role: DesignRecord['role'], index: number): boolean;
  solved(role: DesignRecord['role']): SolvedRecord[];
  /** What the answers of all designs depend on. */
  hash(): string;
  add(design: DesignRecord, fields?: Uint8Array): Promise<void>;
}

/** Why designs are left that were not tried. */
export type Stopped = 'solves' | 'minutes';

export interface Sampling {
  plan: DesignPlan;
  joined: readonly (readonly number[])[];
  lanes: number;
  data: DesignData;
  /** When the budget's minutes began, of `performance.now()`. */
  started: number;
  /** Answers where the next designs are to be. */
  place(question: PlacementQuestion, context: JobContext): Promise<number[][]>;
}

type SolveWanted = (
  values: readonly number[],
  how: { lane: number; ownMesh: boolean },
) => Promise<SolvedDesign | FailedDesign>;

/** Solves what the plan wants and the data do not have: the even sequence and what joined first, then batch by batch. */
export async function sampleDesigns(
  { plan, joined, lanes, data, started, place }: Sampling,
  solve: SolveWanted,
  context: JobContext,
): Promise<{ added: number; stopped?: Stopped }> {
  const { budget } = plan;
  const before = data.designs.length;
  const isMissing = ({ role, index }: Pick<Wanted, 'role' | 'index'>): boolean => !data.has(role, index);
  const even = [
    ...wantedDesigns(plan),
    ...joined.map(
      (values, k): Wanted => ({ role: 'training', index: FIRST_JOINED + k, values: [...values], ownMesh: false }),
    ),
  ].filter(isMissing);
  const placed = Array.from({ length: plan.adaptive }, (_, k) => ({
    role: 'training' as const,
    index: FIRST_PLACED + k,
  })).filter(isMissing);
  const total = even.length + placed.length;
  let stopped: Stopped | undefined;
  let taken = 0;
  // Answers are written one after the other.
  let writing = Promise.resolve();
  const solveAll = async (todo: Wanted[]): Promise<void> => {
    const next = (): Wanted | undefined => {
      if (todo.length === 0) return undefined;
      if (budget.solves !== undefined && taken >= budget.solves) stopped = 'solves';
      if (budget.minutes !== undefined && performance.now() - started > budget.minutes * 60_000) stopped = 'minutes';
      if (stopped) return undefined;
      taken++;
      return todo.shift();
    };
    const work = async (lane: number): Promise<void> => {
      for (let wanted = next(); wanted; wanted = next()) {
        context.signal.throwIfAborted();
        const { role, index, values, ownMesh } = wanted;
        const answer = await solve(values, { lane, ownMesh });
        writing = writing.then(async () => {
          if (answer.state === 'failed') {
            const { stage, error } = answer;
            await data.add({ role, index, values, state: 'failed', stage, error });
          } else {
            const { fields, ...rest } = answer;
            await data.add({ role, index, values, ...rest, fieldsHash: hashOf(fields) }, fields);
          }
        });
        await writing;
        const done = data.designs.length - before;
        const failed = data.designs.filter((design) => design.state === 'failed').length;
        context.progress(
          `Solving designs (${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''})`,
          total > 0 ? done / total : null,
        );
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
  };
  await solveAll(even);
  for (let batch = 0; batch * BATCH < plan.adaptive && !stopped; batch++) {
    const first = FIRST_PLACED + batch * BATCH;
    if (!placed.some(({ index }) => index >= first && index < first + BATCH)) continue;
    context.progress('Choosing designs where the model is least sure', total > 0 ? 1 - placed.length / total : null);
    const places = await place(placementOf(plan, data, batch), context);
    await solveAll(
      places
        .map((values, k): Wanted => ({ role: 'training', index: first + k, values, ownMesh: false }))
        .filter(isMissing),
    );
  }
  return { added: data.designs.length - before, ...(stopped ? { stopped } : {}) };
}
