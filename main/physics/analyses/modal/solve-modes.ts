/** From the model to the core's modes: what modal and harmonic studies share. */
import type { ModalSolution } from '../../../../native/index.d.ts';
import { meshParts } from '../../connections/extend-model.ts';
import { type BuiltModel, isHeldInPlace } from '../../model/build.ts';
import { nodeCount } from '../../model/mesh.ts';
import { type AnalysisInput, refuseTooLarge, runNative } from '../analysis.ts';
import type { StressState } from './static-state.ts';

export interface ModesWanted {
  count: number;
  prestress?: StressState;
  from: number;
  to: number;
}

/** Modes of the mesh, and the work of the model's forces on each. */
export async function solveModes(input: AnalysisInput, built: BuiltModel, wanted: ModesWanted): Promise<ModalSolution> {
  const { core, task, mesh } = input;
  const { method, threads } = task.solver;
  const { prestress } = wanted;
  refuseTooLarge(core.estimateEigenMemory(nodeCount(mesh), mesh.elements.length / 10, wanted.count + 6, method), input);
  const modes = await runNative(input, wanted.from, wanted.to, (options) =>
    core.solveModes(built.model, {
      ...options,
      method,
      threads,
      modeCount: wanted.count,
      mayMove: !isHeldInPlace(mesh, task.bodies, built),
      ...(prestress ? { prestressDisplacement: prestress.displacement } : {}),
      ...(prestress?.blocks
        ? { prestressNodes: prestress.blocks.nodes, prestressBlocks: prestress.blocks.blocks }
        : {}),
    }),
  );
  return modesOfMesh(modes, built);
}

/** The same modes without what lies beyond the mesh. */
function modesOfMesh(modes: ModalSolution, { model, connections, finder }: BuiltModel): ModalSolution {
  if (!connections) return modes;
  const whole = model.nodes.length / 3;
  const own = nodeCount(finder.mesh);
  return {
    ...modes,
    shapes: meshParts(modes.shapes, whole, own, 3),
    stress: meshParts(modes.stress, whole, own, 6),
    vonMises: meshParts(modes.vonMises, whole, own, 1),
  };
}
