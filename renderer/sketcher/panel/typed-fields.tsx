import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { currentUnits } from '../../units/use-units.ts';
import type { SketchController } from '../interaction/controller.ts';
import { inHand } from '../interaction/current.ts';
import { useSketcher } from '../session/state.ts';
import type { Field } from '../tools/shape-tool.ts';
import { numberText, valueText } from '../view/dimension-text.ts';

const shownValue = ({ quantity, value }: Field): string =>
  quantity === 'count' ? String(Math.round(value)) : numberText(value, quantity === 'angle', currentUnits());

const isShortcut = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (/^[a-z]$/i.test(key) || key === 'Delete');

/** How far from the pointer, CSS pixels. */
const AWAY = 22;

/**
 * The values of what is being drawn, beside the pointer. They follow it until something is typed, which then holds the
 * pointer; Tab goes to the next one, Enter takes the place.
 */
export function TypedFields({ controller }: { controller: SketchController }) {
  const fields = useSketcher((state) => state.fields);
  const box = useRef<HTMLDivElement>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const keys = fields.map(({ key }) => key).join(' ');

  useEffect(() => {
    // Many times a second, so past React: only texts that nobody has typed are touched.
    controller.onFields = (live, [x, y]) => {
      const element = box.current;
      if (!element) return;
      const host = element.parentElement!;
      const left = Math.min(x + AWAY, host.clientWidth - element.offsetWidth - 8);
      const top = Math.min(y + AWAY, host.clientHeight - element.offsetHeight - 8);
      element.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
      for (const field of live) {
        const input = element.querySelector<HTMLInputElement>(`input[data-key="${field.key}"]`);
        if (!input || controller.typedText(field.key) !== undefined || input.dataset['typing']) continue;
        input.value = shownValue(field);
        if (document.activeElement === input) input.select();
      }
    };
    return () => {
      controller.onFields = null;
    };
  }, [controller]);

  // Typing goes to the first field as soon as there is one.
  useLayoutEffect(() => {
    setErrors({});
    if (keys === '') {
      document.querySelector<HTMLElement>('[data-testid="viewport"]')?.focus({ preventScroll: true });
      return;
    }
    const inputs = [...(box.current?.querySelectorAll('input') ?? [])];
    for (const input of inputs) {
      delete input.dataset['typing'];
      const typed = controller.typedText(input.dataset['key']!);
      const field = useSketcher.getState().fields.find(({ key }) => key === input.dataset['key']);
      input.value = typed ?? (field ? shownValue(field) : '');
    }
    inputs[0]?.focus({ preventScroll: true });
    inputs[0]?.select();
  }, [keys, controller]);

  if (fields.length === 0) return null;

  const onInput = (field: Field, input: HTMLInputElement) => {
    input.dataset['typing'] = 'yes';
    const problem = controller.type(field, input.value);
    if (input.value.trim() === '') delete input.dataset['typing'];
    setErrors((before) => {
      const { [field.key]: _gone, ...rest } = before;
      return problem ? { ...rest, [field.key]: problem } : rest;
    });
  };
  const onKeyDown = (field: Field, event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    if (event.key === 'Enter') {
      if (!errors[field.key]) {
        if (input.dataset['typing']) controller.commitTyped();
        else controller.finish();
      }
    } else if (event.key === 'Escape') {
      if (input.dataset['typing']) {
        delete input.dataset['typing'];
        input.value = '';
        onInput(field, input);
      } else inHand()?.escape();
    } else if (event.key === 'Tab' && fields.length > 1) {
      const inputs = [...(box.current?.querySelectorAll('input') ?? [])];
      const step = event.shiftKey ? -1 : 1;
      const next = inputs[(inputs.indexOf(input) + step + inputs.length) % inputs.length];
      next?.focus();
      next?.select();
    } else if (!controller.busy && !input.dataset['typing'] && isShortcut(event)) {
      // Nothing has been begun: letters are for tools. An expression is begun with = then.
      const { key, code, shiftKey } = event;
      const canvas = document.querySelector<HTMLElement>('[data-testid="viewport"]');
      canvas?.focus({ preventScroll: true });
      canvas?.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className="sketch-fields" data-testid="sketch-fields">
      {fields.map((field) => (
        <label key={field.key} className="sketch-field">
          <span>{field.label}</span>
          <input
            className="field"
            data-key={field.key}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={errors[field.key] !== undefined}
            defaultValue={
              field.quantity === 'count' ? '' : valueText(field.value, field.quantity === 'angle', currentUnits())
            }
            onInput={(event) => onInput(field, event.currentTarget)}
            onKeyDown={(event) => onKeyDown(field, event)}
          />
        </label>
      ))}
      {Object.values(errors).map((problem) => (
        <div key={problem} className="field-error" role="alert">
          {problem}
        </div>
      ))}
    </div>
  );
}
