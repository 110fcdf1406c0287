/** The data factory: designs of a specification are made and solved, two at a time, until all are there or the budget is used. */
import { availableParallelism, freemem } from 'node:os';
import { ArtificerError, decodeBundle, type JobContext } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics, type Physics, surfaceArrays } from '../../physics/index.ts';
import { packReferenceMesh } from '../library/reference-mesh.ts';
import { placeInThread } from '../model/training-thread.ts';
import type { SurrogateSpecification } from '../specification/read-specification.ts';
import type { DesignPlan, DesignSource } from './design-source.ts';
import { type ReferenceDesign, referenceDesign } from './reference-design.ts';
import { type DesignData, type Stopped, sampleDesigns } from './sample-designs.ts';
import { scriptedSource } from './scripted-source.ts';
import { type SolvedDesign, solveDesign } from './solve-design.ts';
import { type DataHead, DataStore, removeOrphans } from './store.ts';

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
  stopped?: Stopped;
  seconds: number;
}

/** What two solutions at once may need, bytes. */
const MEMORY_OF_TWO = 3 * 2 ** 30;

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
  const solver = { physics, source, plan, reference, threads: 1 };
  const { added, stopped } = await sampleDesigns(
    { plan, joined, lanes, data, started, place: placeInThread },
    (values, how) => solveDesign(solver, values, how, context),
    context,
  );
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
    added,
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
