import { attempt } from '../../actions/edit.ts';
import { useCommand } from '../../commands/index.ts';
import { engine } from '../../engine/connection.ts';
import { isRunning, useJobs } from '../../state/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { Group } from '../../ui/group.tsx';

const KINDS = ['second-opinion', 'import-result', 'report'];

/** What leaves the program and what comes from others: a second opinion, a result of theirs, a report. */
export function OutsideButtons({ studyId }: { studyId: string }) {
  const opinion = useCommand('result.secondOpinion');
  const foreign = useCommand('result.import');
  const html = useCommand('result.report.html');
  const pdf = useCommand('result.report.pdf');
  const running = useJobs(({ entries }) =>
    entries.find(({ job }) => KINDS.includes(job.kind) && job.recordId === studyId && isRunning(job)),
  );
  return (
    <Group title="Check and report" testId="outside">
      {running ? (
        <Button onClick={() => void attempt(() => engine()['jobs.cancel']({ jobId: running.job.id }))}>
          {`${running.job.stage ?? 'Waiting'} – cancel`}
        </Button>
      ) : (
        <div className="outside-buttons">
          <Button
            icon="compare"
            title={titleOf('Solves the same model with CalculiX and shows both', opinion.keys)}
            disabled={!opinion.enabled}
            onClick={opinion.run}
            data-testid="second-opinion"
          >
            Second opinion from CalculiX
          </Button>
          <Button
            icon="open"
            title={titleOf('A .frd or .vtu file, shown beside this study’s result', foreign.keys)}
            disabled={!foreign.enabled}
            onClick={foreign.run}
          >
            Open a result of another program…
          </Button>
          <Button
            icon="file"
            title={titleOf('Pictures, loads, mesh, error estimates and reactions as a page', html.keys)}
            disabled={!html.enabled}
            onClick={html.run}
          >
            Report as HTML…
          </Button>
          <Button icon="file" title={titleOf('The same, printed', pdf.keys)} disabled={!pdf.enabled} onClick={pdf.run}>
            Report as PDF…
          </Button>
        </div>
      )}
    </Group>
  );
}

const titleOf = (words: string, keys: string | undefined): string => (keys ? `${words} (${keys})` : words);
