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
  type StudyOutcome,
  type StudyRequest,
} from '../../physics/index.ts';
import { readDesignQuantity } from '../candidates/read-quantity.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { isOfCase, limitOf, marginOf, type Requirement, studiesWith } from '../requirements/requirement.ts';
import type { Evidence, SecondOpinion } from './evidence.ts';

/** Elements along a full circle of curvature. */
const AROUND_CIRCLE = 20;

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
  const answers = new Map<string, StudyOutcome>();
  const meshes: SecondOpinion['meshes'] = [];
  try {
    for (const [index, { name, request, size_mm }] of cases.entries()) {
      context.progress(`Second opinion on ${name}`, index / cases.length);
      const quiet: JobContext = { signal: context.signal, progress: () => {} };
      const infos = request.bodies.map(({ info }) => info);
      const readyMesh = await gmshReadyMesh(request.brep, infos, { size_mm, aroundCircle: AROUND_CIRCLE }, quiet);
      const own = await physics.solve({ ...request, readyMesh }, quiet);
      if (!own.deck) return none(`A study of type ${request.study.study ?? 'static'} cannot be written as a deck.`);
      const theirs = await physics.secondOpinion(
        { deck: own.deck, fields: own.fields, summary: own.summary, inputHash: 'second opinion' },
        quiet,
      );
      answers.set(name, withTheirs(own, theirs, material));
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
      .map((requirement) => answered(requirement, answers, cases, infos, ours, material)),
  };
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
  answers: ReadonlyMap<string, StudyOutcome>,
  cases: readonly AskedCase[],
  infos: readonly BodyInfo[],
  ours: Pick<Evidence, 'requirements' | 'faces' | 'leaveOut_mm'>,
  material: Material,
): SecondOpinion['requirements'][number] {
  const own = ours.requirements.find(({ text }) => text === requirement.text);
  const limit = limitOf(requirement, materialVariables(material));
  let worst: { value: number; unit: string; margin: number } | null = null;
  for (const { name, request } of cases) {
    const about =
      requirement.case === undefined
        ? studiesWith(requirement.quantity).includes(request.study.study ?? 'static')
        : requirement.case === name;
    const answer = answers.get(name);
    // Probes are points of our own result: another mesh has no node there.
    if (!about || !answer || requirement.quantity.kind === 'probe') continue;
    const found = readDesignQuantity(
      requirement.quantity,
      answer,
      infos,
      (on) => ours.faces[on] ?? [{ by: 'selector', selector: on }],
      ours.leaveOut_mm,
    );
    if (!found) continue;
    const margin = marginOf(requirement, found.value, limit);
    if (!worst || margin < worst.margin) worst = { value: found.value, unit: found.unit, margin };
  }
  return {
    text: requirement.text,
    value: worst?.value ?? null,
    unit: worst?.unit ?? own?.unit ?? '',
    margin: worst?.margin ?? null,
    holds: worst ? worst.margin >= 0 : null,
    difference_percent: worst && own?.value ? (100 * (worst.value - own.value)) / Math.abs(own.value) : null,
  };
}
