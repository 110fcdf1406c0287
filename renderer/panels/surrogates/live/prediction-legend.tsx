import { useSettings } from '../../../state/settings.ts';
import { leavePicture, usePaintedPrediction, useSurrogates } from '../../../state/surrogates.ts';
import { IconButton } from '../../../ui/button.tsx';
import { fieldDescription } from '../../../units/fields.ts';
import { formatNumber } from '../../../units/format.ts';
import { inUnit, unitOf } from '../../../units/quantities.ts';
import { useUnits } from '../../../units/use-units.ts';
import { bandColours } from '../../../viewport/colour-map.ts';
import { legendValues } from '../../viewport/legend-values.ts';
import { PREDICTED_BANDS, shownPrediction } from './painting.ts';

/** What the hatched colours mean. */
export function PredictionLegend() {
  useSurrogates(({ live }) => live?.quantity);
  usePaintedPrediction((state) => state);
  const system = useUnits();
  const colourMap = useSettings((state) => state.colourMap);
  const shown = shownPrediction();
  if (!shown) return null;
  const { quantity, label } = fieldDescription(shown.live.quantity);
  const unit = unitOf(quantity, system);
  const { range, largest } = shown.painted;
  const colours = bandColours(colourMap, PREDICTED_BANDS).reverse();
  // A half is a difference: it has no zero of its own.
  const half = inUnit(largest.half, unit) - inUnit(0, unit);
  return (
    <section className="legend predicted" aria-label="Legend of the prediction" data-testid="prediction-legend">
      <div className="legend-head">
        <span className="strong truncate" title={`Predicted: ${label}`}>
          {label}
        </span>
        <span className="muted">{unit.symbol}</span>
        <IconButton small icon="close" label="Show no prediction in the picture" onClick={leavePicture} />
      </div>
      <div className="legend-scale">
        <div className="legend-colours hatched" aria-hidden="true">
          {colours.map((colour, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: bands have no other identity than their place
              key={index}
              style={{ background: `rgb(${colour.map((part) => Math.round(part * 255)).join(' ')})` }}
            />
          ))}
        </div>
        <ol className="legend-values">
          {legendValues(range, PREDICTED_BANDS).map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={index}>{formatNumber(inUnit(value, unit), 3)}</li>
          ))}
        </ol>
      </div>
      <p className="legend-note">
        <span className="badge predicted">predicted ±</span>
        {` largest ${formatNumber(inUnit(largest.value, unit), 3)} ± ${formatNumber(half, 2)} ${unit.symbol}`}
      </p>
    </section>
  );
}
