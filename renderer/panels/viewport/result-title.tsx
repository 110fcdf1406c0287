import { useDocument } from '../../state/document.ts';
import { resultOf, showResult, useResults } from '../../state/results.ts';
import { IconButton } from '../../ui/button.tsx';
import { FIELDS } from '../../units/fields.ts';
import { formatNumber } from '../../units/format.ts';
import { scaleOf } from './field.ts';

/** Which result this picture is of. */
export function ResultTitle({ hash, closable }: { hash: string; closable?: boolean }) {
  const entry = useResults((state) => resultOf(hash, state.entries));
  const display = useResults((state) => state.display);
  const records = useDocument((state) => state.records);
  if (!entry) return null;
  const record = records.get(entry.studyId);
  const study = record?.type === 'study' ? record : undefined;
  const scale = scaleOf(entry, display, study);
  return (
    <div className="result-title" data-testid="result-title">
      <span className="strong truncate">{study?.name ?? 'Result'}</span>
      <span className="truncate result-quantity">{FIELDS[display.quantity].label}</span>
      <span className="muted">{scale === 0 ? 'undeformed' : `deformed × ${formatNumber(scale, 3)}`}</span>
      {!entry.current && <span className="badge warning">out of date</span>}
      <IconButton
        small
        icon="close"
        label={closable ? 'End the comparison' : 'Show the model'}
        onClick={() => (closable ? useResults.setState({ compared: null }) : showResult(null))}
      />
    </div>
  );
}
