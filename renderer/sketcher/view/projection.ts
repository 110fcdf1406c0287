/** Between the sketch and the screen. The camera is orthographic while one sketches, so this is one affine map. */
import type { CameraState } from '../../viewport/api.ts';
import { orthonormal, projector, type ScreenSize } from '../../viewport/camera-maths.ts';
import { type Frame, type Point2, toSpace } from './frame.ts';

export interface Projection {
  /** x = a u + c v + e, y = b u + d v + f: CSS pixels from the top left. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  /** CSS pixels per mm in the sketch, along its x. */
  readonly scale: number;
  /** Seen from behind: what is counter-clockwise in the sketch is clockwise on the screen when this is false. */
  readonly upright: boolean;
}

export function projectionOf(frame: Frame, camera: CameraState, size: ScreenSize): Projection {
  const project = projector({ ...camera, orthographic: true }, size);
  const o = project(toSpace(frame, [0, 0]));
  const x = project(toSpace(frame, [1, 0]));
  const y = project(toSpace(frame, [0, 1]));
  const [a, b, c, d] = [x.x - o.x, x.y - o.y, y.x - o.x, y.y - o.y];
  return { a, b, c, d, e: o.x, f: o.y, scale: Math.hypot(a, b) || 1, upright: a * d - b * c < 0 };
}

export const toScreen = (p: Projection, u: number, v: number): Point2 => [
  p.a * u + p.c * v + p.e,
  p.b * u + p.d * v + p.f,
];

/** Null where the plane is seen edge-on. */
export function fromScreen(p: Projection, x: number, y: number): Point2 | null {
  const determinant = p.a * p.d - p.b * p.c;
  if (Math.abs(determinant) < 1e-9 * p.scale * p.scale) return null;
  const [dx, dy] = [x - p.e, y - p.f];
  return [(p.d * dx - p.c * dy) / determinant, (p.a * dy - p.b * dx) / determinant];
}

/** The view straight onto a sketch that shows this part of it, mm. */
export function facing(frame: Frame, camera: CameraState, box: [Point2, Point2], size: ScreenSize): CameraState {
  const [[x0, y0], [x1, y1]] = box;
  const target = toSpace(frame, [(x0 + x1) / 2, (y0 + y1) / 2]);
  const { normal, y } = frame;
  return orthonormal({
    ...camera,
    target_mm: target,
    direction: [-normal[0], -normal[1], -normal[2]],
    up: y,
    height_mm: Math.max(y1 - y0, ((x1 - x0) * size.height) / size.width, 1e-3) * 1.5,
    orthographic: true,
  });
}
