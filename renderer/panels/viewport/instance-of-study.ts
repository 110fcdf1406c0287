/** Which of a part's occurrences its study is shown on. */
import type { StudyRecord } from '../../../preload/contract/index.ts';
import { useDocument } from '../../state/document.ts';
import { useSelection } from '../../state/selection.ts';

/** The instance that shows the part's result: the selected one, or the first. */
export function instanceOfStudy(study: StudyRecord | undefined): string | undefined {
  if (!study) return undefined;
  const placed = useDocument.getState().placements.get(study.partId) ?? [];
  const selected = useSelection.getState().items.find(({ instanceId }) => placed.includes(instanceId));
  return selected?.instanceId ?? placed[0];
}
