/**
 * CalculiX (`ccx`) as a second opinion: a process of its own (it is GPL), with files in a folder that is removed afterwards,
 * ended at once when cancelled.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancelled } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { physicsFault, refuseStudy } from '../errors.ts';
import { calculixVersion, solveInFolder } from '../export/run-calculix.ts';

export interface CalculixFiles {
  resultPath: string;
  tablesPath: string;
  /** In words, with its version. */
  solver: string;
}

/** Runs CalculiX on a deck and hands its files to `read` before they are removed. */
export async function withCalculixAnswer<T>(
  deck: Uint8Array,
  context: JobContext,
  read: (files: CalculixFiles) => Promise<T>,
): Promise<T> {
  const version = calculixVersion();
  if (version === null)
    throw refuseStudy(
      'no-calculix',
      'CalculiX (ccx) is not installed on this machine.',
      'Install it (Debian: calculix-ccx), or export the deck and run it elsewhere.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'artificer-second-opinion-'));
  try {
    await writeFile(join(folder, 'model.inp'), deck);
    context.progress('CalculiX solves the same deck', 0);
    const output = await solveInFolder(folder, { threads: availableParallelism(), signal: context.signal });
    if (context.signal.aborted) throw cancelled('The second opinion');
    const resultPath = join(folder, 'model.frd');
    const written = await stat(resultPath).catch(() => null);
    if (!written || output.includes('*ERROR'))
      throw physicsFault('calculix-failed', 'CalculiX could not solve the deck.', undefined, output.slice(-3000));
    return await read({
      resultPath,
      tablesPath: join(folder, 'model.dat'),
      solver: `CalculiX ${/\d+(\.\d+)*/.exec(version)?.[0] ?? ''}`.trim(),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
