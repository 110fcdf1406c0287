/** Every design that was tried, a line each. */
import { useState } from 'react';
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import { directionOf } from './front.ts';
import { marginInWords, PURPOSES, PURPOSES_ABOUT, valuesInWords, withUnit, worstOf } from './words.ts';

type Order = 'number' | 'objective' | 'margin';

interface TableProps {
  candidates: readonly DesignCandidate[];
  best: number | null;
  selected: number | null;
  onSelect: (number: number) => void;
}

export function CandidateTable({ candidates, best, selected, onSelect }: TableProps) {
  // Newest first: what is being tried is what a person waits for.
  const [order, setOrder] = useState<{ by: Order; down: boolean }>({ by: 'number', down: true });
  const objective = candidates.find(({ state }) => state === 'solved')?.objectives[0];
  const sorted = sortedBy(candidates, order);
  const heading = (by: Order, label: string, title?: string) => (
    <th
      scope="col"
      className={by === 'number' ? '' : 'number'}
      aria-sort={order.by !== by ? 'none' : order.down ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className="link"
        title={title ?? `In the order of ${label.toLowerCase()}`}
        onClick={() =>
          setOrder({
            by,
            down:
              order.by === by ? !order.down : by !== 'objective' || directionOf(objective?.text ?? '') === 'maximise',
          })
        }
      >
        {label}
        {order.by === by ? (order.down ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  );
  return (
    <div className="design-table" data-testid="candidates">
      <table className="table">
        <thead>
          <tr>
            {heading('number', 'Design')}
            {heading('objective', objective ? short(objective.text) : 'Aim', objective?.text)}
            {heading('margin', 'Margin', 'The least margin of all requirements')}
          </tr>
        </thead>
        <tbody>
          {sorted.map((candidate) => (
            <Row
              key={candidate.number}
              candidate={candidate}
              best={candidate.number === best}
              selected={candidate.number === selected}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `minimise mass` is about mass. */
const short = (text: string): string => {
  const of = text.replace(/^(mini|maxi)mi[sz]e\s+/, '');
  return of.slice(0, 1).toUpperCase() + of.slice(1, 18);
};

function Row({
  candidate,
  best,
  selected,
  onSelect,
}: {
  candidate: DesignCandidate;
  best: boolean;
  selected: boolean;
  onSelect: (number: number) => void;
}) {
  const { number, purpose, feasible, margin, objectives, state, failure, concept, material } = candidate;
  const worst = feasible ? null : worstOf(candidate);
  return (
    // The button within does the same for the keyboard.
    <tr
      className={`${selected ? 'selected' : ''} ${feasible ? '' : 'missed'}`}
      data-number={number}
      data-feasible={feasible}
      onClick={() => onSelect(number)}
    >
      <td>
        <button type="button" className="link strong" aria-pressed={selected}>
          {number}
        </button>{' '}
        <span className="badge" title={PURPOSES_ABOUT[purpose]}>
          {PURPOSES[purpose]}
        </span>{' '}
        {best && <span className="badge success">best</span>}
        <div className="muted small" title={`${concept}, ${material}`}>
          {valuesInWords(candidate)}
        </div>
        {state === 'failed' && <div className="small design-missed">{`Not made: ${failure?.error.message ?? ''}`}</div>}
        {worst && worst.margin !== null && <div className="small design-missed truncate">{`misses ${worst.text}`}</div>}
      </td>
      <td className="number">{objectives[0] ? withUnit(objectives[0].value, objectives[0].unit) : '–'}</td>
      <td className={`number ${state === 'failed' ? '' : feasible ? 'design-holds' : 'design-missed'}`}>
        {state === 'failed' ? '–' : marginInWords(margin)}
      </td>
    </tr>
  );
}

function sortedBy(candidates: readonly DesignCandidate[], { by, down }: { by: Order; down: boolean }) {
  const value = (one: DesignCandidate): number | null =>
    by === 'number' ? one.number : by === 'margin' ? one.margin : (one.objectives[0]?.value ?? null);
  // What has no number stands last, whichever way.
  return [...candidates].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a.number - b.number;
    return (down ? right - left : left - right) || a.number - b.number;
  });
}
