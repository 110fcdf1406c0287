/** What a part script makes, checked against the contract before anything else sees it. */
import * as v from 'valibot';
import { ArtificerError, type ErrorData, FeatureSchema, VARIABLE_DIMENSIONS } from '../../../preload/contract/index.ts';

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const ScriptedVariableSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{Nd}_]{0,59}$/u)),
  dimension: v.picklist(VARIABLE_DIMENSIONS),
  /** What holds now: the script's own expression, or what was given in its place. */
  expression: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  /** The script's own expression. */
  declared: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  /** mm, rad or plain. */
  value: v.pipe(v.number(), v.finite()),
  minimum: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  maximum: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  note: v.optional(v.pipe(v.string(), v.maxLength(2000))),
});
export type ScriptedVariable = v.InferOutput<typeof ScriptedVariableSchema>;

export const ScriptedFeatureSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^feature_[A-Za-z0-9]{6,40}$/)),
  name: Name,
  group: v.optional(Name),
  suppressed: v.optional(v.boolean()),
  feature: FeatureSchema,
});
export type ScriptedFeature = v.InferOutput<typeof ScriptedFeatureSchema>;

/** What the builder hands over; variables are kept outside of the sandbox. */
const BuiltPartSchema = v.strictObject({
  name: Name,
  about: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  material: v.optional(Name),
  features: v.pipe(v.array(ScriptedFeatureSchema), v.maxLength(10_000)),
});

export interface ScriptedPart extends v.InferOutput<typeof BuiltPartSchema> {
  variables: ScriptedVariable[];
}

/** @throws ArtificerError `script.invalid` naming the step */
export function checkBuiltPart(json: string, fileName: string): v.InferOutput<typeof BuiltPartSchema> {
  const data: unknown = JSON.parse(json);
  const parsed = v.safeParse(BuiltPartSchema, data, { abortPipeEarly: true });
  if (parsed.success) {
    const ids = new Set(parsed.output.features.map(({ id }) => id));
    if (ids.size < parsed.output.features.length) throw invalid(fileName, 'Two steps have the same id.', 'features');
    return parsed.output;
  }
  const [issue] = parsed.issues;
  const path = issue.path?.map(({ key }) => String(key)) ?? [];
  const name = path[0] === 'features' ? nameOfStep(data, Number(path[1])) : undefined;
  const where = name === undefined ? 'What it makes' : `The step "${name}"`;
  throw invalid(fileName, `${where} is not valid: ${issue.message.slice(0, 400)}`, path.join('.').slice(0, 400));
}

function nameOfStep(data: unknown, index: number): string | undefined {
  const step = (data as { features: { name?: unknown }[] }).features[index];
  return typeof step?.name === 'string' ? step.name.slice(0, 100) : undefined;
}

const invalid = (fileName: string, what: string, at: string): ArtificerError =>
  new ArtificerError({
    code: 'script.invalid',
    category: 'refused',
    message: `${fileName} was run, but its part can't be used. ${what}`,
    cause: `at ${at}`,
    hint: 'Compare the step with its description in the help of scripts.',
  });

/** An error of a script: all of them leave the part as it was. */
export const scriptError = (
  code: string,
  message: string,
  more: Partial<Omit<ErrorData, 'code' | 'message'>> = {},
): ArtificerError => new ArtificerError({ code: `script.${code}`, category: 'refused', message, ...more });
