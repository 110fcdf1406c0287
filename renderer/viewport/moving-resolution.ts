/**
 * How many pixels are drawn while the picture moves: all of them where the graphics card keeps up, fewer where it does not, so
 * that the part follows the hand; and all of them as soon as it rests. What a frame costs is measured by when it is finished, not
 * by when it was handed over.
 */

/** A frame is to be finished in this time: half of what sixty a second leave, for there is other work. */
const FRAME_ms = 12;
/** Fewer than this share of the pixels each way is no picture any more. */
const LEAST = 0.4;
/** A frame that begins within this time of the end of the one before is of the same movement. */
const TOGETHER_ms = 150;
/** After so long without a frame the picture rests. */
const REST_ms = 180;
/** A frame that is not finished by then is not waited for. */
const PATIENCE_ms = 2000;
/** Small changes would only flicker. */
const STEP = 0.08;

/** Other numbers are painted this many times the cost of a frame apart, where it is dear: the rest is for what the hand does. */
const APART = 2;
/** However dear, the picture follows. */
const LONGEST_PAUSE_ms = 250;

/** Share of the pixels each way with which a frame that cost so much at `scale` would be finished in time. Pure. */
export function scaleFor(cost_ms: number, scale: number): number {
  const wanted = scale * Math.sqrt(FRAME_ms / Math.max(cost_ms, 0.1));
  const bounded = Math.min(1, Math.max(LEAST, wanted));
  // Nearly all is all: between the two nobody sees a difference.
  return bounded > 0.9 ? 1 : bounded;
}

export class MovingResolution {
  readonly #draw: () => void;
  /** What the next frame of a movement is drawn with, as the last ones have shown. */
  #moving = 1;
  #scale = 1;
  /** Of the last frame that was waited for. */
  #cost_ms = 0;
  #last = Number.NEGATIVE_INFINITY;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #pending: { sync: WebGLSync; started: number; scale: number } | null = null;
  #poll: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param draw draws the picture anew, with all pixels */
  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Least time between two pictures of other numbers, ms: none where frames are finished in time. */
  get pause_ms(): number {
    return this.#cost_ms <= FRAME_ms ? 0 : Math.min(LONGEST_PAUSE_ms, APART * this.#cost_ms);
  }

  /** Share of the pixels each way that is drawn now. */
  get scale(): number {
    return this.#scale;
  }

  /** Before a frame: is it one of a movement, and with how many pixels. */
  begin(now: number): void {
    // One that is asked for while the last is not finished yet, or has only just been found to be, follows it.
    const isMoving = this.#pending !== null || now - this.#last < TOGETHER_ms;
    this.#last = now;
    this.#scale = isMoving ? this.#moving : 1;
    this.#restLater();
  }

  #restLater(): void {
    clearTimeout(this.#rest);
    if (this.#scale < 1) this.#rest = setTimeout(() => this.#finish(), REST_ms);
  }

  /** A picture that is looked at: with all pixels, whatever was going on. */
  full(): void {
    this.#scale = 1;
    clearTimeout(this.#rest);
  }

  /** After a frame: finds out when it is finished. */
  end(context: WebGL2RenderingContext | null): void {
    if (!context || this.#pending) return;
    const sync = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!sync) return;
    context.flush();
    this.#pending = { sync, started: performance.now(), scale: this.#scale };
    const look = (): void => {
      const pending = this.#pending;
      if (!pending || this.#disposed) return;
      const elapsed = performance.now() - pending.started;
      const isFinished = context.getSyncParameter(sync, context.SYNC_STATUS) === context.SIGNALED;
      if (!isFinished && elapsed < PATIENCE_ms && !context.isContextLost()) {
        this.#poll = setTimeout(look, 3);
        return;
      }
      context.deleteSync(sync);
      this.#pending = null;
      this.#last = Math.max(this.#last, performance.now());
      this.#restLater();
      this.#learn(isFinished ? elapsed : PATIENCE_ms, pending.scale);
    };
    this.#poll = setTimeout(look, 3);
  }

  #learn(cost_ms: number, scale: number): void {
    this.#cost_ms = cost_ms;
    const wanted = scaleFor(cost_ms, scale);
    if (Math.abs(wanted - this.#moving) < STEP && wanted !== 1) return;
    // Down at once, up by little: one quick frame says less than one slow one.
    this.#moving = wanted < this.#moving ? wanted : Math.min(wanted, this.#moving + STEP);
    if (this.#moving > 0.9) this.#moving = 1;
  }

  #finish(): void {
    if (this.#disposed) return;
    this.#scale = 1;
    this.#last = Number.NEGATIVE_INFINITY;
    this.#draw();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rest);
    clearTimeout(this.#poll);
  }
}
