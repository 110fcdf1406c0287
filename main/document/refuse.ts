/** Short-hand for the errors of this folder: all of them leave the document as it was. */
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';

/** An input or edit that is turned down. Returns the error, so that callers write `throw refuse(...)`. */
export const refuse = (
  code: string,
  message: string,
  more: Partial<Omit<ErrorData, 'code' | 'message'>> = {},
): ArtificerError => new ArtificerError({ code, category: 'refused', message, ...more });

/** A list for a sentence: at most `limit` items, then "and 12 more". */
export function listInWords(items: readonly string[], limit = 5): string {
  const shown = items.slice(0, limit);
  const left = items.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}
