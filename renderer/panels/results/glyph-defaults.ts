/** How arrows look at first. */
import type { GlyphSettings } from '../../state/results.ts';

export const DEFAULT_GLYPHS: Omit<GlyphSettings, 'kind'> = { density: 24, size: 1, byValue: true };
