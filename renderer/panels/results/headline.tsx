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

/** Elements this many sizes around a singular place share its stress. */
const SINGULAR_REACH = 2;

/** Whether a place lies where the stress grows without end, so that its number means nothing. */
function isSingular(entry: ResultEntry, at: Vector3): boolean {
  const { singularities, mesh } = entry.summary;
  return singularities.some(
    ({ at_mm }) => Math.hypot(...at_mm.map((x, axis) => x - at[axis]!)) < SINGULAR_REACH * mesh.size_mm,
  );
}
const SINGULAR = 'at a singular place: it grows as the mesh gets finer';

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
          note={
            isSingular(entry, stress.at_mm) ? SINGULAR : `± ${formatNumber(error.peak_stress_percent, 2)} % estimated`
          }
          tone={isSingular(entry, stress.at_mm) ? 'warning' : ''}
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
        note={
          !safety
            ? 'the material has no strength'
            : isSingular(entry, safety.at_mm)
              ? `${safety.basis}; ${SINGULAR}`
              : safety.basis
        }
        tone={
          !safety
            ? ''
            : safety.value < YIELDS
              ? 'error'
              : safety.value < TIGHT || isSingular(entry, safety.at_mm)
                ? 'warning'
                : 'success'
        }
        at={safety?.at_mm}
      />
    </div>
  );
}
