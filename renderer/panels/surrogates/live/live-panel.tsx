import { type CSSProperties, memo } from 'react';
import type { StudyRecord, StudySurrogateState, SurrogateField } from '../../../../preload/contract/index.ts';
import { attempt } from '../../../actions/edit.ts';
import { cancelHandOver, endLive, handOver, moveTo, settle, showPrediction } from '../../../actions/live-prediction.ts';
import { compareWithSolution } from '../../../actions/surrogates.ts';
import { useCommand } from '../../../commands/index.ts';
import { roundStep } from '../../../features/variables/variable-row.tsx';
import { useJobs } from '../../../state/jobs.ts';
import { useSurrogates } from '../../../state/surrogates.ts';
import { Button } from '../../../ui/button.tsx';
import { Check, Select } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { sentence } from '../../../ui/words.ts';
import { useUnits } from '../../../units/use-units.ts';
import { FIELD_WORDS, PROVIDER_WORDS, valueInWords } from '../words.ts';
import { PredictedFigures } from './predicted-figures.tsx';
import { QUANTITY_OF } from './predicted-numbers.ts';

/** Sliders reach beyond the range that the model knows by this share of it, so that its end can be met and seen. */
const BEYOND = 0.3;
const NONE: readonly string[] = [];

/**
 * Sliders, and what the model says of where they are. Every part of it asks for what it shows itself: an answer comes up to
 * sixty times a second, and only what changes is to be drawn again.
 */
export function LivePanel({ study, state }: { study: StudyRecord; state: StudySurrogateState }) {
  const use = useCommand('study.surrogate.use');
  const isDeclined = useSurrogates(({ live }) => live?.prediction?.verdict.kind === 'declined');
  return (
    <section className="live" aria-label="Live prediction" data-testid="live" data-study-field="surrogate-live">
      <div className="live-head">
        <span className="strong grow">Live prediction</span>
        <Rate />
      </div>
      {study.surrogate?.parameters.map((parameter, index) => (
        <Dimension key={parameter.name} parameter={parameter} index={index} />
      ))}
      {isDeclined ? <Declined /> : <Known study={study} state={state} />}
      <div className="surrogate-buttons">
        <Button
          icon="check"
          disabled={!use.enabled}
          onClick={use.run}
          title={`${use.title}${use.keys ? ` (${use.keys})` : ''}`}
          data-testid="use-values"
        >
          Use these values
        </Button>
        {!isDeclined && (
          <Button
            onClick={() => void handOver()}
            title="Solve the study with these values; nothing is changed"
            data-testid="solve-values"
          >
            Solve
          </Button>
        )}
        {!isDeclined && (
          <Button
            onClick={() => {
              const { live } = useSurrogates.getState();
              if (live) void attempt(() => compareWithSolution(study.id, live.values));
            }}
            title="Solve this design on the mesh that the model knows; it joins the data"
          >
            Check
          </Button>
        )}
        <Button icon="close" onClick={endLive}>
          End
        </Button>
      </div>
      {!isDeclined && <Solving />}
    </section>
  );
}

function Rate() {
  const milliseconds = useSurrogates(({ live }) =>
    live?.prediction && live.prediction.verdict.kind !== 'declined'
      ? Math.max(1, Math.round(live.prediction.milliseconds))
      : null,
  );
  const provider = useSurrogates(({ live }) => live?.prediction?.provider);
  const updates = useSurrogates(({ live }) => live?.updatesPerSecond ?? 0);
  const pictures = useSurrogates(({ live }) => live?.picturesPerSecond ?? 0);
  return (
    <span className="muted small" data-testid="live-rate" data-updates={updates} data-pictures={pictures}>
      {milliseconds === null ? '' : `answered in ${milliseconds} ms${provider ? ` ${PROVIDER_WORDS[provider]}` : ''}`}
    </span>
  );
}

/** What is predicted, and which of it is painted. */
function Known({ study, state }: { study: StudyRecord; state: StudySurrogateState }) {
  const prediction = useSurrogates(({ live }) => live?.prediction ?? null);
  const fields = state.card?.fields ?? [];
  return (
    <>
      {prediction && <PredictedFigures study={study} prediction={prediction} singular={state.singular} />}
      {fields.length > 0 && <PaintedField fields={fields} />}
    </>
  );
}

