/** Reads a model folder as if a stranger had made it: sizes, schema and hashes first, then the ONNX file's outline. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type SurrogateCard, SurrogateCardSchema } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { checkModel, LARGEST_MODEL, type ModelOutline, type ModelTensor } from '../onnx/check-model.ts';
import { CARD_FILE } from './model-folder.ts';
import { LARGEST_MESH, type ReferenceMesh, readReferenceMesh } from './reference-mesh.ts';
import { sha256 } from './sha256.ts';

const LARGEST_CARD = 32 * 2 ** 20;

export interface ReadModel {
  card: SurrogateCard;
  model: Uint8Array;
  outline: ModelOutline;
  mesh: ReferenceMesh | null;
}

/** @throws ArtificerError `surrogate.no-model`, `surrogate.bad-card`, `surrogate.too-large-model` */
export async function readCard(folder: string): Promise<SurrogateCard> {
  const bytes = await readAtMost(join(folder, CARD_FILE), LARGEST_CARD);
  if (bytes === null)
    throw refuseSurrogate(
      'no-model',
      `There is no surrogate model in "${folder}".`,
      'Train one: surrogate train DATA --out MODEL',
    );
  let plain: unknown;
  try {
    plain = JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw badCard(folder, thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = v.safeParse(SurrogateCardSchema, plain);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw badCard(folder, `at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`);
  }
  const problem = contradictionOf(parsed.output);
  if (problem) throw badCard(folder, problem);
  return parsed.output;
}

/** @throws ArtificerError as {@link readCard}, and `surrogate.changed-file`, `surrogate.bad-model`, `surrogate.bad-mesh` */
export async function readModelFolder(folder: string): Promise<ReadModel> {
  const card = await readCard(folder);
  const model = await readNamed(folder, card.files.model, LARGEST_MODEL);
  const outline = checkModel(model);
  const problem = mismatchOf(card, outline);
  if (problem)
    throw refuseSurrogate(
      'bad-model',
      'The ONNX file is not the model that its card describes.',
      'The card format is in the documentation of the command line.',
      { cause: problem },
    );
  const mesh = card.files.mesh
    ? readReferenceMesh(await readNamed(folder, card.files.mesh, LARGEST_MESH), card.points)
    : null;
  return { card, model, outline, mesh };
}

const badCard = (folder: string, cause: string) =>
  refuseSurrogate('bad-card', `The card in "${folder}" cannot be used.`, 'Copy the folder again, or train it anew.', {
    cause: cause.slice(0, 500),
  });

async function readNamed(
  folder: string,
  { name, sha256: expected, bytes: size }: SurrogateCard['files']['model'],
  largest: number,
): Promise<Uint8Array> {
  const bytes = await readAtMost(join(folder, name), largest);
  if (bytes === null)
    throw refuseSurrogate('changed-file', `The model's file "${name}" is missing.`, 'Copy the whole folder.');
  if (bytes.length === size && sha256(bytes) === expected) return bytes;
  throw refuseSurrogate(
    'changed-file',
    `The file "${name}" is not the one that the card describes.`,
    'It was changed or cut off after it was made: copy the folder again, or train the model anew.',
  );
}

/** null where there is no such file. Never follows a name to a device or a pipe. */
async function readAtMost(path: string, largest: number): Promise<Uint8Array | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw refuseSurrogate('unreadable-model', `"${path}" cannot be read.`, undefined, { cause: String(thrown) });
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw refuseSurrogate('unreadable-model', `"${path}" is no ordinary file.`);
    if (status.size > largest)
      throw refuseSurrogate(
        'too-large-model',
        `"${path}" has ${Math.round(status.size / 2 ** 20)} MiB.`,
        `At most ${largest / 2 ** 20} MiB are read.`,
      );
    return await file.readFile();
  } finally {
    await file.close();
  }
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
