/**
 * A process that solves one deck bundle and says how long it took and how much memory it peaked at. Arguments: folder, threads,
 * and what: `static`, so many load `cases` (the deck's own, and others of the same forces turned and shifted among the nodes),
 * or so many `modes`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDeck } from '../export/deck.ts';
import { peakMemoryOf } from '../export/peak-memory.ts';
import { requireCore } from '../native-core.ts';

const [folder, threads, what = 'static', count = '1'] = process.argv.slice(2) as [string, string, string?, string?];
const { model } = unpackDeck(new Uint8Array(await readFile(join(folder, 'deck.bin'))));
const core = requireCore();
const started = performance.now();
const { solution, values } = what === 'modes' ? await frequencies(Number(count)) : await displacements(Number(count));
const seconds = (performance.now() - started) / 1000;
await writeFile(join(folder, 'values.bin'), new Uint8Array(values.buffer));
process.stdout.write(
  JSON.stringify({
    seconds,
    stages: solution.seconds,
    // In kilobytes, on every system, whatever getrusage says.
    peakMemory_MiB: (await peakMemoryOf(process.pid)) || process.resourceUsage().maxRSS / 1024,
    degreesOfFreedom: solution.degreesOfFreedom,
    method: solution.method,
    iterations: solution.iterations,
  }),
);

async function displacements(caseCount: number) {
  const cases = Array.from({ length: caseCount }, (_, index) => ({
    forces: model.forces.map((_, i) => {
      // Case 0 is the deck's; the next ones pull along other axes, and ever more along than across.
      const from = 3 * Math.floor(i / 3) + ((i + index) % 3);
      return model.forces[from]! * (1 + (index * (i % 3)) / 10);
    }),
  }));
  const solutions = await core.solveStaticCases(model, cases, { tolerance: 1e-8, threads: Number(threads) });
  const iterations = Math.max(...solutions.map((solved) => solved.iterations));
  return { solution: { ...solutions[0]!, iterations }, values: solutions[0]!.displacement };
}

async function frequencies(modeCount: number) {
  const solution = await core.solveModes(model, { modeCount, threads: Number(threads), recoverStress: false });
  return { solution, values: solution.eigenvalues.map((eigenvalue) => Math.sqrt(eigenvalue) / (2 * Math.PI)) };
}