const PaintedField = memo(({ fields }: { fields: readonly { name: SurrogateField }[] }) => {
  const quantity = useSurrogates(({ live }) => live?.quantity ?? 'von_mises');
  const isDeformed = useSurrogates(({ live }) => live !== null && live.deformation !== 0);
  return (
    <div className="live-display">
      <Select
        label="Predicted field"
        value={quantity}
        options={fields.map(({ name }) => ({ value: QUANTITY_OF[name], label: FIELD_WORDS[name] }))}
        onChange={(chosen) => showPrediction({ quantity: chosen })}
      />
      {fields.some(({ name }) => name === 'displacement') && (
        <Check label="Deformed" checked={isDeformed} onChange={(deformed) => showPrediction({ deformed })} />
      )}
    </div>
  );
});

type Parameter = NonNullable<StudyRecord['surrogate']>['parameters'][number];

const Dimension = memo(({ parameter, index }: { parameter: Parameter; index: number }) => {
  const system = useUnits();
  const value = useSurrogates(({ live }) => live?.values[index] ?? parameter.reference);
  const least = useSurrogates(({ live }) => live?.limits[index]?.least);
  const most = useSurrogates(({ live }) => live?.limits[index]?.most);
  const { name, unit, minimum, maximum } = parameter;
  const reach = BEYOND * (maximum - minimum);
  // A dimension does not become nothing on the way.
  const nothing = minimum > 0 ? minimum / 2 : Number.NEGATIVE_INFINITY;
  const low = Math.min(minimum, Math.max(minimum - reach, nothing, least ?? nothing));
  const high = Math.max(maximum, Math.min(maximum + reach, most ?? Number.POSITIVE_INFINITY));
  const step = roundStep(maximum - minimum);
  const [from, to] = [(minimum - low) / (high - low), (maximum - low) / (high - low)];
  const outside = value < minimum - 1e-9 || value > maximum + 1e-9;
  return (
    <label className={`live-dimension ${outside ? 'outside' : ''}`}>
      <span className="truncate" title={name}>
        {name}
      </span>
      <span className="live-track" style={{ '--known-from': from, '--known-share': to - from } as CSSProperties}>
        <input
          type="range"
          aria-label={`${name}, live`}
          aria-valuetext={valueInWords(value, unit, system)}
          min={low}
          max={high}
          step={step / 10}
          value={value}
          onChange={(event) => moveTo(index, Number(Number(event.currentTarget.value).toPrecision(9)))}
          onPointerUp={settle}
          onKeyUp={settle}
          onBlur={settle}
        />
      </span>
      <output>{valueInWords(value, unit, system)}</output>
    </label>
  );
});

/** Where the model does not know: no number, why, and the solver on its way. */
function Declined() {
  const reasons = useSurrogates(({ live }) =>
    live?.prediction?.verdict.kind === 'declined' ? live.prediction.verdict.reasons : NONE,
  );
  const failed = useSurrogates(({ live }) => live?.failed ?? false);
  const phase = useSurrogates(({ live }) => live?.handOver?.phase ?? null);
  return (
    <div className="notice warning" role="status" data-testid="declined">
      <Icon name="warning" />
      <div className="notice-body">
        <strong>{failed ? 'The surrogate could not be asked.' : 'The surrogate does not know this.'}</strong>
        {reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
        <Solving />
        {(phase === null || phase === 'cancelled' || phase === 'failed') && (
          <Button icon="play" onClick={() => void handOver()} data-testid="hand-over">
            Solve it
          </Button>
        )}
      </div>
    </div>
  );
}

function Solving() {
  const now = useSurrogates(({ live }) => live?.handOver ?? null);
  const job = useJobs(({ entries }) =>
    now?.phase === 'solving' ? entries.find((entry) => entry.job.id === now.jobId)?.job : undefined,
  );
  if (!now) return null;
  if (now.phase === 'waiting' || now.phase === 'solving')
    return (
      <div className="live-solving" data-testid="hand-over-state">
        <span className="grow">
          {now.phase === 'waiting' ? 'The solver takes over …' : `${sentence(job?.stage || 'solving')} …`}
        </span>
        <Button icon="stop" onClick={cancelHandOver}>
          Cancel
        </Button>
      </div>
    );
  if (now.phase === 'solved')
    return <p data-testid="hand-over-state">Solved: the picture shows the solution at these values.</p>;
  if (now.phase === 'failed') return <p className="field-error">{now.message}</p>;
  return <p className="muted">Not solved.</p>;
}
