/** Whose a result is, in words. Pure. */
import type { ResultEntry } from '../../../../preload/contract/index.ts';

/** `CalculiX 2.20`, or the file that it came from; null for our own. */
export function whoseResult({ summary }: ResultEntry): string | null {
  const { imported, solver } = summary;
  if (!imported) return null;
  return imported.of === undefined ? `file ${imported.fileName}` : solver;
}

/** A result of another program is no older or newer than the study: it is what that program said. */
export const isOutOfDate = ({ current, summary }: Pick<ResultEntry, 'current' | 'summary'>): boolean =>
  !current && summary.imported === undefined;
