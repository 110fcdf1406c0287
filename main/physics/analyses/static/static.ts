/** Linear statics: solutions of small displacements, one a load case, from the checked mesh to the packed result. */
import type { ResultSummary } from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import { envelopeOf } from '../../results/envelope.ts';
import { packFrames, staticFrame } from '../../results/fields.ts';
import { singularPlaces } from '../../results/singularities.ts';
import { safetyFactors, strengthsOf, summarise } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, deckMetaOf, packedMeshOf } from '../analysis.ts';
import { nonlinearAnalysis } from '../nonlinear/nonlinear.ts';
import { envelopeFrame, frameOf, warningsOfAll } from './case-frames.ts';
import { SOLVE_TO, type SolvedCase, solveCases } from './solve-cases.ts';

export const staticAnalysis: Analysis = async (input) => {
  const { task, mesh, progress } = input;
  refuseWhatIsMissing(task);
  if (task.study.largeDisplacement) return nonlinearAnalysis(input);
  const solved = await solveCases(input);

  progress('Collecting results', SOLVE_TO);
  const strengths = strengthsOf(task.bodies);
  const frames = solved.map((one) => ({
    ...one,
    safetyFactor: safetyFactors(mesh, one.built.elementBody, strengths, one.solution),
  }));
  const summaries = frames.map((one) => summaryOf(input, one, strengths, one.safetyFactor));
  const named = solved.length > 1 || solved[0]!.id !== null;
  const enveloped = solved.length > 1;
  const { built, solution } = solved[0]!;
  const fields = packFrames(
    {
      ...packedMeshOf(input, built.elementBody),
      elementError: solution.elementError,
      strengths,
      singularNodes: singularNodesOf(input, solved),
    },
    [...frames.map((one) => staticFrame(one.solution, one.safetyFactor)), ...(enveloped ? [envelopeOf(frames)] : [])],
    task.inputHash,
  );
  const pictures = summaries.map((summary, index) => frameOf(solved[index]!, summary));
  const summary: ResultSummary = {
    ...summaries[0]!,
    ...(named ? { frames: enveloped ? [...pictures, envelopeFrame(pictures)] : pictures } : {}),
    ...(solved[0]!.acceleration ? { inertiaRelief: solved[0]!.acceleration } : {}),
    warnings: warningsOfAll(solved, summaries),
  };
  progress('Packing', 0.97);
  const cases = enveloped
    ? solved.map(({ name, prescribed, built: { model } }) => ({
        name,
        prescribed,
        forces: model.forces,
        temperatureChange: model.temperatureChange,
      }))
    : [];
  const deck = packDeck(built.model, deckMetaOf(task), cases);
  return { summary, fields, deck };
};

/** Nodes on sharp inner edges, rims of clamps, loaded points and edges: in any of the cases. */
export function singularNodesOf(
  { mesh, task }: Pick<AnalysisInput, 'mesh'> & { task: Pick<AnalysisInput['task'], 'restraints'> },
  solved: readonly Pick<SolvedCase, 'built'>[],
): number[] {
  const { restraints, connections } = solved[0]!.built;
  const { conditions, nodesOf } = restraints;
  const concentrated = solved.flatMap(({ built }) => built.loads.concentrated);
  const places = singularPlaces(mesh, concentrated, task.restraints, conditions, nodesOf, connections?.bonds);
  return [...new Set(places.flatMap(({ nodes }) => nodes))];
}

/** What the numbers of a case are made from, whether of a study or of its preview. */
type SummaryInput = Pick<AnalysisInput, 'core' | 'mesh' | 'quality' | 'warnings'> & {
  task: Pick<
    AnalysisInput['task'],
    'inputHash' | 'order' | 'bodies' | 'restraints' | 'study' | 'warnings' | 'meshSeconds' | 'startedAt'
  >;
};

export function summaryOf(
  input: SummaryInput,
  { built, solution }: SolvedCase,
  strengths: ReturnType<typeof strengthsOf>,
  safetyFactor: Float32Array | null,
): ResultSummary {
  const { task, core, mesh, quality } = input;
  return summarise({
    inputHash: task.inputHash,
    mesh,
    order: task.order,
    bodies: task.bodies,
    built,
    restraints: task.restraints,
    solution,
    quality,
    strengths,
    safetyFactor,
    probes: task.study.probes,
    warnings: [...task.warnings, ...input.warnings],
    solver: `Artificer ${core.version}`,
    meshSeconds: task.meshSeconds,
    totalSeconds: (Date.now() - task.startedAt) / 1000,
  });
}

/** What a study may ask for already and statics does not do yet must never be left out in silence. */
function refuseWhatIsMissing({ study, temperatures }: AnalysisInput['task']): void {
  const large = study.largeDisplacement !== undefined;
  const missing: [boolean, string][] = [
    [large && study.inertiaRelief === true, 'large displacements and inertia relief'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
  ];
  const found = missing.find(([asked]) => asked);
  if (found) throw refuseStudy('not-yet', `Static studies with ${found[1]} cannot be solved yet.`, 'Leave them out.');
}
