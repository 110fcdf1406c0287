/**
 * The view cube and the axis triad: small 2D canvases over the picture. Without perspective a cube's faces are plain
 * parallelograms, so no second graphics context is needed and the words on it are as crisp as any text.
 */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState, Theme } from './api.ts';
import { rightOf } from './camera-maths.ts';
import { add, dot, normalise, scale } from './vector.ts';

export interface ViewCubeHost {
  /** Look along this direction. */
  look(direction: Vector3): void;
  home(): void;
}

interface Face {
  name: string;
  normal: Vector3;
  /** To the right and upwards for someone who looks straight at the face. */
  right: Vector3;
  up: Vector3;
}

const FACES: Face[] = [
  { name: 'Front', normal: [0, -1, 0], right: [1, 0, 0], up: [0, 0, 1] },
  { name: 'Back', normal: [0, 1, 0], right: [-1, 0, 0], up: [0, 0, 1] },
  { name: 'Right', normal: [1, 0, 0], right: [0, 1, 0], up: [0, 0, 1] },
  { name: 'Left', normal: [-1, 0, 0], right: [0, -1, 0], up: [0, 0, 1] },
  { name: 'Top', normal: [0, 0, 1], right: [1, 0, 0], up: [0, 1, 0] },
  { name: 'Bottom', normal: [0, 0, -1], right: [1, 0, 0], up: [0, -1, 0] },
];

/** Half of a face belongs to its middle up to here; beyond are edges and corners. */
const INNER = 0.62;
/** CSS pixels. */
const CUBE_SIZE = 112;
const CUBE_EDGE = 31;
const TRIAD_SIZE = 84;

interface Colours {
  face: string;
  faceDim: string;
  text: string;
  rim: string;
  hover: string;
  focus: string;
}
const COLOURS: Record<Theme, Colours> = {
  light: {
    face: '#fdfdfe',
    faceDim: '#dfe5ec',
    text: '#3a4653',
    rim: '#9aa7b5',
    hover: 'rgba(26, 109, 255, 0.28)',
    focus: '#1a6dff',
  },
  dark: {
    face: '#4a535e',
    faceDim: '#333a43',
    text: '#e6ebf0',
    rim: '#7d8894',
    hover: 'rgba(90, 165, 255, 0.42)',
    focus: '#6ab0ff',
  },
};
const AXES: [string, Vector3, string][] = [
  ['X', [1, 0, 0], '#e0453f'],
  ['Y', [0, 1, 0], '#3f9e46'],
  ['Z', [0, 0, 1], '#3b78e7'],
];

/** The face, edge or corner of the cube under a point, as a vector of -1, 0 and 1; null beside the cube. x, y from its middle. */
export function cubeZoneAt(camera: CameraState, x: number, y: number, edge = CUBE_EDGE): Vector3 | null {
  const right = rightOf(camera);
  for (const face of FACES) {
    if (dot(face.normal, camera.direction) > -1e-3) continue;
    const flat = (v: Vector3): [number, number] => [dot(v, right) * edge, -dot(v, camera.up) * edge];
    const [nx, ny] = flat(face.normal);
    const [ax, ay] = flat(face.right);
    const [bx, by] = flat(face.up);
    const det = ax * by - ay * bx;
    if (Math.abs(det) < 1e-6) continue;
    const px = x - nx;
    const py = y - ny;
    const u = (px * by - py * bx) / det;
    const v = (ax * py - ay * px) / det;
    if (Math.abs(u) > 1 || Math.abs(v) > 1) continue;
    const step = (t: number): number => (Math.abs(t) > INNER ? Math.sign(t) : 0);
    return add(add(face.normal, scale(face.right, step(u))), scale(face.up, step(v)));
  }
  return null;
}

/** "Front", "Top, front", "Top, front, right". */
export function zoneName(zone: Vector3): string {
  const names = [zone[2] > 0 ? 'Top' : zone[2] < 0 ? 'Bottom' : '', zone[1] < 0 ? 'Front' : zone[1] > 0 ? 'Back' : '']
    .concat(zone[0] > 0 ? 'Right' : zone[0] < 0 ? 'Left' : '')
    .filter(Boolean);
  return names.map((name, i) => (i === 0 ? name : name.toLowerCase())).join(', ');
}

export class ViewCube {
  readonly #host: ViewCubeHost;
  readonly #root: HTMLDivElement;
  readonly #cube: HTMLCanvasElement;
  readonly #triad: HTMLCanvasElement;
  readonly #said: HTMLDivElement;
  readonly #off = new AbortController();
  #camera: CameraState | null = null;
  #theme: Theme = 'light';
  #hover: Vector3 | null = null;
  #focus: Vector3 | null = null;
  #drawn = '';

