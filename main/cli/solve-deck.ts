/** `artificer solve DECK.inp`: a deck of another program, with an account of what was understood of it. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPhysics } from '../physics/index.ts';
import { type CommandIo, type CommandResult, terminalContext } from './output.ts';
import { studyDocument } from './study-document.ts';
import { textOf } from './study-text.ts';

export async function solveDeck(
  file: { bytes: Uint8Array; fileName: string },
  out: string | undefined,
  io: CommandIo,
): Promise<CommandResult> {
  const physics = createPhysics();
  try {
    const context = terminalContext(io);
    const inputHash = createHash('sha256').update(file.bytes).digest('hex');
    const { account, outcome } = await physics.deck(file, { inputHash }, context);
    const { summary, fields } = outcome!;
    const document = { ...studyDocument(summary, [], true), account };
    if (out !== undefined) {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'fields.vtu'), await physics.export('vtu', fields, context));
      await writeFile(join(out, 'study.json'), `${JSON.stringify(document, null, 2)}\n`);
    }
    const lines = account.map(
      ({ line, item, understanding, count, words }) =>
        `  line ${line}: ${item}${count > 1 ? ` (${count})` : ''}: ${understanding}: ${words}`,
    );
    return { data: document, text: [textOf(file.fileName, summary, true), 'account of the deck', ...lines].join('\n') };
  } finally {
    await physics.dispose();
  }
}
