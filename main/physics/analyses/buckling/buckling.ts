/** Linear buckling: by what the loads may be multiplied before the part gives way sideways. */
import type { BucklingSolution, StaticSolution } from '../../../../native/index.d.ts';
import type { ResultFrame, ResultSummary } from '../../../../preload/contract/studies.ts';
import { meshParts, meshSolution } from '../../connections/extend-model.ts';
import { refuseStudy } from '../../errors.ts';
import { packDeck } from '../../export/deck.ts';
import type { BuiltModel } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import { type FrameFields, packFrames } from '../../results/fields.ts';
import { safetyFactors, strengthsOf, summarise } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, deckMetaOf, packedMeshOf, refuseTooLarge, runNative } from '../analysis.ts';
import { frameOf, largestDisplacement, probesOfFrame, shapeFields } from '../modal/mode-frames.ts';
import {
  armWarnings,
  buildForEigenvalues,
  fitsDeck,
  isTightened,
  refuseWhatVibrationLacks,
  type StressState,
  sectorWarnings,
  solveStaticStates,
} from '../modal/static-state.ts';

const DEFAULT_MODES = 5;
/** An estimated error above this is worth a warning, percent. */
const LARGE_ERROR_PERCENT = 5;

export const bucklingAnalysis: Analysis = async (input) => {
  const { task, core, mesh, quality, progress } = input;
  refuseWhatVibrationLacks(input, 'Buckling studies');
  const count = task.study.buckling?.modes ?? DEFAULT_MODES;
  const built = buildForEigenvalues(input, { mayMove: false, stressed: true });
  const states = await solveStaticStates(input, built, 0.1, 0.3);
  const state = meshSolution(states.whole, nodeCount(mesh));
  // Bolts are tight before the loads come, which alone are multiplied; where there are no loads, it is the bolts.
  const boltsAlone = states.tightened !== null && task.loads.length === 0 && !isMoved(input);
  const lasting = boltsAlone ? null : states.tightened;
  const multiplied = boltsAlone ? states.wholeStress : states.loadsAlone;
  const { method, threads } = task.solver;
  refuseTooLarge(core.estimateEigenMemory(nodeCount(mesh), mesh.elements.length / 10, count, method), input);
  const whole = await runNative(input, 0.3, 0.9, (options) =>
    core
      .solveBuckling(built.model, {
        ...options,
        method,
        threads,
        modeCount: count,
        displacement: multiplied.displacement,
        ...blocksOf(multiplied, 'stress'),
        ...(lasting ? { prestressDisplacement: lasting.displacement, ...blocksOf(lasting, 'prestress') } : {}),
      })
      .catch(blameBolts),
  );
  const solution = ofMesh(whole, built);
  progress('Collecting results', 0.9);
  const strengths = strengthsOf(task.bodies);
  const safetyFactor = safetyFactors(mesh, built.elementBody, strengths, state);
  const ofState = summarise({
    inputHash: task.inputHash,
    mesh,
    order: task.order,
    bodies: task.bodies,
    built,
    restraints: task.restraints,
    solution: state,
    quality,
    strengths,
    safetyFactor,
    probes: [],
    warnings: [...task.warnings, ...input.warnings],
    solver: `Artificer ${core.version}`,
    meshSeconds: task.meshSeconds,
    totalSeconds: (Date.now() - task.startedAt) / 1000,
  });
  const { fields, frames } = framesOfFactors(input, built.elementBody, solution);
  const summary: ResultSummary = {
    ...ofState,
    type: 'buckling',
    extremes: frames[0]?.extremes ?? {},
    frames,
    probes: probesOfFrame(task.study.probes, frames[0]?.probes),
    bucklingFactors: [
      ...Array.from(solution.factors, (factor, index) => ({
        factor,
        residual: solution.residuals[index]!,
        error_percent: 100 * solution.errorEstimates[index]!,
      })),
      ...Array.from(solution.negativeFactors, (factor) => ({ factor, residual: 0 })),
    ],
    warnings: [
      ...ofState.warnings,
      ...bucklingWarnings(solution, ofState),
      ...(isTightened(input) ? [preloadWarning(boltsAlone)] : []),
      ...sectorWarnings(input, 'buckling modes'),
      ...armWarnings(input, built),
    ],
    iterations: solution.iterations,
    method: solution.method,
    seconds: withBuckling(ofState.seconds, state, solution),
  };
  progress('Packing', 0.97);
  return {
    summary,
    fields: packFrames(packedMeshOf(input, built.elementBody), fields, task.inputHash),
    deck: fitsDeck(multiplied, lasting)
      ? packDeck(built.model, { ...deckMetaOf(task), step: { kind: 'buckling', modes: count } })
      : null,
  };
};

const blocksOf = ({ blocks }: StressState, name: 'stress' | 'prestress') =>
  blocks ? { [`${name}Nodes`]: blocks.nodes, [`${name}Blocks`]: blocks.blocks } : {};

