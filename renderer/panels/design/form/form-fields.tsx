/** Fields of the form of a brief: checked by the engine as they are typed, with its own words beneath. */
import { type ReactNode, useId } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';

interface LiveFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problems?: readonly string[];
  /** Of a `datalist`: what may be chosen, where anything else may be typed too. */
  choices?: string | undefined;
  placeholder?: string;
  readOnly?: boolean;
  numeric?: boolean;
  testId?: string;
}

/** One line that goes into the text of the brief with every key. */
export function LiveField(props: LiveFieldProps) {
  const { label, value, onChange, problems = [], choices, placeholder, readOnly, numeric, testId } = props;
  const problemId = useId();
  return (
    <div className="brief-field">
      <input
        className="field"
        aria-label={label}
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? problemId : undefined}
        list={choices}
        inputMode={numeric ? 'decimal' : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        readOnly={readOnly}
        value={value}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Problems id={problemId} problems={problems} />
    </div>
  );
}

/** What is wrong with something, in the engine's words. */
export function Problems({ problems, id }: { problems: readonly string[]; id?: string }) {
  if (problems.length === 0) return null;
  return (
    <div id={id} className="field-error brief-field-problem">
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
    </div>
  );
}

/** A name and what belongs to it, in two columns. */
export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="brief-row">
      <span className="muted brief-row-name">{name}</span>
      <div className="brief-row-fields">{children}</div>
    </div>
  );
}

/** Something that can be taken away again. */
export function Removable({
  what,
  readOnly,
  onRemove,
  children,
  className = '',
}: {
  what: string;
  readOnly: boolean;
  onRemove: () => void;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={`brief-removable ${className}`}>
      {children}
      <IconButton icon="close" label={`Remove ${what}`} small disabled={readOnly} onClick={onRemove} />
    </div>
  );
}

export function AddButton({
  label,
  readOnly,
  onAdd,
  testId,
}: {
  label: string;
  readOnly: boolean;
  onAdd: () => void;
  testId?: string;
}) {
  return (
    <button type="button" className="link brief-add" disabled={readOnly} onClick={onAdd} data-testid={testId}>
      <Icon name="plus" size={12} /> {label}
    </button>
  );
}
