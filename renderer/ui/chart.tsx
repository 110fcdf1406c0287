/** A small chart of curves: axes with units, values under the pointer or the arrow keys, and its numbers as text. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../units/format.ts';
import { Button } from './button.tsx';
import { axisOf, csvOf, linePath, nearestIndex, placeOn } from './chart-maths.ts';

export interface ChartSeries {
  name: string;
  unit: string;
  values: readonly number[];
}

interface ChartProps {
  title: string;
  x: ChartSeries;
  y: readonly ChartSeries[];
  logarithmicX?: boolean;
  logarithmicY?: boolean;
  /** A place on the x axis to mark: the frame that is shown. */
  mark?: number | null;
  /** Draws the points too: where there are few, and each was computed. */
  points?: boolean;
  /** Index of the point that is looked at, or null. */
  onPoint?: (index: number | null) => void;
  /** A click or Enter on a point. */
  onPick?: (index: number) => void;
  testId?: string;
}

const HEIGHT = 168;
const MARGIN = { left: 50, right: 10, top: 10, bottom: 34 };
/** More lines than this can't be told apart. */
export const MOST_SERIES = 6;

const withUnit = ({ name, unit }: ChartSeries): string => (unit ? `${name} (${unit})` : name);

export function Chart(props: ChartProps) {
  const { title, x, y, logarithmicX = false, logarithmicY = false, mark, points, onPoint, onPick, testId } = props;
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(300);
  const [at, setAt] = useState<number | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(160, entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown = y.slice(0, MOST_SERIES);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const xAxis = axisOf(x.values, logarithmicX, Math.max(2, inner.width / 64), true);
  const yAxis = axisOf(
    shown.flatMap(({ values }) => [...values]),
    logarithmicY,
    4,
  );
  const toX = (value: number) => MARGIN.left + placeOn(xAxis, value) * inner.width;
  const toY = (value: number) => MARGIN.top + (1 - placeOn(yAxis, value)) * inner.height;
  const places = x.values.map(toX);
  const look = (index: number | null) => {
    setAt(index);
    onPoint?.(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = x.values.length - 1;
    const from = at ?? 0;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next !== undefined) look(Math.min(last, Math.max(0, at === null ? 0 : next)));
    else if (event.key === 'Enter' && at !== null && onPick) onPick(at);
    else if (event.key === 'Escape' && at !== null) look(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(csvOf([x, ...y]));
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  const reading =
    at === null
      ? null
      : [
          `${x.name} ${formatNumber(x.values[at]!, 5)} ${x.unit}`,
          ...shown.map(
            (one) => `${shown.length > 1 ? `${one.name} ` : ''}${formatNumber(one.values[at]!, 5)} ${one.unit}`,
          ),
        ].join(' · ');
  const yTitle = shown.length === 1 ? withUnit(shown[0]!) : (shown[0]?.unit ?? '');
  return (
    <figure className="chart" data-testid={testId}>
      <figcaption className="chart-head">
        <span className="strong truncate">{title}</span>
        <Button
          kind="quiet"
          icon={copied ? 'check' : 'copy'}
          onClick={() => void copy()}
          title="Copy the values as CSV"
        >
          {copied ? 'Copied' : 'CSV'}
        </Button>
      </figcaption>
      <div className="muted small truncate">{yTitle}</div>
      <div
        ref={host}
        className="chart-paper"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the points are read with the arrow keys
        tabIndex={0}
        role="img"
        aria-label={`${title}: ${shown.map(withUnit).join(', ')} against ${withUnit(x)}. Arrow keys read the values.`}
        data-own-keys="ArrowLeft ArrowRight Home End Enter Escape"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const { left } = event.currentTarget.getBoundingClientRect();
          const index = nearestIndex(places, event.clientX - left);
          if (index >= 0 && index !== at) look(index);
        }}
        onPointerLeave={() => look(null)}
        onClick={() => at !== null && onPick?.(at)}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {yAxis.ticks.map((tick) => (
            <g key={tick}>
              <line className="chart-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={toY(tick)} y2={toY(tick)} />
              <text className="chart-text" x={MARGIN.left - 6} y={toY(tick) + 3.5} textAnchor="end">
                {formatNumber(tick, 4)}
              </text>
            </g>
          ))}
          {xAxis.ticks.map((tick) => (
            <g key={tick}>
              <line
                className="chart-axis"
                x1={toX(tick)}
                x2={toX(tick)}
                y1={HEIGHT - MARGIN.bottom}
                y2={HEIGHT - MARGIN.bottom + 4}
              />
              <text className="chart-text" x={toX(tick)} y={HEIGHT - MARGIN.bottom + 15} textAnchor="middle">
                {formatNumber(tick, 4)}
              </text>
            </g>
          ))}
          <path
            className="chart-axis"
            d={`M${MARGIN.left} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}H${width - MARGIN.right}`}
          />
          <text className="chart-text" x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
            {withUnit(x)}
          </text>
          {mark !== undefined && mark !== null && Number.isFinite(toX(mark)) && (
            <line className="chart-mark" x1={toX(mark)} x2={toX(mark)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
          )}
          {shown.map(({ name, values }, index) => (
            <g key={name} className={`chart-series s${index}`}>
              <path d={linePath(places, values.map(toY))} />
              {(points || at !== null) &&
                values.map((value, i) =>
                  (points || i === at) && Number.isFinite(toY(value)) && Number.isFinite(places[i]!) ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the series
                    <circle key={i} cx={places[i]} cy={toY(value)} r={i === at ? 4 : 2.5} />
                  ) : null,
                )}
            </g>
          ))}
        </svg>
      </div>
      {shown.length > 1 && (
        <ul className="chart-names">
          {shown.map(({ name }, index) => (
            <li key={name} className={`chart-series s${index}`}>
              <svg width="18" height="8" aria-hidden="true">
                <path d="M0 4H18" />
              </svg>
              {name}
            </li>
          ))}
          {y.length > MOST_SERIES && <li className="muted">{y.length - MOST_SERIES} more are in the CSV</li>}
        </ul>
      )}
      <output className="chart-reading" aria-live="polite">
        {reading}
      </output>
    </figure>
  );
}
