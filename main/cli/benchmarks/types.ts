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
  run(io: CommandIo): Promise<BenchmarkReport>;
}
