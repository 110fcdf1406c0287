/**
 * A process that solves one deck bundle and says how long it took and how much memory it peaked at. Arguments: folder, threads,
 * and how many load cases: the deck's own, and others of the same forces turned and shifted among the nodes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDeck } from '../export/deck.ts';
import { requireCore } from '../native-core.ts';

const [folder, threads, count = '1'] = process.argv.slice(2) as [string, string, string?];
const { model } = unpackDeck(new Uint8Array(await readFile(join(folder, 'deck.bin'))));
const started = performance.now();
const cases = Array.from({ length: Number(count) }, (_, index) => ({
  forces: model.forces.map((_, i) => {
    // Case 0 is the deck's; the next ones pull along other axes, and ever more along than across.
    const from = 3 * Math.floor(i / 3) + ((i + index) % 3);
    return model.forces[from]! * (1 + (index * (i % 3)) / 10);
  }),
}));
const solutions = await requireCore().solveStaticCases(model, cases, { tolerance: 1e-8, threads: Number(threads) });
const solution = solutions[0]!;
const seconds = (performance.now() - started) / 1000;
await writeFile(join(folder, 'displacement.bin'), new Uint8Array(solution.displacement.buffer));
process.stdout.write(
  JSON.stringify({
    seconds,
    stages: solution.seconds,
    // In kilobytes, on every system, whatever getrusage says.
    peakMemory_MiB: process.resourceUsage().maxRSS / 1024,
    degreesOfFreedom: solution.degreesOfFreedom,
    method: solution.method,
    iterations: Math.max(...solutions.map(({ iterations }) => iterations)),
  }),
);
