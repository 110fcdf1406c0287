/** The window's own furniture: dialogs, palette, menus, toasts, and which panel is in front. */
import { create } from 'zustand';

export type DialogName =
  | 'open-project'
  | 'new-project'
  | 'save-as'
  | 'project-info'
  | 'preferences'
  | 'import-options'
  | 'export'
  | 'samples'
  | 'new-study'
  | 'shortcuts'
  | 'about';

export type PanelName =
  | 'assembly'
  | 'materials'
  | 'properties'
  | 'viewport'
  | 'studies'
  | 'results'
  | 'messages'
  | 'jobs'
  | 'history'
  | 'features'
  | 'variables'
  | 'recognised'
  | 'manufacture'
  | 'script'
  | 'agent'
  | 'design'
  | 'help';

/** Panels of the lower dock. */
export type LowerPanel = 'messages' | 'jobs' | 'history' | 'script';
export const LOWER_PANELS: readonly PanelName[] = ['messages', 'jobs', 'history', 'script'];

export interface Toast {
  id: number;
  text: string;
}
export interface UiState {
  dialog: DialogName | null;
  paletteOpen: boolean;
  toasts: Toast[];
  /** Files on their way into the engine, by name, 0..1. */
  uploads: { name: string; fraction: number }[];
  bottomOpen: boolean;
  /** Asks the dock to bring a panel forward; the counter makes asking twice count. */
  reveal: { panel: PanelName; count: number } | null;
  layoutResets: number;
}
export const useUi = create<UiState>(() => ({
  dialog: null,
  paletteOpen: false,
  toasts: [],
  uploads: [],
  bottomOpen: false,
  reveal: null,
  layoutResets: 0,
}));

export const openDialog = (dialog: DialogName): void => useUi.setState({ dialog, paletteOpen: false });
export const closeDialog = (): void => useUi.setState({ dialog: null });
export const revealPanel = (panel: PanelName): void =>
  useUi.setState(({ reveal }) => ({ reveal: { panel, count: (reveal?.count ?? 0) + 1 } }));
/** Opens the lower dock with this panel in front. */
export function setBottomOpen(panel: LowerPanel | null): void {
  useUi.setState({ bottomOpen: panel !== null });
  if (panel) revealPanel(panel);
}

const TOAST_MILLISECONDS = 4000;
let toastCount = 0;
/** For news that needs no action; anything else belongs into the messages. */
export function toast(text: string): void {
  const id = ++toastCount;
  useUi.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), { id, text }] }));
  setTimeout(
    () => useUi.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) })),
    TOAST_MILLISECONDS,
  );
}
