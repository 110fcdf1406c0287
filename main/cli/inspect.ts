/** `artificer inspect FILE`: what is in a file, counted over every instance. */
import { parseArgs } from 'node:util';
import { readInputFile } from '../host/index.ts';
import { createKernel } from '../kernel/index.ts';
import { summariseModel } from './model-summary.ts';
import { type Command, terminalContext, usageError } from './output.ts';

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
    const { bytes, fileName } = await readInputFile(path);
    const kernel = createKernel();
    try {
      const model = await kernel.import({ bytes, fileName, tessellate: false }, terminalContext(io));
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
    } finally {
      await kernel.dispose();
    }
  },
};
