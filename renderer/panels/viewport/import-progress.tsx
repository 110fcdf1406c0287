import { cancelJob, cancelUploads } from '../../actions/files.ts';
import { runningJobs, useJobs } from '../../state/jobs.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { sentence } from '../../ui/words.ts';

/** What is on its way into the project, over the picture where it will appear. */
export function ImportProgress() {
  const uploads = useUi((state) => state.uploads);
  const entries = useJobs((state) => state.entries);
  const imports = runningJobs(entries).filter(({ job }) => job.kind === 'import');
  if (uploads.length + imports.length === 0) return null;
  return (
    <div className="import-progress" role="status" aria-label="Import" data-testid="import-progress">
      {uploads.map(({ name, fraction }) => (
        <div key={name} className="import-line">
          <span className="truncate strong">{name}</span>
          <span className="muted">Reading the file</span>
          <span className="progress">
            <span style={{ width: `${fraction * 100}%` }} />
          </span>
          <Button kind="quiet" onClick={cancelUploads}>
            Cancel
          </Button>
        </div>
      ))}
      {imports.map(({ job }) => (
        <div key={job.id} className="import-line">
          <span className="truncate strong">{job.label}</span>
          <span className="muted truncate">{sentence(job.stage)}</span>
          <span className={`progress ${job.fraction === null ? 'unknown' : ''}`}>
            <span style={job.fraction === null ? {} : { width: `${job.fraction * 100}%` }} />
          </span>
          <Button kind="quiet" onClick={() => void cancelJob(job.id)}>
            Cancel
          </Button>
        </div>
      ))}
    </div>
  );
}
