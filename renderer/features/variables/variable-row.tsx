/** One variable: name, expression, what it is worth; a slider where it has a range. */
import { useState } from 'react';
import type { PartRecord, VariableValue } from '../../../preload/contract/index.ts';
import { recordOf } from '../../state/document.ts';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { useUnits } from '../../units/use-units.ts';
import { ExpressionField } from '../editor/expression-field.tsx';
import { namesInWords } from '../edits.ts';
import { valueInWords } from '../expressions.ts';
import {
  changeVariable,
  previewValue,
  removeVariable,
  rename,
  setExpression,
  takeValue,
  usersOf,
} from './variable-edits.ts';

const SCOPES: Record<VariableValue['scope'], string> = {
  project: 'project',
  part: '',
  script: 'script',
  configuration: 'configuration',
};

interface VariableRowProps {
  variable: VariableValue;
  part: PartRecord | undefined;
  all: readonly VariableValue[];
}

export function VariableRow({ variable, part, all }: VariableRowProps) {
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { name, note, scope, error, minimum, maximum, value } = variable;
  const hasRange = minimum !== undefined && maximum !== undefined && maximum > minimum;
  const users = open ? usersOf(variable) : [];
  const own = variable.id !== undefined;
  const entries = (): MenuEntry[] => {
    const needed = usersOf(variable);
    return [
      { kind: 'item', label: 'Rename', icon: 'pencil', disabled: !own, run: () => setRenaming(true) },
      { kind: 'item', label: 'Range and note', checked: open, disabled: !own, run: () => setOpen(!open) },
      { kind: 'separator' },
      {
        kind: 'item',
        label: needed.length > 0 ? `Used by ${namesInWords(needed, 2)}` : 'Delete',
        icon: 'trash',
        disabled: !own || needed.length > 0,
        run: () => void removeVariable(variable),
      },
    ];
  };
  return (
    <li className={`variable ${error ? 'broken' : ''}`} data-testid={`variable-${name}`}>
      <div className="variable-line">
        {renaming ? (
          <TextField
            label="Name of the variable"
            value={name}
            autoFocus
            onCommit={(next) => {
              setRenaming(false);
              void rename(variable, next);
            }}
            onCancel={() => setRenaming(false)}
          />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: the menu beside it does the same by keyboard
          <span className="variable-name truncate" title={note ?? name} onDoubleClick={() => own && setRenaming(true)}>
            {name}
          </span>
        )}
        <ExpressionField
          label={`${name}, expression`}
          dimension={variable.dimension}
          value={variable.expression}
          variables={all}
          except={name}
          problem={error}
          onCommit={(text) => void setExpression(variable, part, text)}
        />
        {SCOPES[scope] && <span className="badge">{SCOPES[scope]}</span>}
        <MenuButton label={`${name}: more`} entries={entries} className="icon-button small">
          <Icon name="more" size={14} />
        </MenuButton>
      </div>
      {note && !open && <p className="muted small variable-note">{note}</p>}
      {hasRange && part && value !== undefined && (
        <Slider variable={variable} part={part} minimum={minimum} maximum={maximum} value={value} />
      )}
      {open && <RangeAndNote variable={variable} all={all} users={users} />}
    </li>
  );
}

/** A power of ten that divides the range into some hundred steps. */
export const roundStep = (range: number): number => 10 ** Math.floor(Math.log10(range / 50));

function Slider(props: { variable: VariableValue; part: PartRecord; minimum: number; maximum: number; value: number }) {
  const { variable, part, minimum, maximum } = props;
  const system = useUnits();
  const [moving, setMoving] = useState<number | null>(null);
  const value = moving ?? props.value;
  const take = () => {
    if (moving === null) return;
    setMoving(null);
    void takeValue(variable, part, moving);
  };
  // In the unit that is typed, so that its steps are round numbers.
  const unit = variable.dimension === 'angle' ? Math.PI / 180 : 1;
  const step =
    variable.dimension === 'number' && Number.isInteger(props.value) ? 1 : roundStep((maximum - minimum) / unit);
  return (
    <div className="variable-slider">
      <span className="muted small">{valueInWords(minimum, variable.dimension, system)}</span>
      <input
        type="range"
        aria-label={`${variable.name}, slider`}
        aria-valuetext={valueInWords(value, variable.dimension, system)}
        min={minimum / unit}
        max={maximum / unit}
        step={step}
        value={value / unit}
        onChange={(event) => {
          const next = Number(event.currentTarget.value) * unit;
          setMoving(next);
          previewValue(variable, part, next);
        }}
        onPointerUp={take}
        onKeyUp={take}
        onBlur={take}
      />
      <span className="small">{valueInWords(moving ?? maximum, variable.dimension, system)}</span>
    </div>
  );
}

function RangeAndNote(props: {
  variable: VariableValue;
  all: readonly VariableValue[];
  users: readonly { name: string }[];
}) {
  const { variable, all, users } = props;
  const record = recordOf('variable', variable.id);
  if (!record) return null;
  const bound = (side: 'minimum' | 'maximum', label: string) => (
    <div className="variable-bound">
      <span className="muted">{label}</span>
      <ExpressionField
        label={`${variable.name}, ${label.toLowerCase()}`}
        dimension={variable.dimension}
        value={record[side] ?? ''}
        placeholder="none"
        variables={all}
        except={variable.name}
        onCommit={(text) => void changeVariable(record.id, (before) => ({ ...before, [side]: text }))}
      />
    </div>
  );
  return (
    <div className="variable-more">
      {bound('minimum', 'From')}
      {bound('maximum', 'To')}
      <div className="variable-bound">
        <span className="muted">Note</span>
        <TextField
          label={`${variable.name}, note`}
          value={record.note ?? ''}
          placeholder="What it means"
          onCommit={(note) => void changeVariable(record.id, (before) => ({ ...before, note }))}
        />
      </div>
      <p className="muted small">{users.length > 0 ? `Used by ${namesInWords(users, 4)}.` : 'Nothing uses it yet.'}</p>
    </div>
  );
}
