import { useResults } from '../../state/results.ts';
import { useSensitivities } from '../../state/sensitivities.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../units/format.ts';
import { cssColour, mapColour } from '../../viewport/colour-map.ts';
import { isBetterLarger } from './advice.ts';
import { paintedSensitivity } from './painting.ts';

const RAMP = Array.from({ length: 17 }, (_, i) => cssColour(mapColour('diverging', 1 - i / 16)));

/** What the colours of the painted sensitivities mean. */
export function SensitivityKey() {
  useResults((state) => state);
  useSensitivities((state) => state);
  const view = paintedSensitivity();
  if (!view) return null;
  const { functional, name, unit, places } = view.functional;
  const goal = isBetterLarger(functional) ? 'raise' : 'lower';
  const strongest = Math.abs(places[0]?.density ?? 0);
  return (
    <section className="sensitivity-key" aria-label="Legend of the sensitivities" data-testid="sensitivity-key">
      <div className="sensitivity-key-head">
        <span className="strong">{`To ${goal} ${name}`}</span>
        <IconButton
          small
          icon="close"
          label="Draw no sensitivities"
          onClick={() => useSensitivities.setState({ drawn: null })}
        />
      </div>
      <div className="sensitivity-key-scale">
        <span className="sensitivity-ramp" style={{ background: `linear-gradient(${RAMP.join(', ')})` }} />
        <ul>
          <li>
            <strong>push here</strong>
            <span className="muted">{`less metal ${goal}s it`}</span>
          </li>
          <li className="muted">does little</li>
          <li>
            <strong>pull here</strong>
            <span className="muted">{`more metal ${goal}s it`}</span>
          </li>
        </ul>
      </div>
      {strongest > 0 && (
        <span
          className="muted small"
          title="Change when 1 mm² of the surface moves outward by 1 mm. Half the way to an end of the colours is a quarter of the strongest."
        >
          {`strongest arrow: ${formatNumber(strongest, 2)} ${unit} per mm on each mm²`}
        </span>
      )}
    </section>
  );
}
