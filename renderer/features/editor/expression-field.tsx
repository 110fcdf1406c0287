/** A field for an expression: what it is worth stands beside it, names of variables are offered while typing. */
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ErrorData, VariableDimension, VariableValue } from '../../../preload/contract/index.ts';
import { useUnits } from '../../units/use-units.ts';
import { evaluateText, saysItself, valueInWords, wordAt } from '../expressions.ts';

interface ExpressionFieldProps {
  label: string;
  dimension: VariableDimension;
  value: string;
  variables: readonly VariableValue[];
  /** On every change that is typed. */
  onChange?: (text: string) => void;
  /** When the field is left or Enter is pressed, for fields that take effect only then. */
  onCommit?: (text: string) => void;
  /** The name of the variable that is being defined: it may not be used in its own expression. */
  except?: string;
  /** What the engine says of the kept text: it knows more than the field does. */
  problem?: ErrorData | undefined;
  placeholder?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  testId?: string;
}

const OFFERED = 6;

export function ExpressionField(props: ExpressionFieldProps) {
  const { label, dimension, value, variables, except } = props;
  const system = useUnits();
  const [draft, setDraft] = useState<string | null>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  /** Where the caret goes once the completed text is in the field. */
  const moveTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    input.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  });
  const errorId = useId();
  const listId = useId();
  const text = draft ?? value;
  const evaluation = text.trim() === '' ? null : evaluateText(text, dimension, variables);
  const mistake = evaluation && !evaluation.ok ? evaluation.error : null;
  const error = draft === null || draft === value ? (props.problem ?? mistake) : mistake;

  const { word, from } = caret === null ? { word: '', from: 0 } : wordAt(text, caret);
  const offers =
    word === ''
      ? []
      : variables
          .filter(({ name }) => name !== except && name !== word && name.toLowerCase().startsWith(word.toLowerCase()))
          .slice(0, OFFERED);

  const change = (next: string) => {
    setDraft(next);
    setChosen(0);
    props.onChange?.(next);
  };
  const complete = (name: string) => {
    const next = text.slice(0, from) + name + text.slice(from + word.length);
    change(next);
    setCaret(null);
    moveTo.current = from + name.length;
  };
  const commit = () => {
    setCaret(null);
    if (draft !== null && draft.trim() !== '' && draft !== value) props.onCommit?.(draft.trim());
    if (props.onCommit) setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offers.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setChosen((chosen + step + offers.length) % offers.length);
      } else if (event.key === 'Tab' || event.key === 'Enter') complete(offers[chosen]!.name);
      else if (event.key === 'Escape') setCaret(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!props.onCommit) return;
    if (event.key === 'Enter') {
      commit();
      input.current?.select();
    } else if (event.key === 'Escape' && draft !== null) {
      setDraft(null);
      event.stopPropagation();
    }
  };

  return (
    <div className="expression">
      <div className="expression-line">
        <input
          ref={input}
          className="field"
          aria-label={label}
          aria-invalid={error !== null}
          aria-describedby={error ? errorId : undefined}
          aria-autocomplete="list"
          aria-controls={offers.length > 0 ? listId : undefined}
          spellCheck={false}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: a form that was asked for begins in its first field
          autoFocus={props.autoFocus}
          value={text}
          placeholder={props.placeholder}
          disabled={props.disabled}
          data-testid={props.testId}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setCaret(event.currentTarget.selectionStart);
            change(event.currentTarget.value);
          }}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {evaluation?.ok && !saysItself(text) && (
          <output className="expression-value" title="What it is worth now">
            = {valueInWords(evaluation.value, dimension, system)}
          </output>
        )}
        {offers.length > 0 && (
          <div id={listId} className="expression-offers" role="listbox" aria-label="Variables" tabIndex={-1}>
            {offers.map((offer, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the field choose
              <div
                key={offer.name}
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                // Before the field loses its focus, which would close the list.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => complete(offer.name)}
              >
                <span className="truncate">{offer.name}</span>
                {offer.value !== undefined && (
                  <span className="muted small">{valueInWords(offer.value, offer.dimension, system)}</span>
                )}
              </div>
            ))}
          </div>
        )}
      </div>
      {error && (
        <div id={errorId} className="field-error" role="alert">
          {error.message}
          {error.hint ? ` ${error.hint}` : ''}
        </div>
      )}
    </div>
  );
}
