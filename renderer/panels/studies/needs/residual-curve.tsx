/** The falling residual as a small curve. */

const WIDTH = 240;
const HEIGHT = 36;

/** Points of the curve in the box, on a logarithmic axis from the largest to the smallest residual. */
export function curvePoints(residuals: number[], width = WIDTH, height = HEIGHT): string {
  const logs = residuals.map((residual) => Math.log10(residual));
  const [high, low] = [Math.max(...logs), Math.min(...logs, Math.max(...logs) - 1)];
  return logs
    .map((log, i) => {
      const x = logs.length > 1 ? (i / (logs.length - 1)) * width : 0;
      return `${x.toFixed(1)},${(((high - log) / (high - low)) * (height - 4) + 2).toFixed(1)}`;
    })
    .join(' ');
}

export function ResidualCurve({ residuals }: { residuals: number[] }) {
  if (residuals.length < 2) return null;
  const last = residuals.at(-1)!;
  return (
    <figure className="residuals">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Residual by iteration">
        <polyline
          points={curvePoints(residuals)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="muted small">residual {last.toExponential(1)}</figcaption>
    </figure>
  );
}
