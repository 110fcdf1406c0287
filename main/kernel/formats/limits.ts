/**
 * Bounds that keep a hostile or broken file from taking the machine. They are checked against the bytes that are really
 * there before anything is allocated, never against a count that a file merely claims.
 */
const GiB = 2 ** 30;

/** Most memory one reader may take for what it returns, bytes. */
export const MAX_ALLOCATION_BYTES = 2 * GiB;
/** Most bytes one entry of a zip archive may unpack to. */
export const MAX_UNPACKED_BYTES = 1 * GiB;
/** Most triangles of one file after instances are flattened or shapes unpacked. */
export const MAX_TRIANGLES = 60_000_000;
/** Deepest tree of nodes or components. */
export const MAX_TREE_DEPTH = 512;
/** Most placements of one file. */
export const MAX_INSTANCES = 250_000;
/** Names longer than this are kept, with a warning. */
export const LONG_NAME_CHARACTERS = 1_000;
