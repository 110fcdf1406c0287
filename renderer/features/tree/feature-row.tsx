/** One row of the history tree. */
import type { DragEvent, MouseEvent } from 'react';
import { featureTitle } from '../../help/features.ts';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KINDS } from '../kinds.ts';
import { type FeatureRow, isBroken, STATE_WORDS } from './tree-rows.ts';

interface FeatureRowProps {
  row: Extract<FeatureRow, { kind: 'feature' }>;
  selected: boolean;
  current: boolean;
  renaming: boolean;
  /** Where a dragged step would be dropped. */
  dropping: 'before' | 'after' | null;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
  onMenu: (at: { x: number; y: number }) => void;
  onRename: (name: string | null) => void;
  onSuppress: () => void;
  onDragStart: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

export function FeatureRowView(props: FeatureRowProps) {
  const { row, selected, current, renaming, dropping } = props;
  const { state, record } = row;
  const words = STATE_WORDS[state];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and tells which row is current
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
    <div
      id={`feature-row-${row.key}`}
      className={`feature-row ${selected ? 'selected' : ''} ${current ? 'current' : ''} ${state} ${dropping ? `drop-${dropping}` : ''}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={selected}
      aria-label={[row.name, words, record ? '' : 'scripted'].filter(Boolean).join(', ')}
      style={{ paddingLeft: 6 + row.depth * 14 }}
      draggable={record !== undefined && !renaming}
      title={row.outcome?.error?.message ?? (row.type && featureTitle(row.type))}
      onClick={props.onClick}
      onDoubleClick={props.onOpen}
      onDragStart={props.onDragStart}
      onDragOver={props.onDragOver}
      onDrop={props.onDrop}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <span className={`feature-icon ${isBroken(state) ? 'broken' : ''}`}>
        <Icon
          name={
            state === 'failed' ? 'error' : state === 'blocked' ? 'warning' : row.type ? KINDS[row.type].icon : 'script'
          }
          size={14}
        />
      </span>
      {renaming ? (
        <TextField
          label="New name"
          value={row.name}
          autoFocus
          onCommit={props.onRename}
          onCancel={() => props.onRename(null)}
        />
      ) : (
        <span className="feature-name truncate">{row.name}</span>
      )}
      {words && (
        <span className={`badge ${state === 'failed' ? 'error' : state === 'blocked' ? 'warning' : ''}`}>{words}</span>
      )}
      {!record && <Icon name="lock" size={12} />}
      {record && (
        <button
          type="button"
          className={`tree-eye ${state === 'suppressed' ? 'off' : ''}`}
          tabIndex={-1}
          aria-hidden="true"
          title={state === 'suppressed' ? 'Restore (Space)' : 'Suppress (Space)'}
          onClick={(event) => {
            event.stopPropagation();
            props.onSuppress();
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Icon name={state === 'suppressed' ? 'suppress' : 'eye'} size={14} />
        </button>
      )}
    </div>
  );
}
