/** Requirements asked of CalculiX on a mesh of Gmsh: another mesher and another solver, on the exported geometry. */
import {
  type BodyInfo,
  decodeBundle,
  encodeBundle,
  type JobContext,
  type Material,
  toErrorData,
} from '../../../preload/contract/index.ts';
import {
  calculixVersion,
  gmshReadyMesh,
  gmshVersion,
  type Physics,
  type ReadyMesh,
  type StudyOutcome,
  type StudyRequest,
} from '../../physics/index.ts';
import { pickedPlaces } from '../candidates/places.ts';
import { type AnsweredCase, readingsOf, worstOf } from '../candidates/readings.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { isOfCase, limitOf, marginOf, type Requirement } from '../requirements/requirement.ts';
import type { Evidence, SecondOpinion } from './evidence.ts';

/** Elements along a full circle of curvature; the fewer where bends and bores would make the mesh too large for CalculiX. */
const AROUND_CIRCLE = [16, 8, 5];
const MOST_NODES = 50_000;

export interface AskedCase {
  name: string;
  request: StudyRequest;
  /** Largest element edge. */
  size_mm: number;
}

/** Never throws for what another program cannot do: that is an answer. @throws ArtificerError when cancelled */
export async function secondOpinionOf(
  physics: Physics,
  cases: readonly AskedCase[],
  requirements: readonly Requirement[],
  ours: Pick<Evidence, 'requirements' | 'faces' | 'leaveOut_mm'>,
  material: Material,
  context: JobContext,
): Promise<SecondOpinion> {
  const [mesher, solver] = [gmshVersion(), calculixVersion()];
  const none = (unavailable: string): SecondOpinion => ({
    unavailable,
    mesher: mesher ?? 'none',
    solver: solver ?? 'none',
    requirements: [],
    meshes: [],
  });
  if (mesher === null || solver === null)
    return none(
      `${mesher === null ? 'Gmsh' : 'CalculiX'} is not installed; with both, the requirements are asked of them too.`,
    );
  const answers: AnsweredCase[] = [];
  const meshes: SecondOpinion['meshes'] = [];
  // Cases of one design are solved on one mesh.
  const meshed: ReadyMesh[] = [];
  try {
    for (const [index, { name, request, size_mm }] of cases.entries()) {
      context.progress(`Second opinion on ${name}`, index / cases.length);
      const quiet: JobContext = { signal: context.signal, progress: () => {} };
      const infos = request.bodies.map(({ info }) => info);
      const known = meshed.find((one) => one.size_mm === size_mm);
      const readyMesh = known ?? (await meshFor(request.brep, infos, size_mm, quiet));
      if (!known) meshed.push(readyMesh);
      const own = await physics.solve({ ...request, readyMesh }, quiet);
      if (!own.deck) return none(`A study of type ${request.study.study ?? 'static'} cannot be written as a deck.`);
      const theirs = await physics.secondOpinion(
        { deck: own.deck, fields: own.fields, summary: own.summary, inputHash: 'second opinion' },
        quiet,
      );
      answers.push({ name, type: request.study.study ?? 'static', outcome: withTheirs(own, theirs, material) });
      meshes.push({ case: name, nodes: own.summary.mesh.nodes, elements: own.summary.mesh.elements });
    }
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    const { message, cause } = toErrorData(thrown);
    return none(`${message}${cause ? ` (${cause.slice(0, 300)})` : ''}`);
  }
  const infos = cases[0]?.request.bodies.map(({ info }) => info) ?? [];
  return {
    unavailable: null,
    mesher: `Gmsh ${mesher}`,
    solver,
    meshes,
    requirements: requirements
      .filter(({ quantity }) => isOfCase(quantity))
      .map((requirement) => answered(requirement, answers, infos, ours, material)),
  };
}

async function meshFor(
  brep: Uint8Array,
  infos: readonly BodyInfo[],
  size_mm: number,
  context: JobContext,
): Promise<ReadyMesh> {
  let mesh: ReadyMesh | null = null;
  for (const aroundCircle of AROUND_CIRCLE) {
    mesh = await gmshReadyMesh(brep, infos, { size_mm, aroundCircle }, context);
    if ((decodeBundle(mesh.bytes).arrays['nodes']?.length ?? 0) <= 3 * MOST_NODES) break;
  }
  return mesh!;
}

/** Our result on that mesh with their numbers in place of ours, so that both are read in the same way. */
function withTheirs(
  own: StudyOutcome,
  theirs: Pick<StudyOutcome, 'summary' | 'fields'>,
  { properties }: Material,
): StudyOutcome {
  const bundle = decodeBundle(own.fields);
  const arrays = decodeBundle(theirs.fields).arrays;
  const merged = { ...bundle.arrays };
  for (const name of ['displacement', 'stress', 'vonMises', 'principal', 'temperature'])
    if (arrays[name] && merged[name]?.length === arrays[name].length) merged[name] = arrays[name];
  const stress = arrays['vonMises'];
  if (merged['safetyFactor'] && stress && properties.yield_MPa !== undefined)
    merged['safetyFactor'] = Float32Array.from(stress, (value) =>
      Math.min(1000, properties.yield_MPa! / Math.max(value, 1e-9)),
    );
  else delete merged['safetyFactor'];
  const comparison = theirs.summary.imported?.comparison ?? [];
  const numbered = (name: string): number[] =>
    comparison.filter(({ quantity }) => quantity.startsWith(name)).map((row) => row.theirs);
  const frequencies = numbered('frequency ');
  const factors = numbered('buckling factor ');
  return {
    deck: null,
    fields: encodeBundle({ meta: bundle.meta, arrays: merged }),
    summary: {
      ...own.summary,
      ...(own.summary.modes
        ? {
            modes: own.summary.modes
              .slice(0, frequencies.length)
              .map((mode, k) => ({ ...mode, frequency_Hz: frequencies[k]! })),
          }
        : {}),
      ...(own.summary.bucklingFactors ? { bucklingFactors: factors.map((factor) => ({ factor, residual: 0 })) } : {}),
      probes: [],
    },
  };
}

function answered(
  requirement: Requirement,
  cases: readonly AnsweredCase[],
  infos: readonly BodyInfo[],
  ours: Pick<Evidence, 'requirements' | 'faces' | 'leaveOut_mm'>,
  material: Material,
): SecondOpinion['requirements'][number] {
  const own = ours.requirements.find(({ text }) => text === requirement.text);
  const limit = limitOf(requirement, materialVariables(material));
  // Probes are points of our own result: another mesh has no node there.
  const readings =
    requirement.quantity.kind === 'probe'
      ? []
      : readingsOf(requirement, cases, infos, pickedPlaces(ours.faces), ours.leaveOut_mm).filter((one) => one !== null);
  const worst = worstOf(readings, requirement.comparison === '<=');
  const margin = worst && marginOf(requirement, worst.value, limit);
  return {
    text: requirement.text,
    value: worst?.value ?? null,
    unit: worst?.unit ?? own?.unit ?? '',
    margin,
    holds: margin === null ? null : margin >= 0,
    difference_percent: worst && own?.value ? (100 * (worst.value - own.value)) / Math.abs(own.value) : null,
  };
}
