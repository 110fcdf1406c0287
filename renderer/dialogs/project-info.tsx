import { useState } from 'react';
import { attempt } from '../actions/edit.ts';
import { engine } from '../engine/connection.ts';
import { useDocument } from '../state/document.ts';
import { closeDialog, toast } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Pair, Pairs } from '../ui/group.tsx';
import { Icon } from '../ui/icons.tsx';
import { formatBytes, formatCount, formatSeconds } from '../units/format.ts';

type Integrity = Awaited<ReturnType<ReturnType<typeof engine>['project.verify']>>;

/** The project file: what is in it, whether it is sound, and making it smaller. */
export function ProjectInfoDialog() {
  const project = useDocument((state) => state.project);
  const [busy, setBusy] = useState<string | null>(null);
  const [integrity, setIntegrity] = useState<Integrity | null>(null);
  if (!project) return null;
  const during = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what);
    await attempt(work);
    setBusy(null);
  };
  const verify = (repair: boolean) =>
    during(repair ? 'Repairing…' : 'Checking…', async () =>
      setIntegrity(await engine()['project.verify'](repair ? { repair } : {})),
    );
  const pack = () =>
    during('Packing…', async () => {
      const packed = await engine()['project.pack']({});
      useDocument.setState({ project: packed });
      toast(`Packed to ${formatBytes(packed.bytes)}`);
    });
  return (
    <Dialog
      title="Project information"
      testId="project-info"
      onClose={closeDialog}
      foot={
        <>
          <span className="muted">{busy}</span>
          <span className="spacer" />
          <Button disabled={busy !== null || project.readOnly} onClick={() => void pack()}>
            Pack
          </Button>
          <Button disabled={busy !== null} onClick={() => void verify(false)}>
            Verify
          </Button>
          <Button kind="primary" onClick={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      <Pairs>
        <Pair name="Name">{project.name}</Pair>
        <Pair name="File">
          <span className="selectable">{project.path}</span>
        </Pair>
        <Pair name="Size">
          {formatBytes(project.bytes)}, of which {formatBytes(project.cacheBytes)} can be made again
        </Pair>
        <Pair name="Records">{formatCount(project.records)}</Pair>
        <Pair name="Changes">{formatCount(project.changes)}, all kept</Pair>
        <Pair name="Branch">{project.branch}</Pair>
        <Pair name="Encrypted">{project.encrypted ? 'Yes' : 'No'}</Pair>
        <Pair name="Format">{project.formatVersion}</Pair>
        {project.readOnly && <Pair name="Reading only">{project.readOnlyReason ?? 'Yes'}</Pair>}
      </Pairs>
      {integrity && (
        <div className={`notice ${integrity.ok ? 'success' : 'error'} dialog-notice`} role="status">
          <Icon name={integrity.ok ? 'check' : 'error'} />
          <div className="notice-body">
            {integrity.ok ? (
              <p>The file is sound (checked in {formatSeconds(integrity.seconds)}).</p>
            ) : (
              <ul>
                {integrity.problems.map(({ code, message, repaired }) => (
                  <li key={`${code} ${message}`}>
                    {message}
                    {repaired && ' Repaired.'}
                  </li>
                ))}
              </ul>
            )}
          </div>
          {!integrity.ok && !project.readOnly && <Button onClick={() => void verify(true)}>Repair</Button>}
        </div>
      )}
    </Dialog>
  );
}
