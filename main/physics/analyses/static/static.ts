/** Linear statics: one solution of small displacements, from the checked mesh to the packed result. */

import { blameConnections } from '../../connections/blame.ts';
import { type MeshSolution, meshSolution } from '../../connections/extend-model.ts';
import { tightenBolts } from '../../connections/tighten.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import { type BuiltModel, buildModel } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import { packFrames, staticFrame } from '../../results/fields.ts';
import { safetyFactors, strengthsOf, summarise } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, refuseTooLarge, runNative } from '../analysis.ts';
import { nonlinearAnalysis } from '../nonlinear/nonlinear.ts';

/** Shares of the whole that the stages of a solution take on the progress bar. */
const SOLVE_FROM = 0.15;
const SOLVE_TO = 0.9;

export const staticAnalysis: Analysis = async (input) => {
  const { task, core, mesh, quality, progress } = input;
  if (task.study.largeDisplacement) return nonlinearAnalysis(input);
  refuseWhatIsMissing(task);
  const { built, solution } = await solveLinear(input);

  progress('Collecting results', SOLVE_TO);
  const strengths = strengthsOf(task.bodies);
  const safetyFactor = safetyFactors(mesh, built.elementBody, strengths, solution);
  const fields = packFrames(
    {
      mesh,
      elementBody: built.elementBody,
      quality: quality.scaledJacobian,
      firstFace: task.bodies.map((body) => body.firstFace),
      elementError: solution.elementError,
      strengths,
    },
    [staticFrame(solution, safetyFactor)],
    task.inputHash,
  );
  const summary = summarise({
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
  progress('Packing', 0.97);
  const deck = packDeck(built.model, {
    inputHash: task.inputHash,
    title: task.title,
    bodies: task.bodies.map((body) => ({ name: body.name, material: body.material.name })),
  });
  return { summary, fields, deck };
};

/** What a study may ask for already and statics does not do yet must never be left out in silence. */
function refuseWhatIsMissing({ study, bodies, temperatures }: AnalysisInput['task']): void {
  const missing: [boolean, string][] = [
    [(study.cases ?? []).length > 0, 'load cases'],
    [study.inertiaRelief === true, 'inertia relief'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
    [bodies.some(({ material }) => material.properties.orthotropic !== undefined), 'orthotropic materials'],
    [
      bodies.some(({ material }) => material.properties.tables !== undefined),
      'properties that change with temperature',
    ],
  ];
  const found = missing.find(([asked]) => asked);
  if (found) throw refuseStudy('not-yet', `Static studies with ${found[1]} cannot be solved yet.`, 'Leave them out.');
}

/** Builds the model of the task's restraints and loads and solves it. */
export async function solveLinear(
  input: Pick<AnalysisInput, 'core' | 'mesh' | 'state' | 'progress'> & {
    task: Pick<
      AnalysisInput['task'],
      'bodies' | 'restraints' | 'loads' | 'connections' | 'temperatureChange' | 'solver' | 'memoryLimit_bytes'
    >;
  },
): Promise<{ built: BuiltModel; solution: MeshSolution }> {
  const { task, core, mesh } = input;
  const built = buildModel(mesh, task.bodies, task.restraints, task.loads, task.temperatureChange, task.connections);
  refuseTooLarge(core.estimateMemory(nodeCount(mesh), mesh.elements.length / 10, task.solver.method), input);
  input.progress('Assembling', SOLVE_FROM);
  await tightenBolts(built.model, built.connections, (model) =>
    runNative(input, SOLVE_FROM, SOLVE_FROM, (options) => core.solveStatic(model, { ...task.solver, ...options })),
  );
  const solution = await runNative(input, SOLVE_FROM, SOLVE_TO, (options) =>
    core.solveStatic(built.model, { ...task.solver, ...options }).catch(blameConnections(built.connections)),
  );
  return { built, solution: meshSolution(solution, nodeCount(mesh)) };
}
