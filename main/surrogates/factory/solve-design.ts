/** One design: made, its mesh carried there, solved, and read at the points of the reference design. */
import {
  type BundleArray,
  decodeBundle,
  type ErrorData,
  encodeBundle,
  type JobContext,
  type SurrogateField,
  toErrorData,
} from '../../../preload/contract/index.ts';
import type { Physics, StudyOutcome } from '../../physics/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { FIELD_ARRAYS } from '../specification/quantities.ts';
import type { DesignPlan, DesignSource } from './design-source.ts';
import { pinReferences } from './pinned-references.ts';
import { type PointFields, type ReferenceDesign, readQuantity, singularQuantities } from './reference-design.ts';

export type Stage = 'make' | 'carry' | 'solve' | 'read';

export interface SolvedDesign {
  state: 'solved';
  /** In the order of the specification's quantities. */
  scalars: number[];
  /** `points` f64[3n] mm, and each field in single precision, as a bundle. */
  fields: Uint8Array;
  quality: number;
  warnings: string[];
  /** Solved on a mesh of its own too: how far that is from the solution on the carried mesh. */
  ownMesh?: OwnMeshCheck;
  seconds: Record<Stage, number>;
}
export interface OwnMeshCheck {
  /** In the order of the quantities; null where a mesh of its own has no such number. */
  scalars: (number | null)[];
  /** |carried - own| / |own| over all points inside both. */
  relativeL2: Partial<Record<SurrogateField, number>>;
}
export interface FailedDesign {
  state: 'failed';
  stage: Stage;
  error: ErrorData;
}

export interface DesignSolver {
  physics: Physics;
  source: DesignSource;
  plan: DesignPlan;
  reference: ReferenceDesign;
  /** Cores of one solution. */
  threads: number;
}

/** Never throws for a design that cannot be made or solved: that is an answer. @throws ArtificerError when cancelled */
export async function solveDesign(
  solver: DesignSolver,
  values: readonly number[],
  { lane, ownMesh }: { lane: number; ownMesh: boolean },
  context: JobContext,
): Promise<SolvedDesign | FailedDesign> {
  const { physics, source, plan, reference, threads } = solver;
  const quiet: JobContext = { signal: context.signal, progress: () => {} };
  const seconds: SolvedDesign['seconds'] = { make: 0, carry: 0, solve: 0, read: 0 };
  let stage: Stage = 'make';
  const timed = async <T>(name: Stage, work: () => Promise<T>): Promise<T> => {
    stage = name;
    const started = performance.now();
    try {
      return await work();
    } finally {
      seconds[name] += (performance.now() - started) / 1000;
    }
  };
  try {
    const made = await timed('make', () => source.make(values, lane, quiet));
    const carried = await timed('carry', () => physics.carryMesh(reference.mesh, reference.made, made, quiet));
    if (!carried.mesh)
      throw refuseSurrogate('not-carried', 'The reference mesh cannot be carried to this design.', undefined, {
        cause: carried.reason,
      });
    const study = pinReferences(reference.study, reference.made.infos, carried.infos);
    const request = {
      bodies: source.bodies(carried.infos),
      brep: made.brep,
      inputHash: source.studyHash,
      study,
      solver: { threads },
    };
    const outcome = await timed('solve', () => physics.solve({ ...request, readyMesh: carried.mesh }, quiet));
    stage = 'read';
    const points = decodeBundle(carried.mesh.bytes).arrays['nodes'] as Float64Array;
    const fields = pointFields(outcome);
    const scalars = reference.quantities.map((quantity) => readQuantity(quantity, outcome.summary, fields));
    const missing = scalars.findIndex((value) => !Number.isFinite(value));
    if (missing >= 0) throw refuseSurrogate('no-quantity', `The result has no "${plan.quantities[missing]}".`);
    const solved: SolvedDesign = {
      state: 'solved',
      scalars,
      fields: packFields(points, fields, plan.fields),
      quality: carried.minimumScaledJacobian,
      warnings: [
        ...outcome.summary.warnings.map(({ code }) => code),
        ...singularQuantities(reference.quantities, outcome.summary, fields, points),
      ],
      seconds,
    };
    if (!ownMesh) return solved;
    const own = await timed('solve', () =>
      physics.solve(
        {
          ...request,
          bodies: source.bodies(made.infos),
          study: pinReferences(reference.study, reference.made.infos, carried.infos),
        },
        quiet,
      ),
    );
    return { ...solved, ownMesh: await compareOwnMesh(solver, own, points, fields, quiet) };
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    return { state: 'failed', stage, error: toErrorData(thrown) };
  }
}

const pointFields = ({ fields }: StudyOutcome): PointFields => {
  const { arrays } = decodeBundle(fields);
  const pick = (name: string) => (arrays[name] ? { [name]: arrays[name] as Float32Array } : {});
  return { ...pick('displacement'), ...pick('vonMises'), ...pick('temperature') };
};

function packFields(points: Float64Array, fields: PointFields, wanted: readonly SurrogateField[]): Uint8Array {
  const arrays: Record<string, BundleArray> = { points };
  for (const field of wanted) {
    const values = fields[FIELD_ARRAYS[field].array as keyof PointFields];
    if (!values) throw refuseSurrogate('no-field', `The study has no ${field}.`);
    arrays[field] = values;
  }
  return encodeBundle({ meta: {}, arrays });
}

/** The fields of another mesh read at the carried points. */
async function compareOwnMesh(
  { physics, plan, reference }: DesignSolver,
  own: StudyOutcome,
  points: Float64Array,
  fields: PointFields,
  context: JobContext,
): Promise<OwnMeshCheck> {
  const places = Array.from({ length: points.length / 3 }, (_, i): [number, number, number] => [
    points[3 * i]!,
    points[3 * i + 1]!,
    points[3 * i + 2]!,
  ]);
  const answers = await physics.probe(own.fields, places, context);
  const read: PointFields = {
    displacement: new Float32Array(points.length),
    vonMises: new Float32Array(places.length),
    temperature: new Float32Array(places.length),
  };
  answers.forEach(({ values }, i) => {
    (['x', 'y', 'z'] as const).forEach((axis, k) => {
      read.displacement![3 * i + k] = values[`displacement.${axis}`] ?? Number.NaN;
    });
    read.vonMises![i] = values.von_mises ?? Number.NaN;
    read.temperature![i] = values.temperature ?? Number.NaN;
  });
  const relativeL2: OwnMeshCheck['relativeL2'] = {};
  for (const field of plan.fields) {
    const name = FIELD_ARRAYS[field].array as keyof PointFields;
    const [ours, theirs] = [fields[name]!, read[name]!];
    let difference = 0;
    let size = 0;
    ours.forEach((value, i) => {
      difference += (value - theirs[i]!) ** 2;
      size += theirs[i]! ** 2;
    });
    relativeL2[field] = Math.sqrt(difference / size);
  }
  const scalars = reference.quantities.map((quantity) => {
    const value = readQuantity(quantity, own.summary, read);
    return Number.isFinite(value) ? value : null;
  });
  return { scalars, relativeL2 };
}
