/** Frames on demand: one is drawn when something changed, and none while nothing does. */

export class Frames {
  readonly #draw: (now: number) => boolean;
  #handle = 0;
  #disposed = false;
  /** Frames drawn since the start. */
  count = 0;

  /** `draw` answers whether another frame is to follow: an animation runs, or a program is still being compiled. */
  constructor(draw: (now: number) => boolean) {
    this.#draw = draw;
  }

  request(): void {
    if (this.#handle !== 0 || this.#disposed) return;
    this.#handle = requestAnimationFrame((now) => {
      this.#handle = 0;
      if (this.#disposed) return;
      this.count++;
      if (this.#draw(now)) this.request();
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#handle !== 0) cancelAnimationFrame(this.#handle);
    this.#handle = 0;
  }
}
