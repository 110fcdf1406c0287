/** Errors of the engineer, in one plain sentence each. */
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';

/** What was given is refused; nothing changed. */
export const refuseDesign = (
  code: string,
  message: string,
  hint?: string,
  more: Pick<ErrorData, 'cause' | 'details'> = {},
): ArtificerError =>
  new ArtificerError({ code: `design.${code}`, category: 'refused', message, ...(hint ? { hint } : {}), ...more });
