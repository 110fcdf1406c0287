import { useEffect, useState } from 'react';
import type { Job } from '../../../preload/contract/index.ts';
import { cancelJob } from '../../actions/files.ts';
import { isRunning, useJobs } from '../../state/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { sentence } from '../../ui/words.ts';
import { formatSeconds } from '../../units/format.ts';

const ICONS: Record<Job['state'], IconName> = {
  queued: 'more',
  running: 'play',
  done: 'check',
  failed: 'error',
  cancelled: 'stop',
};
const WORDS: Record<Job['state'], string> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** Counts the seconds of what runs. */
function useNow(active: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [active]);
  return active ? now : Date.now();
}

/** Long work: running first, then what has ended. */
export function JobsPanel() {
  const entries = useJobs((state) => state.entries);
  const now = useNow(entries.some(({ job }) => isRunning(job)));
  if (entries.length === 0) {
    return (
      <section className="panel" aria-label="Jobs">
        <p className="panel-empty">Imports, meshing and solving are shown here while they run.</p>
      </section>
    );
  }
  const ordered = [...entries].sort((a, b) => Number(isRunning(b.job)) - Number(isRunning(a.job)));
  return (
    <section className="panel" aria-label="Jobs">
      <ul className="panel-scroll lines" data-testid="jobs">
        {ordered.map(({ job }) => (
          <li key={job.id} className={`line ${job.state}`}>
            <span className={`line-icon ${job.state}`}>
              <Icon name={ICONS[job.state]} size={14} />
            </span>
            <span className="job-label truncate" title={job.label}>
              {job.label}
            </span>
            {isRunning(job) ? (
              <>
                <span className="job-stage muted truncate">
                  {job.state === 'queued' ? 'Waiting' : sentence(job.stage)}
                </span>
                <span className={`progress job-progress ${job.fraction === null ? 'unknown' : ''}`}>
                  <span style={job.fraction === null ? {} : { width: `${job.fraction * 100}%` }} />
                </span>
                <span className="job-time number">{formatSeconds((now - job.startedAt) / 1000)}</span>
                <Button kind="quiet" onClick={() => void cancelJob(job.id)}>
                  Cancel
                </Button>
              </>
            ) : (
              <>
                <span className="job-stage muted truncate" title={job.error?.message}>
                  {job.error?.message ?? WORDS[job.state]}
                </span>
                <span className="spacer" />
                <span className="job-time number muted">
                  {job.endedAt ? formatSeconds((job.endedAt - job.startedAt) / 1000) : ''}
                </span>
                <time className="job-time number muted">{new Date(job.startedAt).toLocaleTimeString()}</time>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
