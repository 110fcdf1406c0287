/** The errors of this folder: every one is a refusal of the input, so nothing has changed when it is thrown. */
import { ArtificerError, type ErrorData } from '../../../preload/contract/errors.ts';

export type RefusalCode =
  | 'import.empty-file'
  | 'import.truncated'
  | 'import.corrupt'
  | 'import.not-a-cad-file'
  | 'import.unsupported-format'
  | 'import.too-large'
  | 'import.no-geometry'
  | 'import.non-finite-numbers';

/** Advice that fits most refusals of a code; a caller that knows better passes its own. */
const HINTS: Record<RefusalCode, string> = {
  'import.empty-file': 'Ask for the file again, or export it again: the copy was probably interrupted.',
  'import.truncated': 'Copy or download the file again, or export it again from the system it came from.',
  'import.corrupt': 'Export the file again from the system it came from.',
  'import.not-a-cad-file': 'Choose a STEP, IGES, BREP, STL, OBJ, PLY, 3MF or glTF file.',
  'import.unsupported-format': 'Ask for a STEP file (AP242 or AP214).',
  'import.too-large': 'Export fewer parts, or a coarser mesh.',
  'import.no-geometry': 'Check in the system it came from that the export contains solids, surfaces or triangles.',
  'import.non-finite-numbers': 'Repair the named place in the system it came from, and export again.',
};

/** `cause` names the place: `line 12`, `byte 84`, `entity #33`. */
export function refusalData(code: RefusalCode, message: string, cause?: string, hint?: string): ErrorData {
  const data: ErrorData = { code, category: 'refused', message, hint: hint ?? HINTS[code] };
  if (cause !== undefined) data.cause = cause;
  return data;
}

export const refusal = (code: RefusalCode, message: string, cause?: string, hint?: string): ArtificerError =>
  new ArtificerError(refusalData(code, message, cause, hint));
