import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MovingResolution, scaleFor } from './moving-resolution.ts';

/** A graphics card that takes so long for a full frame, and less for one of fewer pixels. */
class Card {
  readonly SYNC_GPU_COMMANDS_COMPLETE = 1;
  readonly SYNC_STATUS = 2;
  readonly SIGNALED = 3;
  readonly cost_ms: number;
  scale = 1;
  #finished = 0;

  constructor(cost_ms: number) {
    this.cost_ms = cost_ms;
  }
  fenceSync(): object {
    this.#finished = performance.now() + this.cost_ms * this.scale ** 2;
    return {};
  }
  flush(): void {}
  deleteSync(): void {}
  isContextLost = (): boolean => false;
  getSyncParameter = (): number => (performance.now() >= this.#finished ? this.SIGNALED : 0);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Draws so many frames, 16 ms apart or as fast as the card lets them. @returns their shares of the pixels */
function move(resolution: MovingResolution, card: Card, frames: number): number[] {
  return Array.from({ length: frames }, () => {
    resolution.begin(performance.now());
    card.scale = resolution.scale;
    resolution.end(card as unknown as WebGL2RenderingContext);
    vi.advanceTimersByTime(Math.max(16, card.cost_ms * card.scale ** 2 + 4));
    return resolution.scale;
  });
}

it('draws all pixels where the card keeps up', () => {
  const drawn = vi.fn();
  expect(new Set(move(new MovingResolution(drawn), new Card(4), 20))).toEqual(new Set([1]));
  vi.advanceTimersByTime(1000);
  expect(drawn).not.toHaveBeenCalled();
});

it('draws fewer while a slow card moves the picture, and all of them once it rests', () => {
  const drawn = vi.fn();
  const resolution = new MovingResolution(drawn);
  const scales = move(resolution, new Card(48), 20);
  // The first frame is of no movement yet; then a quarter of the pixels costs a quarter of the time.
  expect(scales[0]).toBe(1);
  expect(scales.at(-1)).toBeCloseTo(0.5, 1);
  expect(drawn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(drawn).toHaveBeenCalledTimes(1);
  expect(resolution.scale).toBe(1);
  // The next movement knows from its second frame on.
  expect(move(resolution, new Card(48), 2)).toEqual([1, scales.at(-1)]);
});

it('never draws less than two fifths each way, and is not asked again once it is gone', () => {
  const drawn = vi.fn();
  const resolution = new MovingResolution(drawn);
  expect(Math.min(...move(resolution, new Card(1000), 10))).toBe(0.4);
  resolution.dispose();
  vi.advanceTimersByTime(1000);
  expect(drawn).not.toHaveBeenCalled();
});

it('takes what a frame has cost for what its pixels have', () => {
  expect(scaleFor(12, 1)).toBe(1);
  expect(scaleFor(48, 1)).toBeCloseTo(0.5, 12);
  expect(scaleFor(12, 0.5)).toBeCloseTo(0.5, 12);
  expect(scaleFor(1e6, 1)).toBe(0.4);
});

it('asks for no pause where the card keeps up, and for twice the cost of a frame where it does not', () => {
  const quick = new MovingResolution(() => {});
  move(quick, new Card(4), 5);
  expect(quick.pause_ms).toBe(0);
  const slow = new MovingResolution(() => {});
  move(slow, new Card(48), 1);
  expect(slow.pause_ms).toBeGreaterThanOrEqual(96);
  expect(slow.pause_ms).toBeLessThan(110);
  const hopeless = new MovingResolution(() => {});
  move(hopeless, new Card(900), 1);
  expect(hopeless.pause_ms).toBe(250);
});
