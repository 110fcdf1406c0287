/**
 * A process that solves one deck bundle and says how long it took and how much memory it peaked at. Arguments: folder, threads,
 * and for natural frequencies in place of a static solution how many modes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDeck } from '../export/deck.ts';
import { requireCore } from '../native-core.ts';

const [folder, threads, modes] = process.argv.slice(2) as [string, string, string?];
const { model } = unpackDeck(new Uint8Array(await readFile(join(folder, 'deck.bin'))));
const core = requireCore();
const started = performance.now();
const { solution, values } = modes === undefined ? await displacements() : await frequencies(Number(modes));
const seconds = (performance.now() - started) / 1000;
await writeFile(join(folder, 'values.bin'), new Uint8Array(values.buffer));
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

async function displacements() {
  const solution = await core.solveStatic(model, { tolerance: 1e-8, threads: Number(threads) });
  return { solution, values: solution.displacement };
}

async function frequencies(modeCount: number) {
  const solution = await core.solveModes(model, { modeCount, threads: Number(threads), recoverStress: false });
  return { solution, values: solution.eigenvalues.map((eigenvalue) => Math.sqrt(eigenvalue) / (2 * Math.PI)) };
}
