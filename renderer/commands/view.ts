import { endIsolation, hideSelection, isolate, setHidden, showAll } from '../actions/instances.ts';
import { saveView } from '../actions/saved-views.ts';
import { toggleSection } from '../panels/viewport/sections.ts';
import { openViewMenu } from '../panels/viewport/view-menu-state.ts';
import { useDocument } from '../state/document.ts';
import { selectedInstanceIds, useSelection } from '../state/selection.ts';
import { resolvedTheme, setSetting, useSettings } from '../state/settings.ts';
import { useView } from '../state/view.ts';
import { allViewports, mainViewport } from '../state/viewports.ts';
import type { IconName } from '../ui/icons.tsx';
import type { DisplayStyle, PickFilter, StandardView } from '../viewport/api.ts';
import { register } from './registry.ts';

const hasParts = () => useDocument.getState().placements.size > 0;
const hasSelection = () => useSelection.getState().items.length > 0;
const isWritable = () => useDocument.getState().project?.readOnly === false;

export const VIEWS: { view: StandardView; label: string; key: string }[] = [
  { view: 'front', label: 'Front', key: '1' },
  { view: 'back', label: 'Back', key: '2' },
  { view: 'left', label: 'Left', key: '3' },
  { view: 'right', label: 'Right', key: '4' },
  { view: 'top', label: 'Top', key: '5' },
  { view: 'bottom', label: 'Bottom', key: '6' },
  { view: 'isometric', label: 'Isometric', key: '7' },
];
export const STYLES: { style: DisplayStyle; label: string; icon: IconName }[] = [
  { style: 'shaded-edges', label: 'Shaded with edges', icon: 'shadedEdges' },
  { style: 'shaded', label: 'Shaded', icon: 'shaded' },
  { style: 'transparent', label: 'Transparent', icon: 'transparent' },
  { style: 'hidden-lines', label: 'Hidden lines removed', icon: 'hiddenLines' },
  { style: 'wireframe', label: 'Wireframe', icon: 'wireframe' },
];
export const FILTERS: { filter: PickFilter; label: string; icon: IconName }[] = [
  { filter: 'auto', label: 'Anything', icon: 'select' },
  { filter: 'part', label: 'Parts', icon: 'part' },
  { filter: 'body', label: 'Bodies', icon: 'body' },
  { filter: 'face', label: 'Faces', icon: 'face' },
  { filter: 'edge', label: 'Edges', icon: 'edge' },
  { filter: 'vertex', label: 'Vertices', icon: 'vertex' },
];

const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

register(
  {
    id: 'view.fit',
    title: 'Fit everything in view',
    category: 'View',
    icon: 'fit',
    keys: ['f'],
    enabled: hasParts,
    run: () => {
      for (const viewport of allViewports()) viewport.fit(undefined, !reducedMotion());
    },
  },
  {
    id: 'view.fitSelection',
    title: 'Fit the selection in view',
    category: 'View',
    keys: ['Shift+f'],
    enabled: hasSelection,
    run: () => mainViewport()?.fit(selectedInstanceIds(), !reducedMotion()),
  },
  ...VIEWS.map(({ view, label, key }) => ({
    id: `view.${view}`,
    title: `${label} view`,
    category: 'View' as const,
    icon: 'cube' as const,
    keys: [key],
    run: () => {
      for (const viewport of allViewports()) viewport.standardView(view, !reducedMotion());
    },
  })),
  {
    id: 'view.normalTo',
    title: 'Look straight at the selected face',
    category: 'View',
    keys: ['n'],
    enabled: () => useSelection.getState().items.some(({ kind }) => kind === 'face'),
    run: () => mainViewport()?.standardView('normal-to', !reducedMotion()),
  },
  {
    id: 'view.save',
    title: 'Save this view',
    category: 'View',
    icon: 'camera',
    enabled: () => hasParts() && isWritable(),
    run: saveView,
  },
  {
    id: 'view.menu',
    title: 'Choose a view…',
    category: 'View',
    icon: 'cube',
    keys: ['Space'],
    enabled: hasParts,
    run: openViewMenu,
  },
  ...STYLES.map(({ style, label, icon }) => ({
    id: `view.style.${style}`,
    title: label,
    category: 'View' as const,
    icon,
    checked: () => useView.getState().displayStyle === style,
    run: () => useView.setState({ displayStyle: style }),
  })),
  {
    id: 'view.orthographic',
    title: 'Orthographic projection',
    category: 'View',
    icon: 'orthographic',
    keys: ['p'],
    checked: () => useView.getState().orthographic,
    run: () => useView.setState(({ orthographic }) => ({ orthographic: !orthographic })),
  },
  ...FILTERS.map(({ filter, label, icon }) => ({
    id: `select.filter.${filter}`,
    title: `Pick ${label.toLowerCase()}`,
    category: 'Select' as const,
    icon,
    checked: () => useView.getState().filter === filter,
    run: () => useView.setState({ filter }),
  })),
  {
    id: 'view.section',
    title: 'Section plane',
    category: 'View',
    icon: 'section',
    keys: ['x'],
    enabled: hasParts,
    checked: () => useView.getState().sections.some(({ enabled }) => enabled),
    run: toggleSection,
  },
  {
    id: 'view.explode',
    title: 'Exploded view',
    category: 'View',
    icon: 'explode',
    keys: ['e'],
    enabled: () => useDocument.getState().tree.counts().placements > 1,
    checked: () => useView.getState().explosion > 0,
    run: () => useView.setState(({ explosion }) => ({ explosion: explosion > 0 ? 0 : 0.5 })),
  },
  {
    id: 'view.hide',
    title: 'Hide the selection',
    category: 'View',
    icon: 'eyeOff',
    keys: ['h'],
    enabled: () => hasSelection() && isWritable(),
    run: hideSelection,
  },
  {
    id: 'view.showSelection',
    title: 'Show the selection',
    category: 'View',
    icon: 'eye',
    enabled: () => hasSelection() && isWritable(),
    run: () => setHidden(selectedInstanceIds(), false),
  },
  {
    id: 'view.showAll',
    title: 'Show everything',
    category: 'View',
    icon: 'eye',
    keys: ['Shift+h'],
    enabled: hasParts,
    run: showAll,
  },
  {
    id: 'view.isolate',
    title: () => (useView.getState().isolation && !hasSelection() ? 'End isolation' : 'Isolate the selection'),
    category: 'View',
    icon: 'isolate',
    keys: ['i'],
    enabled: () => hasSelection() || useView.getState().isolation !== null,
    checked: () => useView.getState().isolation !== null,
    run: () => {
      const { isolation } = useView.getState();
      const ids = selectedInstanceIds();
      const already = isolation !== null && ids.every((id) => isolation.includes(id));
      if (ids.length === 0 || already) endIsolation();
      else isolate(ids);
    },
  },
  {
    id: 'view.theme',
    title: () =>
      resolvedTheme(useSettings.getState().theme) === 'dark' ? 'Use the light theme' : 'Use the dark theme',
    category: 'View',
    icon: 'moon',
    run: () => setSetting('theme', resolvedTheme(useSettings.getState().theme) === 'dark' ? 'light' : 'dark'),
  },
);
