/** What a surrogate had said, beside what a solution says. */
import {
  decodeBundle,
  type JobContext,
  type ResultSummary,
  type SurrogateComparison,
} from '../../../preload/contract/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { type DesignSource, solveOneDesign } from '../../surrogates/index.ts';
import type { Predicted } from './open-models.ts';
import type { ProjectData } from './project-data.ts';
import { relativeL2, solvedQuantity } from './solved-quantities.ts';
import type { SurrogateInputs } from './surrogate-inputs.ts';

/** With the solution of a study on a mesh of its own. A model that declined has nothing to be compared. */
export function compareWithResult(
  { scalars }: Predicted,
  summary: ResultSummary,
  values: readonly number[],
): SurrogateComparison {
  return {
    at: Date.now(),
    values: [...values],
    on: 'own mesh',
    scalars: scalars.map((scalar) => ({ ...scalar, solved: solvedQuantity(scalar.name, summary) })),
  };
}

interface Compared {
  source: DesignSource;
  inputs: SurrogateInputs;
  data: ProjectData;
  predicted: Predicted;
  values: readonly number[];
}

/** With the design solved on the mesh that the model knows: every number and every point has its counterpart. */
export async function compareOnCarriedMesh(
  { source, inputs, data, predicted, values }: Compared,
  context: JobContext,
): Promise<SurrogateComparison> {
  const physics = createPhysics({ workers: 1 });
  try {
    const solved = await solveOneDesign({ physics, source, plan: inputs.plan }, values, context);
    const arrays = decodeBundle(solved.fields).arrays;
    // A model that was brought in may know other points than those of the design that is compared with here.
    const alike = Object.entries(predicted.fieldValues ?? {}).filter(
      ([name, field]) => (arrays[name] as Float32Array | undefined)?.length === field.length,
    );
    const comparison: SurrogateComparison = {
      at: Date.now(),
      values: [...values],
      on: 'carried mesh',
      scalars: predicted.scalars.map((scalar) => ({
        ...scalar,
        solved: solved.scalars[inputs.plan.quantities.indexOf(scalar.name)] ?? null,
      })),
      fields: Object.fromEntries(alike.map(([name, field]) => [name, relativeL2(field, arrays[name] as Float32Array)])),
    };
    const index = data.note(comparison);
    const { fields, ...rest } = solved;
    // Without a reference design there are no data yet that it could join: it is solved when the model learns.
    if (data.stored() && !data.has('training', index))
      await data.add({ role: 'training', index, values: [...values], ...rest, fieldsHash: '' }, fields);
    return comparison;
  } finally {
    await physics.dispose();
  }
}