/** Whether prescribed displacements load the part. */
const isMoved = ({ task }: AnalysisInput): boolean =>
  task.restraints.some(
    ({ restraint: one }) =>
      !one.suppressed &&
      (one.kind === 'displacement' || one.kind === 'remote-displacement') &&
      Object.entries(one).some(([key, value]) => /^r?[xyz]_(mm|rad)$/.test(key) && value),
  );

/** The core knows only that a state which is there already buckles the model. */
function blameBolts(error: unknown): never {
  const { code, hint } = error as { code?: string; hint?: string };
  if (code !== 'singular' || hint !== 'prestress') throw error;
  throw refuseStudy(
    'preload-buckles',
    'The preload of the bolts alone buckles the model, before any load acts.',
    'Check the preload and what the bolts clamp.',
  );
}

/** The same shapes without what lies beyond the mesh. */
function ofMesh(solution: BucklingSolution, { model, finder }: BuiltModel): BucklingSolution {
  const [whole, own] = [model.nodes.length / 3, nodeCount(finder.mesh)];
  return {
    ...solution,
    shapes: meshParts(solution.shapes, whole, own, 3),
    negativeShapes: meshParts(solution.negativeShapes, whole, own, 3),
  };
}

function withBuckling(
  seconds: ResultSummary['seconds'],
  state: StaticSolution,
  solution: BucklingSolution,
): ResultSummary['seconds'] {
  return {
    ...seconds,
    assemble: state.seconds.assemble + solution.seconds.assemble,
    solve: seconds.solve + solution.seconds.factorise + solution.seconds.solve,
    recover: state.seconds.recover + solution.seconds.recover,
  };
}

/** The positive factors' shapes, then the negative ones'; the largest displacement of each is 1 mm. */
function framesOfFactors(
  { mesh, task }: AnalysisInput,
  elementBody: Int32Array,
  solution: BucklingSolution,
): { fields: FrameFields[]; frames: ResultFrame[] } {
  const size = mesh.nodes.length;
  const fields: FrameFields[] = [];
  const frames: ResultFrame[] = [];
  const add = (factors: Float64Array, shapes: Float64Array, words: string): void => {
    factors.forEach((factor, index) => {
      const shape = shapes.subarray(size * index, size * (index + 1));
      const frame = shapeFields(1 / largestDisplacement(shape), shape);
      fields.push(frame);
      frames.push(
        frameOf({ mesh, elementBody, probes: task.study.probes }, frame, {
          name: `${words} ${index + 1}: factor ${Number(factor.toPrecision(4))}`,
          kind: 'mode',
          value: factor,
          unit: '-',
        }),
      );
    });
  };
  add(solution.factors, solution.shapes, 'Buckling mode');
  add(solution.negativeFactors, solution.negativeShapes, 'Reversed loads');
  return { fields, frames };
}

const preloadWarning = (boltsAlone: boolean): ResultSummary['warnings'][number] => ({
  code: 'result.preload-factor',
  message: boltsAlone
    ? 'There are no loads beside the bolts: the factors multiply their preload.'
    : 'The preload of the bolts stays as it is: the factors multiply the other loads alone.',
});

function bucklingWarnings(solution: BucklingSolution, state: ResultSummary): ResultSummary['warnings'] {
  const warnings: ResultSummary['warnings'] = [];
  const first = solution.factors[0];
  const reversed = solution.negativeFactors[0];
  if (first === undefined)
    warnings.push({
      code: 'result.no-buckling',
      message:
        'These loads do not make the part buckle, however large they are: they stretch it everywhere that matters.',
    });
  if (reversed !== undefined && (first === undefined || -reversed < first))
    warnings.push({
      code: 'result.buckles-reversed',
      message: `Turned round, the loads buckle the part at ${Number((-reversed).toPrecision(3))} times their size, sooner than as they are: check their directions.`,
    });
  if (first !== undefined && first < 1)
    warnings.push({
      code: 'result.buckles',
      message: `The part buckles at ${Number(first.toPrecision(3))} times these loads: it does not carry them.`,
    });
  const safety = state.minimumSafetyFactor;
  if (first !== undefined && safety && safety.value < first)
    warnings.push({
      code: 'result.yields-first',
      message:
        `The material gives way at ${Number(safety.value.toPrecision(3))} times the loads (${safety.basis}), before the part buckles at ` +
        `${Number(first.toPrecision(3))} times: the linear buckling factor is then no measure of what it carries.`,
    });
  if ((solution.errorEstimates[0] ?? 0) * 100 > LARGE_ERROR_PERCENT)
    warnings.push({
      code: 'result.coarse-mesh',
      message: `The first factor's estimated error is ${(100 * solution.errorEstimates[0]!).toFixed(0)} %: it is too high. Refine the mesh.`,
    });
  if (first !== undefined)
    warnings.push({
      code: 'result.ideal-shape',
      message:
        'A linear buckling factor is that of the ideal shape: real parts, above all thin shells, buckle at less.',
    });
  return warnings;
}