  constructor(parent: HTMLElement, host: ViewCubeHost) {
    this.#host = host;
    this.#root = document.createElement('div');
    this.#cube = document.createElement('canvas');
    this.#triad = document.createElement('canvas');
    this.#said = document.createElement('div');
    for (const [canvas, size] of [
      [this.#cube, CUBE_SIZE],
      [this.#triad, TRIAD_SIZE],
    ] as const) {
      canvas.style.position = 'absolute';
      canvas.style.width = `${size}px`;
      canvas.style.height = `${size}px`;
    }
    this.#cube.style.top = '6px';
    this.#cube.style.right = '8px';
    this.#cube.style.pointerEvents = 'auto';
    this.#cube.style.cursor = 'pointer';
    this.#cube.style.outline = 'none';
    this.#cube.tabIndex = 0;
    this.#cube.setAttribute('role', 'application');
    this.#cube.setAttribute('aria-label', 'View cube: arrow keys choose a view, Enter turns to it, Home for isometric');
    this.#triad.style.left = '4px';
    this.#triad.style.bottom = '2px';
    this.#triad.setAttribute('aria-hidden', 'true');
    this.#said.setAttribute('aria-live', 'polite');
    this.#said.style.position = 'absolute';
    this.#said.style.width = '1px';
    this.#said.style.height = '1px';
    this.#said.style.overflow = 'hidden';
    this.#said.style.clipPath = 'inset(50%)';
    this.#root.append(this.#cube, this.#triad, this.#said);
    parent.append(this.#root);
    const signal = this.#off.signal;
    this.#cube.addEventListener('pointermove', (e) => this.#setHover(this.#zoneAt(e)), { signal });
    this.#cube.addEventListener('pointerleave', () => this.#setHover(null), { signal });
    this.#cube.addEventListener(
      'click',
      (e) => {
        const zone = this.#zoneAt(e);
        if (zone) this.#go(zone);
      },
      { signal },
    );
    this.#cube.addEventListener('focus', () => this.#setFocus([0, -1, 0]), { signal });
    this.#cube.addEventListener('blur', () => this.#setFocus(null), { signal });
    this.#cube.addEventListener('keydown', (e) => this.#key(e), { signal });
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#redraw();
  }

  #zoneAt(event: MouseEvent): Vector3 | null {
    const box = this.#cube.getBoundingClientRect();
    return (
      this.#camera &&
      cubeZoneAt(this.#camera, event.clientX - box.left - CUBE_SIZE / 2, event.clientY - box.top - CUBE_SIZE / 2)
    );
  }
  #go(zone: Vector3): void {
    this.#said.textContent = zoneName(zone);
    this.#host.look(scale(normalise(zone), -1));
  }
  #setHover(zone: Vector3 | null): void {
    if (zone?.join() === this.#hover?.join()) return;
    this.#hover = zone;
    this.#cube.title = zone ? zoneName(zone) : '';
    this.#redraw();
  }
  #setFocus(zone: Vector3 | null): void {
    // Only for the keyboard: a click needs no ring.
    this.#focus = zone && this.#cube.matches(':focus-visible') ? zone : null;
    this.#redraw();
  }

