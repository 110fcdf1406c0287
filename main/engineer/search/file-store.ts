/** Tried designs in a file, a line each: a search that was stopped or killed reads them and goes on. */
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type DesignCandidate, DesignCandidateSchema } from '../../../preload/contract/index.ts';
import { parsedOrNull } from '../parsed-json.ts';
import type { CandidateStore } from './search.ts';

const LineSchema = v.object({ key: v.string(), candidate: DesignCandidateSchema });
const HeadSchema = v.object({ inputs: v.string() });

/**
 * @param inputs hash of everything that decides a design's numbers besides its values: lines of other inputs are not used
 * @returns a store with what the file has; a last line that was cut off by a kill is left out
 */
export async function openCandidateFile(path: string, inputs: string): Promise<CandidateStore & { known: number }> {
  const found = new Map<string, DesignCandidate>();
  const text = await readFile(path, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return '';
    throw thrown;
  });
  const [head = '', ...lines] = text.split('\n');
  const ours = v.safeParse(HeadSchema, parsedOrNull(head));
  if (ours.success && ours.output.inputs === inputs)
    for (const line of lines) {
      const parsed = v.safeParse(LineSchema, parsedOrNull(line));
      if (parsed.success) found.set(parsed.output.key, parsed.output.candidate);
    }
  // Written anew, so that a cut line is not continued.
  const kept = [
    JSON.stringify({ inputs }),
    ...[...found].map(([key, candidate]) => JSON.stringify({ key, candidate })),
  ];
  await writeFile(`${path}.new`, `${kept.join('\n')}\n`);
  await rename(`${path}.new`, path);
  let writing = Promise.resolve();
  return {
    known: found.size,
    keys: () => [...found.keys()],
    get: (key) => found.get(key),
    put(key, candidate) {
      found.set(key, candidate);
      writing = writing.then(() => appendFile(path, `${JSON.stringify({ key, candidate })}\n`));
      return writing;
    },
  };
}
