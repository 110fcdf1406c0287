/** Design problems of benchmarks: a brief and a script in place of files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobContext, silentContext } from '../../../../preload/contract/index.ts';
import {
  type Brief,
  type Concept,
  conceptFromScript,
  conceptsOf,
  readBrief,
  type SearchResult,
  searchDesign,
} from '../../../engineer/index.ts';
import { readInputFile } from '../../../host/index.ts';
import type { Kernel } from '../../../kernel/index.ts';
import type { Physics } from '../../../physics/index.ts';

export interface DesignProblem {
  name: string;
  /** YAML with one concept; its part is the script. */
  brief: string;
  script: string;
}

/** One of `resources/briefs`, by its name. */
export interface SampleBrief {
  sample: string;
  /** The archetype's own ranges, as for a brief that names none, in place of the sample's. */
  ownRanges?: boolean;
}

const SAMPLES = join(import.meta.dirname, '../../../../resources/briefs');

export interface Tools {
  kernel: Kernel;
  physics: Physics;
  context: JobContext;
}

/** Solves of a search: `ARTIFICER_BENCH_SOLVES` where a machine is slow or shared. */
export const SOLVES = Number(process.env['ARTIFICER_BENCH_SOLVES'] ?? 60);

export async function openProblem(
  problem: DesignProblem | SampleBrief,
  { context, kernel }: Pick<Tools, 'context' | 'kernel'>,
  solves: number = SOLVES,
): Promise<{ brief: Brief; concept: Concept }> {
  if ('sample' in problem) {
    const path = join(SAMPLES, `${problem.sample}.yaml`);
    const brief = readBrief(await readFile(path, 'utf8'));
    if (problem.ownRanges) for (const each of brief.concepts) each.vary = {};
    const [concept] = await conceptsOf(brief, kernel, { path, readFile: readInputFile }, context);
    return { brief: { ...brief, budget: { minutes: 1000, solves } }, concept: concept! };
  }
  const { brief, script, name } = problem;
  const read = readBrief(brief);
  const budget = { minutes: 1000, solves };
  const concept = await conceptFromScript(read.concepts[0]!, { fileName: `${name}.ts`, source: script }, context);
  return { brief: { ...read, budget }, concept };
}

export async function solveProblem(problem: DesignProblem, tools: Tools): Promise<SearchResult> {
  const { brief, concept } = await openProblem(problem, tools);
  const { kernel, physics, context } = tools;
  return searchDesign({ kernel, physics, brief, concepts: [concept], lanes: 2 }, context);
}

export const quietly = (signal: AbortSignal): JobContext => silentContext(signal);
