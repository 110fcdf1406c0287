/**
 * Statics with large displacements: the loads are raised in steps, and equilibrium is found on the deformed part. Forces,
 * tractions and gravity keep their direction and size (dead loads); pressures follow their faces unless the study says no.
 * Total Lagrangian: materials have their directions, and bonds their equations, where the parts lay before anything moved.
 */
import type { NonlinearOptions, NonlinearSolution } from '../../../../native/index.d.ts';
import type { ResultSummary } from '../../../../preload/contract/studies.ts';
import { blameConnections } from '../../connections/blame.ts';
import { type MeshSolution, meshPart, meshSolution } from '../../connections/extend-model.ts';
import { reportConnections } from '../../connections/report.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import { nodeCount } from '../../model/mesh.ts';
import { envelopeOf } from '../../results/envelope.ts';
import { packFrames, staticFrame } from '../../results/fields.ts';
import { safetyFactors, strengthsOf, summarise } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, deckMetaOf, packedMeshOf, refuseTooLarge, runNative } from '../analysis.ts';
import { envelopeFrame, frameOf, warningsOfAll } from '../static/case-frames.ts';
import { curvesOf, framesOf, packedFrame } from './frames.ts';
import { type BuiltPath, buildPaths } from './paths.ts';
import { refuseWhatIsMissing } from './refuse.ts';
import { nonlinearWarnings } from './warnings.ts';

/** Shares of the whole that the stages of a solution take on the progress bar. */
const SOLVE_FROM = 0.1;
const SOLVE_TO = 0.92;
/** Steps to begin with, where the study names none. */
const STEPS = 10;
/** Newton's method doubles its digits with every iteration: what static studies ask for costs one more. */
const TOLERANCE = 1e-7;

interface SolvedPath extends BuiltPath {
  /** Its nodal arrays, frames included, are those of the mesh alone. */
  steps: NonlinearSolution;
  /** The last state in the words of a linear solution. */
  solution: MeshSolution;
  safetyFactor: Float32Array | null;
}

export const nonlinearAnalysis: Analysis = async (input) => {
  const { task, core, mesh, progress } = input;
  refuseWhatIsMissing(task);
  const paths = buildPaths(input, task.study.largeDisplacement?.followerPressure !== false);
  refuseTooLarge(core.estimateNonlinearMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method), input);
  const strengths = strengthsOf(task.bodies);
  const solved: SolvedPath[] = [];
  for (const [index, path] of paths.entries()) {
    const share = (SOLVE_TO - SOLVE_FROM) / paths.length;
    const from = SOLVE_FROM + index * share;
    const steps = await raise(input, path, from, from + share, paths.length > 1 ? `${path.name}: ` : '');
    const solution = asStatic(steps, nodeCount(mesh));
    solved.push({
      ...path,
      steps: onMesh(steps, nodeCount(mesh)),
      solution,
      safetyFactor: safetyFactors(mesh, path.built.elementBody, strengths, solution),
    });
  }

  progress('Collecting results', SOLVE_TO);
  const summaries = solved.map((one) => summaryOf(input, one, strengths));
  const [first] = solved as [SolvedPath];
  const several = solved.length > 1;
  const states = [...first.steps.frames].reverse();
  const { probes } = task.study;
  const frames = several
    ? [...solved.map((one) => staticFrame(one.solution, one.safetyFactor)), envelopeOf(solved)]
    : [staticFrame(first.solution, first.safetyFactor), ...states.slice(1).map(packedFrame)];
  const fields = packFrames(
    {
      ...packedMeshOf(input, first.built.elementBody),
      elementError: first.steps.elementError,
      strengths,
    },
    frames,
    task.inputHash,
  );
  const pictures = solved.map((one, index) => frameOf(one, summaries[index]!));
  const summary: ResultSummary = {
    ...summaries[0]!,
    frames: several
      ? [...pictures, envelopeFrame(pictures)]
      : framesOf(mesh, first.built.elementBody, states, summaries[0]!, probes),
    curves: solved.flatMap(({ id, name, built, steps }) =>
      curvesOf(mesh, built.elementBody, steps, probes).map((curve) =>
        several ? { ...curve, id: `${curve.id}/${id}`, name: `${name}: ${curve.name}` } : curve,
      ),
    ),
    warnings: warningsOfAll(solved, summaries),
  };
  progress('Packing', 0.97);
  const cases = several
    ? solved.map(({ name, prescribed, model: { forces, temperatureChange, pressures } }) => ({
        name,
        prescribed,
        forces,
        temperatureChange,
        ...(pressures ? { pressures } : {}),
      }))
    : [];
  const deck = packDeck(first.model, { ...deckMetaOf(task), largeDisplacement: true }, cases);
  return { summary, fields, deck };
};

