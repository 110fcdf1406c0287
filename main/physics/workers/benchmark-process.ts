/** A process that solves one deck bundle and says how long it took and how much memory it peaked at. Arguments: folder, threads. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDeck } from '../export/deck.ts';
import { requireCore } from '../native-core.ts';

const [folder, threads] = process.argv.slice(2) as [string, string];
const { model } = unpackDeck(new Uint8Array(await readFile(join(folder, 'deck.bin'))));
const started = performance.now();
const solution = await requireCore().solveStatic(model, { tolerance: 1e-8, threads: Number(threads) });
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
    iterations: solution.iterations,
  }),
);
