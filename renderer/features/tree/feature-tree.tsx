/** The steps of a part in order, with the bar that rolls back; the whole of it by keyboard too. */
import { type DragEvent, type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { FeatureRecord, PartRecord } from '../../../preload/contract/index.ts';
import { openHelp } from '../../help/help-state.ts';
import { useDocument } from '../../state/document.ts';
import { useHistory } from '../../state/parts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { featuresOf, moveFeature, renameFeature, rollBackTo, setSuppressed } from '../edits.ts';
import { askToDelete, featureEntries, openFeature } from './feature-menu.ts';
import { FeatureRowView } from './feature-row.tsx';
import { rowsOf } from './tree-rows.ts';
import { selectRow, toggleGroup, useFeatureTree } from './tree-state.ts';

/** What is being dragged: a step, or the bar. */
let dragged: { kind: 'feature'; id: string } | { kind: 'bar' } | null = null;

export function FeatureTree({ part }: { part: PartRecord }) {
  const records = useDocument((state) => state.records);
  const history = useHistory(part.id);
  const { selected, cursor, renaming, closed } = useFeatureTree();
  const [menu, setMenu] = useState<{ at: { x: number; y: number }; entries: MenuEntry[] } | null>(null);
  const [drop, setDrop] = useState<{ key: string; where: 'before' | 'after' } | null>(null);
  const features = featuresOf(part, records);
  const rows = rowsOf(part, features, history, closed);
  const keys = rows.map(({ key }) => key);
  const byId = new Map(features.map((record) => [record.id, record]));
  const chosen = features.filter(({ id }) => selected.has(id));
  const row = rows.find(({ key }) => key === cursor);
  const bar = part.rollBack ?? features.length;

  const go = (to: number) => {
    const key = keys[Math.max(0, Math.min(to, keys.length - 1))];
    if (!key) return;
    selectRow(key);
    document.getElementById(`feature-row-${key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).tagName === 'INPUT') return;
    const at = cursor ? keys.indexOf(cursor) : -1;
    const record = row?.kind === 'feature' ? row.record : undefined;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && event.altKey) {
      if (row?.kind === 'bar' || event.shiftKey) void rollBackTo(part, Math.max(0, bar + step));
      else if (record) void moveFeature(part, record, features.indexOf(record) + step);
    } else if (step !== 0) go(at < 0 ? 0 : at + step);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(keys.length - 1);
    else if (row?.kind === 'group' && ['ArrowLeft', 'ArrowRight', 'Enter', ' '].includes(event.key)) {
      if (event.key !== 'ArrowLeft' || row.open) if (event.key !== 'ArrowRight' || !row.open) toggleGroup(row.name);
    } else if (event.key === 'Enter' && record) openFeature(record);
    else if (event.key === 'F2' && record) useFeatureTree.setState({ renaming: record.id });
    else if (event.key === ' ' && record) void setSuppressed(chosen, !chosen.every((one) => one.suppressed));
    else if (event.key === 'Delete' && chosen.length > 0) askToDelete(chosen.map(({ id }) => id));
    else if (event.key === 'F1' && row?.kind === 'feature' && row.type) openHelp(`feature:${row.type}`);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const whereOver = (event: DragEvent): 'before' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2 ? 'before' : 'after';
  };
  const onDragOver = (event: DragEvent, key: string) => {
    if (!dragged) return;
    event.preventDefault();
    const where = whereOver(event);
    if (drop?.key !== key || drop.where !== where) setDrop({ key, where });
  };
  const onDrop = (event: DragEvent, index: number) => {
    event.preventDefault();
    const place = index + (whereOver(event) === 'after' ? 1 : 0);
    if (dragged?.kind === 'bar') void rollBackTo(part, place);
    else if (dragged) {
      const record = byId.get(dragged.id);
      const from = record ? features.indexOf(record) : -1;
      if (record) void moveFeature(part, record, place > from ? place - 1 : place);
    }
    dragged = null;
    setDrop(null);
  };

  return (
    <div
      className="feature-tree"
      role="tree"
      aria-label={`Features of ${part.name}`}
      aria-activedescendant={cursor ? `feature-row-${cursor}` : undefined}
      tabIndex={0}
      data-testid="feature-tree"
      data-own-keys="F1 F2 Delete Enter Space"
      onKeyDown={onKeyDown}
      onDragEnd={() => {
        dragged = null;
        setDrop(null);
      }}
    >
      {rows.map((each) => {
        if (each.kind === 'bar')
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and tells which row is current
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
            <div
              key="bar"
              id="feature-row-bar"
              role="treeitem"
              aria-level={1}
              aria-selected={cursor === 'bar'}
              aria-label={
                bar < features.length ? `Rolled back, ${features.length - bar} steps below` : 'End of the history'
              }
              className={`roll-bar ${cursor === 'bar' ? 'current' : ''} ${bar < features.length ? 'rolled' : ''}`}
              title="Drag to roll back (Alt+Shift+↑ ↓)"
              draggable
              onClick={() => selectRow('bar')}
              onDoubleClick={() => void rollBackTo(part, undefined)}
              onDragStart={(event) => {
                dragged = { kind: 'bar' };
                event.dataTransfer.effectAllowed = 'move';
              }}
            >
              <span />
            </div>
          );
        if (each.kind === 'group')
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and tells which row is current
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
            <div
              key={each.key}
              id={`feature-row-${each.key}`}
              role="treeitem"
              aria-level={1}
              aria-expanded={each.open}
              aria-selected={cursor === each.key}
              className={`feature-row group-row ${cursor === each.key ? 'current' : ''}`}
              onClick={() => {
                selectRow(each.key);
                toggleGroup(each.name);
              }}
            >
              <Icon name={each.open ? 'down' : 'right'} size={12} />
              <Icon name="group" size={14} />
              <span className="feature-name truncate">{each.name}</span>
              {each.failed && <span className="badge error">failed</span>}
              <span className="tree-count">{each.count}</span>
            </div>
          );
        const { record } = each;
        return (
          <FeatureRowView
            key={each.key}
            row={each}
            selected={selected.has(each.key)}
            current={cursor === each.key}
            renaming={renaming === each.id}
            dropping={drop?.key === each.key ? drop.where : null}
            onClick={(event: MouseEvent) => selectRow(each.key, event.ctrlKey || event.metaKey ? 'toggle' : 'replace')}
            onOpen={() => record && openFeature(record)}
            onMenu={(at) => {
              if (!record) return;
              if (!selected.has(each.key)) selectRow(each.key);
              const all: FeatureRecord[] = selected.has(each.key) ? chosen : [record];
              setMenu({ at, entries: featureEntries(part, record, all) });
            }}
            onRename={(name) => {
              useFeatureTree.setState({ renaming: null });
              if (name !== null && record) void renameFeature(record, name);
              document.querySelector<HTMLElement>('[data-testid=feature-tree]')?.focus();
            }}
            onSuppress={() => record && void setSuppressed([record], !record.suppressed)}
            onDragStart={(event) => {
              dragged = { kind: 'feature', id: each.id };
              event.dataTransfer.effectAllowed = 'move';
            }}
            onDragOver={(event) => onDragOver(event, each.key)}
            onDrop={(event) => onDrop(event, each.index)}
          />
        );
      })}
      {menu && <Menu label="Feature" entries={menu.entries} at={menu.at} onClose={() => setMenu(null)} />}
    </div>
  );
}
