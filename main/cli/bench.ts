/** `artificer bench [NAME ...] [--only CASE,...]`: the project's benchmarks, as ratios in one run. */
import { parseArgs } from 'node:util';
import { ArtificerError, toErrorData } from '../../preload/contract/index.ts';
import { BENCHMARK_GROUPS, BENCHMARKS } from './benchmarks/index.ts';
import type { Benchmark, BenchmarkReport } from './benchmarks/types.ts';
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

/** @throws CliError where a benchmark has no such case: one that was misspelt would pass by not being run */
async function casesOf(wanted: readonly Benchmark[], asked: string | undefined): Promise<string[] | undefined> {
  if (asked === undefined) return undefined;
  const only = asked.split(',').map((word) => word.trim());
  for (const each of wanted) {
    const cases = (await each.cases?.()) ?? [];
    const unknown = only.filter((word) => !cases.includes(word));
    if (unknown.length > 0)
      throw usageError(
        `The benchmark ${each.name} has no case ${unknown.join(', ')}.`,
        cases.length > 0 ? `It has: ${cases.join(', ')}.` : 'It runs as a whole only.',
      );
  }
  return only;
}

export const bench: Command = {
  name: 'bench',
  usage: `bench [${BENCHMARKS.map((each) => each.name).join('|')}] [--only CASE,...]`,
  summary: "the project's benchmarks",
  async run(args, io) {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { only: { type: 'string' } } });
    const named = positionals.flatMap((name) => BENCHMARK_GROUPS[name] ?? [name]);
    const wanted = positionals.length === 0 ? BENCHMARKS : BENCHMARKS.filter((each) => named.includes(each.name));
    const known = [...Object.keys(BENCHMARK_GROUPS), ...BENCHMARKS.map((each) => each.name)];
    if (positionals.some((name) => !known.includes(name)))
      throw usageError(
        `There is no benchmark ${positionals.join(', ')}.`,
        `There are: ${BENCHMARKS.map((each) => `${each.name} (${each.summary})`).join('; ')}.`,
      );
    const only = await casesOf(wanted, values.only);
    const reports: BenchmarkReport[] = [];
    for (const each of wanted) {
      if (io.signal.aborted)
        throw new ArtificerError({ code: 'cancelled', category: 'cancelled', message: 'Cancelled.' });
      io.err(`${each.name} …\n`);
      try {
        reports.push(await each.run(io, only));
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
