import type { ResultEntry } from '../../../preload/contract/index.ts';
import { useResults } from '../../state/results.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';

/** What to know before believing a number. */
export function WarningCards({ entry }: { entry: ResultEntry }) {
  const { singularities, warnings } = entry.summary;
  if (singularities.length + warnings.length === 0) return null;
  return (
    <ul className="cards" aria-label="Warnings of this result" data-testid="result-warnings">
      {singularities.map(({ at_mm, reason }) => (
        <li key={`${reason} ${at_mm.join()}`} className="notice warning">
          <Icon name="warning" />
          <div className="notice-body">
            <p className="strong">Singular stress</p>
            <p>{reason}. The stress there grows without end as the mesh gets finer: do not judge the part by it.</p>
          </div>
          <Button icon="target" onClick={() => useResults.setState({ pointedAt: { at_mm, label: 'Singular stress' } })}>
            Show me
          </Button>
        </li>
      ))}
      {warnings.map(({ code, message }) => (
        <li key={`${code} ${message}`} className="notice warning">
          <Icon name="warning" />
          <div className="notice-body">{message}</div>
        </li>
      ))}
    </ul>
  );
}
