/** A candidate as what a project is made of: script, values, material, and a study for each load case of the brief. */
import type {
  DesignCandidate,
  JobContext,
  Material,
  StudyDefinition,
  VariableDimension,
} from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { runPartScript } from '../../scripting/index.ts';
import type { Brief } from '../brief/brief.ts';
import type { Concept } from '../concepts/concept.ts';
import { refuseDesign } from '../errors.ts';
import { requestOfCase } from './judge-design.ts';
import { makeDesign, numbersOf } from './make-design.ts';

export interface TakenDesign {
  script: { fileName: string; source: string };
  /** Those of the script's variables that have other values than in the script. */
  variables: { name: string; dimension: VariableDimension; expression: string }[];
  material: Material;
  studies: { name: string; study: StudyDefinition }[];
}

/** How its studies are solved in the project: until what the case asks for has settled. */
const ACCURACY = 'default';

/**
 * Made anew first: a design that cannot be made is not taken.
 * @throws ArtificerError `design.no-concept`, `design.no-material`, and what the part is refused for
 */
export async function takenDesign(
  kernel: Kernel,
  brief: Brief,
  concepts: readonly Concept[],
  candidate: DesignCandidate,
  context: JobContext,
): Promise<TakenDesign> {
  const concept = concepts.find(({ name }) => name === candidate.concept);
  if (!concept) throw refuseDesign('no-concept', `The brief has no concept "${candidate.concept}" any more.`);
  const material = brief.materials.find(({ name }) => name === candidate.material);
  if (!material) throw refuseDesign('no-material', `The brief does not allow "${candidate.material}" any more.`);
  const chosen = numbersOf(concept, candidate);
  if (!chosen)
    throw refuseDesign('other-variables', `Concept "${concept.name}" has other variables now.`, 'Search again.');
  const made = await makeDesign(kernel, concept, chosen, 0, context);
  const { fileName, source } = concept;
  const scripted = await runPartScript({ source, fileName, values: made.values }, context);
  return {
    script: { fileName, source },
    variables: Object.entries(made.values).map(([name, expression]) => ({
      name,
      expression,
      dimension: scripted.variables.find((each) => each.name === name)!.dimension,
    })),
    material,
    studies: brief.cases.map((one) => ({
      name: one.name,
      study: requestOfCase(brief, concept, material, made, one, { accuracy: ACCURACY }).study,
    })),
  };
}
