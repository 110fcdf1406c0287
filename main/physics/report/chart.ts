/** A curve of a result as SVG, with axes that say what they measure. */
import type { ResultCurve } from '../../../preload/contract/studies.ts';
import { figure, type Html, html } from './html.ts';

const [WIDTH, HEIGHT] = [640, 320];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 16, 14, 44];
/** Told apart in grey print by their dashes, too. */
const STROKES = [
  ['#2563eb', ''],
  ['#dc2626', '7 4'],
  ['#059669', '2 3'],
  ['#9333ea', '10 3 2 3'],
] as const;

interface Axis {
  place(value: number): number;
  ticks: number[];
}

export function chart(curve: ResultCurve): Html {
  const x = axis(curve.x.values, curve.logarithmicX ?? false, LEFT, WIDTH - RIGHT);
  const y = axis(
    curve.y.flatMap((series) => series.values),
    curve.logarithmicY ?? false,
    HEIGHT - BOTTOM,
    TOP,
  );
  const label = (name: string, unit: string): string => (unit && unit !== '-' ? `${name} [${unit}]` : name);
  const [first] = curve.y;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${curve.name}" font-size="12" fill="currentColor">
${y.ticks.map(
  (tick) => html`<path d="M${LEFT} ${y.place(tick)}H${WIDTH - RIGHT}" stroke="currentColor" opacity=".2"/>
<text x="${LEFT - 6}" y="${y.place(tick) + 4}" text-anchor="end">${figure(tick, 3)}</text>`,
)}
${x.ticks.map(
  (tick) => html`<path d="M${x.place(tick)} ${TOP}V${HEIGHT - BOTTOM}" stroke="currentColor" opacity=".2"/>
<text x="${x.place(tick)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${figure(tick, 3)}</text>`,
)}
${curve.y.map((series, i) => {
  const [colour, dash] = STROKES[i % STROKES.length]!;
  const points = series.values.flatMap((value, k) => {
    const at = [x.place(curve.x.values[k] ?? Number.NaN), y.place(value)];
    return at.every(Number.isFinite) ? [at.map((each) => each.toFixed(1)).join(',')] : [];
  });
  return html`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"><title>${series.name}</title></polyline>`;
})}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${label(curve.x.name, curve.x.unit)}</text>
<text transform="translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${label(
    curve.y.length === 1 ? first!.name : curve.name,
    first?.unit ?? '',
  )}</text>
</svg>
${
  curve.y.length > 1 &&
  html`<p class="muted">${curve.y.map((series, i) => html`<span style="color:${STROKES[i % STROKES.length]![0]}">■</span> ${series.name}&nbsp; `)}</p>`
}`;
}

function axis(values: readonly number[], logarithmic: boolean, from: number, to: number): Axis {
  const usable = values.filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  let low = Math.min(...usable);
  let high = Math.max(...usable);
  if (usable.length === 0) [low, high] = [1, 10];
  if (low === high)
    [low, high] = logarithmic ? [low / 2, high * 2] : [low - (Math.abs(low) || 1), high + (Math.abs(high) || 1)];
  if (logarithmic) {
    const [a, b] = [Math.log10(low), Math.log10(high)];
    const decades = Array.from({ length: Math.floor(b) - Math.ceil(a) + 1 }, (_, i) => 10 ** (Math.ceil(a) + i));
    return {
      place: (value) => from + ((Math.log10(value) - a) / (b - a)) * (to - from),
      ticks: decades.length >= 2 ? decades : [low, high],
    };
  }
  const step = roundStep((high - low) / 5);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(k * step);
  return { place: (value) => from + ((value - low) / (high - low)) * (to - from), ticks };
}

/** 1, 2 or 5 times a power of ten, at least the given step. */
function roundStep(step: number): number {
  const decade = 10 ** Math.floor(Math.log10(step));
  return decade * ([1, 2, 5, 10].find((each) => each * decade >= step * (1 - 1e-9)) ?? 10);
}
