/** The film of a result with moments: where it is and whether it runs. */
import { create } from 'zustand';
import type { ResultEntry } from '../../preload/contract/index.ts';
import type { FramePlace } from '../viewport/api.ts';
import { framePlaceAt, framesOf, isFilm } from './frames.ts';
import { resultOf, setDisplay, useResults } from './results.ts';

/** A film takes this long at its usual speed, ms, however much time it shows. */
const DURATION = 6000;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export interface PlaybackState {
  playing: boolean;
  /** Time or load factor between frames; null: at the frame of the display. */
  time: number | null;
  speed: number;
}
export const usePlayback = create<PlaybackState>(() => ({ playing: false, time: null, speed: 1 }));

export const momentsOf = (entry: ResultEntry): number[] => framesOf(entry).map(({ value }, index) => value ?? index);

/** What is shown of a result at this moment. */
export function placeOf(entry: ResultEntry, frame: number): FramePlace {
  const { time } = usePlayback.getState();
  if (isFilm(entry) && time !== null) return framePlaceAt(momentsOf(entry), time);
  const index = Math.min(frame, framesOf(entry).length - 1);
  return { from: index, to: index, blend: 0 };
}

/** Goes to a frame, and stays there. */
export function goToFrame(entry: ResultEntry, index: number): void {
  const last = framesOf(entry).length - 1;
  usePlayback.setState({ playing: false, time: null });
  setDisplay({ frame: Math.min(last, Math.max(0, index)) });
}

/** The next or previous frame of the shown result; round the end of modes and cases, not of a film. */
export function stepFrame(by: number): void {
  const entry = resultOf(useResults.getState().shown);
  if (!entry) return;
  const count = framesOf(entry).length;
  const { time } = usePlayback.getState();
  let from = useResults.getState().display.frame;
  if (time !== null && isFilm(entry)) {
    const place = framePlaceAt(momentsOf(entry), time);
    from = by > 0 ? place.from : place.to;
  }
  const next = from + by;
  goToFrame(entry, isFilm(entry) ? next : (next + count) % count);
}

/** Goes to a time between the frames; the display's frame follows as the nearest one before. */
export function goToTime(entry: ResultEntry, time: number): void {
  usePlayback.setState({ time });
  const { from } = framePlaceAt(momentsOf(entry), time);
  if (useResults.getState().display.frame !== from) setDisplay({ frame: from });
}

let animation = 0;
let before = 0;

function advance(now: number): void {
  const entry = resultOf(useResults.getState().shown);
  const { playing, speed, time } = usePlayback.getState();
  if (!playing || !entry || !isFilm(entry)) {
    animation = 0;
    usePlayback.setState({ playing: false });
    return;
  }
  const moments = momentsOf(entry);
  const [first, last] = [moments[0]!, moments.at(-1)!];
  // A tab that slept goes on where it was.
  const step = ((last - first) * Math.min(100, now - before) * speed) / DURATION;
  before = now;
  const next = (time ?? moments[useResults.getState().display.frame] ?? first) + step;
  goToTime(entry, next > last ? first : next);
  animation = requestAnimationFrame(advance);
}

export function togglePlaying(): void {
  const playing = !usePlayback.getState().playing;
  usePlayback.setState({ playing });
  if (playing && animation === 0) {
    before = performance.now();
    animation = requestAnimationFrame(advance);
  }
}

// Another result, or none: its film stands at its beginning.
useResults.subscribe((state, earlier) => {
  if (state.shown !== earlier.shown) usePlayback.setState({ playing: false, time: null });
});
