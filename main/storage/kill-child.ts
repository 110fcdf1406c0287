/**
 * The victim of the kill test: opens the project named on its command line, makes changes as fast as it can, and prints
 * each one's number the moment it has been acknowledged. It never ends by itself.
 */
import { writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { benchmarkView } from './benchmark-view.ts';
import { DocumentSession } from './session.ts';

const [path, passphrase] = process.argv.slice(2);
const session = await DocumentSession.open(path!, { passphrase: passphrase || undefined });

/** Bulk data comes and goes at the same time, so that a kill also falls into the middle of a blob. */
async function keepWritingBlobs(): Promise<void> {
  for (let round = 0; ; round++) {
    const hash = await session.file.blobs.write(new Uint8Array(3 * 2 ** 20).fill(round % 251), 'noise');
    if (round % 2 === 0) await session.file.blobs.remove(hash);
    await nextTurn();
  }
}
void keepWritingBlobs();

for (;;) {
  const { sequence, undoLabel } = session.state();
  const step = sequence + 1;
  if (step % 7 === 0 && undoLabel) session.undo();
  else
    session.change({
      label: `Step ${step}`,
      put: [benchmarkView(`k${step % 50}x`, step), benchmarkView('last', step)],
    });
  // Straight to the descriptor: what is printed has happened.
  writeSync(1, `${session.state().sequence}\n`);
  if (step % 5 === 0) await nextTurn();
}
