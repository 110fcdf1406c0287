/** Reads a foreign deck, and solves it as it was understood. */
import { refuseFile } from './account.ts';
import { readBdf } from './bdf-reader.ts';
import { solveHeatDeck } from './deck-heat.ts';
import type { DeckInput, DeckSource } from './deck-input.ts';
import type { DeckModel } from './deck-model.ts';
import { solveModesDeck } from './deck-modes.ts';
import { solveStaticDeck } from './deck-statics.ts';
import type { ForeignOutcome } from './foreign-fields.ts';
import { readInp } from './inp-reader.ts';

/** By the file's ending. @throws ArtificerError `exchange.*` */
export function readDeck(bytes: Uint8Array, fileName: string): DeckModel {
  const text = new TextDecoder('latin1').decode(bytes);
  if (/\.inp$/i.test(fileName)) return readInp(text);
  if (/\.(bdf|dat|nas)$/i.test(fileName)) return readBdf(text);
  throw refuseFile(
    'deck-format',
    `"${fileName}" is no deck that can be read.`,
    'Abaqus or CalculiX .inp and Nastran .bdf can.',
  );
}

const SOLVERS: Record<
  DeckModel['type'],
  (deck: DeckModel, from: DeckSource, input: DeckInput) => Promise<ForeignOutcome>
> = { static: solveStaticDeck, modal: solveModesDeck, thermal: solveHeatDeck };

export const solveDeck = (deck: DeckModel, from: DeckSource, input: DeckInput): Promise<ForeignOutcome> =>
  SOLVERS[deck.type](deck, from, input);
