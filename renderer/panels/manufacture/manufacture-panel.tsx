/** Whether and how the active part can be made: choose a process, see what stands against it, and what it would take. */
import { type PartRecord, PROCESS_TITLES, PROCESSES } from '../../../preload/contract/index.ts';
import { cancelJob } from '../../actions/files.ts';
import { checkPart } from '../../actions/manufacture.ts';
import { useGeometry } from '../../state/geometry.ts';
import { isRunning, useJobs } from '../../state/jobs.ts';
import { shapeOf, useManufacture } from '../../state/manufacture.ts';
import { useActivePart } from '../../state/parts.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { sentence } from '../../ui/words.ts';
import { FindingsList } from './findings-list.tsx';
import { PlanView } from './plan-view.tsx';

export function ManufacturePanel() {
  const part = useActivePart();
  return (
    <section className="panel" aria-label="Manufacture" data-testid="manufacture">
      {part ? (
        <Part key={part.id} part={part} />
      ) : (
        <p className="panel-hint">Select a part to see whether it can be made, and what that would take.</p>
      )}
    </section>
  );
}

function Part({ part }: { part: PartRecord }) {
  const report = useManufacture((state) => state.answers.get(part.id));
  const shape = useGeometry(() => shapeOf(part.id));
  const process = useManufacture((state) => state.process);
  const quantity = useManufacture((state) => state.quantity);
  const outdated = report !== undefined && report.shape !== shape;
  const other = report !== undefined && (report.process !== process || report.quantity !== quantity);
  return (
    <div className="panel-scroll manufacture">
      <Question part={part} again={report !== undefined && !outdated && !other} />
      {report && outdated && (
        <p className="panel-hint" data-testid="manufacture-outdated">
          The part has changed since: check it again. What was found below is of how it was.
        </p>
      )}
      {report && (
        <>
          <p className={`manufacture-verdict ${report.canBeMade ? '' : 'error'}`} data-testid="manufacture-verdict">
            {verdict(part.name, report)}
          </p>
          <FindingsList partId={part.id} report={report} disabled={outdated} />
          <PlanView report={report} />
        </>
      )}
    </div>
  );
}

function verdict(
  name: string,
  { canBeMade, findings, process, material, materialClass }: Parameters<typeof PlanView>[0]['report'],
): string {
  const how = PROCESS_TITLES[process].toLowerCase();
  const of = material ?? `${materialClass}, as no material is chosen`;
  if (findings.length === 0) return `Nothing stands against making “${name}” by ${how} (${of}).`;
  return canBeMade
    ? `“${name}” can be made by ${how} (${of}), with remarks.`
    : `“${name}” can’t be made by ${how} (${of}) as it is.`;
}

function Question({ part, again }: { part: PartRecord; again: boolean }) {
  const process = useManufacture((state) => state.process);
  const quantity = useManufacture((state) => state.quantity);
  const job = useJobs(
    ({ entries }) =>
      entries.find(({ job: one }) => one.kind === 'manufacture' && one.recordId === part.id && isRunning(one))?.job,
  );
  return (
    <div className="manufacture-question">
      <Pairs>
        <Pair name="Process">
          <Select
            label="Process"
            value={process}
            options={PROCESSES.map((value) => ({ value, label: PROCESS_TITLES[value] }))}
            onChange={(next) => useManufacture.setState({ process: next })}
            testId="manufacture-process"
          />
        </Pair>
        <Pair name="Pieces">
          <TextField
            label="Pieces"
            value={String(quantity)}
            onCommit={(text) => {
              const pieces = Number(text);
              if (Number.isInteger(pieces) && pieces > 0 && pieces <= 10_000_000)
                useManufacture.setState({ quantity: pieces });
            }}
            testId="manufacture-quantity"
          />
        </Pair>
      </Pairs>
      {job ? (
        <>
          <div className="solve-stage">
            <span className="strong truncate">{sentence(job.stage || 'waiting')}</span>
            <span className="spacer" />
            <Button icon="stop" onClick={() => void cancelJob(job.id)}>
              Cancel
            </Button>
          </div>
          <div className="progress unknown" role="progressbar" aria-label="Checking">
            <span />
          </div>
        </>
      ) : (
        <Button
          kind={again ? '' : 'primary'}
          icon="check"
          className="wide"
          onClick={() => void checkPart(part.id)}
          data-testid="manufacture-check"
        >
          {again ? 'Check again' : 'Can it be made?'}
        </Button>
      )}
    </div>
  );
}
