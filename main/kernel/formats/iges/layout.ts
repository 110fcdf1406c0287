/** The layout of IGES lines (IGES 5.3, section 2.2): 72 columns of data, a section letter, a number of seven columns. */
import { asciiSlice } from '../text.ts';

export type IgesLayout = 'fixed' | 'compressed' | 'binary';

/** Which of the three forms the first line announces; undefined where it is no IGES. */
export function igesLayout(bytes: Uint8Array): IgesLayout | undefined {
  const head = asciiSlice(bytes, 0, 400).replace(/^\u00ef\u00bb\u00bf/, '');
  const line = head.split(/\r\n|\r|\n/).find((l) => l.trim() !== '') ?? '';
  const wide = /^.{72}([SCBG]) *0*1\b/.exec(line);
  if (wide) return wide[1] === 'C' ? 'compressed' : wide[1] === 'B' ? 'binary' : 'fixed';
  // A file without line ends is a row of 80-column records.
  if (/^[^\r\n]{72}S *0*1[^\r\n]{72}[SG] *0*[12]/.test(head)) return 'fixed';
  return undefined;
}

export const looksLikeIges = (bytes: Uint8Array): boolean => igesLayout(bytes) !== undefined;
