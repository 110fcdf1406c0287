/** Says which connection it was, where the numeric core knows only the number of an equation. */
import { refuseStudy } from '../errors.ts';
import type { AppliedConnections } from './connect.ts';

/** For `catch` of a computation on a model with connections: throws the same error, or one that names who contradicts whom. */
export const blameConnections =
  (applied: AppliedConnections | null) =>
  (error: unknown): never => {
    const { code, hint } = error as { code?: string; hint?: string };
    if (code !== 'contradicting-constraints') throw error;
    const who = applied?.system.groupOf(Number(hint))?.who ?? 'A connection';
    throw refuseStudy(
      'contradicting-connections',
      `${who} contradicts a restraint or another connection: they ask for different motions of the same points.`,
      'Let them not meet on one face, or give both the same displacement there.',
      { cause: error instanceof Error ? error.message : String(error) },
    );
  };
