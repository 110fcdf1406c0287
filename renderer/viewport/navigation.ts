/**
 * Mouse, touchpad, touch and keys to movements of the view. Knows no scene: it asks what lies under the cursor and tells
 * what to do with the view.
 */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState, NavigationStyle } from './api.ts';
import {
  millimetresPerPixel,
  orbit,
  pan,
  pointOnFacingPlane,
  retarget,
  type ScreenSize,
  zoomAbout,
} from './camera-maths.ts';

export type NavigationAction = 'orbit' | 'pan' | 'zoom';
interface Modifiers {
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

/** What a button with modifiers means; null leaves it to picking. Buttons: 0 left, 1 middle, 2 right. */
export function navigationAction(
  style: NavigationStyle['name'],
  button: number,
  keys: Modifiers,
  heldButtons = 0,
): NavigationAction | null {
  // Alt + left in every style: a touchpad has no middle button.
  if (button === 0 && keys.alt) return keys.ctrl ? 'pan' : keys.shift ? 'zoom' : 'orbit';
  if (button === 2)
    return style === 'catia' && heldButtons & 4 ? 'orbit' : keys.ctrl ? 'pan' : keys.shift ? 'zoom' : 'orbit';
  if (button !== 1) return null;
  switch (style) {
    case 'solidworks':
      return keys.ctrl ? 'pan' : keys.shift ? 'zoom' : 'orbit';
    case 'blender':
      return keys.shift ? 'pan' : keys.ctrl ? 'zoom' : 'orbit';
    case 'fusion':
      return keys.shift ? 'orbit' : keys.ctrl ? 'zoom' : 'pan';
    case 'catia':
      return keys.ctrl ? 'zoom' : heldButtons & 3 ? 'orbit' : 'pan';
  }
}

/** Factor of the visible height for a turn of the wheel: even for a notched wheel, smooth for a touchpad. */
export function wheelFactor(deltaY: number, deltaMode: number, pinch: boolean): number {
  const pixels = deltaMode === 1 ? deltaY * 33 : deltaMode === 2 ? deltaY * 300 : deltaY;
  const bounded = Math.max(-240, Math.min(240, pixels));
  return Math.exp(bounded * (pinch ? 0.01 : 0.0016));
}

export interface NavigationHost {
  camera(): CameraState;
  /** The view moves by hand: ends any animation. */
  move(state: CameraState): void;
  size(): ScreenSize;
  /** World point of the surface under a pixel, or null. */
  surfaceAt(x: number, y: number): Vector3 | null;
  /** What to turn about where nothing is under the cursor: the selection's or the model's middle. */
  fallbackPivot(): Vector3;
  showPivot(at: Vector3 | null): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number, mode: 'replace' | 'toggle' | 'add'): void;
  context(x: number, y: number, clientX: number, clientY: number): void;
  /** Rectangle while it is dragged, and at its end. */
  box(x0: number, y0: number, x1: number, y1: number, mode: 'replace' | 'toggle' | 'add', end: boolean): void;
  cancelBox(): void;
  fit(): void;
}

/** CSS pixels that a pressed mouse may move and still be a click. */
const CLICK_SLACK = 4;
const ORBIT_PER_PIXEL = 0.0085;

interface Drag {
  pointer: number;
  button: number;
  action: NavigationAction | 'box' | null;
  startX: number;
  startY: number;
  lastX: number;
  lastY: number;
  moved: boolean;
  anchor: Vector3;
}

export class Navigation {
  style: NavigationStyle['name'];
  readonly #canvas: HTMLCanvasElement;
  readonly #host: NavigationHost;
  readonly #off = new AbortController();
  #drag: Drag | null = null;
  readonly #touches = new Map<number, { x: number; y: number }>();
  /** Depth of the last wheel zoom is kept while the wheel turns on, so that it doesn't jump between surfaces. */
  #wheel: { at: number; x: number; y: number; anchor: Vector3 } | null = null;

