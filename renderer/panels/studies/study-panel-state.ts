/** Which restraint, load or refinement is open in the Studies panel, and whether its symbols are drawn. */
import { create } from 'zustand';

export const useStudyPanel = create<{ openItem: string | null; visible: boolean }>(() => ({
  openItem: null,
  visible: true,
}));
