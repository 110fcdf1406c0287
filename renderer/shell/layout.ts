/** Where the panels are at first. */
import type { AddPanelOptions, DockviewApi, IDockviewPanel } from 'dockview-react';
import { PANELS } from '../commands/window.ts';
import { LOWER_PANELS, type PanelName } from '../state/ui.ts';

/** Raised when panels come or go, so that kept layouts of before are let go. */
export const LAYOUT_VERSION = 4;

const LEFT_WIDTH = 300;
const RIGHT_WIDTH = 340;
const LEFT_MINIMUM = 232;
const RIGHT_MINIMUM = 296;
/** Text of a brief and a table of designs need more than fields do. */
const DESIGN_WIDTH = 440;
const VIEWPORT_MINIMUM = 320;
const LOWER_HEIGHT = 190;
const PROPERTIES_HEIGHT = 300;

/** The panel to sit beside, as a tab, when it is opened anew. */
const COMPANIONS: Record<PanelName, PanelName[]> = {
  viewport: [],
  assembly: ['features', 'properties'],
  features: ['assembly', 'properties'],
  properties: ['assembly'],
  materials: ['results', 'studies'],
  variables: ['studies', 'results', 'materials'],
  recognised: ['variables', 'studies', 'results'],
  manufacture: ['variables', 'studies', 'results'],
  agent: ['studies', 'results', 'variables'],
  help: ['variables', 'studies', 'results'],
  script: ['messages', 'jobs', 'history'],
  design: ['studies', 'results', 'materials', 'variables'],
  studies: ['results', 'materials'],
  results: ['studies', 'materials'],
  messages: ['jobs', 'history'],
  jobs: ['messages', 'history'],
  history: ['messages', 'jobs'],
};
const FALLBACK: Record<PanelName, 'left' | 'right' | 'below'> = {
  viewport: 'right',
  assembly: 'left',
  features: 'left',
  variables: 'right',
  recognised: 'right',
  manufacture: 'right',
  agent: 'right',
  help: 'right',
  script: 'below',
  design: 'right',
  properties: 'left',
  materials: 'right',
  studies: 'right',
  results: 'right',
  messages: 'below',
  jobs: 'below',
  history: 'below',
};
const titleOf = (panel: PanelName): string => PANELS.find((one) => one.panel === panel)?.label ?? 'Model';

const options = (panel: PanelName): Pick<AddPanelOptions, 'id' | 'component' | 'title' | 'renderer'> => ({
  id: panel,
  component: panel,
  title: titleOf(panel),
  // The viewport keeps its picture when another tab is in front of it.
  ...(panel === 'viewport' ? { renderer: 'always' as const } : {}),
});

/** Opens a panel that had been closed, where one would look for it. */
export function addPanel(api: DockviewApi, panel: PanelName): IDockviewPanel {
  const beside = COMPANIONS[panel].find((name) => api.getPanel(name));
  if (beside) {
    const added = api.addPanel({ ...options(panel), position: { referencePanel: beside, direction: 'within' } });
    if (panel === 'design' && added.group.width < DESIGN_WIDTH) added.group.api.setSize({ width: DESIGN_WIDTH });
    return added;
  }
  const viewport = api.getPanel('viewport');
  return api.addPanel(
    viewport
      ? { ...options(panel), position: { referencePanel: 'viewport', direction: FALLBACK[panel] } }
      : { ...options(panel), position: { direction: FALLBACK[panel] } },
  );
}

export function buildDefaultLayout(api: DockviewApi): void {
  api.clear();
  const viewport = api.addPanel(options('viewport'));
  // One picture and nothing to choose between: a tab would only take its height.
  viewport.group.header.hidden = true;
  viewport.group.locked = 'no-drop-target';
  const beside = (
    panel: PanelName,
    referencePanel: PanelName,
    direction: 'left' | 'right' | 'below' | 'within',
    size = {},
  ) =>
    api.addPanel({
      ...options(panel),
      position: { referencePanel, direction },
      inactive: direction === 'within',
      ...size,
    });
  beside('messages', 'viewport', 'below', { initialHeight: LOWER_HEIGHT });
  beside('jobs', 'messages', 'within');
  beside('history', 'messages', 'within');
  api.addPanel({ ...options('assembly'), position: { direction: 'left' }, initialWidth: LEFT_WIDTH });
  beside('features', 'assembly', 'within');
  beside('properties', 'assembly', 'below', { initialHeight: PROPERTIES_HEIGHT });
  api.addPanel({ ...options('studies'), position: { direction: 'right' }, initialWidth: RIGHT_WIDTH });
  beside('results', 'studies', 'within');
  beside('materials', 'studies', 'within');
  beside('variables', 'studies', 'within');
  beside('agent', 'studies', 'within');
  // Sizes are asked for again: adding the other columns shared the width out anew.
  api.getPanel('assembly')?.group.api.setSize({ width: LEFT_WIDTH });
  api.getPanel('studies')?.group.api.setSize({ width: RIGHT_WIDTH });
  api.getPanel('properties')?.group.api.setSize({ height: PROPERTIES_HEIGHT });
  keepReadable(api);
  viewport.api.setActive();
}

/** No column may become too narrow for its fields, whatever the window's size. */
export function keepReadable(api: DockviewApi): void {
  for (const panel of ['assembly', 'features', 'properties']) {
    api.getPanel(panel)?.group.api.setConstraints({ minimumWidth: LEFT_MINIMUM });
  }
  for (const panel of [
    'studies',
    'results',
    'materials',
    'variables',
    'recognised',
    'manufacture',
    'agent',
    'help',
    'design',
  ]) {
    api.getPanel(panel)?.group.api.setConstraints({ minimumWidth: RIGHT_MINIMUM });
  }
  api.getPanel('viewport')?.group.api.setConstraints({ minimumWidth: VIEWPORT_MINIMUM, minimumHeight: 160 });
}

/** Shows or hides the group with messages, jobs and history, wherever they have been moved together. */
export function setLowerVisible(api: DockviewApi, visible: boolean): void {
  const panel = api.getPanel('messages') ?? api.getPanel('jobs') ?? api.getPanel('history');
  if (!panel) {
    if (visible) addPanel(api, 'messages');
    return;
  }
  const home = panel.group;
  // A person who dropped them among other panels wants to see them there.
  const alone = home.panels.every(({ id }) => LOWER_PANELS.includes(id as PanelName));
  if (alone && home.api.isVisible !== visible) home.api.setVisible(visible);
}
