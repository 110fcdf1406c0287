/** One design: its values, each requirement with its margin, why it misses what it misses, and the way into the project. */
import type { DesignCandidate, DesignReason, RequirementResult } from '../../../preload/contract/index.ts';
import { fetchFile } from '../../actions/agent.ts';
import {
  branchDesign,
  cancelReport,
  lookAt,
  reportDesign,
  reportKey,
  showWhyNotMade,
  takeDesign,
} from '../../actions/design.ts';
import { useDesign } from '../../state/design.ts';
import { useDocument } from '../../state/document.ts';
import { useJobs } from '../../state/jobs.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { sentence } from '../../ui/words.ts';
import { formatPoint, formatSeconds } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { marginInWords, PURPOSES, PURPOSES_ABOUT, withUnit } from './words.ts';

export function CandidateDetail({ briefId, candidate }: { briefId: string; candidate: DesignCandidate }) {
  const { number, purpose, concept, material, values, state, failure, requirements, objectives, seconds } = candidate;
  const readOnly = useDocument((document) => document.project?.readOnly !== false);
  const reasons = useDesign(({ reasons: known }) =>
    known?.briefId === briefId && known.number === number ? known.reasons : null,
  );
  return (
    <section className="design-detail" aria-label={`Design ${number}`} data-testid="candidate">
      <div className="design-detail-head">
        <span className="strong">Design {number}</span>
        <span className="badge" title={PURPOSES_ABOUT[purpose]}>
          {PURPOSES[purpose]}
        </span>
        <span className="spacer" />
        <IconButton icon="close" label="Close" small onClick={() => void lookAt(briefId, null)} />
      </div>
      <Pairs>
        <Pair name="Made as">{`${concept}, ${material}`}</Pair>
        {values.map(({ name, value, unit }) => (
          <Pair key={name} name={name}>
            {withUnit(value, unit)}
          </Pair>
        ))}
        {objectives.map(({ text, value, unit }) => (
          <Pair key={text} name={text}>
            {withUnit(value, unit)}
          </Pair>
        ))}
        <Pair name="Took">{formatSeconds(seconds)}</Pair>
      </Pairs>
      {state === 'failed' ? (
        <div className="notice error" role="alert">
          <Icon name="error" />
          <div className="notice-body">
            <p>{failure?.error.message}</p>
            {failure?.error.cause && <p className="muted small">{failure.error.cause}</p>}
            {failure?.error.hint && <p className="muted">{failure.error.hint}</p>}
          </div>
        </div>
      ) : (
        <>
          <ul className="design-requirements" aria-label="Requirements">
            {requirements.map((requirement) => (
              <Requirement
                key={requirement.text}
                requirement={requirement}
                onShow={
                  isOfMaking(requirement) && !requirement.holds && !readOnly
                    ? () => void showWhyNotMade(briefId, number)
                    : undefined
                }
              />
            ))}
          </ul>
          <Reasons reasons={reasons} />
          <TakeRow briefId={briefId} candidate={candidate} />
        </>
      )}
    </section>
  );
}

/** What is done with a design: taken, and whatever else is made of it. */
function TakeRow({ briefId, candidate }: { briefId: string; candidate: DesignCandidate }) {
  const taking = useDesign((state) => state.taking);
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  return (
    <>
      <div className="design-actions">
        <Button
          kind="primary"
          icon="check"
          disabled={readOnly || taking !== null}
          onClick={() => void takeDesign(briefId, candidate.number)}
          title="Add it to the project: part, dimensions, material and the load cases as studies. Undo takes it back."
          data-testid="take-design"
        >
          {taking === candidate.number ? 'Making it…' : 'Take this design'}
        </Button>
        <Button
          icon="branch"
          disabled={readOnly || taking !== null}
          onClick={() => void branchDesign(briefId, candidate.number)}
          title="The same on a branch of its own: beside other designs, to be compared, and then taken or dropped (g d)"
          data-testid="branch-design"
        >
          Open on a branch
        </Button>
      </div>
      <Report briefId={briefId} number={candidate.number} />
      {!candidate.feasible && (
        <p className="muted small">It misses a requirement: taken, it is a start, not an answer.</p>
      )}
    </>
  );
}

