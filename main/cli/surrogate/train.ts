/** `artificer surrogate train DATA --out MODEL`: a model of the data, with its card. */
import { parseArgs } from 'node:util';
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { trainModel } from '../../surrogates/index.ts';
import { type Command, terminalContext, usageError } from '../output.ts';
import { wholeOption } from './specification.ts';

export const train: Command = {
  name: 'surrogate train',
  usage: 'surrogate train DATA --out MODEL [--seed N]',
  summary: 'learns a model from solved designs',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' }, seed: { type: 'string' } },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1 || values.out === undefined)
      throw usageError('`surrogate train` takes a folder of data, and --out MODEL.', `artificer ${train.usage}`);
    const seed = wholeOption('seed', values.seed, 0);
    const started = performance.now();
    const card = await trainModel(folder, values.out, terminalContext(io), seed === undefined ? {} : { seed });
    const seconds = (performance.now() - started) / 1000;
    const { validity: _, ...shown } = card;
    return { data: { folder: values.out, card: shown, seconds }, text: inWords(values.out, card, seconds) };
  },
};

function inWords(folder: string, card: SurrogateCard, seconds: number): string {
  const row = (name: string, crossValidated: string, measured: string | null): string =>
    `  ${name.padEnd(34)} ${crossValidated}${measured === null ? '' : `; on designs kept apart ${measured}`}`;
  return [
    `${card.name}: learnt from ${card.designs} designs in ${seconds.toFixed(0)} s, written to ${folder} (${(card.files.model.bytes / 2 ** 20).toFixed(1)} MiB)`,
    ...card.scalars.map(({ name, crossValidated, measured }) =>
      row(name, `R² ${crossValidated.r2.toFixed(4)}`, measured ? measured.r2.toFixed(4) : null),
    ),
    ...card.fields.map(({ name, crossValidated, measured }) =>
      row(
        name,
        `${(100 * crossValidated.relativeL2).toFixed(2)} % off`,
        measured && `${(100 * measured.relativeL2).toFixed(2)} %`,
      ),
    ),
  ].join('\n');
}
