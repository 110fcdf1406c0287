/** `artificer surrogate validate MODEL --data DATA [--out DIR]`: a model asked about designs that it never saw. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DataStore, openModel, type ValidationReport, validateModel, writeValidation } from '../../surrogates/index.ts';
import { type Command, terminalContext, usageError } from '../output.ts';

export const validate: Command = {
  name: 'surrogate validate',
  usage: 'surrogate validate MODEL --data DATA [--out DIR]',
  summary: 'judges a model by designs that it never saw; exit code 4 outside the bars',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: 'string' }, out: { type: 'string' } },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1 || values.data === undefined)
      throw usageError('`surrogate validate` takes one model, and --data DATA.', `artificer ${validate.usage}`);
    const data = await DataStore.open(values.data);
    const model = await openModel(folder, { providers: ['cpu'] });
    try {
      const report = await validateModel(model, data, terminalContext(io));
      const files = values.out === undefined ? [] : await writeValidation(values.out, model, data, report, io.signal);
      return {
        data: { ...report, ...(files.length > 0 ? { files } : {}) },
        text: [inWords(report), ...files.map((file) => `written: ${join(values.out!, file)}`)].join('\n'),
        exitCode: report.passed ? 0 : 4,
      };
    } finally {
      await model.dispose();
    }
  },
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mark = (holds: boolean): string => (holds ? ' ok ' : 'FAIL');

function inWords(report: ValidationReport): string {
  const { interval, answered, seconds } = report;
  return [
    `${report.name}: ${report.designs.answered} of ${report.designs.unseen} designs that it never saw`,
    ...report.scalars.map(
      ({ name, r2, rms, unit, coverage, holds }) =>
        `${mark(holds)} ${name.padEnd(40)} R² ${r2.toFixed(4)} (at least 0.99), ${rms.toPrecision(3)} ${unit} off, ${percent(coverage)} covered`,
    ),
    ...report.fields.map(
      ({ name, relativeL2, bar, coverage, holds }) =>
        `${mark(holds)} ${name.padEnd(40)} ${percent(relativeL2)} off (at most ${percent(bar)}), ${percent(coverage)} covered`,
    ),
    `${mark(interval.holds)} intervals of the ${percent(interval.level)} level cover ${percent(interval.pooled)} (${percent(interval.band.low)} to ${percent(interval.band.high)}; n = ${interval.n})`,
    `${mark(answered.holds)} designs within the ranges are answered: ${percent(answered.share)}`,
    ...report.outOfValidity.map(
      ({ kind, tried, declined }) => `${mark(declined >= 0.95 * tried)} ${kind}: ${declined} of ${tried} declined`,
    ),
    `     a prediction with its fields takes ${(1000 * seconds.prediction).toFixed(1)} ms, ${seconds.timesFaster.toFixed(0)} times less than a solution`,
    report.passed ? 'every bar is reached' : 'NOT every bar is reached',
  ].join('\n');
}
