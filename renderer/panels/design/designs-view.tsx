/** What was tried for a brief: while it runs and afterwards. */
import type { BriefRecord, DesignState, Job } from '../../../preload/contract/index.ts';
import { lookAt } from '../../actions/design.ts';
import { useDesign } from '../../state/design.ts';
import { useJobs } from '../../state/jobs.ts';
import { Chart } from '../../ui/chart.tsx';
import { Group } from '../../ui/group.tsx';
import { sentence } from '../../ui/words.ts';
import { formatCount } from '../../units/format.ts';
import { CandidateDetail } from './candidate-detail.tsx';
import { CandidateTable } from './candidate-table.tsx';
import { DesignBranches } from './design-branches.tsx';
import { bestSoFar, frontOf } from './front.ts';
import { Outcome } from './outcome.tsx';
import { Scatter } from './scatter.tsx';
import { unitSymbol } from './words.ts';

export function DesignsView({ record, state }: { record: BriefRecord; state: DesignState | undefined }) {
  const selected = useDesign((design) => design.selected);
  const running = state?.running ?? null;
  const job = useJobs(({ entries }) => entries.find((entry) => entry.job.id === running?.jobId)?.job);
  const candidates = state?.candidates ?? [];
  const outcome = state?.outcome ?? null;
  const front = frontOf(candidates);
  const [first] = candidates.find((one) => one.state === 'solved')?.objectives ?? [];
  const best = outcome?.best ?? (candidates.length > 0 && first && front.length > 0 ? front[0]! : null);
  const candidate = candidates.find(({ number }) => number === selected);
  const select = (number: number) => void lookAt(record.id, number);
  const sofar = bestSoFar(candidates);
  return (
    <div className="panel-scroll design-scroll">
      {job && running && <Running job={job} current={running.key === state?.key} />}
      {outcome && <Outcome briefId={record.id} outcome={outcome} />}
      {!outcome && !running && candidates.length > 0 && (
        <p className="notice" data-testid="design-stopped">
          {`The search was not ended: ${formatCount(candidates.length)} designs are kept, and it goes on from them.`}
        </p>
      )}
      {candidates.length === 0 && !running && (
        <p className="panel-empty">
          Nothing was tried for this brief as it is. Search, and each design that is tried appears here with its
          margins.
        </p>
      )}
      <DesignBranches briefId={record.id} />
      {candidate && <CandidateDetail briefId={record.id} candidate={candidate} />}
      <Scatter candidates={candidates} front={front} best={best} selected={selected} onSelect={select} />
      {candidates.length > 0 && (
        <CandidateTable candidates={candidates} best={best} selected={selected} onSelect={select} />
      )}
      {first && sofar.value.filter(Number.isFinite).length > 1 && (
        <Group title="The best so far" closed={false} testId="design-history">
          <Chart
            title={`Best ${first.text.replace(/^\S+\s+/, '')} by designs tried`}
            x={{ name: 'Designs', unit: '', values: sofar.number }}
            y={[{ name: first.text, unit: unitSymbol(first.unit), values: sofar.value }]}
            onPick={(index) => select(sofar.number[index]!)}
          />
        </Group>
      )}
    </div>
  );
}

function Running({ job, current }: { job: Job; current: boolean }) {
  return (
    <div className="design-running" data-testid="design-running">
      <div className="surrogate-again">
        <span className="strong truncate">{sentence(job.stage || 'waiting')}</span>
      </div>
      <div
        className={`progress ${job.fraction === null ? 'unknown' : ''}`}
        role="progressbar"
        aria-label="Share of the budget"
        aria-valuenow={job.fraction === null ? undefined : Math.round(job.fraction * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={job.fraction === null ? {} : { width: `${job.fraction * 100}%` }} />
      </div>
      <p className="muted small">
        {current
          ? `Designs begun: ${formatCount(job.detail?.['designs'] ?? 0)}; solves: ${formatCount(job.detail?.['solves'] ?? 0)}. What is tried stays when you stop: it goes on from there.`
          : 'This search is of the brief as it was before you changed it.'}
      </p>
    </div>
  );
}
