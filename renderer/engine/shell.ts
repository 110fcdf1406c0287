/** The desktop shell around the page, where there is one. A browser has none, and the page works without. */
import type { ArtificerShell } from '../../preload/shell.ts';

/** Null in a browser. */
export const shell = (): ArtificerShell | null => window.artificerShell ?? null;
