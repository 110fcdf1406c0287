import { STUDY_KINDS, type StudyType } from '../../../../preload/contract/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';

/** Said of what stayed when the study became one of another type. */
export function NotOfThisType({ type, onSuppress }: { type: StudyType; onSuppress: () => void }) {
  return (
    <div className="notice warning">
      <Icon name="warning" />
      <div className="notice-body">
        <p>This does not belong to {STUDY_KINDS[type].words}. It is kept for when the type is changed back.</p>
        <Button className="notice-action" kind="small" onClick={onSuppress}>
          Suppress it
        </Button>
      </div>
    </div>
  );
}
