/** What is open in the Studies panel, whether its symbols are drawn, and how to bring one of its fields into view. */
import { create } from 'zustand';
import type { StudyRecord } from '../../../preload/contract/index.ts';
import { revealPanel } from '../../state/ui.ts';

interface StudyPanelState {
  openItem: string | null;
  visible: boolean;
  /** The study as it was when it was last solved or tried: a failure is of this and no other. */
  tried: StudyRecord | null;
}
export const useStudyPanel = create<StudyPanelState>(() => ({ openItem: null, visible: true, tried: null }));

/** A place in the panel: one of the lists' items, one of its fields, or both. */
export interface StudyPlace {
  itemId?: string;
  /** The `data-study-field` of a setting. */
  field?: string;
}

const FOCUSABLE = 'input:not(:disabled), select:not(:disabled), button:not(:disabled), [tabindex="0"]';

/** Opens whatever hides the place, scrolls to it and gives it the focus. */
export function goTo({ itemId, field }: StudyPlace): void {
  if (itemId) useStudyPanel.setState({ openItem: itemId });
  revealPanel('studies');
  // A frame for the item to open, one for its layout.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const inItem = itemId ? document.querySelector(`[data-study-item="${CSS.escape(itemId)}"]`) : null;
      const wanted = field
        ? (inItem ?? document).querySelector(`[data-study-field="${CSS.escape(field)}"]`)
        : (inItem?.querySelector('.study-editor') ?? inItem);
      const found = wanted ?? inItem;
      if (!found) return;
      for (let at = found.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
      found.scrollIntoView({ block: 'nearest' });
      const target = found.matches(FOCUSABLE) ? found : found.querySelector(FOCUSABLE);
      (target as HTMLElement | null)?.focus({ preventScroll: true });
    }),
  );
}
