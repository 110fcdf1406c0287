/** Errors of studies: what is wrong with the question, in one plain sentence, and what to do about it. */
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';

/** The study itself cannot be solved as asked; nothing changed. */
export const refuseStudy = (
  code: string,
  message: string,
  hint?: string,
  more: Pick<ErrorData, 'cause' | 'details'> = {},
): ArtificerError =>
  new ArtificerError({ code: `study.${code}`, category: 'refused', message, ...(hint ? { hint } : {}), ...more });

/** Something of ours failed; the study may be fine. */
export const physicsFault = (code: string, message: string, hint?: string, cause?: string): ArtificerError =>
  new ArtificerError({
    code: `physics.${code}`,
    category: 'fault',
    message,
    ...(hint ? { hint } : {}),
    ...(cause ? { cause } : {}),
  });
