/** `artificer bench [NAME]`: the project's benchmarks, as ratios in one run. */
import { parseArgs } from 'node:util';
import { ArtificerError, toErrorData } from '../../preload/contract/index.ts';
import { BENCHMARK_GROUPS, BENCHMARKS } from './benchmarks/index.ts';
import type { BenchmarkReport } from './benchmarks/types.ts';
import { type Command, usageError } from './output.ts';

const show = (value: number | string): string =>
  typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : value.toPrecision(4);

export function tableOf(report: BenchmarkReport): string {
  if (report.skipped) return `${report.name}: skipped, ${report.skipped}`;
  const width = Math.max(...report.lines.map((line) => line.what.length));
  return [
    report.name,
    ...report.lines.map((line) => {
      const bar = line.bar ? `   ${line.holds ? 'holds' : 'DOES NOT HOLD'}: ${line.bar}` : '';
      return `  ${line.what.padEnd(width)}  ${show(line.value)}${line.unit ? ` ${line.unit}` : ''}${bar}`;
    }),
  ].join('\n');
}

export const bench: Command = {
  name: 'bench',
  usage: `bench [${BENCHMARKS.map((each) => each.name).join('|')}]`,
  summary: "the project's benchmarks",
  async run(args, io) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const named = positionals.flatMap((name) => BENCHMARK_GROUPS[name] ?? [name]);
    const wanted = positionals.length === 0 ? BENCHMARKS : BENCHMARKS.filter((each) => named.includes(each.name));
    const known = [...Object.keys(BENCHMARK_GROUPS), ...BENCHMARKS.map((each) => each.name)];
    if (positionals.some((name) => !known.includes(name)))
      throw usageError(
        `There is no benchmark ${positionals.join(', ')}.`,
        `There are: ${BENCHMARKS.map((each) => `${each.name} (${each.summary})`).join('; ')}.`,
      );
    const reports: BenchmarkReport[] = [];
    for (const each of wanted) {
      if (io.signal.aborted)
        throw new ArtificerError({ code: 'cancelled', category: 'cancelled', message: 'Cancelled.' });
      io.err(`${each.name} …\n`);
      try {
        reports.push(await each.run(io));
      } catch (thrown) {
        // One that fails does not take the others' figures with it.
        const error = toErrorData(thrown);
        reports.push({
          name: each.name,
          lines: [{ what: 'failed', value: `${error.message} ${error.cause ?? ''}`, bar: 'runs', holds: false }],
        });
      }
      if (!io.json) io.err(`${tableOf(reports.at(-1)!)}\n`);
    }
    const fails = reports.some((report) => report.lines.some((line) => line.holds === false));
    return { data: { reports }, text: reports.map(tableOf).join('\n\n'), exitCode: fails ? 4 : 0 };
  },
};
