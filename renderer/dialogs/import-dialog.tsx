import { useState } from 'react';
import { chooseAndImport } from '../actions/files.ts';
import { useSettings } from '../state/settings.ts';
import { closeDialog } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/fields.tsx';

export function ImportDialog() {
  const [heal, setHeal] = useState(useSettings.getState().healOnImport);
  const choose = () => {
    closeDialog();
    void chooseAndImport(heal);
  };
  return (
    <Dialog
      title="Import with options"
      testId="import-options"
      onClose={closeDialog}
      onSubmit={choose}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit">
            Choose files…
          </Button>
        </>
      }
    >
      <div className="form">
        <span className="form-label">Shapes</span>
        <Check label="Heal while importing" checked={heal} onChange={setHeal} />
        <p className="hint">
          Sews gaps, repairs wires and tolerances, and reports what was changed. Slower; worth it for files of old
          systems and for parts that do not mesh.
        </p>
      </div>
    </Dialog>
  );
}
