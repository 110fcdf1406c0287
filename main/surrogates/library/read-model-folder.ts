/** Reads a model as if a stranger had made it: sizes, schema and hashes first, then the ONNX file's outline. */
import * as v from 'valibot';
import { type SurrogateCard, SurrogateCardSchema } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { checkModel, LARGEST_MODEL, type ModelOutline, type ModelTensor } from '../onnx/check-model.ts';
import { LARGEST_CARD, LARGEST_MESH } from './limits.ts';
import { CARD_FILE } from './model-files.ts';
import { type ModelSource, sourceAt } from './model-source.ts';
import { type ReferenceMesh, readReferenceMesh } from './reference-mesh.ts';
import { sha256 } from './sha256.ts';

export interface ReadModel {
  card: SurrogateCard;
  model: Uint8Array;
  outline: ModelOutline;
  mesh: ReferenceMesh | null;
  /** As it is in the file. */
  packedMesh: Uint8Array | null;
}

/**
 * @param path of a folder, or of the file that a model was given away in
 * @throws ArtificerError `surrogate.no-model`, `surrogate.bad-card`, `surrogate.too-large-model`
 */
export const readCard = async (path: string): Promise<SurrogateCard> => readCardFrom(await sourceAt(path));

/** @throws ArtificerError as {@link readCard}, and `surrogate.changed-file`, `surrogate.bad-model`, `surrogate.bad-mesh` */
export const readModelFolder = async (path: string): Promise<ReadModel> => readModelFrom(await sourceAt(path));

async function readCardFrom(source: ModelSource): Promise<SurrogateCard> {
  const bytes = await source.read(CARD_FILE, LARGEST_CARD);
  if (bytes === null)
    throw refuseSurrogate(
      'no-model',
      `There is no surrogate model in "${source.where}".`,
      'A model is a card (card.json) and the files that it names. Train one: surrogate train DATA --out MODEL',
    );
  let plain: unknown;
  try {
    plain = JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw badCard(source, thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = v.safeParse(SurrogateCardSchema, plain);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw badCard(source, `at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`);
  }
  const problem = contradictionOf(parsed.output);
  if (problem) throw badCard(source, problem);
  return parsed.output;
}

/** @throws ArtificerError as {@link readModelFolder} */
export async function readModelFrom(source: ModelSource): Promise<ReadModel> {
  const card = await readCardFrom(source);
  const model = await readNamed(source, card.files.model, LARGEST_MODEL);
  const outline = checkModel(model);
  const problem = mismatchOf(card, outline);
  if (problem)
    throw refuseSurrogate(
      'bad-model',
      'The ONNX file is not the model that its card describes.',
      'The card format is in the documentation of surrogates.',
      { cause: problem },
    );
  const packedMesh = card.files.mesh ? await readNamed(source, card.files.mesh, LARGEST_MESH) : null;
  const mesh = packedMesh && readReferenceMesh(packedMesh, card.points);
  return { card, model, outline, mesh, packedMesh };
}

const badCard = ({ where }: ModelSource, cause: string) =>
  refuseSurrogate('bad-card', `The card in "${where}" cannot be used.`, 'Copy the model again, or train it anew.', {
    cause: cause.slice(0, 500),
  });

async function readNamed(
  source: ModelSource,
  { name, sha256: expected, bytes: size }: SurrogateCard['files']['model'],
  largest: number,
): Promise<Uint8Array> {
  const bytes = await source.read(name, largest);
  if (bytes === null)
    throw refuseSurrogate(
      'changed-file',
      `The model's file "${name}" is missing.`,
      'A model is its card and every file that the card names, together.',
    );
  if (bytes.length === size && sha256(bytes) === expected) return bytes;
  throw refuseSurrogate(
    'changed-file',
    `The file "${name}" is not the one that the card describes.`,
    'It was changed or cut off after it was made: copy the model again, or train it anew.',
  );
}

/** What a schema cannot say. */
function contradictionOf(card: SurrogateCard): string | null {
  const { parameters, scalars, fields, validity, points, files } = card;
  const twice = (names: string[]): string | undefined => names.find((name, i) => names.indexOf(name) !== i);
  for (const [what, named] of [
    ['parameter', parameters],
    ['quantity', scalars],
    ['field', fields],
  ] as const) {
    const name = twice(named.map((each) => each.name));
    if (name !== undefined) return `the ${what} "${name}" is there twice`;
  }
  if (scalars.length + fields.length === 0) return 'it predicts nothing';
  const empty = parameters.find(({ minimum, maximum }) => !(minimum < maximum));
  if (empty) return `the range of ${empty.name} has no width`;
  const { reference } = card;
  if (
    reference &&
    (reference.length !== parameters.length ||
      parameters.some(({ minimum, maximum }, k) => !(reference[k]! >= minimum && reference[k]! <= maximum)))
  )
    return 'its reference design is not within its ranges';
  const negative = parameters.find(({ minimum, logarithmic }) => logarithmic && !(minimum > 0));
  if (negative) return `${negative.name} has no logarithm`;
  if ([...validity.trained, ...validity.failed].some((design) => design.length !== parameters.length))
    return 'a design does not have a number for every parameter';
  if (validity.trained.length === 0) return 'it does not say which designs it was trained on';
  if (validity.halfWidthLimits.length !== scalars.length) return 'not every quantity has a limit of its interval';
  if (fields.length > 0 && (points === 0 || !files.mesh)) return 'its fields have no mesh';
  return null;
}

/** What of the card the ONNX file does not have. */
function mismatchOf(card: SurrogateCard, { inputs, outputs }: ModelOutline): string | null {
  const d = card.parameters.length;
  const [input] = inputs;
  if (inputs.length !== 1 || !input) return `it has ${inputs.length} inputs in place of one`;
  if (!['float', 'double'].includes(input.type)) return `its input is ${input.type}`;
  if (!isBatchOf(input, [d])) return `its input is not a batch of ${d} numbers`;
  const wanted: [name: string, shape: number[]][] = [];
  if (card.scalars.length > 0)
    for (const name of ['scalars', 'scalars_low', 'scalars_high']) wanted.push([name, [card.scalars.length]]);
  for (const { name, components } of card.fields)
    for (const output of [name, `${name}_half_width`]) wanted.push([output, [card.points, components]]);
  if (card.fields.length > 0) wanted.push(['points', [card.points, 3]]);
  for (const [name, shape] of wanted) {
    const output = outputs.find((each) => each.name === name);
    if (!output) return `it has no output "${name}"`;
    if (!['float', 'double'].includes(output.type)) return `its output "${name}" is ${output.type}`;
    if (!isBatchOf(output, shape)) return `its output "${name}" is not a batch of ${shape.join(' x ')} numbers`;
  }
  return null;
}

/** The first size may be free or unknown, the others have to be as given. */
const isBatchOf = ({ shape }: ModelTensor, sizes: readonly number[]): boolean =>
  shape.length === sizes.length + 1 && typeof shape[0] === 'string' && sizes.every((size, i) => shape[i + 1] === size);
