/** Brings a record into view: in the tree, in the viewport, or in its panel. */
import { useDocument } from '../state/document.ts';
import { useResults } from '../state/results.ts';
import { partItem, select } from '../state/selection.ts';
import { revealPanel } from '../state/ui.ts';

export function revealRecord(id: string): void {
  const { records, placements } = useDocument.getState();
  const record = records.get(id);
  if (!record) return;
  switch (record.type) {
    case 'instance':
      select([partItem(id)]);
      revealPanel('assembly');
      break;
    case 'part':
      select((placements.get(id) ?? []).map(partItem));
      revealPanel('assembly');
      break;
    case 'study':
      useResults.setState({ activeStudyId: id });
      revealPanel('studies');
      break;
    case 'material':
      revealPanel('materials');
      break;
    default:
      revealPanel('properties');
      break;
  }
}
