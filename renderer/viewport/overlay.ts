/** What lies over the canvas as ordinary elements: labels, the view cube, the selection rectangle. */
import type { Palette } from './palette.ts';

export class Overlay {
  readonly element: HTMLDivElement;
  readonly #box: HTMLDivElement;
  #palette: Palette | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const parent = canvas.parentElement ?? document.body;
    if (getComputedStyle(parent).position === 'static') parent.style.position = 'relative';
    this.element = document.createElement('div');
    const { style } = this.element;
    style.position = 'absolute';
    style.inset = '0';
    style.overflow = 'hidden';
    style.pointerEvents = 'none';
    this.#box = document.createElement('div');
    this.#box.style.position = 'absolute';
    this.#box.style.display = 'none';
    this.#box.style.boxSizing = 'border-box';
    this.element.append(this.#box);
    canvas.after(this.element);
  }

  setTheme(palette: Palette): void {
    this.#palette = palette;
  }

  /** Left to right: solid blue, takes what is inside. Right to left: dashed green, takes what it touches. */
  showBox(x0: number, y0: number, x1: number, y1: number): void {
    const { style } = this.#box;
    const crossing = x1 < x0;
    const colour = (crossing ? this.#palette?.restraint : this.#palette?.selection) ?? [0.1, 0.4, 1];
    const rgb = colour.map((c) => Math.round(c * 255)).join(', ');
    style.display = 'block';
    style.left = `${Math.min(x0, x1)}px`;
    style.top = `${Math.min(y0, y1)}px`;
    style.width = `${Math.abs(x1 - x0)}px`;
    style.height = `${Math.abs(y1 - y0)}px`;
    style.border = `1px ${crossing ? 'dashed' : 'solid'} rgb(${rgb})`;
    style.background = `rgba(${rgb}, 0.12)`;
  }
  hideBox(): void {
    this.#box.style.display = 'none';
  }

  dispose(): void {
    this.element.remove();
  }
}