  constructor(canvas: HTMLCanvasElement, host: NavigationHost, style: NavigationStyle['name']) {
    this.#canvas = canvas;
    this.#host = host;
    this.style = style;
    const signal = this.#off.signal;
    canvas.addEventListener('pointerdown', (e) => this.#down(e), { signal });
    canvas.addEventListener('pointermove', (e) => this.#move(e), { signal });
    canvas.addEventListener('pointerup', (e) => this.#up(e), { signal });
    canvas.addEventListener('pointercancel', () => this.#cancel(), { signal });
    canvas.addEventListener('pointerleave', () => this.#host.leave(), { signal });
    canvas.addEventListener('wheel', (e) => this.#turn(e), { signal, passive: false });
    canvas.addEventListener('contextmenu', (e) => e.preventDefault(), { signal });
    canvas.addEventListener('dblclick', (e) => e.button === 1 && this.#host.fit(), { signal });
    canvas.addEventListener('keydown', (e) => this.#key(e), { signal });
    // The middle button must not start the browser's own scrolling.
    canvas.addEventListener('mousedown', (e) => e.button === 1 && e.preventDefault(), { signal });
    canvas.addEventListener('auxclick', (e) => e.button === 1 && e.detail === 2 && this.#host.fit(), { signal });
  }

  get dragging(): boolean {
    return this.#drag?.moved === true && this.#drag.action !== null;
  }

  #place(event: MouseEvent): { x: number; y: number } {
    const box = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #down(event: PointerEvent): void {
    const { x, y } = this.#place(event);
    this.#canvas.focus({ preventScroll: true });
    if (event.pointerType === 'touch') this.#touches.set(event.pointerId, { x, y });
    if (this.#touches.size > 1) {
      this.#drag = null;
      return;
    }
    try {
      this.#canvas.setPointerCapture(event.pointerId);
    } catch {
      // A synthetic pointer can't be captured; dragging inside the canvas still works.
    }
    const touch = event.pointerType === 'touch';
    const action = touch
      ? 'orbit'
      : navigationAction(
          this.style,
          event.button,
          { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey },
          event.buttons & ~(1 << (event.button === 1 ? 2 : event.button === 2 ? 1 : 0)),
        );
    this.#drag = {
      pointer: event.pointerId,
      button: event.button,
      action: action ?? (event.button === 0 ? 'box' : null),
      startX: x,
      startY: y,
      lastX: x,
      lastY: y,
      moved: false,
      anchor: [0, 0, 0],
    };
  }

  #begin(drag: Drag): void {
    drag.moved = true;
    const surface = this.#host.surfaceAt(drag.startX, drag.startY);
    drag.anchor =
      surface ??
      (drag.action === 'orbit'
        ? this.#host.fallbackPivot()
        : pointOnFacingPlane(
            this.#host.camera(),
            this.#host.size(),
            drag.startX,
            drag.startY,
            this.#host.camera().target_mm,
          ));
    if (drag.action === 'orbit') this.#host.showPivot(drag.anchor);
    if (drag.action !== 'box') this.#host.leave();
  }

  #move(event: PointerEvent): void {
    const { x, y } = this.#place(event);
    if (this.#touches.has(event.pointerId) && this.#touches.size > 1) {
      this.#pinch(event.pointerId, x, y);
      return;
    }
    const drag = this.#drag;
    if (!drag) {
      if (event.buttons === 0) this.#host.hover(x, y);
      return;
    }
    if (event.pointerId !== drag.pointer) return;
    if (!drag.moved) {
      if (Math.hypot(x - drag.startX, y - drag.startY) <= CLICK_SLACK || drag.action === null) return;
      this.#begin(drag);
    }
    const dx = x - drag.lastX;
    const dy = y - drag.lastY;
    const host = this.#host;
    const camera = host.camera();
    const size = host.size();
    if (drag.action === 'orbit') host.move(orbit(camera, drag.anchor, -dx * ORBIT_PER_PIXEL, -dy * ORBIT_PER_PIXEL));
    else if (drag.action === 'pan')
      host.move(
        pan(
          camera,
          pointOnFacingPlane(camera, size, drag.lastX, drag.lastY, drag.anchor),
          pointOnFacingPlane(camera, size, x, y, drag.anchor),
        ),
      );
    else if (drag.action === 'zoom') host.move(zoomAbout(camera, drag.anchor, Math.exp(dy * 0.006)));
    else if (drag.action === 'box') host.box(drag.startX, drag.startY, x, y, modeOf(event), false);
    drag.lastX = x;
    drag.lastY = y;
  }

  #up(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.#drag = null;
    this.#host.showPivot(null);
    const { x, y } = this.#place(event);
    if (drag.moved) {
      if (drag.action === 'box') this.#host.box(drag.startX, drag.startY, x, y, modeOf(event), true);
      else this.#host.hover(x, y);
      return;
    }
    if (drag.button === 0) this.#host.click(x, y, modeOf(event));
    else if (drag.button === 2) this.#host.context(x, y, event.clientX, event.clientY);
  }

  #cancel(): void {
    this.#touches.clear();
    this.#drag = null;
    this.#host.showPivot(null);
    this.#host.cancelBox();
  }

  /** Two fingers: their middle pans, their distance zooms. */
  #pinch(pointer: number, x: number, y: number): void {
    const before = [...this.#touches.values()];
    this.#touches.set(pointer, { x, y });
    const after = [...this.#touches.values()];
    const middle = (p: { x: number; y: number }[]) => ({ x: (p[0]!.x + p[1]!.x) / 2, y: (p[0]!.y + p[1]!.y) / 2 });
    const spread = (p: { x: number; y: number }[]) => Math.hypot(p[0]!.x - p[1]!.x, p[0]!.y - p[1]!.y);
    const a = middle(before);
    const b = middle(after);
    const camera = this.#host.camera();
    const size = this.#host.size();
    const from = pointOnFacingPlane(camera, size, a.x, a.y, camera.target_mm);
    const to = pointOnFacingPlane(camera, size, b.x, b.y, camera.target_mm);
    this.#host.move(zoomAbout(pan(camera, from, to), from, spread(before) / Math.max(spread(after), 1)));
  }

  #turn(event: WheelEvent): void {
    event.preventDefault();
    const { x, y } = this.#place(event);
    const host = this.#host;
    const now = performance.now();
    const previous = this.#wheel;
    const same = previous && now - previous.at < 300 && Math.hypot(previous.x - x, previous.y - y) < 3;
    const camera = host.camera();
    const size = host.size();
    if (event.shiftKey && !event.ctrlKey) {
      // A touchpad's or wheel's sideways scroll.
      const mm = millimetresPerPixel(camera, size, camera.target_mm);
      const from = pointOnFacingPlane(camera, size, x, y, camera.target_mm);
      const to = pointOnFacingPlane(camera, size, x - event.deltaX, y - event.deltaY, camera.target_mm);
      if (mm > 0) host.move(pan(camera, from, to));
      return;
    }
    const surface = same ? previous.anchor : host.surfaceAt(x, y);
    const anchor = surface ?? pointOnFacingPlane(camera, size, x, y, camera.target_mm);
    this.#wheel = { at: now, x, y, anchor };
    const factor = wheelFactor(event.deltaY, event.deltaMode, event.ctrlKey);
    // The height refers to the depth of what one zooms at, so that coming closer never stops short of it.
    host.move(zoomAbout(surface ? retarget(camera, surface) : camera, anchor, factor));
  }

  #key(event: KeyboardEvent): void {
    const host = this.#host;
    const camera = host.camera();
    const size = host.size();
    const step = Math.PI / 12;
    const turns: Record<string, [number, number]> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const turn = turns[event.key];
    if (turn && (event.ctrlKey || event.metaKey)) {
      const from = pointOnFacingPlane(camera, size, size.width / 2, size.height / 2, camera.target_mm);
      const to = pointOnFacingPlane(
        camera,
        size,
        size.width / 2 - Math.sign(turn[0]) * 40,
        size.height / 2 - Math.sign(turn[1]) * 40,
        camera.target_mm,
      );
      host.move(pan(camera, from, to));
    } else if (turn && !event.altKey) host.move(orbit(camera, host.fallbackPivot(), turn[0], turn[1]));
    else if (event.key === '+' || event.key === '=') host.move(zoomAbout(camera, camera.target_mm, 0.8));
    else if (event.key === '-') host.move(zoomAbout(camera, camera.target_mm, 1.25));
    else if (event.key === 'Escape' && this.#drag) this.#cancel();
    else return;
    event.preventDefault();
  }

  dispose(): void {
    this.#off.abort();
  }
}

const modeOf = (event: MouseEvent): 'replace' | 'toggle' | 'add' =>
  event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'add' : 'replace';
