import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { cancelJob } from '../../../actions/files.ts';
import { useCommand } from '../../../commands/index.ts';
import { useDocument } from '../../../state/document.ts';
import { isRunning, useJobs } from '../../../state/jobs.ts';
import { useResults } from '../../../state/results.ts';
import { revealPanel } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { sentence } from '../../../ui/words.ts';
import { goTo, useStudyPanel } from '../study-panel-state.ts';
import { type Missing, missingIn } from './missing.ts';
import { ResidualCurve } from './residual-curve.tsx';

/** Goes to where this is put right. */
function putRight({ materials, studyId, itemId, field }: Missing): void {
  if (materials) revealPanel('materials');
  else if (studyId) useResults.setState({ activeStudyId: studyId });
  else goTo({ ...(itemId ? { itemId } : {}), ...(field ? { field } : {}) });
}

/** What is missing, or the button that solves, or how far solving is. */
export function SolveBar({ study }: { study: StudyRecord }) {
  const records = useDocument((state) => state.records);
  const entries = useJobs((state) => state.entries);
  const results = useResults((state) => state.entries);
  const solve = useCommand('study.solve');
  // What failed may be mended by now: its message is of the study as it was tried.
  const sameAsTried = useStudyPanel(({ tried }) => tried === study);
  const missing = missingIn(study, records);
  const running = entries.find(({ job }) => job.kind === 'solve' && isRunning(job));
  const failed = entries.find(({ job }) => job.kind === 'solve')?.job;
  const current = results.some(({ studyId, current }) => studyId === study.id && current);
  return (
    <div className="solve-bar" data-testid="solve-bar">
      {running ? (
        <>
          <div className="solve-stage">
            <span className="strong">{sentence(running.job.stage || 'waiting')}</span>
            <span className="muted">
              {running.job.fraction === null ? '' : `${Math.round(running.job.fraction * 100)} %`}
            </span>
            <span className="spacer" />
            <Button icon="stop" onClick={() => void cancelJob(running.job.id)} data-testid="cancel-solve">
              Cancel
            </Button>
          </div>
          <div
            className={`progress ${running.job.fraction === null ? 'unknown' : ''}`}
            role="progressbar"
            aria-label="Solving"
            aria-valuenow={running.job.fraction === null ? undefined : Math.round(running.job.fraction * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <span style={running.job.fraction === null ? {} : { width: `${running.job.fraction * 100}%` }} />
          </div>
          <ResidualCurve residuals={running.residuals} />
        </>
      ) : (
        <>
          {missing.length > 0 && (
            <ul className="missing" aria-label="Still needed" data-testid="missing">
              {missing.map((one) => (
                <li key={`${one.text} ${one.itemId ?? ''}`} className={one.blocking ? '' : 'advice'}>
                  <Icon name={one.blocking ? 'warning' : 'info'} size={14} />
                  <button type="button" className="link" onClick={() => putRight(one)}>
                    {one.text}
                  </button>
                </li>
              ))}
            </ul>
          )}
          {sameAsTried &&
            failed?.state === 'failed' &&
            failed.error &&
            !missing.some(({ blocking }) => blocking) &&
            !current && (
              <div className="notice error">
                <Icon name="error" />
                <div className="notice-body">
                  {failed.error.message}
                  {failed.error.hint && <p className="muted">{failed.error.hint}</p>}
                </div>
              </div>
            )}
          <Button
            icon={current ? 'check' : 'play'}
            kind="primary large"
            className="wide"
            disabled={!solve.enabled}
            onClick={solve.run}
            title={`Solve (${solve.keys})`}
            data-testid="solve"
          >
            {current ? 'Solved: show the result' : 'Solve'}
            <span className="solve-keys">{solve.keys}</span>
          </Button>
        </>
      )}
    </div>
  );
}
