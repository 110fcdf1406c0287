/** Import of the corpus against its ground truth: every readable file equal, every unreadable one refused, no crash, no hang. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentContext, toErrorData } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { type ModelSummary, summariseModel } from '../model-summary.ts';
import { corpusFolder } from './sample-files.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

interface Truth {
  path: string;
  ok?: boolean;
  solids?: number;
  faces?: number;
  volume_mm3?: number;
  area_mm2?: number;
  /** Mesh files. */
  triangles?: number;
  area?: number | null;
  signed_volume?: number | null;
  bbox?: unknown;
}

/**
 * Where the ground truth's tool went on or gave up and we knowingly do otherwise: hostile meshes that it counted without
 * minding are refused, and a byte order mark that stopped it is skipped.
 */
const BETTER_REFUSED = new Set(['nasty/count_lies.stl', 'nasty/malformed.obj', 'nasty/nan_coordinates.stl']);
const BETTER_READ = new Set(['nasty/utf8_bom.step']);

export interface CorpusRow {
  path: string;
  verdict:
    | 'equal'
    | 'refused as expected'
    | 'differs'
    | 'refused but readable'
    | 'read but unreadable'
    | 'fault'
    | 'too slow';
  seconds: number;
  detail: string;
}

const MAXIMUM_SECONDS = 60;
const RELATIVE = 1e-3;
const close = (got: number, wanted: number): boolean =>
  Math.abs(got - wanted) <= RELATIVE * Math.max(Math.abs(wanted), 1e-9);

/** What differs between a summary and the truth. */
function differences(summary: ModelSummary, truth: Truth): string[] {
  const found: string[] = [];
  const compare = (what: string, got: number, wanted: number | null | undefined): void => {
    if (typeof wanted === 'number' && !close(got, wanted)) found.push(`${what} ${got} for ${wanted}`);
  };
  if (truth.solids === undefined) {
    if (truth.triangles !== undefined && summary.triangles !== truth.triangles)
      found.push(`triangles ${summary.triangles} for ${truth.triangles}`);
    compare('area', summary.area_mm2, truth.area);
    return found;
  }
  if (summary.solids !== truth.solids) found.push(`solids ${summary.solids} for ${truth.solids}`);
  if (summary.faces !== truth.faces) found.push(`faces ${summary.faces} for ${truth.faces}`);
  compare('volume', summary.volume_mm3, truth.volume_mm3);
  compare('area', summary.area_mm2, truth.area_mm2);
  return found;
}

export async function compareCorpus(signal: AbortSignal, onFile?: (path: string) => void): Promise<CorpusRow[] | null> {
  const folder = corpusFolder();
  if (!folder) return null;
  const truths = (await readFile(join(folder, 'truth.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Truth);
  const kernel = createKernel();
  const rows: CorpusRow[] = [];
  try {
    for (const truth of truths) {
      if (signal.aborted) break;
      onFile?.(truth.path);
      const started = performance.now();
      const row = (verdict: CorpusRow['verdict'], detail: string): void => {
        const seconds = (performance.now() - started) / 1000;
        rows.push({ path: truth.path, seconds, detail, verdict: seconds > MAXIMUM_SECONDS ? 'too slow' : verdict });
      };
      try {
        const bytes = await readFile(join(folder, truth.path));
        const model = await kernel.import(
          { bytes, fileName: truth.path.split('/').at(-1)!, tessellate: false },
          silentContext(signal),
        );
        const summary = summariseModel(model, truth.path, 0);
        if (truth.ok === false && !BETTER_READ.has(truth.path))
          row('read but unreadable', `${summary.solids} solids, ${summary.faces} faces`);
        else {
          const found = differences(summary, truth);
          row(found.length === 0 ? 'equal' : 'differs', found.join('; '));
        }
      } catch (thrown) {
        const error = toErrorData(thrown);
        if (error.category !== 'refused') row('fault', `${error.code}: ${error.message} ${error.cause ?? ''}`);
        else
          row(
            truth.ok === false || BETTER_REFUSED.has(truth.path) ? 'refused as expected' : 'refused but readable',
            `${error.code}: ${error.message}`,
          );
      }
    }
  } finally {
    await kernel.dispose();
  }
  return rows;
}

export const corpus: Benchmark = {
  name: 'corpus',
  summary: 'import of the corpus against its ground truth',
  async run(io) {
    const rows = await compareCorpus(io.signal, (path) => io.err(io.isTerminal ? `\r\x1b[K${path}` : ''));
    if (!rows) return { name: 'corpus', lines: [], skipped: 'the corpus is not here' };
    const good = rows.filter((row) => row.verdict === 'equal' || row.verdict === 'refused as expected');
    const lines: BenchmarkLine[] = [
      { what: 'files', value: rows.length },
      { what: 'equal to the truth', value: rows.filter((row) => row.verdict === 'equal').length },
      { what: 'refused as expected', value: rows.filter((row) => row.verdict === 'refused as expected').length },
      { what: 'otherwise', value: rows.length - good.length, bar: 'none', holds: rows.length === good.length },
      {
        what: 'slowest',
        value: Math.max(...rows.map((row) => row.seconds)),
        unit: 's',
        bar: 'under 60 s',
        holds: rows.every((row) => row.seconds < MAXIMUM_SECONDS),
      },
    ];
    for (const row of rows)
      if (!good.includes(row)) lines.push({ what: row.path, value: `${row.verdict}: ${row.detail}` });
    return { name: 'corpus', lines };
  },
};
