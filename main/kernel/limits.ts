/** How long and how large work may get before it is stopped. Files come from anywhere, and some are made to do harm. */
import type { Limits } from './port.ts';

const MiB = 2 ** 20;

/** Most nodes of an expanded assembly tree. A few hundred bytes of a hostile file can ask for billions. */
export const MAX_TREE_NODES = 100_000;
/** Deepest assembly; the walk is recursive, and real assemblies stay below 30. */
export const MAX_TREE_DEPTH = 500;

export const DEFAULT_MEMORY_MiB = 4096;
const DEFAULT_FILE_BYTES = 1024 * MiB;
const SHORTEST_SECONDS = 60;
const LONGEST_SECONDS = 600;
/**
 * The slowest real files seen took 1.5 s per MiB here; ten times that, because machines are slower and busier, and never
 * less than a minute.
 */
const SECONDS_PER_MiB = 15;

/** Bounds of one import. What the caller asks for wins, up to the file's own scale otherwise. */
export function limitsOfImport(fileBytes: number, asked: Partial<Limits> | undefined): Limits {
  const scaled = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, (fileBytes / MiB) * SECONDS_PER_MiB));
  return {
    seconds: asked?.seconds ?? scaled,
    memory_MiB: asked?.memory_MiB ?? DEFAULT_MEMORY_MiB,
    fileBytes: asked?.fileBytes ?? DEFAULT_FILE_BYTES,
  };
}

/** Bounds of one operation of a modeller, whose input has already been read and described once. */
export const MODELLER_LIMITS = { seconds: 300, memory_MiB: DEFAULT_MEMORY_MiB };
