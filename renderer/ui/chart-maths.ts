/** Axes of charts: readable steps, places on the paper, numbers as text. Pure. */

export interface Axis {
  low: number;
  high: number;
  logarithmic: boolean;
  ticks: number[];
}

/** Steps of 1, 2 or 5 times a power of ten, about as many as asked for, from within the range. */
export function linearTicks(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, about);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * decade).find((k) => k >= rough)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(k === 0 ? 0 : k * step);
  return ticks;
}

/** Powers of ten within the range; every second or third where there are many. */
export function decades(low: number, high: number, about: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / about));
  const ticks: number[] = [];
  for (let k = first; k <= last; k += every) ticks.push(10 ** k);
  return ticks.length >= 2 ? ticks : linearTicks(low, high, about);
}

/** An axis for these numbers. What isn't finite is no number; on a logarithmic axis only positive ones are. */
export function axisOf(values: Iterable<number>, logarithmic: boolean, about: number, tight = false): Axis {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) return { low: 0, high: 1, logarithmic: false, ticks: [0, 1] };
  if (logarithmic) {
    if (low === high) [low, high] = [low / 10, high * 10];
    return { low, high, logarithmic, ticks: decades(low, high, about) };
  }
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - room, high + room];
  }
  // A curve that comes near zero is shown with it; and none is drawn along the rim.
  if (!tight) {
    const room = (high - low) * 0.06;
    [low, high] = [low > 0 && low < 0.4 * high ? 0 : low - room, high < 0 && high > 0.4 * low ? 0 : high + room];
  }
  return { low, high, logarithmic: false, ticks: linearTicks(low, high, about) };
}

/** 0..1 along the axis; NaN for what is not on it. */
export function placeOn(axis: Axis, value: number): number {
  if (axis.logarithmic) {
    if (!(value > 0)) return Number.NaN;
    return Math.log(value / axis.low) / Math.log(axis.high / axis.low);
  }
  return (value - axis.low) / (axis.high - axis.low);
}

/** The drawn line of a series as an SVG path; gaps where there is no number. */
export function linePath(x: readonly number[], y: readonly number[]): string {
  let out = '';
  let drawing = false;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!) || !Number.isFinite(y[i]!)) {
      drawing = false;
      continue;
    }
    out += `${drawing ? 'L' : 'M'}${x[i]!.toFixed(1)} ${y[i]!.toFixed(1)}`;
    drawing = true;
  }
  return out;
}

/** Index of the x nearest to a place; -1 without any. */
export function nearestIndex(x: readonly number[], place: number): number {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const distance = Math.abs(x[i]! - place);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Comma-separated values with one line of headings, all digits, a point for decimals; nothing where there is no number. */
export function csvOf(columns: readonly { name: string; unit: string; values: readonly number[] }[]): string {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const head = columns.map(({ name, unit }) => quoted(unit ? `${name} (${unit})` : name)).join(',');
  const lines = Array.from({ length: rows }, (_, i) =>
    columns.map(({ values }) => (Number.isFinite(values[i]) ? String(values[i]) : '')).join(','),
  );
  return `${[head, ...lines].join('\r\n')}\r\n`;
}
