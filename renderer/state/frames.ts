/** The frames of a result: their numbers, names and places in time. Pure. */
import type { FieldQuantity, ResultEntry, ResultFrame } from '../../preload/contract/index.ts';
import { formatNumber } from '../units/format.ts';
import { type FramePlace, isElementQuantity } from '../viewport/api.ts';
import type { DisplayQuantity } from './results.ts';

type Extremes = ResultFrame['extremes'];

/** A result without a list has one picture, whose numbers are the summary's. */
export function framesOf({ summary }: ResultEntry): ResultFrame[] {
  return summary.frames?.length ? summary.frames : [{ name: 'Result', kind: 'case', extremes: summary.extremes }];
}

export function frameOf(entry: ResultEntry, index: number): ResultFrame {
  const frames = framesOf(entry);
  return frames[Math.min(Math.max(0, Math.round(index)), frames.length - 1)]!;
}

/** Frames that follow each other, so that what lies between two of them means something. */
export const isFilm = (entry: ResultEntry): boolean => {
  const frames = framesOf(entry);
  return frames.length > 1 && frames.every(({ kind, value }) => isMoment(kind) && value !== undefined);
};
const isMoment = (kind: ResultFrame['kind']): boolean => kind === 'time' || kind === 'load-step';

/** Modes and buckling shapes have no amplitude of their own, and go to one side as to the other. */
export const swings = (frame: ResultFrame): boolean => frame.kind === 'mode';

/** `Mode 3 · 118.2 Hz`. */
export function frameLabel({ name, value, unit, kind }: ResultFrame): string {
  if (value === undefined || kind === 'case') return name;
  const number = formatNumber(value, 4);
  const shown = unit && unit !== '-' ? `${number} ${unit}` : number;
  return name.includes(number) ? name : `${name} · ${shown}`;
}

/** The quantities that a frame has numbers of, in the contract's order. */
export const quantitiesOf = (frame: ResultFrame, all: readonly FieldQuantity[]): FieldQuantity[] =>
  all.filter((quantity) => frame.extremes[quantity] !== undefined);

/** What is painted where the frame has not what was asked for: never something else under the same name. */
export function shownQuantity(
  frame: ResultFrame,
  asked: DisplayQuantity,
  all: readonly FieldQuantity[],
): DisplayQuantity {
  if (isElementQuantity(asked) || frame.extremes[asked]) return asked;
  const there = quantitiesOf(frame, all);
  // Results of before frames were listed name few extremes; they hold the rest all the same.
  if (there.length === 0) return asked;
  if (there.includes('temperature')) return 'temperature';
  return there.includes('von_mises') ? 'von_mises' : there[0]!;
}

/** Smallest and largest of a quantity in one frame, or over all; null where it is in none. */
export function extremeRange(
  entry: ResultEntry,
  quantity: FieldQuantity,
  index: number | 'all',
): [number, number] | null {
  const frames: { extremes: Extremes }[] = index === 'all' ? framesOf(entry) : [frameOf(entry, index)];
  const found = frames.flatMap(({ extremes }) => extremes[quantity] ?? []);
  if (found.length === 0) return null;
  return [Math.min(...found.map(({ min }) => min.value)), Math.max(...found.map(({ max }) => max.value))];
}

/** The place among moments (in order) at a time between the first and the last. */
export function framePlaceAt(moments: readonly number[], time: number): FramePlace {
  const last = moments.length - 1;
  if (last <= 0 || !(time > moments[0]!)) return { from: 0, to: 0, blend: 0 };
  if (time >= moments[last]!) return { from: last, to: last, blend: 0 };
  let from = 0;
  while (moments[from + 1]! <= time) from++;
  const blend = (time - moments[from]!) / (moments[from + 1]! - moments[from]!);
  return blend === 0 ? { from, to: from, blend } : { from, to: from + 1, blend };
}