/** The evidence as pages: made once, with progress and a cancel, then opened or saved. */
export function Report({ briefId, number }: { briefId: string; number: number }) {
  const key = useDesign(({ states }) => states.get(briefId)?.key ?? '');
  const reporting = useDesign((state) => state.reporting);
  const made = useDesign(({ reports }) => reports.get(reportKey(key, number)));
  const job = useJobs(({ entries }) => entries.find((entry) => entry.job.id === reporting?.jobId)?.job);
  if (made)
    return (
      <div className="design-actions" data-testid="design-report">
        {made.files.map((file) => (
          <Button
            key={file.fileName}
            icon="file"
            disabled={!file.blobHash}
            onClick={() => void fetchFile(file)}
            title={file.path ?? `Save ${file.fileName}`}
          >
            {file.fileName.endsWith('.pdf') ? 'Report (PDF)' : 'Report (HTML)'}
          </Button>
        ))}
        {!made.feasible && <p className="muted small">Solved finely, it misses a requirement: the report says so.</p>}
      </div>
    );
  if (reporting?.number === number)
    return (
      <div className="design-running" data-testid="design-report-running">
        <div
          className={`progress ${job?.fraction == null ? 'unknown' : ''}`}
          role="progressbar"
          aria-label="Report"
          aria-valuenow={job?.fraction == null ? undefined : Math.round(job.fraction * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={job?.fraction == null ? {} : { width: `${job.fraction * 100}%` }} />
        </div>
        <div className="surrogate-again">
          <span className="muted small truncate">{sentence(job?.stage || 'waiting')}</span>
          <Button icon="stop" onClick={() => void cancelReport()} data-testid="cancel-report">
            Cancel
          </Button>
        </div>
      </div>
    );
  return (
    <div className="design-actions">
      <Button
        icon="file"
        disabled={reporting !== null}
        onClick={() => void reportDesign(briefId, number)}
        title="Solve it until its figures settle, ask another solver, and write all of it as a report: HTML and PDF"
        data-testid="report-design"
      >
        Write the evidence report
      </Button>
    </div>
  );
}

/** Of all rules, those of the process have places on the part that can be shown. */
const isOfMaking = ({ text, isRule }: RequirementResult): boolean =>
  isRule === true && text.startsWith('can be made by');

/** What every design is held to besides the brief holds or not: its number is for the search alone. */
function Requirement({
  requirement,
  onShow,
}: {
  requirement: RequirementResult;
  /** Paints what stands against it onto the part. */
  onShow?: (() => void) | undefined;
}) {
  const { text, margin, holds, isRule, note } = requirement;
  return (
    <li data-holds={holds}>
      <div className="design-requirement-head">
        <Icon name={holds ? 'check' : 'error'} />
        <span className="visually-hidden">{holds ? 'Holds:' : 'Fails:'}</span>
        <span className="grow">{text}</span>
        {!isRule && <span className={holds ? 'design-holds' : 'design-missed'}>{marginInWords(margin)}</span>}
      </div>
      {isRule ? note && <div className="muted small">{note}</div> : <AgainstLimit requirement={requirement} />}
      {onShow && (
        <button
          type="button"
          className="link small"
          onClick={onShow}
          title="Opens the design on a branch of its own and paints what stands against making it on its faces"
          data-testid="show-why-not-made"
        >
          Show it on the part
        </button>
      )}
    </li>
  );
}

/** The bar is full where nothing of the limit is left, and empty where all of it is. */
function AgainstLimit({ requirement }: { requirement: RequirementResult }) {
  const system = useUnits();
  const { value, limit, unit, margin, error_percent, case: of, at_mm, note } = requirement;
  const used = margin === null ? 0 : Math.min(1, Math.max(0, 1 - margin));
  return (
    <>
      <div className="design-bar" aria-hidden="true">
        <span style={{ width: `${100 * used}%` }} />
      </div>
      <div className="muted small">
        {`${withUnit(value, unit)}${error_percent === null ? '' : ` ± ${withUnit(error_percent, '%', 2)}`} against ${withUnit(limit, unit)}${
          of ? `, in ${of}` : ''
        }${at_mm ? `, at ${formatPoint(at_mm, system, 4)}` : ''}${note ? `. ${sentence(note)}` : ''}`}
      </div>
    </>
  );
}

/** Why, and what would help: predicted by models of the designs that were solved, and drawn so. */
export function Reasons({ reasons }: { reasons: readonly DesignReason[] | null }) {
  if (reasons === null) return <p className="muted small">Looking for what would help…</p>;
  return reasons.map(({ requirement, case: of, faces, mechanism, moves }) => (
    <div key={requirement} className="design-reason">
      <p>
        <span className="strong">{requirement}</span>
        {faces.length > 0 ? ` is decided at ${faces.join(' and ')}` : ' decides'}
        {of ? ` in ${of}` : ''}
        {mechanism ? `: ${mechanism.replace(/\.$/, '')}` : ''}.
      </p>
      {moves.length > 0 && (
        <dl className="predicted-figures" aria-label="Predicted, not solved">
          {moves.map(({ text, predictedMargin }) => (
            <div key={text} className="predicted-figure">
              <dt>{text}</dt>
              <dd>
                {predictedMargin === undefined ? '' : `margin ${marginInWords(predictedMargin)}`}{' '}
                <span className="badge predicted">predicted</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  ));
}
