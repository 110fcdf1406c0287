/** How a search ended: solved or not, why, and what would have to give way. */
import type { DesignOutcome } from '../../../preload/contract/index.ts';
import { lookAt, takeDesign } from '../../actions/design.ts';
import { useDesign } from '../../state/design.ts';
import { useDocument } from '../../state/document.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatCount, formatNumber, formatSeconds } from '../../units/format.ts';
import { VERDICTS, withUnit } from './words.ts';

export function Outcome({ briefId, outcome }: { briefId: string; outcome: DesignOutcome }) {
  const { verdict, summary, best, conflict, relax, candidates, solves, seconds } = outcome;
  const { label, kind } = VERDICTS[verdict];
  const taking = useDesign((state) => state.taking);
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  return (
    <div className={`notice ${kind} design-outcome`} data-testid="design-outcome" data-verdict={verdict}>
      <Icon name={kind === 'success' ? 'check' : kind} />
      <div className="notice-body">
        <p className="strong">{label}</p>
        <p>{summary}</p>
        {conflict.length > 1 && <p>{`These fight each other: ${conflict.join('; ')}.`}</p>}
        {relax.length > 0 && (
          <ul className="design-relax">
            {relax.map(({ requirement, to, unit, by_percent }) => (
              <li key={requirement}>
                {`Relaxing “${requirement}” by ${formatNumber(by_percent, 3)} %, to ${withUnit(to, unit)}, would do.`}
              </li>
            ))}
          </ul>
        )}
        <p className="muted small">
          {`${formatCount(candidates)} designs, ${formatCount(solves)} solves, ${formatSeconds(seconds)}`}
        </p>
        {best !== null && (
          <div className="design-actions">
            <Button
              kind={verdict === 'solved' ? 'primary' : ''}
              icon="check"
              disabled={readOnly || taking !== null}
              onClick={() => void takeDesign(briefId, best)}
              data-testid="take-best"
            >
              {taking === best ? 'Making it…' : `Take design ${best}`}
            </Button>
            <Button icon="eye" onClick={() => void lookAt(briefId, best)}>
              Look at it
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
