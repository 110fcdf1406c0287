/** A benchmark measures ratios in one run; it reports, and says whether its bar holds, but it is no test. */
import type { CommandIo } from '../output.ts';

export interface BenchmarkLine {
  what: string;
  value: number | string;
  unit?: string;
  /** The bar in words, and whether it holds. */
  bar?: string;
  holds?: boolean;
}
export interface BenchmarkReport {
  name: string;
  lines: BenchmarkLine[];
  /** Why it could not be run here, in words. */
  skipped?: string;
}
export interface Benchmark {
  name: string;
  summary: string;
  /** What it goes through one by one, by name: they can be asked for singly. */
  cases?(): Promise<readonly string[]>;
  /** @param only of its cases, those to run; all where left out */
  run(io: CommandIo, only?: readonly string[]): Promise<BenchmarkReport>;
}
