/** The designs that were tried, as points: what is wanted against what is left to the limits, or two aims against each other. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import { axisOf, placeOn } from '../../ui/chart-maths.ts';
import { formatNumber } from '../../units/format.ts';
import { type PlotPoint, plotOf } from './front.ts';
import { marginInWords, unitSymbol, valuesInWords, withUnit } from './words.ts';

interface ScatterProps {
  candidates: readonly DesignCandidate[];
  /** Numbers, in the order of the first objective. */
  front: readonly number[];
  best: number | null;
  selected: number | null;
  onSelect: (number: number) => void;
}

const HEIGHT = 210;
const MARGIN = { left: 56, right: 14, top: 12, bottom: 34 };

export function Scatter({ candidates, front, best, selected, onSelect }: ScatterProps) {
  const host = useRef<HTMLDivElement>(null);
  const hasPoints = candidates.some(({ state }) => state === 'solved');
  const [width, setWidth] = useState(320);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const element = host.current;
    // Nothing is drawn, and there is nothing to measure, before the first point.
    if (!hasPoints || !element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(180, entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasPoints]);
  const objectives = candidates.find(({ state }) => state === 'solved')?.objectives ?? [];
  const two = objectives.length > 1;
  const points = plotOf(candidates, objectives.length).sort((a, b) => a.x - b.x);
  if (points.length === 0) return null;
  const [first, second] = objectives;
  const xAxis = axisOf(
    points.map(({ x }) => x),
    false,
    Math.max(2, width / 90),
  );
  const yAxis = axisOf([...points.map(({ y }) => y), ...(two ? [] : [0])], false, 6);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const toX = (value: number) => MARGIN.left + placeOn(xAxis, value) * inner.width;
  const toY = (value: number) => MARGIN.top + (1 - placeOn(yAxis, value)) * inner.height;
  const looked = points.find(({ candidate }) => candidate.number === (at ?? selected));
  const nearest = (x: number, y: number): PlotPoint | null => {
    let found: PlotPoint | null = null;
    let least = 28;
    for (const point of points) {
      const distance = Math.hypot(toX(point.x) - x, toY(point.y) - y);
      if (distance < least) [found, least] = [point, distance];
    }
    return found;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = points.findIndex(({ candidate }) => candidate.number === (at ?? selected));
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: points.length - 1 }[event.key];
    if (to !== undefined) setAt(points[Math.min(points.length - 1, Math.max(0, to))]!.candidate.number);
    else if (event.key === 'Enter' && at !== null) onSelect(at);
    else if (event.key === 'Escape' && at !== null) setAt(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const xTitle = `${first!.text}${unitSymbol(first!.unit) ? ` (${unitSymbol(first!.unit)})` : ''}`;
  const yTitle = two
    ? `${second!.text}${unitSymbol(second!.unit) ? ` (${unitSymbol(second!.unit)})` : ''}`
    : 'Least margin (%)';
  const tickY = (value: number) => formatNumber(two ? value : 100 * value, 4);
  const onFront = front.flatMap((number) => points.find(({ candidate }) => candidate.number === number) ?? []);
  return (
    <figure className="chart design-chart" data-testid="design-chart">
      <div className="muted small truncate">{yTitle}</div>
      <div
        ref={host}
        className="chart-paper"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the points are read with the arrow keys
        tabIndex={0}
        role="img"
        aria-label={`${points.length} designs: ${yTitle} against ${xTitle}. Arrow keys go from design to design, Enter opens one.`}
        data-own-keys="ArrowLeft ArrowRight Home End Enter Escape"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setAt(nearest(event.clientX - left, event.clientY - top)?.candidate.number ?? null);
        }}
        onPointerLeave={() => setAt(null)}
        onClick={() => at !== null && onSelect(at)}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {yAxis.ticks.map((tick) => (
            <g key={tick}>
              <line className="chart-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={toY(tick)} y2={toY(tick)} />
              <text className="chart-text" x={MARGIN.left - 6} y={toY(tick) + 3.5} textAnchor="end">
                {tickY(tick)}
              </text>
            </g>
          ))}
          {xAxis.ticks.map((tick) => (
            <text key={tick} className="chart-text" x={toX(tick)} y={HEIGHT - MARGIN.bottom + 15} textAnchor="middle">
              {formatNumber(tick, 4)}
            </text>
          ))}
          <path
            className="chart-axis"
            d={`M${MARGIN.left} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}H${width - MARGIN.right}`}
          />
          <text className="chart-text" x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
            {xTitle}
          </text>
          {!two && <line className="chart-mark" x1={MARGIN.left} x2={width - MARGIN.right} y1={toY(0)} y2={toY(0)} />}
          {onFront.length > 1 && (
            <path className="design-front" d={`M${onFront.map(({ x, y }) => `${toX(x)} ${toY(y)}`).join('L')}`} />
          )}
          {points.map((point) => {
            const { candidate } = point;
            const place = { x: toX(point.x), y: toY(point.y) };
            return (
              <Mark
                key={candidate.number}
                {...place}
                kind={candidate.feasible ? 'holds' : 'fails'}
                front={front.includes(candidate.number)}
                best={candidate.number === best}
                ring={candidate.number === selected || candidate.number === at}
              />
            );
          })}
        </svg>
      </div>
      <ul className="chart-names">
        <Key kind="holds">holds</Key>
        <Key kind="fails">misses a requirement</Key>
        {onFront.length > 1 && (
          <Key kind="holds" front>
            no design beats it
          </Key>
        )}
        {best !== null && (
          <Key kind="holds" best>
            the best
          </Key>
        )}
      </ul>
      <output className="chart-reading" aria-live="polite">
        {looked &&
          `Design ${looked.candidate.number}: ${valuesInWords(looked.candidate)} · ${looked.candidate.objectives
            .map(({ value, unit }) => withUnit(value, unit))
            .join(', ')} · least margin ${marginInWords(looked.candidate.margin)}`}
      </output>
    </figure>
  );
}

interface MarkProps {
  x: number;
  y: number;
  kind: 'holds' | 'fails';
  front?: boolean;
  best?: boolean;
  ring?: boolean;
}

/** Told apart by shape as well as by colour: discs hold, crosses miss, the best is a star. */
function Mark({ x, y, kind, front, best, ring }: MarkProps) {
  return (
    <g
      className={`design-mark ${kind} ${front ? 'front' : ''} ${best ? 'best' : ''}`}
      transform={`translate(${x} ${y})`}
    >
      {ring && <circle className="design-ring" r={9} />}
      {best ? (
        <path d={STAR} />
      ) : kind === 'holds' ? (
        <circle r={front ? 4.5 : 3.5} />
      ) : (
        <path className="cross" d="M-3.2 -3.2 3.2 3.2M3.2 -3.2 -3.2 3.2" />
      )}
    </g>
  );
}

const STAR = `M${Array.from({ length: 10 }, (_, i) => {
  const [radius, angle] = [i % 2 === 0 ? 7.5 : 3.2, (Math.PI * (i - 2.5)) / 5];
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}).join('L')}Z`;

function Key({ children, ...mark }: Omit<MarkProps, 'x' | 'y'> & { children: string }) {
  return (
    <li>
      <svg width="16" height="16" aria-hidden="true">
        <Mark x={8} y={8} {...mark} />
      </svg>
      {children}
    </li>
  );
}
