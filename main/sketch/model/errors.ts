/** What this package refuses. Nothing is changed when it does. */
import { ArtificerError, type ErrorData } from '../../../preload/contract/errors.ts';

export const refused = (
  code: string,
  message: string,
  more: Partial<Omit<ErrorData, 'code' | 'message'>> = {},
): ArtificerError => new ArtificerError({ code, category: 'refused', message, ...more });

export const invalid = (message: string, hint?: string): ArtificerError =>
  refused('sketch.invalid', message, hint === undefined ? {} : { hint });
