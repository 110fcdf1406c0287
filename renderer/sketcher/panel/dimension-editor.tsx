import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SketchConstraint } from '../../../preload/contract/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { currentUnits } from '../../units/use-units.ts';
import { CONSTRAINTS } from '../constraints/words.ts';
import type { SketchController } from '../interaction/controller.ts';
import { putConstraint, removeIds, toggleReference } from '../session/editing.ts';
import { useSketcher } from '../session/state.ts';
import { type Dimension, evaluateText, isAngle, isDimension, textOf, withText } from '../solving/evaluate.ts';
import { inUnits } from '../view/dimension-text.ts';

/** The text of a dimension in place: a number, a unit, an expression of variables. */
export function DimensionEditor({ controller }: { controller: SketchController }) {
  const id = useSketcher((state) => state.editing);
  const dimension = useSketcher((state) =>
    state.sketch.constraints.find((one): one is Dimension => one.id === id && isDimension(one)),
  );
  return dimension ? <Editor key={dimension.id} controller={controller} dimension={dimension} /> : null;
}

function Editor({ controller, dimension }: { controller: SketchController; dimension: Dimension }) {
  const [text, setText] = useState(textOf(dimension));
  const [error, setError] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const closed = useRef(false);
  const { id } = dimension;

  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  useEffect(() => {
    const follow = () => {
      const place = controller.labelPlace(id);
      if (!place || !box.current) return;
      box.current.style.transform = `translate(${Math.round(place[0])}px, ${Math.round(place[1])}px) translate(-50%, -50%)`;
      box.current.style.opacity = '1';
    };
    controller.stage.draw();
    follow();
    return controller.stage.onDrawn(follow);
  }, [controller, id]);

  const close = () => {
    closed.current = true;
    useSketcher.setState({ editing: null });
    document.querySelector<HTMLElement>('[data-testid="viewport"]')?.focus({ preventScroll: true });
  };
  const commit = () => {
    if (closed.current) return;
    const angle = isAngle(dimension);
    const typed = inUnits(text, angle, currentUnits());
    if (typed === textOf(dimension)) return close();
    try {
      const value = evaluateText(typed, angle, useSketcher.getState().session!.variables);
      const signed = dimension.kind === 'horizontal-distance' || dimension.kind === 'vertical-distance';
      if (!signed && !(value > 0)) return setError('It must be more than nothing.');
    } catch (thrown) {
      return setError(thrown instanceof Error ? thrown.message : String(thrown));
    }
    close();
    putConstraint('Dimension', withText(dimension, typed) as SketchConstraint);
  };
  return (
    <div ref={box} className="sketch-dimension" data-testid="dimension-editor" style={{ opacity: 0 }}>
      <div className="sketch-dimension-row">
        <input
          ref={input}
          className="field"
          aria-label={CONSTRAINTS[dimension.kind].title}
          aria-invalid={error !== null}
          autoComplete="off"
          spellCheck={false}
          size={Math.max(8, Math.min(28, text.length + 1))}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
          onBlur={(event) => {
            if (!box.current?.contains(event.relatedTarget)) commit();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            else if (event.key === 'Escape') close();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <IconButton
          small
          icon="link"
          label={dimension.reference ? 'Make it drive' : 'Make it a reference'}
          pressed={dimension.reference === true}
          onClick={() => {
            toggleReference(id);
            close();
          }}
        />
        <IconButton
          small
          icon="trash"
          label="Delete the dimension"
          onClick={() => {
            close();
            removeIds([id]);
          }}
        />
      </div>
      {error && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
