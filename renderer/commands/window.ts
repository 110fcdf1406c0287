import { reconnectNow, useConnection } from '../engine/connection.ts';
import { useDocument } from '../state/document.ts';
import {
  LOWER_PANELS,
  type LowerPanel,
  openDialog,
  type PanelName,
  revealPanel,
  setBottomOpen,
  useUi,
} from '../state/ui.ts';
import { setTool, useView } from '../state/view.ts';
import type { IconName } from '../ui/icons.tsx';
import { register } from './registry.ts';

export const PANELS: { panel: PanelName; label: string; icon: IconName }[] = [
  { panel: 'assembly', label: 'Assembly', icon: 'assembly' },
  { panel: 'features', label: 'Features', icon: 'features' },
  { panel: 'properties', label: 'Properties', icon: 'info' },
  { panel: 'materials', label: 'Materials', icon: 'material' },
  { panel: 'studies', label: 'Studies', icon: 'study' },
  { panel: 'results', label: 'Results', icon: 'result' },
  { panel: 'variables', label: 'Variables', icon: 'variable' },
  { panel: 'recognised', label: 'Recognised', icon: 'recognise' },
  { panel: 'manufacture', label: 'Manufacture', icon: 'gear' },
  { panel: 'design', label: 'Design', icon: 'target' },
  { panel: 'messages', label: 'Messages', icon: 'messages' },
  { panel: 'jobs', label: 'Jobs', icon: 'jobs' },
  { panel: 'history', label: 'History', icon: 'history' },
  { panel: 'script', label: 'Script', icon: 'script' },
  { panel: 'agent', label: 'Agent', icon: 'agent' },
  { panel: 'help', label: 'Help', icon: 'help' },
];

register(
  {
    id: 'window.palette',
    title: 'Search commands…',
    category: 'Window',
    icon: 'search',
    keys: ['$mod+k', '$mod+Shift+p'],
    whileTyping: true,
    hidden: true,
    run: () => useUi.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen })),
  },
  ...PANELS.map(({ panel, label, icon }) => ({
    id: `window.panel.${panel}`,
    title: `Show ${label}`,
    category: 'Window' as const,
    icon,
    run: () => (LOWER_PANELS.includes(panel) ? setBottomOpen(panel as LowerPanel) : revealPanel(panel)),
  })),
  {
    id: 'window.bottom',
    title: 'Lower panel',
    category: 'Window',
    icon: 'panelBottom',
    keys: ['$mod+j'],
    whileTyping: true,
    checked: () => useUi.getState().bottomOpen,
    run: () => useUi.setState(({ bottomOpen }) => ({ bottomOpen: !bottomOpen })),
  },
  {
    id: 'window.resetLayout',
    title: 'Reset the layout',
    category: 'Window',
    icon: 'reset',
    run: () => useUi.setState(({ layoutResets }) => ({ layoutResets: layoutResets + 1, bottomOpen: false })),
  },
  {
    id: 'window.reconnect',
    title: 'Reconnect to the engine',
    category: 'Window',
    enabled: () => useConnection.getState().status !== 'open',
    run: reconnectNow,
  },
  {
    id: 'tools.measure',
    title: 'Measure',
    category: 'Tools',
    icon: 'measure',
    keys: ['m'],
    enabled: () => useDocument.getState().placements.size > 0,
    checked: () => useView.getState().tool.kind === 'measure',
    run: () => setTool(useView.getState().tool.kind === 'measure' ? { kind: 'select' } : { kind: 'measure' }),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    category: 'Help',
    icon: 'keyboard',
    keys: ['Shift+?', '?'],
    run: () => openDialog('shortcuts'),
  },
  { id: 'help.about', title: 'About this Artificer', category: 'Help', icon: 'info', run: () => openDialog('about') },
);
