import { goToBranch } from '../actions/branches.ts';
import { edit } from '../actions/edit.ts';
import { cancelJob } from '../actions/files.ts';
import { useConnection } from '../engine/connection.ts';
import { useAppInfo } from '../engine/session.ts';
import { currentBranch, openBranches, useBranches } from '../state/branches.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { bodyInfo } from '../state/geometry.ts';
import { runningJobs, useJobs } from '../state/jobs.ts';
import { useMessages } from '../state/messages.ts';
import { type SelectedItem, useSelection } from '../state/selection.ts';
import { openDialog, setBottomOpen, useUi } from '../state/ui.ts';
import { type Tool, useView } from '../state/view.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../ui/menu.tsx';
import { formatCount, formatNumber, formatQuantity } from '../units/format.ts';
import { UNIT_SYSTEMS, type UnitSystem } from '../units/quantities.ts';
import { useUnits } from '../units/use-units.ts';
import { commandEntries } from './command-entries.ts';

const HINTS: Record<Tool['kind'], string> = {
  select: 'Click to select, Ctrl+click for more · middle button turns, Ctrl+middle pans, wheel zooms',
  measure: 'Pick one or two faces, edges or vertices · Esc ends measuring',
  probe: 'Click on the result to place a probe · Esc ends',
  path: 'Click the two ends of a line on the result · Esc ends',
  elements: 'Click an element of the mesh · Esc ends',
  references: 'Click faces to add them, again to take them away · Esc ends',
  pick: 'Click what is asked for, again to take it away · Esc ends',
};

/** What is selected, in a few words. */
function selectionWords(items: SelectedItem[], system: UnitSystem): string {
  if (items.length === 0) return '';
  const [item] = items;
  if (items.length > 1 || !item) {
    const kinds = new Map<string, number>();
    for (const { kind } of items) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const plural = (kind: string, count: number) =>
      count === 1 ? kind : kind === 'vertex' ? 'vertices' : kind === 'body' ? 'bodies' : `${kind}s`;
    return [...kinds].map(([kind, count]) => `${formatCount(count)} ${plural(kind, count)}`).join(', ');
  }
  const instance = recordOf('instance', item.instanceId);
  const part = recordOf('part', instance?.partId);
  const name = instance?.name || part?.name || '';
  const info = bodyInfo(part?.id, item.body);
  if (item.kind === 'face') {
    const face = info?.faces[item.index];
    if (face)
      return `Face ${item.index + 1} of ${name} · ${face.type} · ${formatQuantity(face.area_mm2, 'area', system)}`;
  }
  if (item.kind === 'edge') {
    const edge = info?.edges[item.index];
    if (edge)
      return `Edge ${item.index + 1} of ${name} · ${edge.type} · ${formatQuantity(edge.length_mm, 'length', system)}`;
  }
  return name;
}

/** Which line of changes is open; hidden where there is only the main one. */
function BranchChoice() {
  const open = openBranches(useBranches((state) => state.list));
  const here = currentBranch(open);
  if (open.length < 2 || !here) return null;
  const entries = (): MenuEntry[] => [
    ...open.map(
      (branch): MenuEntry => ({
        kind: 'item',
        label: branch.parent === null ? 'Main project' : branch.name,
        checked: branch.current,
        run: () => void goToBranch(branch.name),
      }),
    ),
    { kind: 'separator' },
    ...commandEntries(['branch.take', 'branch.drop']),
  ];
  return (
    <MenuButton
      label={`Branch: ${here.parent === null ? 'main project' : here.name}`}
      className={`status-button ${here.parent === null ? '' : 'strong'}`}
      entries={entries}
    >
      <Icon name="branch" size={14} />
      <span className="truncate">{here.parent === null ? 'Main project' : here.name}</span>
    </MenuButton>
  );
}

export function StatusBar() {
  const tool = useView((state) => state.tool);
  const items = useSelection((state) => state.items);
  const hovered = useSelection((state) => state.hovered);
  const entries = useJobs((state) => state.entries);
  const unread = useMessages((state) => state.unread);
  const status = useConnection((state) => state.status);
  const bottomOpen = useUi((state) => state.bottomOpen);
  const info = useAppInfo((state) => state.info);
  const records = useDocument((state) => state.records);
  const system = useUnits();
  const [running] = runningJobs(entries);
  const project = records.get('project_settings');

  const setUnits = (units: UnitSystem) => {
    if (project?.type === 'project') void edit(`Show ${units}`, [{ ...project, units }]);
  };
  return (
    <footer className="status-bar">
      <span className="status-hint truncate" data-testid="status-hint">
        {selectionWords(items, system) || HINTS[tool.kind]}
      </span>
      {hovered && (
        <span className="status-point">{hovered.point_mm.map((value) => formatNumber(value, 5)).join('  ')} mm</span>
      )}
      <span className="spacer" />
      <BranchChoice />
      {running && (
        <div className="status-job" data-testid="status-job">
          <button type="button" className="status-button" onClick={() => setBottomOpen('jobs')}>
            <span className="truncate">
              {running.job.label}: {running.job.stage}
            </span>
          </button>
          <div className={`progress ${running.job.fraction === null ? 'unknown' : ''}`}>
            <span style={running.job.fraction === null ? {} : { width: `${running.job.fraction * 100}%` }} />
          </div>
          <IconButton small icon="close" label="Cancel" onClick={() => void cancelJob(running.job.id)} />
        </div>
      )}
      <button
        type="button"
        className={`status-button ${unread > 0 ? 'attention' : ''}`}
        onClick={() => setBottomOpen('messages')}
        title="Messages"
      >
        <Icon name="messages" size={14} />
        {unread > 0 ? `${unread} new` : 'Messages'}
      </button>
      <IconButton
        small
        icon="panelBottom"
        label={bottomOpen ? 'Close the lower panel' : 'Open the lower panel'}
        pressed={bottomOpen}
        onClick={() => (bottomOpen ? setBottomOpen(null) : setBottomOpen('jobs'))}
      />
      <MenuButton
        label="Units of display"
        className="status-button"
        disabled={!project}
        entries={() =>
          UNIT_SYSTEMS.map(({ id, label }) => ({
            kind: 'item',
            label,
            checked: id === system,
            run: () => setUnits(id),
          }))
        }
      >
        {UNIT_SYSTEMS.find(({ id }) => id === system)?.label}
      </MenuButton>
      <button
        type="button"
        className="status-button"
        onClick={() => openDialog('about')}
        title={info ? `${info.front} · ${info.engine}` : 'About'}
        data-testid="connection"
      >
        <span className={`status-light ${status}`} />
        {status === 'open' ? (info?.front ?? 'Connected') : status === 'connecting' ? 'Connecting…' : 'Disconnected'}
      </button>
    </footer>
  );
}
