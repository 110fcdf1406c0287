import type { ResultEntry } from '../../../preload/contract/index.ts';
import { useResults } from '../../state/results.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { sentence } from '../../ui/words.ts';

/** What to know before believing a number. */
export function WarningCards({ entry }: { entry: ResultEntry }) {
  const { singularities } = entry.summary;
  // What only says again that there are singular places is told by their cards.
  const warnings = entry.summary.warnings.filter(
    ({ code }) => singularities.length === 0 || !code.startsWith('result.singular'),
  );
  if (singularities.length + warnings.length === 0) return null;
  return (
    <ul className="cards" aria-label="Warnings of this result" data-testid="result-warnings">
      {singularities.map(({ at_mm, reason }) => (
        <li key={`${reason} ${at_mm.join()}`} className="notice warning">
          <Icon name="warning" />
          <div className="notice-body">
            <p className="strong">Singular stress</p>
            <p>{sentence(reason)}. Do not judge the part by the stress there.</p>
            <Button
              icon="target"
              onClick={() => useResults.setState({ pointedAt: { at_mm, label: 'Singular stress' } })}
            >
              Show me
            </Button>
          </div>
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
