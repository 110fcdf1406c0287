/** What one request may cost, and what the present one has cost so far. */
import type { AgentStatus } from '../../../preload/contract/index.ts';
import { setBudget } from '../../actions/agent.ts';
import { QuantityField } from '../../ui/fields.tsx';

const time = (minutes: number): string => (minutes < 1 ? `${Math.round(minutes * 60)} s` : `${minutes.toFixed(1)} min`);

export function BudgetFields({ status }: { status: AgentStatus }) {
  const { budget, spent, state } = status;
  const change = (key: keyof typeof budget) => (value: number) =>
    void setBudget({ ...budget, [key]: key === 'minutes' ? value : Math.round(value) });
  return (
    <details className="agent-budget" data-testid="agent-budget">
      <summary>
        <span>Budget</span>
        <span className="spacer" />
        <span className="muted small number">
          {spent.operations}/{budget.operations} operations, {spent.solves}/{budget.solves} solves,{' '}
          {time(spent.minutes)} of {budget.minutes} min
        </span>
      </summary>
      <fieldset className="plain agent-limits" disabled={state !== 'idle'} aria-label="Budget of one request">
        <span className="agent-limit">
          <span className="muted small">Operations</span>
          <QuantityField
            label="Operations"
            quantity="none"
            value={budget.operations}
            minimum={1}
            onCommit={change('operations')}
          />
        </span>
        <span className="agent-limit">
          <span className="muted small">Solutions</span>
          <QuantityField
            label="Solutions"
            quantity="none"
            value={budget.solves}
            minimum={0}
            onCommit={change('solves')}
          />
        </span>
        <span className="agent-limit">
          <span className="muted small">Minutes</span>
          <QuantityField
            label="Minutes"
            quantity="none"
            value={budget.minutes}
            minimum={0.1}
            onCommit={change('minutes')}
          />
        </span>
      </fieldset>
    </details>
  );
}
