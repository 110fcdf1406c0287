/** The data factory: designs of a specification are made and solved, two at a time, until all are there or the budget is used. */
import { availableParallelism, freemem } from 'node:os';
import { ArtificerError, decodeBundle, type JobContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics, type Physics, surfaceArrays } from '../../physics/index.ts';
import { packReferenceMesh } from '../library/reference-mesh.ts';
import { valuesAt } from '../sampling/design-space.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { hashOf, type SurrogateSpecification } from '../specification/read-specification.ts';
import type { DesignPlan, DesignSource } from './design-source.ts';
import { type ReferenceDesign, referenceDesign } from './reference-design.ts';
import { scriptedSource } from './scripted-source.ts';
import { type SolvedDesign, solveDesign } from './solve-design.ts';
import { type DataHead, DataStore, type DesignRecord, removeOrphans, type SolvedRecord } from './store.ts';

export interface DataOptions {
  /** Designs at once; two where the machine has the cores and the memory. */
  lanes?: number;
}

export interface DataReport {
  folder: string;
  dataHash: string;
  solved: { training: number; unseen: number };
  failed: {
    role: string;
    index: number;
    values: number[];
    stage: string;
    code: string;
    message: string;
    cause?: string;
  }[];
  /** Made by this call; the others were there already. */
  added: number;
  /** Why it ended before all designs were tried. */
  stopped?: 'solves' | 'minutes';
  seconds: number;
}

/** Seeds of the two kinds of designs differ, so that no design to judge by is one to learn from. */
const UNSEEN_SEED = 0x9e3779b9;
/** What two solutions at once may need, bytes. */
const MEMORY_OF_TWO = 3 * 2 ** 30;

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

/** Where designs are kept: a folder, or a project. */
export interface DesignData {
  readonly designs: readonly DesignRecord[];
  has(role: DesignRecord['role'], index: number): boolean;
  solved(role: DesignRecord['role']): SolvedRecord[];
  /** What the answers of all designs depend on. */
  hash(): string;
  add(design: DesignRecord, fields?: Uint8Array): Promise<void>;
}

export interface DesignFactory {
  physics: Physics;
  source: DesignSource;
  plan: DesignPlan;
  lanes: number;
  /** Designs to learn from beside those of the plan: their values. */
  joined?: readonly number[][];
  /** Opens the data of this head, or begins them. @param reference the reference design's points and elements, as a bundle */
  open(head: DataHead, reference: Uint8Array): Promise<DesignData>;
}

/** Two designs at once where the machine has the memory. */
export const lanesHere = (): number => (freemem() > MEMORY_OF_TWO ? 2 : 1);

/** @throws ArtificerError when cancelled; what was solved until then stays */
export async function makeData(
  specification: SurrogateSpecification,
  folder: string,
  context: JobContext,
  options: DataOptions = {},
): Promise<DataReport> {
  const lanes = options.lanes ?? lanesHere();
  const kernel = createKernel();
  const physics = createPhysics({ workers: lanes });
  try {
    const report = await makeDesigns(
      {
        physics,
        source: scriptedSource(kernel, specification),
        plan: specification,
        lanes,
        open: async (head, reference) => {
          const store = await DataStore.openFor(folder, head, reference);
          await removeOrphans(store);
          return store;
        },
      },
      context,
    );
    return { folder, ...report };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}

/** @throws ArtificerError when cancelled; what was solved until then stays */
export async function makeDesigns(factory: DesignFactory, context: JobContext): Promise<Omit<DataReport, 'folder'>> {
  const started = performance.now();
  const { physics, source, plan, lanes, joined = [] } = factory;
  const reference = await referenceDesign(physics, source, plan, context);
  const data = await factory.open(headOf(source, plan, reference), packReference(reference));
  const before = data.designs.length;
  const todo = [
    ...wantedDesigns(plan),
    ...joined.map(
      (values, k): Wanted => ({ role: 'training', index: FIRST_JOINED + k, values: [...values], ownMesh: false }),
    ),
  ].filter(({ role, index }) => !data.has(role, index));
  const total = todo.length;
  const { budget } = plan;
  let stopped: DataReport['stopped'];
  let taken = 0;
  const next = (): Wanted | undefined => {
    if (budget.solves !== undefined && taken >= budget.solves) stopped = 'solves';
    if (budget.minutes !== undefined && performance.now() - started > budget.minutes * 60_000) stopped = 'minutes';
    if (stopped && todo.length > 0) return undefined;
    taken++;
    return todo.shift();
  };
  const solver = { physics, source, plan, reference, threads: 1 };
  // Answers are written one after the other.
  let writing = Promise.resolve();
  const work = async (lane: number): Promise<void> => {
    for (let wanted = next(); wanted; wanted = next()) {
      context.signal.throwIfAborted();
      const { role, index, values, ownMesh } = wanted;
      const answer = await solveDesign(solver, values, { lane, ownMesh }, context);
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
  return {
    dataHash: data.hash(),
    solved: { training: data.solved('training').length, unseen: data.solved('unseen').length },
    failed: data.designs.flatMap((design) =>
      design.state === 'failed'
        ? [
            {
              role: design.role,
              index: design.index,
              values: design.values,
              stage: design.stage,
              code: design.error.code,
              message: design.error.message,
              ...(design.error.cause === undefined ? {} : { cause: design.error.cause }),
            },
          ]
        : [],
    ),
    added: data.designs.length - before,
    ...(stopped ? { stopped } : {}),
    seconds: (performance.now() - started) / 1000,
  };
}

/** One design by itself, on the mesh that all others are on. @throws ArtificerError why it cannot be made or solved */
export async function solveOneDesign(
  { physics, source, plan }: Pick<DesignFactory, 'physics' | 'source' | 'plan'>,
  values: readonly number[],
  context: JobContext,
): Promise<Omit<SolvedDesign, 'ownMesh'>> {
  const reference = await referenceDesign(physics, source, plan, context);
  context.progress('Solving the design', 0.5);
  const threads = availableParallelism();
  const answer = await solveDesign(
    { physics, source, plan, reference, threads },
    values,
    { lane: 0, ownMesh: false },
    context,
  );
  if (answer.state === 'failed') throw new ArtificerError(answer.error);
  return answer;
}

function headOf(source: DesignSource, plan: DesignPlan, reference: ReferenceDesign): DataHead {
  const { name, parameters, fields, seed } = plan;
  return {
    format: 'artificer-surrogate-data-1',
    name,
    part: source.part,
    studyType: source.study.study ?? 'static',
    partHash: source.partHash,
    studyHash: source.studyHash,
    referenceHash: reference.hash,
    parameters,
    quantities: reference.quantities.map((quantity) => ({ name: quantity.name, unit: quantity.unit })),
    fields,
    seed,
    points: reference.nodes.length / 3,
    faceNames: reference.faceNames,
    versions: { node: process.version },
  };
}

/** The reference design as models keep it: what fields are drawn on. */
function packReference({ mesh, made, nodes, elements, faceOfNode, faceNames }: ReferenceDesign): Uint8Array {
  const { arrays } = decodeBundle(mesh.bytes);
  const facets = arrays['facets'] as Int32Array;
  const facetFace = arrays['facetFace'] as Int32Array;
  const firstFace = made.infos.map((_, body) =>
    made.infos.slice(0, body).reduce((sum, { faces }) => sum + faces.length, 0),
  );
  return packReferenceMesh({
    nodes: Float32Array.from(nodes),
    elements,
    faceOfNode,
    faceNames,
    ...surfaceArrays({ nodes, facets, facetFace }, firstFace),
  });
}
