/** `artificer surrogate list [FOLDER|MODEL.zip ...]`: the specifications that ship, and the models in folders. */
import { parseArgs } from 'node:util';
import { disposePartScripts } from '../../scripting/index.ts';
import { type ListedModel, modelsIn, readSpecification, shippedSpecifications } from '../../surrogates/index.ts';
import type { Command } from '../output.ts';

export const list: Command = {
  name: 'surrogate list',
  usage: 'surrogate list [FOLDER|MODEL.zip ...]',
  summary: 'the specifications that ship, and the models in folders',
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    try {
      const specifications = [];
      for (const { key, path } of await shippedSpecifications()) {
        const { name, part, parameters, quantities, fields, designs, unseen } = await readSpecification(path);
        specifications.push({ key, name, part: part.key, parameters, quantities, fields, designs, unseen });
      }
      const models = await modelsIn(positionals.length > 0 ? positionals : ['.']);
      const text = [
        'Specifications:',
        ...specifications.map(
          ({ key, name, parameters, quantities, fields }) =>
            `  ${key.padEnd(16)} ${name}: ${parameters.length} dimensions; ${[...quantities, ...fields].join(', ')}`,
        ),
        models.length > 0 ? 'Models:' : `No models in ${positionals.join(', ') || 'this folder'}.`,
        ...models.map(inWords),
      ];
      return { data: { specifications, models: models.map(documentOf) }, text: text.join('\n') };
    } finally {
      disposePartScripts();
    }
  },
};

function documentOf(model: ListedModel): unknown {
  if ('error' in model) return model;
  // Designs are for the verdict, not to be read.
  const { validity: _, ...card } = model.card;
  return { folder: model.folder, card };
}

function inWords(model: ListedModel): string {
  if ('error' in model) return `  ${model.folder}: ${model.error.message}`;
  const { card } = model;
  const errors = [
    ...card.scalars.map(({ name, measured }) => `${name} R² ${measured?.r2.toFixed(3) ?? 'not measured'}`),
    ...card.fields.map(
      ({ name, measured }) =>
        `${name} ${measured ? `${(100 * measured.relativeL2).toFixed(1)} % off` : 'not measured'}`,
    ),
  ];
  return `  ${model.folder}: ${card.name}, ${card.designs} designs, ${card.createdAt.slice(0, 10)}; ${errors.join('; ')}`;
}
