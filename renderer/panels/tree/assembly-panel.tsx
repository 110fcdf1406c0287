import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { chooseAndImport } from '../../actions/files.ts';
import { renameBody, renameInstance, setBodyHidden, setHidden } from '../../actions/instances.ts';
import { assignMaterialTo } from '../../actions/materials.ts';
import { commandEntries } from '../../shell/command-entries.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { type SelectedItem, select, useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { mainViewport } from '../../state/viewports.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/fields.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { formatCount } from '../../units/format.ts';
import { type TreeRow, treeRows } from './rows.ts';
import { TreeRowView } from './tree-row.tsx';
import { expandAtFirst, revealInstance, useTree } from './tree-state.ts';

const ROW_HEIGHT = 24;

const itemOf = (row: TreeRow): SelectedItem => ({
  instanceId: row.instanceId,
  kind: row.kind === 'body' ? 'body' : 'part',
  body: row.body,
  index: 0,
});

/** The rows that the selection marks. Faces and the like mark the row of their instance. */
const selectedKeys = (items: SelectedItem[]): Set<string> =>
  new Set(items.map(({ kind, instanceId, body }) => (kind === 'body' ? `${instanceId}#${body}` : instanceId)));

export function AssemblyPanel() {
  const tree = useDocument((state) => state.tree);
  const records = useDocument((state) => state.records);
  const project = useDocument((state) => state.project);
  const parts = useGeometry((state) => state.parts);
  const items = useSelection((state) => state.items);
  const isolation = useView((state) => state.isolation);
  const { expanded, filter, renaming, cursor, setExpanded } = useTree();
  const [menu, setMenu] = useState<{ entries: MenuEntry[]; at: { x: number; y: number } } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const rows = useMemo(
    () => treeRows({ tree, records, parts, expanded, filter }),
    [tree, records, parts, expanded, filter],
  );
  const marked = useMemo(() => selectedKeys(items), [items]);
  const isolated = useMemo(() => (isolation ? new Set(isolation) : null), [isolation]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  // What is open at first depends on how much there is, once per project and import.
  const rootCount = tree.roots().length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when a root is added, not at each change
  useEffect(expandAtFirst, [rootCount, project?.path]);

  // What is picked in the viewport comes into view here.
  const last = items.at(-1);
  const fromHere = useRef(false);
  useEffect(() => {
    if (!last || fromHere.current) {
      fromHere.current = false;
      return;
    }
    revealInstance(last.instanceId);
    const key = last.kind === 'body' ? `${last.instanceId}#${last.body}` : last.instanceId;
    requestAnimationFrame(() => {
      const index = currentRows.current.findIndex((row) => row.key === key);
      if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    });
  }, [last, virtual]);
  const currentRows = useRef(rows);
  currentRows.current = rows;

  const cursorIndex = Math.max(
    0,
    rows.findIndex((row) => row.key === cursor),
  );
  const anchor = useRef<number>(0);

  const moveTo = (index: number, extend: boolean) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[to];
    if (!row) return;
    useTree.setState({ cursor: row.key });
    fromHere.current = true;
    if (extend) {
      const [from, until] = [Math.min(anchor.current, to), Math.max(anchor.current, to)];
      select(rows.slice(from, until + 1).map(itemOf));
    } else {
      anchor.current = to;
      select([itemOf(row)]);
    }
    virtual.scrollToIndex(to, { align: 'auto' });
  };

  const onRowClick = (event: MouseEvent, row: TreeRow, index: number) => {
    fromHere.current = true;
    if (event.shiftKey) return moveTo(index, true);
    anchor.current = index;
    useTree.setState({ cursor: row.key });
    select([itemOf(row)], event.ctrlKey || event.metaKey ? 'toggle' : 'replace');
  };

  const toggleHidden = (row: TreeRow) => {
    if (row.kind === 'body') {
      const partId = recordOf('instance', row.instanceId)?.partId;
      if (partId) void setBodyHidden(partId, row.body, !row.hidden);
      return;
    }
    // The eye of a selected row acts on all that is selected.
    const ids = marked.has(row.key)
      ? items.filter(({ kind }) => kind === 'part').map(({ instanceId }) => instanceId)
      : [row.instanceId];
    void setHidden(ids.length > 0 ? ids : [row.instanceId], !row.hidden);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[cursorIndex];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!row || renaming || !plain) return;
    const parentIndex = () => {
      for (let i = cursorIndex - 1; i >= 0; i--) if (rows[i]!.depth < row.depth) return i;
      return cursorIndex;
    };
    switch (event.key) {
      case 'ArrowDown':
        moveTo(cursor === null ? 0 : cursorIndex + 1, event.shiftKey);
        break;
      case 'ArrowUp':
        moveTo(cursorIndex - 1, event.shiftKey);
        break;
      case 'Home':
        moveTo(0, event.shiftKey);
        break;
      case 'End':
        moveTo(rows.length - 1, event.shiftKey);
        break;
      case 'PageDown':
        moveTo(cursorIndex + 15, event.shiftKey);
        break;
      case 'PageUp':
        moveTo(cursorIndex - 15, event.shiftKey);
        break;
      case 'ArrowRight':
        if (row.expandable && !row.expanded) setExpanded([row.key], true);
        else if (row.expanded) moveTo(cursorIndex + 1, false);
        break;
      case 'ArrowLeft':
        if (row.expanded) setExpanded([row.key], false);
        else moveTo(parentIndex(), false);
        break;
      case '*': {
        const below = tree.descendantsOf(row.instanceId).map(({ id }) => id);
        setExpanded([row.instanceId, ...below], true);
        break;
      }
      case 'Enter':
        mainViewport()?.fit([row.instanceId], true);
        break;
      case ' ':
        toggleHidden(row);
        break;
      case 'ContextMenu':
        openMenu(row, { x: 80, y: 160 });
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const openMenu = (row: TreeRow, at: { x: number; y: number }) => {
    if (!marked.has(row.key)) {
      fromHere.current = true;
      select([itemOf(row)]);
    }
    useTree.setState({ cursor: row.key });
    const entries = commandEntries([
      'view.fitSelection',
      'view.isolate',
      'view.hide',
      'view.showSelection',
      'view.showAll',
      '-',
      'edit.rename',
      'select.samePart',
      '-',
      'study.new',
      'window.panel.materials',
      'window.panel.properties',
      '-',
      'edit.remove',
    ]);
    setMenu({ entries, at });
  };

  const counts = useMemo(() => tree.counts(), [tree]);
  const empty = rows.length === 0;
  return (
    <section className="panel" aria-label="Assembly">
      <div className="panel-bar">
        <SearchField
          label="Find in the assembly"
          value={filter}
          testId="tree-filter"
          onChange={(value) => useTree.setState({ filter: value })}
        />
        <IconButton
          icon="up"
          label="Close all branches"
          onClick={() => useTree.setState({ expanded: new Set() })}
          disabled={expanded.size === 0}
        />
      </div>
      <div
        ref={scroller}
        className="tree"
        role="tree"
        tabIndex={0}
        aria-label="Assembly tree"
        aria-multiselectable="true"
        aria-activedescendant={cursor && !empty ? `row-${cursor}` : undefined}
        data-testid="tree"
        onKeyDown={onKeyDown}
      >
        {empty ? (
          <div className="panel-empty">
            {filter ? (
              <p>Nothing here is called “{filter}”.</p>
            ) : (
              <>
                <p>Parts and assemblies appear here once a file has been imported.</p>
                <Button icon="import" onClick={() => void chooseAndImport()}>
                  Import CAD files…
                </Button>
              </>
            )}
          </div>
        ) : (
          <div className="tree-space" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]!;
              return (
                <TreeRowView
                  key={row.key}
                  row={row}
                  top={start}
                  selected={marked.has(row.key)}
                  current={cursor === row.key}
                  dimmed={row.hidden || row.hiddenAbove || (isolated !== null && !isolated.has(row.instanceId))}
                  renaming={renaming === row.key}
                  onClick={(event) => onRowClick(event, row, index)}
                  onOpen={() => mainViewport()?.fit([row.instanceId], true)}
                  onToggle={() => setExpanded([row.key], !row.expanded)}
                  onToggleHidden={() => toggleHidden(row)}
                  onMenu={(at) => openMenu(row, at)}
                  onMaterial={(material) => void assignMaterialTo(material, [row.instanceId])}
                  onRename={(name) => {
                    useTree.setState({ renaming: null });
                    scroller.current?.focus();
                    if (name === null) return;
                    if (row.kind !== 'body') return void renameInstance(row.instanceId, name);
                    const partId = recordOf('instance', row.instanceId)?.partId;
                    if (partId) void renameBody(partId, row.body, name);
                  }}
                />
              );
            })}
          </div>
        )}
      </div>
      <div className="panel-foot">
        <span>
          {formatCount(counts.placements)} {counts.placements === 1 ? 'instance' : 'instances'}
          {' · '}
          {formatCount(counts.parts)} {counts.parts === 1 ? 'part' : 'parts'}
        </span>
        {items.length > 0 && <span>{formatCount(items.length)} selected</span>}
      </div>
      {menu && <Menu label="Assembly" entries={menu.entries} at={menu.at} onClose={() => setMenu(null)} />}
    </section>
  );
}
