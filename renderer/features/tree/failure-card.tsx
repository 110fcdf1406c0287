/** Why the selected step failed, and what to do about it. */
import type { FeatureOutcome, FeatureRecord } from '../../../preload/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Candidates, candidatesOf } from '../candidates.tsx';
import { repairReference } from '../editor/editor-state.ts';
import { instanceOfPart } from '../editor/reference-field.tsx';
import { openFeature } from './feature-menu.ts';

export function FailureCard({ outcome, record }: { outcome: FeatureOutcome; record: FeatureRecord | undefined }) {
  const { error } = outcome;
  if (!error) return null;
  const choices = candidatesOf(error);
  return (
    <div className={`notice ${outcome.state === 'blocked' ? 'warning' : 'error'} panel-notice`} data-testid="failure">
      <Icon name={outcome.state === 'blocked' ? 'warning' : 'error'} />
      <div className="notice-body">
        <p className="strong">{outcome.name}</p>
        {choices.length === 0 && <p>{error.message}</p>}
        {record && choices.length > 0 && (
          <Candidates
            error={error}
            instanceId={instanceOfPart(record.partId)}
            onUse={(item) => void repairReference(record.id, item)}
          />
        )}
        {error.cause && <p className="muted small selectable">{error.cause}</p>}
        {error.hint && <p className="muted">{error.hint}</p>}
        {record && outcome.state === 'failed' && record.feature.kind !== 'import' && (
          <Button className="notice-action" icon="pencil" onClick={() => openFeature(record)}>
            Repair…
          </Button>
        )}
      </div>
    </div>
  );
}
