/** The part that a new study would be of. */
import type { PartRecord } from '../../preload/contract/index.ts';
import { recordsOf } from '../state/document.ts';
import { selectedPart } from './instances.ts';

/** The selected one, or the only one. */
export function partForStudy(): PartRecord | undefined {
  const parts = recordsOf('part');
  return selectedPart() ?? (parts.length === 1 ? parts[0] : undefined);
}
