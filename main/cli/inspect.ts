/** `artificer inspect FILE`: what is in a file, counted over every instance. Projects too. */
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readInputFile } from '../host/index.ts';
import { createKernel } from '../kernel/index.ts';
import type { ImportedModel } from '../kernel/port.ts';
import { withTemporaryEngine } from './engine-client.ts';
import { summariseModel } from './model-summary.ts';
import { type Command, type CommandIo, terminalContext, usageError } from './output.ts';
import { modelOfProject } from './project-model.ts';

export const inspect: Command = {
  name: 'inspect',
  usage: 'inspect FILE',
  summary: 'reads any supported file and says what is in it',
  async run(args, io) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw usageError('`inspect` takes one file.', 'artificer inspect FILE [--json]');
    const started = performance.now();
    const fileName = basename(path);
    const model = isProject(path) ? await readProject(path, io) : await readFile(path, io);
    const summary = summariseModel(model, fileName, (performance.now() - started) / 1000);
    const lines = [
      `${summary.file}: ${summary.schema || summary.format}, ${summary.originating_system || 'unknown system'}, unit ${summary.length_unit}`,
      `${summary.parts} parts, ${summary.instances} instances, depth ${summary.depth}`,
      `${summary.solids} solids, ${summary.shells} shells, ${summary.faces} faces, ${summary.edges} edges`,
      `volume ${summary.volume_mm3.toPrecision(6)} mm^3, area ${summary.area_mm2.toPrecision(6)} mm^2`,
      `box ${summary.bounding_box_mm.min.map((x) => x.toPrecision(6)).join(', ')} to ${summary.bounding_box_mm.max.map((x) => x.toPrecision(6)).join(', ')} mm`,
      ...summary.warnings.map((warning) => `warning: ${warning.message}`),
    ];
    return { data: summary, text: lines.join('\n') };
  },
};

const isProject = (path: string): boolean => extname(path).toLowerCase() === '.artificer';

async function readFile(path: string, io: CommandIo): Promise<ImportedModel> {
  const { bytes, fileName } = await readInputFile(path);
  const kernel = createKernel();
  try {
    return await kernel.import({ bytes, fileName, tessellate: false }, terminalContext(io));
  } finally {
    await kernel.dispose();
  }
}

/** Of a copy, so that looking leaves the project as it is. */
const readProject = (path: string, io: CommandIo): Promise<ImportedModel> =>
  withTemporaryEngine({ front: 'Command line' }, async ({ client, dataFolder }) => {
    await client['project.open']({ path: resolve(path) });
    await client['project.saveAs']({ path: join(dataFolder, 'copy.artificer') });
    return modelOfProject(client, io);
  });
