import { type ReactNode, useState } from 'react';
import { setTool, useView } from '../../../state/view.ts';
import { TextField } from '../../../ui/fields.tsx';
import { Icon, type IconName } from '../../../ui/icons.tsx';
import type { MenuEntry } from '../../../ui/menu.tsx';
import { MenuButton } from '../../../ui/menu.tsx';
import { useStudyPanel } from '../study-panel-state.ts';

interface StudyItemProps {
  id: string;
  name: string;
  icon: IconName;
  /** Value or place, in a few words. */
  summary: string;
  suppressed: boolean;
  incomplete: boolean;
  /** Something that it is on is no longer there. */
  lost: boolean;
  /** It has no meaning in this type of study: kept, and shown so. */
  foreign: boolean;
  /** The page of the help that F1 opens. */
  help: string;
  canMoveUp: boolean;
  canMoveDown: boolean;
  onRename: (name: string) => void;
  onSuppress: () => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  children: ReactNode;
}

/** A restraint or load in the study's list: a line, and its editor when it is open. */
export function StudyItem(props: StudyItemProps) {
  const { id, name, suppressed } = props;
  const open = useStudyPanel((state) => state.openItem === id);
  const [renaming, setRenaming] = useState(false);
  const toggle = () => {
    const { tool } = useView.getState();
    if (tool.kind === 'references') setTool({ kind: 'select' });
    useStudyPanel.setState({ openItem: open ? null : id });
  };
  const entries = (): MenuEntry[] => [
    { kind: 'item', label: 'Rename', icon: 'pencil', run: () => setRenaming(true) },
    { kind: 'item', label: 'Suppressed', checked: suppressed, run: props.onSuppress },
    { kind: 'separator' },
    { kind: 'item', label: 'Move up', icon: 'up', disabled: !props.canMoveUp, run: () => props.onMove(-1) },
    { kind: 'item', label: 'Move down', icon: 'down', disabled: !props.canMoveDown, run: () => props.onMove(1) },
    { kind: 'separator' },
    { kind: 'item', label: 'Delete', icon: 'trash', run: props.onRemove },
  ];
  return (
    <li
      data-study-item={id}
      data-help={props.help}
      className={`study-item ${open ? 'open' : ''} ${suppressed || props.foreign ? 'suppressed' : ''}`}
    >
      <div className="study-line">
        {renaming ? (
          <TextField
            label="New name"
            value={name}
            autoFocus
            onCommit={(next) => {
              setRenaming(false);
              props.onRename(next);
            }}
            onCancel={() => setRenaming(false)}
          />
        ) : (
          <button type="button" className="study-name" aria-expanded={open} onClick={toggle}>
            <Icon name={open ? 'down' : 'right'} size={12} />
            <Icon name={props.icon} size={14} />
            <span className="truncate">{name}</span>
            <span className="spacer" />
            {props.foreign && !suppressed ? (
              <span className="badge warning">not of this type</span>
            ) : props.lost && !suppressed ? (
              <span className="badge error">lost</span>
            ) : props.incomplete && !suppressed ? (
              <span className="badge warning">incomplete</span>
            ) : (
              <span className="muted small truncate">{suppressed ? 'suppressed' : props.summary}</span>
            )}
          </button>
        )}
        <MenuButton label={`${name}: more`} entries={entries} className="icon-button small">
          <Icon name="more" size={14} />
        </MenuButton>
      </div>
      {open && <div className="study-editor">{props.children}</div>}
    </li>
  );
}
