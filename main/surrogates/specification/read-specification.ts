/** The specification of a surrogate: a YAML file that says which part and study are sampled, in which ranges, and how often. */
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { SurrogateFieldSchema, type SurrogateParameter, toErrorData } from '../../../preload/contract/index.ts';
import { parseQuantity } from '../../document/index.ts';
import { readInputFile } from '../../host/index.ts';
import { parseStudyConditions, type StudyConditions } from '../../physics/index.ts';
import { readSamplePart, resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { fewestToPlaceBy } from '../sampling/least-sure.ts';
import { parseQuantityName } from './quantities.ts';

const Amount = v.union([v.string(), v.number()]);
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Of the YAML file; anything else in it is an error. */
const FileSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Key of a sample part, or a script (.ts) relative to this file. */
  part: v.pipe(v.string(), v.minLength(1)),
  /** A study file without geometry, relative to this file. */
  study: v.pipe(v.string(), v.minLength(1)),
  parameters: v.record(v.string(), v.tuple([Amount, Amount])),
  quantities: v.optional(v.array(v.string()), []),
  fields: v.optional(v.array(SurrogateFieldSchema), []),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31)), 1),
  /** Designs to learn from. */
  designs: v.pipe(Whole, v.minValue(4), v.maxValue(2000)),
  /** Further designs to learn from, placed where a model of those before is least sure. */
  adaptive: v.optional(v.pipe(Whole, v.maxValue(2000)), 0),
  /** Designs that are kept apart, to judge the model by. */
  unseen: v.optional(v.pipe(Whole, v.maxValue(2000)), 0),
  /** Every so many unseen designs one is solved on a mesh of its own too; 0 for none. */
  own_mesh_every: v.optional(v.pipe(Whole, v.maxValue(2000)), 10),
  budget: v.optional(
    v.strictObject({ solves: v.optional(Whole), minutes: v.optional(v.pipe(v.number(), v.minValue(0))) }),
    {},
  ),
});

export interface SurrogateSpecification {
  name: string;
  part: { key: string; fileName: string; source: string };
  study: StudyConditions;
  /** Hashes of all that decides a result besides the parameters. */
  partHash: string;
  studyHash: string;
  parameters: SurrogateParameter[];
  /** Of the part as its script gives it, in the parameters' units and order. */
  reference: number[];
  quantities: string[];
  fields: v.InferOutput<typeof SurrogateFieldSchema>[];
  seed: number;
  designs: number;
  adaptive: number;
  unseen: number;
  ownMeshEvery: number;
  budget: { solves?: number | undefined; minutes?: number | undefined };
}

export const hashOf = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};

/** @throws ArtificerError `surrogate.specification` and what the part, the study and units are refused for */
export async function readSpecification(path: string): Promise<SurrogateSpecification> {
  const { bytes } = await readInputFile(path);
  const file = parseFile(new TextDecoder().decode(bytes));
  const folder = dirname(resolve(path));
  const script = await readScript(file.part, folder);
  const studyText = new TextDecoder().decode((await readInputFile(join(folder, file.study))).bytes);
  const study = parseStudyConditions(studyText);
  for (const name of file.quantities) parseQuantityName(name);
  if (file.quantities.length + file.fields.length === 0)
    throw refuse('It asks for no quantity and no field.', 'Add quantities: [mass], or fields: [displacement].');
  const { parameters, reference } = await parametersOf(file.parameters, script);
  refuseAdaptive(file, parameters.length);
  return {
    name: file.name,
    part: { key: file.part, ...script },
    study,
    partHash: hashOf(script.source),
    studyHash: hashOf(canonical(study)),
    parameters,
    reference,
    quantities: file.quantities,
    fields: file.fields,
    seed: file.seed,
    designs: file.designs,
    adaptive: file.adaptive,
    unseen: file.unseen,
    ownMeshEvery: file.own_mesh_every,
    budget: file.budget,
  };
}

