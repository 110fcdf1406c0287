/** Asks before steps go, and says what goes or fails with them. */
import type { PartRecord } from '../../../preload/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { deleteFeatures, dependantsOf, featuresOf, namesInWords } from '../edits.ts';
import { useFeatureTree } from './tree-state.ts';

export function DeleteDialog({ part }: { part: PartRecord }) {
  const deleting = useFeatureTree((state) => state.deleting);
  if (!deleting) return null;
  const records = featuresOf(part).filter(({ id }) => deleting.includes(id));
  const dependants = dependantsOf(part, records);
  const close = () => {
    useFeatureTree.setState({ deleting: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid=feature-tree]')?.focus());
  };
  const remove = (withDependants: boolean) => {
    close();
    void deleteFeatures(part, records, withDependants);
  };
  return (
    <Dialog
      title={`Delete ${namesInWords(records)}?`}
      testId="delete-features"
      onClose={close}
      onSubmit={() => remove(true)}
      foot={
        <>
          <Button onClick={close}>Cancel</Button>
          {dependants.length > 0 && (
            <Button onClick={() => remove(false)}>Only {records.length > 1 ? 'these' : 'this'}</Button>
          )}
          <Button kind="primary" type="submit">
            {dependants.length > 0 ? `Delete all ${records.length + dependants.length}` : 'Delete'}
          </Button>
        </>
      }
    >
      {dependants.length === 0 ? (
        <p>
          Nothing else needs {records.length > 1 ? 'them' : 'it'}. Undo brings {records.length > 1 ? 'them' : 'it'}{' '}
          back.
        </p>
      ) : (
        <>
          <p>
            {dependants.length === 1 ? 'One later step needs' : `${dependants.length} later steps need`}{' '}
            {records.length > 1 ? 'them' : 'it'}:
          </p>
          <ul className="plain-list">
            {dependants.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          <p className="muted">
            Left alone, they fail until they are given something else. Undo brings everything back.
          </p>
        </>
      )}
    </Dialog>
  );
}
