/** `artificer surrogate predict MODEL --set NAME=VALUE ...`: what a design would answer, and whether the model knows. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INFERENCE_PROVIDERS, type InferenceProvider, type SurrogateCard } from '../../../preload/contract/index.ts';
import { readInputFile, writeFileAtomically } from '../../host/index.ts';
import { parseStudyConditions } from '../../physics/index.ts';
import {
  type Asked,
  type Design,
  type DesignPrediction,
  type OpenModel,
  openModel,
  pictureOf,
  studyHashOf,
} from '../../surrogates/index.ts';
import { type Command, usageError } from '../output.ts';
import { parseSettings } from '../scripted-part.ts';
import { designFrom, designsOfFile, rangesOf } from './designs.ts';

export const predict: Command = {
  name: 'surrogate predict',
  usage:
    'surrogate predict MODEL [--set NAME=VALUE]... [--designs FILE] [--study STUDY.yaml] [--out DIR] [--provider NAME]',
  summary: 'predicts a design, or declines; exit code 4 where it declines',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        set: { type: 'string', multiple: true },
        designs: { type: 'string' },
        study: { type: 'string' },
        out: { type: 'string' },
        provider: { type: 'string' },
      },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1)
      throw usageError('`surrogate predict` takes one model.', `artificer ${predict.usage}`);
    if ((values.set === undefined) === (values.designs === undefined))
      throw usageError(
        'Give the design by --set NAME=VALUE, or designs by --designs FILE.',
        `artificer ${predict.usage}`,
      );
    const provider = providerNamed(values.provider);
    const model = await openModel(folder, provider ? { providers: [provider] } : {});
    try {
      const { card } = model;
      const designs =
        values.designs === undefined
          ? [whole(card, designFrom(card, parseSettings(values.set ?? [])))]
          : (await designsOfFile(card, values.designs)).map((design) => whole(card, design));
      const asked = values.study === undefined ? {} : await askedOf(values.study);
      const fields = values.out !== undefined;
      const found = await model.predict(designs, { signal: io.signal, fields, ...asked });
      const answers = found.designs.map((prediction, i) => documentOf(card, designs[i]!, prediction));
      const files = values.out === undefined ? [] : await writeFields(model, found.designs, values.out, io.signal);
      const declined = found.designs.filter(({ verdict }) => verdict.kind === 'declined').length;
      return {
        data: {
          model: card.name,
          predicted: true,
          provider: found.provider,
          interval: card.interval,
          designs: answers,
          ...(files.length > 0 ? { files } : {}),
          seconds: found.seconds,
        },
        text: inWords(card, found.provider, designs, found.designs),
        exitCode: declined > 0 ? 4 : 0,
      };
    } finally {
      await model.dispose();
    }
  },
};

function providerNamed(given: string | undefined): InferenceProvider | undefined {
  if (given === undefined) return undefined;
  const found = INFERENCE_PROVIDERS.find((name) => name === given.toLowerCase());
  if (found) return found;
  throw usageError(`There is no provider "${given}".`, `There are ${INFERENCE_PROVIDERS.join(', ')}.`);
}

function whole(card: SurrogateCard, design: Design): Design {
  const missing = card.parameters.filter(({ name }) => !Object.hasOwn(design, name));
  if (missing.length === 0) return design;
  throw usageError(`The design does not say ${missing.map(({ name }) => name).join(', ')}.`, rangesOf(card.parameters));
}

/** The study that an answer is wanted for: a model of another one declines. */
async function askedOf(path: string): Promise<Asked & { poisson?: number }> {
  const study = parseStudyConditions(new TextDecoder().decode((await readInputFile(path)).bytes));
  const { material, bodyMaterials } = study;
  const isOne = bodyMaterials.length === 0 && !material?.properties.orthotropic;
  return {
    studyType: study.study.study,
    studyHash: studyHashOf(study),
    // With the material at hand, fields are put into the balance of forces too.
    ...(material && isOne ? { poisson: material.properties.poisson } : {}),
  };
}

function documentOf(card: SurrogateCard, design: Design, prediction: DesignPrediction): unknown {
  const common = { parameters: card.parameters.map(({ name, unit }) => ({ name, unit, value: design[name]! })) };
  if (!('scalars' in prediction)) return { ...common, verdict: prediction.verdict };
  return { ...common, verdict: prediction.verdict, predicted: prediction.scalars };
}

const shown = (value: number): string => `${Number(value.toPrecision(4))}`;

function inWords(
  card: SurrogateCard,
  provider: string,
  designs: readonly Design[],
  predictions: readonly DesignPrediction[],
): string {
  const level = `${Math.round(100 * card.interval.level)} %`;
  const lines = [
    `${card.name}: predicted, not solved (${provider}; intervals of the ${level} level, n = ${card.interval.n})`,
  ];
  predictions.forEach((prediction, i) => {
    if (predictions.length > 1)
      lines.push(
        `design ${i + 1}: ${card.parameters.map(({ name, unit }) => `${name} ${shown(designs[i]![name]!)}${unit === '1' ? '' : ` ${unit}`}`).join(', ')}`,
      );
    if (!('scalars' in prediction))
      lines.push(
        '  declined: solve this design instead',
        ...prediction.verdict.reasons.map((reason) => `    ${reason}`),
      );
    else
      for (const { name, unit, value, low, high } of prediction.scalars)
        lines.push(`  ${name.padEnd(34)} predicted ${shown(value)} ${unit} (${shown(low)} to ${shown(high)})`);
  });
  return lines.join('\n');
}

/** A table of points and a picture of every field, for each design that was answered; named as what they are. */
async function writeFields(
  model: OpenModel,
  predictions: readonly DesignPrediction[],
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  if (!model.mesh) throw usageError('The model predicts no fields: leave --out away.');
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await writeFileAtomically(join(folder, name), content);
    files.push(name);
  };
  for (const [i, prediction] of predictions.entries()) {
    signal.throwIfAborted();
    if (!('scalars' in prediction) || !prediction.fields) continue;
    const { points, fields } = prediction.fields;
    await write(`predicted-${i + 1}.csv`, tableOf(points, fields));
    for (const { name, values } of fields) {
      const { png } = pictureOf(`predicted ${name}`, model.mesh, points, name, values);
      await write(`predicted-${i + 1}-${name}.png`, png);
    }
  }
  return files;
}

function tableOf(
  points: Float32Array,
  fields: NonNullable<Extract<DesignPrediction, { scalars: unknown }>['fields']>['fields'],
): string {
  const columns = fields.flatMap(({ name, unit, components, values, halfWidths }) =>
    Array.from({ length: components }, (_, k) => ({
      name: `predicted_${name}${components > 1 ? `_${'xyz'[k] ?? k}` : ''}_${unit}`,
      at: (point: number): [number, number] => [values[point * components + k]!, halfWidths[point * components + k]!],
    })),
  );
  const lines = [['x_mm', 'y_mm', 'z_mm', ...columns.flatMap(({ name }) => [name, `${name}_plus_minus`])].join(',')];
  for (let point = 0; point < points.length / 3; point++)
    lines.push(
      [...points.subarray(3 * point, 3 * point + 3), ...columns.flatMap(({ at }) => at(point))]
        .map((value) => Number(value.toPrecision(7)))
        .join(','),
    );
  return `${lines.join('\n')}\n`;
}