/** @throws ArtificerError where there would be no model to ask where it is least sure */
export function refuseAdaptive(
  { adaptive, designs, quantities }: Pick<SurrogateSpecification, 'adaptive' | 'designs' | 'quantities'>,
  parameters: number,
): void {
  if (adaptive === 0) return;
  if (quantities.length === 0)
    throw refuse('Adaptive designs are placed by quantities, and it asks for none.', 'Add quantities: [mass].');
  const fewest = fewestToPlaceBy(parameters);
  if (designs < fewest)
    throw refuse(`${designs} designs are too few to place others by.`, `Take at least designs: ${fewest}.`);
}

/** The hash of a study's conditions, whatever they are called and in whatever order their keys are written. */
export const studyHashOf = (study: StudyConditions): string => hashOf(canonical(study));

function canonical(study: StudyConditions): string {
  const { name: _, ...rest } = study;
  return JSON.stringify(rest, (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const refuse = (message: string, hint?: string) =>
  refuseSurrogate('specification', `The specification cannot be used. ${message}`, hint);

function parseFile(text: string): v.InferOutput<typeof FileSchema> {
  let plain: unknown;
  try {
    plain = parse(text, { uniqueKeys: true });
  } catch (thrown) {
    throw refuse(thrown instanceof Error ? thrown.message.split('\n')[0]! : String(thrown));
  }
  const parsed = v.safeParse(FileSchema, plain);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw refuse(`At ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`);
}

async function readScript(part: string, folder: string): Promise<{ fileName: string; source: string }> {
  if (!part.endsWith('.ts')) return readSamplePart(part);
  const { bytes, fileName } = await readInputFile(join(folder, part));
  return { fileName, source: new TextDecoder().decode(bytes) };
}

const UNITS = { length: 'mm', angle: 'deg', number: '1' } as const;
const DEGREES = 180 / Math.PI;

/** Ranges in the units that parameters are given in, checked against what the part itself allows. */
async function parametersOf(
  ranges: v.InferOutput<typeof FileSchema>['parameters'],
  script: { fileName: string; source: string },
): Promise<Pick<SurrogateSpecification, 'parameters' | 'reference'>> {
  const { variables } = resolveScriptedPart(await runPartScript(script));
  const entries = Object.entries(ranges);
  if (entries.length === 0) throw refuse('It varies no parameter.', 'Give each its range: thickness: [4 mm, 8 mm].');
  const reference: number[] = [];
  const parameters = entries.map(([name, range]): SurrogateParameter => {
    const variable = variables.find((one) => one.name === name);
    if (!variable)
      throw refuse(`The part has no variable "${name}".`, `It has ${variables.map((one) => one.name).join(', ')}.`);
    const factor = variable.dimension === 'angle' ? DEGREES : 1;
    const [minimum, maximum] = range.map((amount) => {
      try {
        return parseQuantity(amount, variable.dimension) * factor;
      } catch (thrown) {
        throw refuse(`"${amount}" is no value of ${name}: ${toErrorData(thrown).message}`);
      }
    }) as [number, number];
    const slack = 1e-9 * Math.max(1, Math.abs(minimum), Math.abs(maximum));
    if (!(maximum > minimum + slack)) throw refuse(`The range of ${name} has no width.`);
    const least = (variable.minimum ?? Number.NEGATIVE_INFINITY) * factor;
    const most = (variable.maximum ?? Number.POSITIVE_INFINITY) * factor;
    if (minimum < least - slack || maximum > most + slack)
      throw refuse(
        `The range of ${name}, ${minimum} to ${maximum}, is wider than the part's own.`,
        `The part takes ${least} to ${most} ${UNITS[variable.dimension]}.`,
      );
    const now = (variable.value ?? Number.NaN) * factor;
    reference.push(Number.isFinite(now) ? Math.min(maximum, Math.max(minimum, now)) : (minimum + maximum) / 2);
    return { name, unit: UNITS[variable.dimension], minimum, maximum, logarithmic: minimum > 0 };
  });
  return { parameters, reference };
}
