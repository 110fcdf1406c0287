import { ArtificerError } from '../../../preload/contract/index.ts';

/** Why a shape can't be made, with the code `engineer.shape-...`. */
export const shapeError = (what: string, message: string, hint?: string): ArtificerError =>
  new ArtificerError({ code: `engineer.shape-${what}`, category: 'refused', message, ...(hint ? { hint } : {}) });
