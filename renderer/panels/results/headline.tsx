import { isSingularPlace, type ResultEntry, type Vector3 } from '../../../preload/contract/index.ts';
import { frameOf, framesOf } from '../../state/frames.ts';
import { useResults } from '../../state/results.ts';
import { formatNumber, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';

/** Below this a part yields; the verdict's colour follows it. */
const YIELDS = 1;
const TIGHT = 1.5;

function Figure(props: { label: string; value: string; note?: string; tone?: string; at?: Vector3 | undefined }) {
  const { label, value, note, tone = '', at } = props;
  return (
    <button
      type="button"
      className={`figure ${tone}`}
      disabled={!at}
      title={at ? 'Show where' : undefined}
      onClick={() => at && useResults.setState({ pointedAt: { at_mm: at, label } })}
    >
      <span className="figure-label">{label}</span>
      <span className="figure-value">{value}</span>
      {note && <span className="figure-note">{note}</span>}
    </button>
  );
}

/** What other programs wrote comes without one. */
const NO_ESTIMATE = 'without an error estimate';
/** Where the stress grows without end, its number means nothing: a word stands in its place, and the number in the note. */
const isSingular = (entry: ResultEntry, at: Vector3): boolean => isSingularPlace(entry.summary, at);
const SINGULAR = 'at a singular place, and another on another mesh';

/** The three or four numbers that one looks for, each with how far it can be trusted. */
export function Headline({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const index = useResults((state) => state.display.frame);
  const frame = frameOf(entry, index);
  const { discretisation_error: error, imported } = entry.summary;
  const foreign = imported !== undefined;
  // The first frame's numbers are those of the summary; each further one has its own, or none.
  const isFirst = index <= 0 || framesOf(entry).length === 1;
  const own = isFirst ? entry.summary.minimumSafetyFactor : undefined;
  const safety = frame.minimumSafetyFactor ?? own ?? null;
  const { extremes } = frame;
  const temperature = extremes['temperature'];
  const flux = extremes['heat_flux.magnitude']?.max;
  const isMode = frame.kind === 'mode';
  const stress = extremes['von_mises']?.max;
  const displacement = extremes['displacement.magnitude']?.max;
  return (
    <div className="headline" data-testid="headline">
      {frame.value !== undefined && (
        <Figure
          label={frame.name}
          value={`${formatNumber(frame.value, 5)} ${frame.unit === '-' ? '' : (frame.unit ?? '')}`}
        />
      )}
      {temperature && (
        <>
          <Figure
            label="Highest temperature"
            value={formatQuantity(temperature.max.value, 'temperature', system)}
            at={temperature.max.at_mm}
          />
          <Figure
            label="Lowest temperature"
            value={formatQuantity(temperature.min.value, 'temperature', system)}
            at={temperature.min.at_mm}
          />
        </>
      )}
      {flux && (
        <Figure
          label="Largest heat flux"
          value={formatQuantity(flux.value, 'heatFlux', system)}
          {...(error.peak_flux_percent === undefined || foreign
            ? {}
            : { note: `± ${formatNumber(error.peak_flux_percent, 2)} % estimated` })}
          at={flux.at_mm}
        />
      )}
      {stress && !isMode && (
        <Figure
          label="Largest von Mises"
          value={isSingular(entry, stress.at_mm) ? 'no limit' : formatQuantity(stress.value, 'stress', system)}
          note={
            isSingular(entry, stress.at_mm)
              ? `${formatQuantity(stress.value, 'stress', system)} on this mesh ${SINGULAR}`
              : foreign
                ? NO_ESTIMATE
                : `± ${formatNumber(error.peak_stress_percent, 2)} % estimated`
          }
          tone={isSingular(entry, stress.at_mm) ? 'warning' : ''}
          at={stress.at_mm}
        />
      )}
      {displacement && !isMode && (
        <Figure
          label="Largest displacement"
          value={formatQuantity(displacement.value, 'length', system)}
          note={foreign ? NO_ESTIMATE : `± ${formatNumber(error.energy_percent, 2)} % in energy`}
          at={displacement.at_mm}
        />
      )}
      {stress && !isMode && (
        <Figure
          label="Smallest safety factor"
          value={!safety ? '–' : isSingular(entry, safety.at_mm) ? 'not known' : formatNumber(safety.value, 3)}
          note={
            !safety
              ? foreign
                ? 'not known of a result of others'
                : 'the material has no strength'
              : isSingular(entry, safety.at_mm)
                ? `${formatNumber(safety.value, 3)} on this mesh ${SINGULAR}; ${safety.basis}`
                : safety.basis
          }
          tone={
            !safety
              ? ''
              : isSingular(entry, safety.at_mm)
                ? 'warning'
                : safety.value < YIELDS
                  ? 'error'
                  : safety.value < TIGHT
                    ? 'warning'
                    : 'success'
          }
          at={safety?.at_mm}
        />
      )}
    </div>
  );
}
