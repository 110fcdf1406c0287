import type { ResultEntry, Vector3 } from '../../../preload/contract/index.ts';
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

/** The three or four numbers that one looks for, each with how far it can be trusted. */
export function Headline({ entry }: { entry: ResultEntry }) {
  const system = useUnits();
  const { extremes, minimumSafetyFactor: safety, discretisation_error: error } = entry.summary;
  const stress = extremes['von_mises']?.max;
  const displacement = extremes['displacement.magnitude']?.max;
  return (
    <div className="headline" data-testid="headline">
      {stress && (
        <Figure
          label="Largest von Mises"
          value={formatQuantity(stress.value, 'stress', system)}
          note={`± ${formatNumber(error.peak_stress_percent, 2)} % estimated`}
          at={stress.at_mm}
        />
      )}
      {displacement && (
        <Figure
          label="Largest displacement"
          value={formatQuantity(displacement.value, 'length', system)}
          note={`± ${formatNumber(error.energy_percent, 2)} % in energy`}
          at={displacement.at_mm}
        />
      )}
      <Figure
        label="Smallest safety factor"
        value={safety ? formatNumber(safety.value, 3) : '–'}
        note={safety ? safety.basis : 'the material has no strength'}
        tone={!safety ? '' : safety.value < YIELDS ? 'error' : safety.value < TIGHT ? 'warning' : 'success'}
        at={safety?.at_mm}
      />
    </div>
  );
}
