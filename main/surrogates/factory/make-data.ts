/** The data factory: designs of a specification are made and solved, two at a time, until all are there or the budget is used. */
import { freemem } from 'node:os';
import { encodeBundle, type JobContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { valuesAt } from '../sampling/design-space.ts';
import { randomPoints, sobolPoints } from '../sampling/sobol.ts';
import { hashOf, type SurrogateSpecification } from '../specification/read-specification.ts';
import { type ReferenceDesign, referenceDesign } from './reference-design.ts';
import { solveDesign } from './solve-design.ts';
import { type DataHead, DataStore, type DesignRecord, removeOrphans } from './store.ts';

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

interface Wanted {
  role: DesignRecord['role'];
  index: number;
  values: number[];
  ownMesh: boolean;
}

/** Designs to learn from fill the ranges evenly (Sobol); those to judge by are chosen by chance alone. */
export function wantedDesigns(specification: SurrogateSpecification): Wanted[] {
  const { parameters, designs, unseen, seed, ownMeshEvery } = specification;
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

/** @throws ArtificerError when cancelled; what was solved until then stays */
export async function makeData(
  specification: SurrogateSpecification,
  folder: string,
  context: JobContext,
  options: DataOptions = {},
): Promise<DataReport> {
  const started = performance.now();
  const lanes = options.lanes ?? (freemem() > MEMORY_OF_TWO ? 2 : 1);
  const kernel = createKernel();
  const physics = createPhysics({ workers: lanes });
  try {
    const reference = await referenceDesign(kernel, physics, specification, context);
    const store = await DataStore.openFor(folder, headOf(specification, reference), packReference(reference));
    await removeOrphans(store);
    const before = store.designs.length;
    const todo = wantedDesigns(specification).filter(({ role, index }) => !store.has(role, index));
    const total = todo.length;
    const { budget } = specification;
    let stopped: DataReport['stopped'];
    let taken = 0;
    const next = (): Wanted | undefined => {
      if (budget.solves !== undefined && taken >= budget.solves) stopped = 'solves';
      if (budget.minutes !== undefined && performance.now() - started > budget.minutes * 60_000) stopped = 'minutes';
      if (stopped && todo.length > 0) return undefined;
      taken++;
      return todo.shift();
    };
    const solver = { kernel, physics, specification, reference, threads: 1 };
    // Answers are written one after the other.
    let writing = Promise.resolve();
    const work = async (lane: number): Promise<void> => {
      for (let wanted = next(); wanted; wanted = next()) {
        context.signal.throwIfAborted();
        const { role, index, values, ownMesh } = wanted;
        const answer = await solveDesign(solver, values, { lane, ownMesh }, context);
        const failed = store.designs.filter((design) => design.state === 'failed').length;
        context.progress(
          `Solving designs (${store.designs.length - before + 1} of ${total}${failed > 0 ? `, ${failed} failed` : ''})`,
          (store.designs.length - before + 1) / total,
        );
        writing = writing.then(async () => {
          if (answer.state === 'failed') {
            const { stage, error } = answer;
            await store.add({ role, index, values, state: 'failed', stage, error });
          } else {
            const { fields, ...rest } = answer;
            await store.add({ role, index, values, ...rest, fieldsHash: hashOf(fields) }, fields);
          }
        });
        await writing;
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
    return {
      folder,
      dataHash: store.hash(),
      solved: { training: store.solved('training').length, unseen: store.solved('unseen').length },
      failed: store.designs.flatMap((design) =>
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
      added: store.designs.length - before,
      ...(stopped ? { stopped } : {}),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}

function headOf(specification: SurrogateSpecification, reference: ReferenceDesign): DataHead {
  const { name, part, study, partHash, studyHash, parameters, fields, seed } = specification;
  return {
    format: 'artificer-surrogate-data-1',
    name,
    part: part.key,
    studyType: study.study.study,
    partHash,
    studyHash,
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

const packReference = ({ nodes, elements, faceOfNode }: ReferenceDesign): Uint8Array =>
  encodeBundle({ meta: {}, arrays: { nodes, elements, faceOfNode } });
