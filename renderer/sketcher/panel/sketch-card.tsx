import { useMemo } from 'react';
import type { SketchConstraint } from '../../../preload/contract/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useUnits } from '../../units/use-units.ts';
import { nameOfConstraint, nameOfId } from '../constraints/words.ts';
import { removeIds } from '../session/editing.ts';
import { type Diagnosis, selectIds, useSketcher } from '../session/state.ts';
import { isDimension } from '../solving/evaluate.ts';
import { dimensionText } from '../view/dimension-text.ts';

function verdict(diagnosis: Diagnosis | null, empty: boolean): { words: string; tone: string } {
  if (empty) return { words: 'Nothing drawn yet', tone: '' };
  if (!diagnosis) return { words: 'Solving…', tone: '' };
  const { status, degreesOfFreedom: degrees } = diagnosis;
  switch (status) {
    case 'solved':
      return { words: 'Fully constrained', tone: 'good' };
    case 'under-constrained':
      return { words: `${degrees} ${degrees === 1 ? 'degree' : 'degrees'} of freedom`, tone: 'free' };
    case 'over-constrained':
      return { words: 'Constraints say the same twice', tone: 'warn' };
    case 'inconsistent':
      return { words: 'Constraints contradict each other', tone: 'bad' };
    case 'failed':
      return { words: 'No solution was found', tone: 'bad' };
  }
}

const point = (pointedAt: string | null) => useSketcher.setState({ pointedAt });

/** How the sketch is held, what is wrong with it, and everything in it as a list. */
export function SketchCard() {
  const sketch = useSketcher((state) => state.sketch);
  const diagnosis = useSketcher((state) => state.diagnosis);
  const errors = useSketcher((state) => state.errors);
  const name = useSketcher((state) => state.session?.name ?? '');
  const { words, tone } = verdict(diagnosis, sketch.entities.length === 0);
  const byId = useMemo(() => new Map(sketch.constraints.map((one) => [one.id, one])), [sketch]);
  const broken = Object.entries(errors);
  return (
    <section className="sketch-card" aria-label="State of the sketch" data-testid="sketch-card">
      <div className={`sketch-verdict ${tone}`} role="status">
        <span className="sketch-light" aria-hidden="true" />
        <span className="strong">{words}</span>
        <span className="spacer" />
        <span className="muted truncate">{name}</span>
      </div>
      {diagnosis?.messages.map((message) => (
        <p key={message} className="small">
          {message}
        </p>
      ))}
      {(diagnosis?.suggestions.length ?? 0) > 0 && (
        <div className="sketch-conflicts">
          <p className="small muted">Drop one of</p>
          <ul>
            {diagnosis!.suggestions.slice(0, 6).map(({ drop, words: reason }) => (
              <li key={drop.join(' ')} className="sketch-row" title={reason}>
                <button
                  type="button"
                  className="sketch-name"
                  onClick={() => selectIds(drop)}
                  onPointerEnter={() => point(drop[0] ?? null)}
                  onPointerLeave={() => point(null)}
                >
                  {drop.map((id) => titleOf(byId.get(id), id)).join(' and ')}
                </button>
                <IconButton small icon="trash" label="Drop it" onClick={() => removeIds(drop)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {broken.map(([id, message]) => (
        <div key={id} className="sketch-row problem">
          <Icon name="warning" size={14} />
          <button type="button" className="sketch-name" onClick={() => useSketcher.setState({ editing: id })}>
            {message}
          </button>
        </div>
      ))}
      <SelectionRows />
      <Everything />
    </section>
  );
}

const titleOf = (constraint: SketchConstraint | undefined, id: string): string =>
  constraint ? nameOfConstraint(constraint) : id;

/** What hangs on what is selected. */
function SelectionRows() {
  const selection = useSketcher((state) => state.selection);
  const sketch = useSketcher((state) => state.sketch);
  if (selection.size === 0) return null;
  const names = [...selection].slice(0, 3).map((id) => {
    const constraint = sketch.constraints.find((one) => one.id === id);
    return constraint ? nameOfConstraint(constraint) : nameOfId(id);
  });
  const more = selection.size - names.length;
  return (
    <div className="sketch-selected">
      <span className="truncate">
        {names.join(', ')}
        {more > 0 ? ` and ${more} more` : ''}
      </span>
      <Button kind="quiet" onClick={() => removeIds([...selection])}>
        Delete
      </Button>
    </div>
  );
}

const LONGEST = 400;
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Entities and constraints, for whoever works without a mouse. Made only when it is opened. */
function Everything() {
  const sketch = useSketcher((state) => state.sketch);
  const values = useSketcher((state) => state.values);
  const selection = useSketcher((state) => state.selection);
  const units = useUnits();
  const rows: { id: string; words: string; value?: string }[] = [
    ...sketch.entities.filter(({ kind }) => kind !== 'point').map(({ id }) => ({ id, words: nameOfId(id) })),
    ...sketch.constraints.map((one) => ({
      id: one.id,
      words: nameOfConstraint(one),
      ...(isDimension(one) ? { value: dimensionText(one, values[one.id], units) } : {}),
    })),
  ];
  if (rows.length === 0) return null;
  const curves = rows.length - sketch.constraints.length;
  return (
    <details className="sketch-list">
      <summary>
        <Icon name="right" size={12} />
        <span>
          {counted(curves, 'curve')}, {counted(sketch.constraints.length, 'constraint')}
        </span>
      </summary>
      <ul>
        {rows.slice(0, LONGEST).map(({ id, words, value }) => (
          <li key={id} className="sketch-row">
            <button
              type="button"
              className="sketch-name"
              aria-pressed={selection.has(id)}
              onClick={(event) => selectIds(event.ctrlKey || event.shiftKey ? [...selection, id] : [id])}
              onFocus={() => point(id)}
              onBlur={() => point(null)}
              onPointerEnter={() => point(id)}
              onPointerLeave={() => point(null)}
            >
              <span className="truncate">{words}</span>
              {value && <span className="muted">{value}</span>}
            </button>
          </li>
        ))}
      </ul>
      {rows.length > LONGEST && <p className="small muted">The first {LONGEST} are listed.</p>}
    </details>
  );
}
