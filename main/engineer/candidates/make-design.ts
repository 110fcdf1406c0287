/** A design made: the concept's script with values, evaluated by the kernel, as what meshing and solving take. */
import type { BodyInfo, DesignCandidate, FeatureOutcome, JobContext } from '../../../preload/contract/index.ts';
import type { EvaluatedBody, Kernel } from '../../kernel/port.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import { type Concept, expressionOf } from '../concepts/concept.ts';
import { refuseDesign } from '../errors.ts';

export interface MadeDesign {
  bodies: EvaluatedBody[];
  infos: BodyInfo[];
  /** ASCII BREP of the solid bodies as one compound. */
  brep: Uint8Array;
  outcomes: FeatureOutcome[];
  /** What the script was run with. */
  values: Record<string, string>;
}

/** @param values in the order and units of the concept's variables */
export const valuesOf = (concept: Concept, values: readonly number[]): Record<string, string> => ({
  ...concept.fixed,
  ...Object.fromEntries(concept.variables.map((variable, k) => [variable.name, expressionOf(values[k]!, variable)])),
});

/** The numbers that a candidate has for them; null where the concept has other variables now. */
export function numbersOf({ variables }: Concept, { values }: DesignCandidate): number[] | null {
  const numbers = variables.map(({ name }) => values.find((each) => each.name === name)?.value);
  return numbers.some((value) => value === undefined) ? null : (numbers as number[]);
}

/** @throws ArtificerError of the step that failed, or where nothing solid is left */
export async function makeDesign(
  kernel: Kernel,
  concept: Concept,
  values: readonly number[],
  lane: number,
  context: JobContext,
): Promise<MadeDesign> {
  const given = valuesOf(concept, values);
  const scripted = await runPartScript({ source: concept.source, fileName: concept.fileName, values: given }, context);
  const { steps } = resolveScriptedPart(scripted);
  const imports = Object.fromEntries(
    steps.flatMap(({ id, feature }) =>
      feature.kind === 'import' && concept.imports[feature.sourceId] ? [[id, concept.imports[feature.sourceId]!]] : [],
    ),
  );
  const evaluated = await kernel.evaluate(
    {
      partKey: `${concept.name} ${lane}`,
      steps,
      imports,
      want: { brep: true, info: 'describe', tessellation: 'none' },
    },
    context,
  );
  const failed = evaluated.outcomes.find(({ state }) => state === 'failed' || state === 'blocked');
  if (failed)
    throw refuseDesign('not-made', `Step "${failed.name}" fails.`, undefined, {
      cause: failed.error?.message ?? failed.state,
    });
  const bodies = evaluated.bodies.filter(({ info, brep }) => info?.kind === 'solid' && brep);
  if (bodies.length === 0) throw refuseDesign('not-made', 'The part has no solid body.');
  const invalid = bodies.find(({ valid }) => !valid);
  if (invalid) throw refuseDesign('not-made', `Body "${invalid.name}" is no valid solid.`);
  const brep = await kernel.brepText(
    bodies.map((body) => body.brep!),
    context,
  );
  return { bodies, infos: bodies.map((body) => body.info!), brep, outcomes: evaluated.outcomes, values: given };
}
