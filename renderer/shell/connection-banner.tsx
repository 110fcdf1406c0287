import { reconnectNow, useConnection } from '../engine/connection.ts';
import { useDocument } from '../state/document.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';

/** Says that the engine is gone, or that the project can't be written, for as long as that is so. */
export function ConnectionBanner() {
  const { status, reason } = useConnection();
  const project = useDocument((state) => state.project);
  if (status === 'lost') {
    return (
      <div className="banner error" role="alert" data-testid="connection-lost">
        <Icon name="warning" />
        <span>
          The connection to the engine is lost; trying again. Every finished change is already in the project file.
        </span>
        {reason && <span className="muted truncate">{reason}</span>}
        <span className="spacer" />
        <Button onClick={reconnectNow}>Try now</Button>
      </div>
    );
  }
  if (project?.readOnly) {
    return (
      <output className="banner">
        <Icon name="lock" />
        <span>
          This project is open for reading only{project.readOnlyReason ? `: ${project.readOnlyReason}` : '.'} Save a
          copy to change it.
        </span>
      </output>
    );
  }
  return null;
}
