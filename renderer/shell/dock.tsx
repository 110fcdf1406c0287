import { type DockviewApi, DockviewReact, type DockviewTheme, type IDockviewPanelProps } from 'dockview-react';
import { type FunctionComponent, useEffect, useRef } from 'react';
import { PANELS } from '../commands/window.ts';
import { FeaturesPanel } from '../features/features-panel.tsx';
import { RecognisedPanel } from '../features/recognised/recognised-panel.tsx';
import { ScriptPanel } from '../features/script/script-panel.tsx';
import { VariablesPanel } from '../features/variables/variables-panel.tsx';
import { HelpPanel } from '../help/help-panel.tsx';
import { AgentPanel } from '../panels/agent/agent-panel.tsx';
import { DesignPanel } from '../panels/design/design-panel.tsx';
import { HistoryPanel } from '../panels/history/history-panel.tsx';
import { JobsPanel } from '../panels/jobs/jobs-panel.tsx';
import { ManufacturePanel } from '../panels/manufacture/manufacture-panel.tsx';
import { MaterialsPanel } from '../panels/materials/materials-panel.tsx';
import { MessagesPanel } from '../panels/messages/messages-panel.tsx';
import { PropertiesPanel } from '../panels/properties/properties-panel.tsx';
import { ResultsPanel } from '../panels/results/results-panel.tsx';
import { StudiesPanel } from '../panels/studies/studies-panel.tsx';
import { AssemblyPanel } from '../panels/tree/assembly-panel.tsx';
import { ViewportPanel } from '../panels/viewport/viewport-panel.tsx';
import { setSetting, useSettings } from '../state/settings.ts';
import { type PanelName, useUi } from '../state/ui.ts';
import { Icon } from '../ui/icons.tsx';
import { addPanel, buildDefaultLayout, keepReadable, LAYOUT_VERSION, setLowerVisible } from './layout.ts';

const COMPONENTS: Record<PanelName, FunctionComponent> = {
  assembly: AssemblyPanel,
  materials: MaterialsPanel,
  properties: PropertiesPanel,
  viewport: ViewportPanel,
  studies: StudiesPanel,
  results: ResultsPanel,
  messages: MessagesPanel,
  jobs: JobsPanel,
  history: HistoryPanel,
  features: FeaturesPanel,
  variables: VariablesPanel,
  recognised: RecognisedPanel,
  manufacture: ManufacturePanel,
  script: ScriptPanel,
  agent: AgentPanel,
  design: DesignPanel,
  help: HelpPanel,
};

/** dockview gives panels props of its own; ours live off the stores. */
const components = Object.fromEntries(
  Object.entries(COMPONENTS).map(([name, Panel]) => [name, (_props: IDockviewPanelProps) => <Panel />]),
);

const THEME: DockviewTheme = { name: 'artificer', className: 'dock-theme', gap: 0 };
const SAVE_DELAY = 800;

function Tab({ api }: IDockviewPanelProps) {
  const icon = PANELS.find(({ panel }) => panel === api.id)?.icon;
  return (
    <span className="dock-tab">
      {icon && <Icon name={icon} size={14} />}
      {api.title}
    </span>
  );
}

/** The docked panels: their arrangement is kept, and can be put back. */
export function Dock() {
  const api = useRef<DockviewApi | null>(null);
  const resets = useUi((state) => state.layoutResets);
  const reveal = useUi((state) => state.reveal);
  const bottomOpen = useUi((state) => state.bottomOpen);
  const applied = useRef(false);

  useEffect(() => {
    if (resets > 0 && api.current) buildDefaultLayout(api.current);
  }, [resets]);

  useEffect(() => {
    if (!reveal || !api.current) return;
    const panel = api.current.getPanel(reveal.panel) ?? addPanel(api.current, reveal.panel);
    panel.api.setActive();
  }, [reveal]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset builds the lower group anew
  useEffect(() => {
    if (api.current) setLowerVisible(api.current, bottomOpen);
  }, [bottomOpen, resets]);

  // The kept layout arrives with the settings, once.
  const layout = useSettings((state) => state.layout);
  useEffect(() => {
    if (!api.current || applied.current || !layout) return;
    applied.current = true;
    restore(api.current, layout);
  }, [layout]);

  return (
    <DockviewReact
      className="dock"
      theme={THEME}
      components={components}
      defaultTabComponent={Tab}
      disableFloatingGroups
      onReady={(event) => {
        api.current = event.api;
        buildDefaultLayout(event.api);
        setLowerVisible(event.api, useUi.getState().bottomOpen);
        let timer: ReturnType<typeof setTimeout> | undefined;
        event.api.onDidLayoutChange(() => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            applied.current = true;
            setSetting('layout', { version: LAYOUT_VERSION, dock: event.api.toJSON() });
          }, SAVE_DELAY);
        });
      }}
    />
  );
}

/** A layout of another version, or one that can't be read, is no loss: the default is there already. */
function restore(api: DockviewApi, layout: unknown): void {
  const kept = layout as { version?: unknown; dock?: Parameters<DockviewApi['fromJSON']>[0] };
  if (kept.version !== LAYOUT_VERSION || !kept.dock) return;
  try {
    api.fromJSON(kept.dock);
    if (!api.getPanel('viewport')) buildDefaultLayout(api);
    keepReadable(api);
  } catch {
    buildDefaultLayout(api);
  }
  setLowerVisible(api, useUi.getState().bottomOpen);
}
