import type { MouseEvent } from 'react';
import type { Colour, Material } from '../../../preload/contract/index.ts';
import { TextField } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { formatCount } from '../../units/format.ts';
import { droppedMaterial, isMaterialDrag } from '../materials/drag.ts';
import type { TreeRow } from './rows.ts';

export const cssColour = (colour: Colour): string =>
  `rgb(${colour
    .slice(0, 3)
    .map((part) => Math.round(part * 255))
    .join(' ')})`;

const iconOf = (row: TreeRow): IconName => {
  if (row.kind === 'assembly') return 'assembly';
  if (row.bodyKind === 'shell') return 'surface';
  if (row.bodyKind === 'mesh') return 'mesh';
  return row.kind === 'body' ? 'body' : 'part';
};

interface TreeRowProps {
  row: TreeRow;
  top: number;
  selected: boolean;
  current: boolean;
  dimmed: boolean;
  renaming: boolean;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
  onToggle: () => void;
  onToggleHidden: () => void;
  onMenu: (at: { x: number; y: number }) => void;
  onMaterial: (material: Material) => void;
  /** Null when the person thought better of it. */
  onRename: (name: string | null) => void;
}

/** One row of the assembly tree. The tree itself holds the focus; rows are its active descendants. */
export function TreeRowView(props: TreeRowProps) {
  const { row, top, selected, current, dimmed, renaming } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
    <div
      id={`row-${row.key}`}
      className={`tree-row ${selected ? 'selected' : ''} ${current ? 'current' : ''} ${dimmed ? 'dimmed' : ''}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-label={`${row.label}${row.hidden ? ', hidden' : ''}${row.failed ? ', failed' : ''}`}
      style={{ top, paddingLeft: 4 + row.depth * 14 }}
      onClick={props.onClick}
      onDoubleClick={props.onOpen}
      onDragOver={(event) => {
        if (row.kind !== 'assembly' && isMaterialDrag(event.dataTransfer)) event.preventDefault();
      }}
      onDrop={(event) => {
        const material = droppedMaterial(event.dataTransfer);
        if (material) props.onMaterial(material);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <button
        type="button"
        className="tree-twist"
        tabIndex={-1}
        aria-hidden="true"
        style={{ visibility: row.expandable ? 'visible' : 'hidden' }}
        onClick={(event) => {
          event.stopPropagation();
          props.onToggle();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Icon name={row.expanded ? 'down' : 'right'} size={12} />
      </button>
      <span className="tree-icon">
        <Icon name={row.failed ? 'warning' : iconOf(row)} size={14} />
        {row.colour && <span className="tree-dot" style={{ background: cssColour(row.colour) }} />}
      </span>
      {renaming ? (
        <TextField
          label="New name"
          value={row.label}
          autoFocus
          onCommit={props.onRename}
          onCancel={() => props.onRename(null)}
        />
      ) : (
        <span className="tree-label truncate" title={row.label}>
          {row.label}
        </span>
      )}
      {row.kind === 'assembly' && row.count > 0 && <span className="tree-count">{formatCount(row.count)}</span>}
      {row.pending && <span className="tree-count">…</span>}
      <button
        type="button"
        className={`tree-eye ${row.hidden ? 'off' : ''}`}
        tabIndex={-1}
        title={row.hidden ? 'Show (Space)' : 'Hide (Space)'}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          props.onToggleHidden();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Icon name={row.hidden ? 'eyeOff' : 'eye'} size={14} />
      </button>
    </div>
  );
}
