/** Fields that people type into. A typed value is taken on Enter or when the field is left, and Escape takes it back. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { formatForEditing, formatNumber } from '../units/format.ts';
import { parseQuantity } from '../units/parse.ts';
import { inUnit, type Quantity, unitOf } from '../units/quantities.ts';
import { useUnits } from '../units/use-units.ts';
import { Icon } from './icons.tsx';

interface QuantityFieldProps {
  label: string;
  quantity: Quantity;
  /** Base value; undefined shows the placeholder. */
  value: number | undefined;
  onCommit: (value: number) => void;
  /** When given, an empty field is allowed and calls this. */
  onClear?: () => void;
  placeholder?: string;
  axis?: 'x' | 'y' | 'z';
  disabled?: boolean;
  minimum?: number;
  /** Why this value cannot be, in a sentence; null where it can. */
  refuse?: (value: number) => string | null;
  /** Without its unit, where the heading of a table says it. */
  bare?: boolean;
  testId?: string;
}

/** Room that a unit needs beside its number: its m and W are half as wide again as its other letters. */
const widthOf_px = (symbol: string): number =>
  [...symbol].reduce((sum, letter) => sum + (/[mMW]/.test(letter) ? 11 : 7), 0);

/** A number with a unit: shows the project's unit, accepts any (`3 in`, `1.2 kN`) and simple sums. */
export function QuantityField(props: QuantityFieldProps) {
  const { label, quantity, value, onCommit, onClear, placeholder, axis, disabled, minimum, refuse, testId } = props;
  const system = useUnits();
  const unit = unitOf(quantity, system);
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const cancelled = useRef(false);
  const shown = value === undefined ? '' : formatNumber(inUnit(value, unit), 6);

  const commit = () => {
    if (draft === null || cancelled.current) {
      cancelled.current = false;
      setDraft(null);
      return;
    }
    if (draft.trim() === '' && onClear) {
      setDraft(null);
      setError(null);
      if (value !== undefined) onClear();
      return;
    }
    const parsed = parseQuantity(draft, quantity, system);
    if (!parsed.ok) return setError(parsed.message);
    if (minimum !== undefined && parsed.value < minimum)
      return setError(`It must be at least ${formatNumber(minimum)}.`);
    const refusal = refuse?.(parsed.value);
    if (refusal) return setError(refusal);
    setDraft(null);
    setError(null);
    if (value === undefined || parsed.value !== value) onCommit(parsed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      commit();
      event.currentTarget.select();
    } else if (event.key === 'Escape' && draft !== null) {
      cancelled.current = true;
      setError(null);
      setDraft(null);
      event.currentTarget.blur();
      event.stopPropagation();
    }
  };
  const symbol = quantity === 'none' ? '' : unit.symbol;
  const shownSymbol = props.bare ? '' : symbol;
  return (
    <div>
      <div className="quantity">
        {axis && <span className={`quantity-axis axis-${axis}`}>{axis.toUpperCase()}</span>}
        <input
          className="field"
          inputMode="decimal"
          aria-label={symbol ? `${label} (${symbol})` : label}
          aria-invalid={error !== null}
          aria-describedby={error ? errorId : undefined}
          style={{ paddingRight: shownSymbol ? 14 + widthOf_px(shownSymbol) : 8, paddingLeft: axis ? 18 : 8 }}
          value={draft ?? shown}
          placeholder={placeholder}
          disabled={disabled}
          data-testid={testId}
          onFocus={(event) => {
            // All digits, where the shown number leaves some out; otherwise the text stays as it is, and so does the caret.
            const typed = value === undefined ? null : parseQuantity(shown, quantity, system);
            const exact = typed === null || (typed.ok && Math.abs(typed.value - value!) <= 1e-9 * Math.abs(value!));
            if (!exact) setDraft(formatForEditing(inUnit(value!, unit)));
            event.currentTarget.select();
          }}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setError(null);
          }}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {shownSymbol && <span className="quantity-unit">{shownSymbol}</span>}
      </div>
      {error && (
        <div id={errorId} className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

interface VectorFieldProps {
  label: string;
  quantity: Quantity;
  value: [number, number, number];
  /** Without the unit in each field, where a heading says it. */
  bare?: boolean;
  onCommit: (value: [number, number, number]) => void;
}

/** Three components, each with its own field. */
export function VectorField({ label, quantity, value, bare, onCommit }: VectorFieldProps) {
  return (
    <fieldset className="vector plain" aria-label={label}>
      {(['x', 'y', 'z'] as const).map((axis, index) => (
        <QuantityField
          key={axis}
          axis={axis}
          label={`${label} ${axis.toUpperCase()}`}
          quantity={quantity}
          value={value[index]!}
          {...(bare ? { bare } : {})}
          onCommit={(component) => {
            const next: [number, number, number] = [...value];
            next[index] = component;
            onCommit(next);
          }}
        />
      ))}
    </fieldset>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  onCancel?: () => void;
  testId?: string;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onCommit, placeholder, disabled, autoFocus, onCancel, testId } = props;
  const [draft, setDraft] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (!autoFocus) return;
    input.current?.focus();
    input.current?.select();
  }, [autoFocus]);
  const finish = (keep: boolean) => {
    if (done.current) return;
    if (autoFocus) done.current = true;
    if (keep && draft.trim() !== '' && draft !== value) onCommit(draft.trim());
    else {
      setDraft(value);
      onCancel?.();
    }
  };
  return (
    <input
      ref={input}
      className="field"
      aria-label={label}
      value={draft}
      placeholder={placeholder}
      disabled={disabled}
      data-testid={testId}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        else if (event.key === 'Escape') finish(false);
        else return;
        event.stopPropagation();
      }}
    />
  );
}

export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  testId?: string;
}) {
  return (
    <div className="search-field">
      <Icon name="search" size={14} />
      <input
        type="search"
        className="field"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || props.value === '') return;
          props.onChange('');
          event.stopPropagation();
        }}
      />
      {props.value !== '' && (
        <button type="button" className="search-clear" aria-label="Clear" onClick={() => props.onChange('')}>
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; title?: string }[];
  onChange: (value: T) => void;
}

/** A choice of a few, all in view. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const index = options.findIndex((option) => option.value === value);
    const next = (index + by + options.length) % options.length;
    onChange(options[next]!.value);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={group} className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons that behaves as a radio group
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          title={option.title}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') step(1);
            else if (event.key === 'ArrowLeft') step(-1);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

export function Check(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** A choice of many. */
export function Select<T extends string>(props: {
  label: string;
  value: T;
  options: { value: T; label: string; group?: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
  testId?: string;
}) {
  const groups = [...new Set(props.options.map(({ group }) => group))];
  const options = (group: string | undefined) =>
    props.options
      .filter((option) => option.group === group)
      .map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ));
  return (
    <select
      className="field"
      aria-label={props.label}
      value={props.value}
      disabled={props.disabled}
      data-testid={props.testId}
      onChange={(event) => props.onChange(event.currentTarget.value as T)}
    >
      {groups.map((group) =>
        group === undefined ? (
          options(group)
        ) : (
          <optgroup key={group} label={group}>
            {options(group)}
          </optgroup>
        ),
      )}
    </select>
  );
}