  #key(event: KeyboardEvent): void {
    const camera = this.#camera;
    if (!camera) return;
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    };
    const step = steps[event.key];
    const focus = this.#focus ?? [0, -1, 0];
    if (step) {
      const right = rightOf(camera);
      const from = normalise(focus);
      let best = focus;
      let most = 0.05;
      for (let i = 0; i < 27; i++) {
        const zone: Vector3 = [(i % 3) - 1, (Math.floor(i / 3) % 3) - 1, Math.floor(i / 9) - 1];
        if (zone.every((v) => v === 0)) continue;
        const to = normalise(zone);
        const nearness = dot(to, from);
        if (nearness > 0.999 || nearness < 0.55) continue;
        const along =
          step[0] * (dot(to, right) - dot(from, right)) + step[1] * (dot(to, camera.up) - dot(from, camera.up));
        if (along * nearness > most) {
          most = along * nearness;
          best = zone;
        }
      }
      this.#focus = best;
      this.#said.textContent = zoneName(best);
      this.#redraw();
    } else if (event.key === 'Enter' || event.key === ' ') this.#go(focus);
    else if (event.key === 'Home') this.#host.home();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Draws for this camera; nothing where it looks as before. */
  draw(camera: CameraState): void {
    this.#camera = camera;
    const key = `${camera.direction.map((v) => v.toFixed(4)).join()}/${camera.up.map((v) => v.toFixed(4)).join()}/${window.devicePixelRatio}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#redraw();
  }

  #redraw(): void {
    if (!this.#camera) return;
    this.#drawCube(this.#camera);
    this.#drawTriad(this.#camera);
  }

  #begin(canvas: HTMLCanvasElement, size: number): CanvasRenderingContext2D | null {
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    const pixels = Math.round(size * ratio);
    if (canvas.width !== pixels) {
      canvas.width = pixels;
      canvas.height = pixels;
    }
    const context = canvas.getContext('2d');
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, size, size);
    return context;
  }

  #drawCube(camera: CameraState): void {
    const context = this.#begin(this.#cube, CUBE_SIZE);
    if (!context) return;
    const colours = COLOURS[this.#theme];
    const right = rightOf(camera);
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    for (const face of FACES) {
      const facing = -dot(face.normal, camera.direction);
      if (facing <= 1e-3) continue;
      const flat = (v: Vector3): [number, number] => [dot(v, right) * CUBE_EDGE, -dot(v, camera.up) * CUBE_EDGE];
      const [nx, ny] = flat(face.normal);
      const [ax, ay] = flat(face.right);
      const [bx, by] = flat(face.up);
      context.save();
      // Face space: x to the right and y downwards, -1..1.
      context.setTransform(
        ax * ratio,
        ay * ratio,
        -bx * ratio,
        -by * ratio,
        (CUBE_SIZE / 2 + nx) * ratio,
        (CUBE_SIZE / 2 + ny) * ratio,
      );
      context.fillStyle = colours.faceDim;
      context.fillRect(-1, -1, 2, 2);
      // Light from the upper left, as on the model.
      const light = -0.35 * dot(face.normal, right) + 0.75 * dot(face.normal, camera.up) + 0.35 * facing;
      context.globalAlpha = Math.max(0, Math.min(1, 0.3 + light));
      context.fillStyle = colours.face;
      context.fillRect(-1, -1, 2, 2);
      context.globalAlpha = 1;
      for (const [zone, fill] of [
        [this.#hover, true],
        [this.#focus, false],
      ] as const) {
        if (!zone || dot(zone, face.normal) < 0.5) continue;
        const range = (t: number): [number, number] =>
          t > 0.5 ? [INNER, 1 - INNER] : t < -0.5 ? [-1, 1 - INNER] : [-INNER, 2 * INNER];
        const [u, w] = range(dot(zone, face.right));
        const [v, h] = range(-dot(zone, face.up));
        if (fill) {
          context.fillStyle = colours.hover;
          context.fillRect(u, v, w, h);
        } else {
          context.strokeStyle = colours.focus;
          context.lineWidth = 2 / CUBE_EDGE;
          context.strokeRect(u + 0.03, v + 0.03, w - 0.06, h - 0.06);
        }
      }
      context.strokeStyle = colours.rim;
      context.lineWidth = 1 / CUBE_EDGE;
      context.strokeRect(-1, -1, 2, 2);
      context.fillStyle = colours.text;
      context.globalAlpha = Math.min(1, facing * 2);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      // A font of 10 pixels in a space where the face is 2 units wide.
      context.scale(1 / CUBE_EDGE, 1 / CUBE_EDGE);
      context.font = '600 12.5px system-ui, sans-serif';
      context.fillText(face.name, 0, 0.5, CUBE_EDGE * 1.8);
      context.restore();
    }
  }

  #drawTriad(camera: CameraState): void {
    const context = this.#begin(this.#triad, TRIAD_SIZE);
    if (!context) return;
    const right = rightOf(camera);
    const middle = TRIAD_SIZE / 2;
    const length = 25;
    context.lineCap = 'round';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = '700 11px system-ui, sans-serif';
    // Those that point away from the eye first.
    const axes = [...AXES].sort((a, b) => dot(b[1], camera.direction) - dot(a[1], camera.direction));
    for (const [name, axis, colour] of axes) {
      const x = dot(axis, right) * length;
      const y = -dot(axis, camera.up) * length;
      context.strokeStyle = colour;
      context.fillStyle = colour;
      context.lineWidth = 2.2;
      context.beginPath();
      context.moveTo(middle, middle);
      context.lineTo(middle + x, middle + y);
      context.stroke();
      const l = Math.hypot(x, y);
      if (l > 6) {
        const ux = x / l;
        const uy = y / l;
        context.beginPath();
        context.moveTo(middle + x + ux * 5, middle + y + uy * 5);
        context.lineTo(middle + x - uy * 3.4, middle + y + ux * 3.4);
        context.lineTo(middle + x + uy * 3.4, middle + y - ux * 3.4);
        context.fill();
        context.fillText(name, middle + x + ux * 12, middle + y + uy * 12);
      }
    }
    context.fillStyle = COLOURS[this.#theme].text;
    context.beginPath();
    context.arc(middle, middle, 2.2, 0, 7);
    context.fill();
  }

  dispose(): void {
    this.#off.abort();
    this.#root.remove();
  }
}
