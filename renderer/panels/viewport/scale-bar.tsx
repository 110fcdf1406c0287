import { useDocument } from '../../state/document.ts';
import { useView } from '../../state/view.ts';
import { formatNumber } from '../../units/format.ts';
import { unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';

const WISHED_PIXELS = 110;

/** The longest of 1, 2, 5 × 10ⁿ that is at most `limit`. */
export function roundLength(limit: number): number {
  const decade = 10 ** Math.floor(Math.log10(limit));
  const step = [5, 2, 1].find((one) => one * decade <= limit * (1 + 1e-9)) ?? 1;
  return step * decade;
}

/** How long something on the screen is. In perspective it holds at the middle of the view. */
export function ScaleBar() {
  const scale = useView((state) => state.scale_mm);
  const hasParts = useDocument((state) => state.placements.size > 0);
  const { symbol, factor } = unitOf('length', useUnits());
  if (!hasParts || !(scale > 0)) return null;
  const length = roundLength((WISHED_PIXELS * scale) / factor);
  return (
    <div className="scale-bar" aria-hidden="true">
      <span className="scale-bar-line" style={{ width: (length * factor) / scale }} />
      <span>
        {formatNumber(length)} {symbol}
      </span>
    </div>
  );
}
