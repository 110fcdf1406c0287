/** Plots of a validation as SVG: predicted over solved with intervals, and covered over promised. */
import { figure, type Html, html } from '../../physics/index.ts';

const SIZE = 300;
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 12, 12, 42];

interface Scale {
  place(value: number): number;
  ticks: number[];
}

function scaleOf(low: number, high: number, from: number, to: number): Scale {
  const span = high - low || Math.abs(high) || 1;
  const [first, last] = high > low ? [low, high] : [low - span / 2, high + span / 2];
  return {
    place: (value) => from + ((value - first) / (last - first)) * (to - from),
    ticks: [0, 0.5, 1].map((part) => first + part * (last - first)),
  };
}

const frame = (label: string, x: Scale, y: Scale, across: string, up: string, marks: Html): Html =>
  html`<svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${label}" font-size="11" fill="currentColor">
${x.ticks.map(
  (tick) => html`<path d="M${x.place(tick)} ${TOP}V${SIZE - BOTTOM}" stroke="currentColor" opacity=".15"/>
<text x="${x.place(tick)}" y="${SIZE - BOTTOM + 14}" text-anchor="middle">${figure(tick, 3)}</text>`,
)}
${y.ticks.map(
  (tick) => html`<path d="M${LEFT} ${y.place(tick)}H${SIZE - RIGHT}" stroke="currentColor" opacity=".15"/>
<text x="${LEFT - 5}" y="${y.place(tick) + 4}" text-anchor="end">${figure(tick, 3)}</text>`,
)}
${marks}
<text x="${(LEFT + SIZE - RIGHT) / 2}" y="${SIZE - 8}" text-anchor="middle">${across}</text>
<text transform="translate(12 ${(TOP + SIZE - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${up}</text>
</svg>`;

export interface ParityPoint {
  solved: number;
  value: number;
  low: number;
  high: number;
}

/** Points on the diagonal are right; bars are intervals, red where they miss the solved value. */
export function parityPlot(name: string, unit: string, points: readonly ParityPoint[]): Html {
  const all = points.flatMap(({ solved, low, high }) => [solved, low, high]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = scaleOf(low, high, LEFT, SIZE - RIGHT);
  const y = scaleOf(low, high, SIZE - BOTTOM, TOP);
  const at = (value: number): string => value.toFixed(1);
  const marks = html`<path d="M${LEFT} ${SIZE - BOTTOM}L${SIZE - RIGHT} ${TOP}" stroke="currentColor" opacity=".5" stroke-dasharray="4 3"/>
${points.map((point) => {
  const held = point.low <= point.solved && point.solved <= point.high;
  const colour = held ? '#2563eb' : '#dc2626';
  const across = at(x.place(point.solved));
  return html`<path d="M${across} ${at(y.place(point.low))}V${at(y.place(point.high))}" stroke="${colour}" opacity=".5"/>
<circle cx="${across}" cy="${at(y.place(point.value))}" r="2.6" fill="${colour}"><title>solved ${figure(point.solved)}, predicted ${figure(point.value)} (${figure(point.low)} to ${figure(point.high)}) ${unit}</title></circle>`;
})}`;
  return frame(`Predicted over solved: ${name}`, x, y, `solved [${unit}]`, `predicted [${unit}]`, marks);
}

/** On the diagonal intervals keep what they promise; above they are wider than they need to be, below too narrow. */
export function coveragePlot(name: string, curve: readonly { level: number; coverage: number }[]): Html {
  const x = scaleOf(0.4, 1, LEFT, SIZE - RIGHT);
  const y = scaleOf(0.4, 1, SIZE - BOTTOM, TOP);
  const inside = curve.map((each) => ({ ...each, coverage: Math.max(0.4, each.coverage) }));
  const line = inside.map(({ level, coverage }) => `${x.place(level).toFixed(1)},${y.place(coverage).toFixed(1)}`);
  const marks = html`<path d="M${LEFT} ${SIZE - BOTTOM}L${SIZE - RIGHT} ${TOP}" stroke="currentColor" opacity=".5" stroke-dasharray="4 3"/>
<polyline points="${line.join(' ')}" fill="none" stroke="#2563eb" stroke-width="2"/>
${inside.map(({ level, coverage }) => html`<circle cx="${x.place(level).toFixed(1)}" cy="${y.place(coverage).toFixed(1)}" r="3" fill="#2563eb"/>`)}`;
  return frame(`Covered over promised: ${name}`, x, y, 'promised', 'covered', marks);
}
