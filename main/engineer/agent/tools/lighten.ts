/**
 * Makes a part lighter within limits: dimensions go where exact sensitivities of a solved study point, and every step is
 * solved anew before it counts. What does not hold in a solution is not kept, whatever was predicted.
 */
import * as v from 'valibot';
import type { PartRecord, VariableValue } from '../../../../preload/contract/index.ts';
import { figure, kilograms, variableText } from './figures.ts';
import { Positive, SafetyFactor, StudyName, VariableName } from './inputs.ts';
import { massOf } from './inspect.ts';
import { goalInWords, Search, STEP_mm } from './lighten-search.ts';
import { refusal, studyOf, variableNamed, variablesOf, viewOf } from './project-view.ts';
import { type DryRun, defineTool, type ToolContext } from './tool.ts';
import type { Dimension } from './trade-off.ts';

const Input = v.strictObject({
  study: v.optional(StudyName),
  lighter_percent: v.optional(
    v.pipe(
      Positive,
      v.maxValue(95),
      v.description('How much lighter, percent. As light as possible where neither this nor target_kg is given.'),
    ),
  ),
  target_kg: v.optional(Positive),
  minimum_safety_factor: v.optional(SafetyFactor),
  maximum_displacement_mm: v.optional(Positive),
  minimum_frequency_Hz: v.optional(Positive),
  only_meet: v.optional(v.pipe(v.boolean(), v.description('Stop as soon as the limits hold, whatever the mass.'))),
  variables: v.optional(
    v.pipe(
      v.array(VariableName),
      v.minLength(1),
      v.maxLength(30),
      v.description('The dimensions that may change; all that have a range where left out.'),
    ),
  ),
  most_tries: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(40))),
});
type Wanted = v.InferOutput<typeof Input>;

async function planned(context: ToolContext, input: Wanted) {
  const view = await viewOf(context);
  const study = studyOf(view, input.study);
  const part = view.records.get(study.partId);
  if (part?.type !== 'part')
    throw refusal('agent.not-a-part', `"${study.name}" is of several parts.`, 'Give a study of one part.');
  const limited = [input.minimum_safety_factor, input.maximum_displacement_mm, input.minimum_frequency_Hz].some(
    (each) => each !== undefined,
  );
  if (!limited)
    throw refusal(
      'agent.no-limit',
      'Nothing was said that must hold: the lightest part would be none at all.',
      'Give a safety factor, a displacement or a frequency.',
    );
  const modal = study.study === 'modal';
  if (
    modal !== (input.minimum_frequency_Hz !== undefined) ||
    (modal && (input.minimum_safety_factor ?? input.maximum_displacement_mm) !== undefined)
  )
    throw refusal(
      'agent.limit-of-other-study',
      modal
        ? `"${study.name}" is of vibrations: it knows frequencies, and neither stress nor displacement.`
        : `"${study.name}" is of strength: it knows no frequency.`,
      'Ask for limits that one study knows.',
    );
  const { mass_kg } = await massOf(context, view, part);
  if (mass_kg === undefined)
    throw refusal(
      'agent.no-material',
      `"${part.name}" has no material, so its mass is not known.`,
      'Give it one first.',
    );
  const variables = await variablesOf(context, part);
  const dimensions = free(variables, part, input.variables);
  const target = input.only_meet
    ? undefined
    : (input.target_kg ??
      (input.lighter_percent === undefined ? undefined : mass_kg * (1 - input.lighter_percent / 100)));
  if (target !== undefined && target >= mass_kg)
    throw refusal(
      'agent.light-enough',
      `"${part.name}" weighs ${kilograms(mass_kg)} already, which is below ${kilograms(target)}.`,
    );
  return { view, study, part, variables, dimensions, mass_kg, target, modal };
}

/** Lengths with a range and a value of their own. @throws ArtificerError `agent.no-dimensions` */
function free(
  variables: readonly VariableValue[],
  part: PartRecord,
  wanted: readonly string[] | undefined,
): Dimension[] {
  const named = wanted?.map((said) => variableNamed(variables, said, part));
  const found = (named ?? variables).flatMap((variable): Dimension[] => {
    const { name, dimension, value, minimum, maximum, expression, scope } = variable;
    const own = scope !== 'project' && /^\s*-?[\d.]+\s*[a-z]*\s*$/i.test(expression);
    if (dimension !== 'length' || value === undefined || minimum === undefined || maximum === undefined || !own)
      return [];
    return maximum - minimum > 2 * STEP_mm ? [{ name, value, minimum, maximum }] : [];
  });
  if (found.length > 0) return found;
  throw refusal(
    'agent.no-dimensions',
    `"${part.name}" has no length that may change by itself within a range.`,
    'Give variables a smallest and largest value in the Variables panel: they say how far the design may go.',
  );
}

export const lightenPart = defineTool({
  name: 'lighten_part',
  title: 'Make it lighter within limits',
  description:
    'Changes the dimensions of a part within their ranges until it has the wished mass and a study still holds its limits (safety factor, displacement, or first frequency). Every design that counts is solved. Also brings a part within limits that it breaks now, with the least mass.',
  input: Input,
  effect: 'document',
  solves: true,
  dryRun: async (context, input): Promise<DryRun> => {
    const { study, part, dimensions, mass_kg, target } = await planned(context, input);
    return {
      text: `Change up to ${dimensions.length} dimensions of ${part.name} (${dimensions.map(({ name }) => name).join(', ')}) within their ranges, solving "${study.name}" at each step, until ${goalInWords(input, target)}.`,
      changes: [
        {
          what: `mass of ${part.name}`,
          before: kilograms(mass_kg),
          after:
            target === undefined
              ? input.only_meet
                ? 'as little more as it takes'
                : 'as little as possible'
              : `${kilograms(target)} or less`,
        },
        ...dimensions.map(({ name, value, minimum, maximum }) => ({
          what: name,
          before: variableText(value, 'length'),
          after: `${figure(minimum)} to ${figure(maximum, 'mm')}`,
        })),
      ],
    };
  },
  run: async (context, input) => {
    const { study, part, dimensions, target, modal } = await planned(context, input);
    const search = new Search(context, study, part, dimensions, input, target, modal);
    return search.run();
  },
});

export const LIGHTEN_TOOLS = [lightenPart];