/** Puts on the loads of one path, between two fractions of the analysis. */
async function raise(
  input: AnalysisInput,
  { model, built }: BuiltPath,
  from: number,
  to: number,
  who: string,
): Promise<NonlinearSolution> {
  const { task, core, progress } = input;
  const solution = await runNative(input, from, to, ({ cancel }) =>
    core
      .solveNonlinear(model, {
        ...stepsOf(task.study.largeDisplacement?.steps ?? STEPS),
        method: task.solver.method,
        threads: task.solver.threads,
        tolerance: TOLERANCE,
        cancel,
        onProgress: ({ fraction, step, loadFactor, iteration, relativeResidual }) =>
          progress(
            who +
              (step === undefined
                ? 'Preparing load steps'
                : `Load step ${step}, to ${percent(loadFactor ?? 0)} of the load`),
            from + (to - from) * fraction,
            detailOf({ step, loadFactor, iteration, residual: relativeResidual }),
          ),
      })
      .catch(blameConnections(built.connections)),
  );
  if (solution.loadFactor === 0)
    throw refuseStudy(
      'no-load-step',
      `${who}Not even ${percent(stepsOf(STEPS).smallestStep!)} of the load could be put on. ${solution.explanation}`,
      'Check units and directions of the loads, and that nothing thin is held by an edge or a point only.',
    );
  return solution;
}

function asStatic(steps: NonlinearSolution, meshNodes: number): MeshSolution {
  return meshSolution(
    {
      ...steps,
      residualHistory: steps.attempts.at(-1)?.residual ?? new Float64Array(0),
      // Fields around neighbouring nodes are compared in linear solutions only: here each side of the elements' average counts.
      stressError: steps.stressSpread.map((spread) => spread / 2),
      seconds: { assemble: 0, factorise: 0, ...steps.seconds },
    },
    meshNodes,
  );
}

/** Without the nodes that only equations know. */
const onMesh = (steps: NonlinearSolution, meshNodes: number): NonlinearSolution => ({
  ...steps,
  frames: steps.frames.map((frame) => ({
    ...frame,
    displacement: meshPart(frame.displacement, meshNodes, 3),
    vonMises: meshPart(frame.vonMises, meshNodes, 1),
  })),
});

function summaryOf(
  { task, core, mesh, quality, warnings }: AnalysisInput,
  { built, steps, solution, safetyFactor, loads }: SolvedPath,
  strengths: ReturnType<typeof strengthsOf>,
): ResultSummary {
  const linear = summarise({
    inputHash: task.inputHash,
    mesh,
    order: task.order,
    bodies: task.bodies,
    // What is carried at the end, on the sides as they lie then: what the reactions balance.
    built: { ...built, model: { ...built.model, forces: steps.externalForces } },
    restraints: task.restraints,
    solution,
    quality,
    strengths,
    safetyFactor,
    probes: task.study.probes,
    warnings: [...task.warnings, ...warnings],
    solver: `Artificer ${core.version}`,
    meshSeconds: task.meshSeconds,
    totalSeconds: (Date.now() - task.startedAt) / 1000,
  });
  // Moments through bonds are taken about the middle of the faces where they have gone to.
  const moved = { ...mesh, nodes: mesh.nodes.map((x, dof) => x + solution.displacement[dof]!) };
  const joints = built.connections ? reportConnections(built.connections, moved, task.restraints, solution) : null;
  return {
    ...linear,
    ...(joints ? { connections: joints } : {}),
    warnings: nonlinearWarnings(linear.warnings, steps, loads, task.temperatureChange !== null),
  };
}

const percent = (factor: number): string => `${Number((100 * factor).toPrecision(3))} %`;

const detailOf = (values: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));

/** The steps to begin with; they may become twice as long, and a hundredth as long. */
export const stepsOf = (
  steps: number,
): Required<Pick<NonlinearOptions, 'firstStep' | 'largestStep' | 'smallestStep' | 'mostFrames'>> => ({
  firstStep: 1 / steps,
  largestStep: Math.min(1, 2 / steps),
  smallestStep: Math.min(1e-3, 0.1 / steps),
  mostFrames: Math.max(50, steps),
});
