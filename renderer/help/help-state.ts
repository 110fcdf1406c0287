/** Which page of the help is open, and what is searched for in it. */
import { create } from 'zustand';
import { revealPanel } from '../state/ui.ts';

export const useHelp = create<{ pageId: string | null; query: string }>(() => ({ pageId: null, query: '' }));

/** Opens the help at a page, or at its contents. */
export function openHelp(pageId: string | null = null): void {
  useHelp.setState({ pageId, query: '' });
  revealPanel('help');
}
