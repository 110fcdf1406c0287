/** The sensitivities that a study file asks for: what is answered beside the solution. */
import type { JobContext, SensitivitySummary, StudyDefinition } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { functionalsOf, type Physics, type StudyRequest } from '../physics/index.ts';

/** A refusal costs the sensitivities, not the solution that was found. */
export type FoundSensitivities = SensitivitySummary | { refused: ArtificerError };

/** @throws whatever is no refusal of the study */
export async function orRefused(find: () => Promise<SensitivitySummary>): Promise<FoundSensitivities> {
  try {
    return await find();
  } catch (thrown) {
    if (thrown instanceof ArtificerError && thrown.data.category === 'refused') return { refused: thrown };
    throw thrown;
  }
}

/**
 * Of a geometry without dimensions: by its faces alone.
 * @returns null where the study asks for none
 */
export async function sensitivitiesOfFile(
  physics: Physics,
  request: StudyRequest,
  study: StudyDefinition,
  context: JobContext,
): Promise<FoundSensitivities | null> {
  if ((study.sensitivities ?? []).length === 0) return null;
  return orRefused(async () => {
    const functionals = functionalsOf(study);
    return (await physics.sensitivities({ ...request, functionals, variables: [] }, context)).summary;
  });
}

/** The JSON document's part. Faces are named by body and number, dimensions by name. */
export function sensitivityDocument(summary: FoundSensitivities): Record<string, unknown> {
  if ('refused' in summary) return { refused: summary.refused.data };
  return {
    functionals: summary.functionals.map(({ name, value, unit, maximum, faces, variables, case: of }) => ({
      name,
      ...(of ? { case: of.name } : {}),
      value,
      unit,
      ...(maximum === undefined ? {} : { maximum }),
      faces: faces.map(({ body, face, perMillimetre }) => ({ body, face, per_mm: perMillimetre })),
      variables: variables.map(({ name: variable, perUnit }) => ({
        name: variable,
        per_unit: perUnit,
        unit: summary.variables.find((each) => each.name === variable)?.unit ?? '1',
      })),
    })),
    left_out: summary.leftOut,
    warnings: summary.warnings,
  };
}

/** How many faces are told of in words; the document has them all. */
const FACES = 5;

export function sensitivityText(summary: FoundSensitivities): string {
  if ('refused' in summary) return `  no sensitivities: ${summary.refused.message}`;
  const lines: string[] = [];
  for (const { name, value, unit, faces, variables } of summary.functionals) {
    lines.push(`  sensitivity of ${name}: ${value.toPrecision(5)} ${unit}`);
    for (const { name: variable, perUnit } of variables) {
      const of = summary.variables.find((each) => each.name === variable)?.unit ?? '1';
      lines.push(`    ${variable}  ${perUnit.toPrecision(4)} ${unit} per ${of === '1' ? 'one' : of}`);
    }
    const strongest = faces.toSorted((a, b) => Math.abs(b.perMillimetre) - Math.abs(a.perMillimetre)).slice(0, FACES);
    for (const { body, face, perMillimetre } of strongest)
      lines.push(`    face ${face} of body ${body} outward  ${perMillimetre.toPrecision(4)} ${unit} per mm`);
  }
  for (const { name, reason } of summary.leftOut) lines.push(`  ${name} is left out: ${reason}`);
  return lines.join('\n');
}
