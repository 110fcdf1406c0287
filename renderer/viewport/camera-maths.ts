/**
 * The camera as arithmetic: no engine, no document. A view is a target, a direction, an up vector and the height of the
 * visible field at the target, the same for both projections, so that switching between them keeps the size of the model.
 */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState, StandardView } from './api.ts';
import {
  add,
  addScaled,
  type Box,
  boxCorners,
  cross,
  dot,
  length,
  mix,
  normalise,
  perpendicular,
  rotateAbout,
  scale,
  subtract,
} from './vector.ts';

/** Vertical angle of the perspective, radians: long enough a lens that circles still look like circles. */
export const FIELD_OF_VIEW = (28 * Math.PI) / 180;
const HALF_TANGENT = Math.tan(FIELD_OF_VIEW / 2);

export interface ScreenSize {
  /** CSS pixels. */
  width: number;
  height: number;
}
export interface Ray {
  origin: Vector3;
  /** Unit. */
  direction: Vector3;
}

export const rightOf = (state: CameraState): Vector3 =>
  normalise(cross(state.direction, state.up), perpendicular(state.direction));

/** Up made exactly perpendicular to the direction. */
export function orthonormal(state: CameraState): CameraState {
  const direction = normalise(state.direction, [0, 1, 0]);
  const right = rightOf({ ...state, direction });
  return { ...state, direction, up: normalise(cross(right, direction)) };
}

/** Distance from the eye to the target, mm. */
export const eyeDistance = (state: CameraState): number => state.height_mm / 2 / HALF_TANGENT;

export const eyeOf = (state: CameraState): Vector3 => addScaled(state.target_mm, state.direction, -eyeDistance(state));

/** World to view, column-major as WebGL reads it. The view looks along its own -Z. */
export function viewMatrix(state: CameraState): Float64Array {
  const right = rightOf(state);
  const { up, direction } = state;
  const eye = eyeOf(state);
  return Float64Array.of(
    right[0],
    up[0],
    -direction[0],
    0,
    right[1],
    up[1],
    -direction[1],
    0,
    right[2],
    up[2],
    -direction[2],
    0,
    -dot(right, eye),
    -dot(up, eye),
    dot(direction, eye),
    1,
  );
}

/**
 * Near and far planes, mm from the eye, that just hold the model: depth precision goes where the model is, from a 4 µm
 * bead to a 117 m blade. Behind the eye is allowed without perspective.
 */
export function depthRange(state: CameraState, centre: Vector3, radius: number): { near: number; far: number } {
  const depth = dot(subtract(centre, eyeOf(state)), state.direction);
  const reach = Math.max(radius * 1.02, state.height_mm * 1e-3, 1e-9);
  const distance = eyeDistance(state);
  if (state.orthographic) {
    const near = Math.min(depth - reach, distance - state.height_mm * 0.01);
    return { near, far: Math.max(depth + reach, distance + state.height_mm * 0.01) };
  }
  const far = Math.max(depth + reach, distance * 1.05);
  // Inside the model the near plane must not eat what one looks at, nor waste all precision on the eye's nose.
  const near = Math.max(depth - reach, Math.min(far * 1e-3, distance * 0.05), far * 1e-5);
  return { near: Math.min(near, far * 0.999), far };
}

/** View to clip space with z in -1..1, column-major. */
export function projectionMatrix(state: CameraState, aspect: number, near: number, far: number): Float64Array {
  const m = new Float64Array(16);
  if (state.orthographic) {
    m[0] = 2 / (state.height_mm * aspect);
    m[5] = 2 / state.height_mm;
    m[10] = -2 / (far - near);
    m[14] = -(far + near) / (far - near);
    m[15] = 1;
  } else {
    m[0] = 1 / (HALF_TANGENT * aspect);
    m[5] = 1 / HALF_TANGENT;
    m[10] = -(far + near) / (far - near);
    m[11] = -1;
    m[14] = (-2 * far * near) / (far - near);
  }
  return m;
}

/** a * b, column-major. */
export function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(16);
  for (let c = 0; c < 4; c++)
    for (let r = 0; r < 4; r++)
      for (let k = 0; k < 4; k++) out[c * 4 + r] = out[c * 4 + r]! + a[k * 4 + r]! * b[c * 4 + k]!;
  return out;
}

/** Half the visible height at a depth from the eye, mm. */
const halfHeightAt = (state: CameraState, depth: number): number =>
  state.orthographic ? state.height_mm / 2 : depth * HALF_TANGENT;

/** CSS pixels from the top left, and the depth from the eye along the view direction in mm. */
export interface Projected {
  x: number;
  y: number;
  depth: number;
}

/** A function that projects world points; made once per view and reused, as picking projects thousands. */
export function projector(state: CameraState, size: ScreenSize): (p: Vector3) => Projected {
  const right = rightOf(state);
  const { up, direction } = state;
  const eye = eyeOf(state);
  const half = state.height_mm / 2;
  const pixels = size.height / 2;
  return (p) => {
    const x = p[0] - eye[0];
    const y = p[1] - eye[1];
    const z = p[2] - eye[2];
    const depth = x * direction[0] + y * direction[1] + z * direction[2];
    // Points behind a perspective eye have no place on the screen: put them far off instead of mirroring them.
    const halfHeight = state.orthographic ? half : Math.max(depth, 1e-12) * HALF_TANGENT;
    const k = pixels / halfHeight;
    return {
      x: size.width / 2 + (x * right[0] + y * right[1] + z * right[2]) * k,
      y: size.height / 2 - (x * up[0] + y * up[1] + z * up[2]) * k,
      depth,
    };
  };
}

/** The ray through a point of the screen (CSS pixels). Starts at the eye, or well before the target without perspective. */
export function rayThrough(state: CameraState, size: ScreenSize, x: number, y: number): Ray {
  const right = rightOf(state);
  const dx = ((x - size.width / 2) / (size.height / 2)) * (state.height_mm / 2);
  const dy = ((size.height / 2 - y) / (size.height / 2)) * (state.height_mm / 2);
  const onTarget = addScaled(addScaled(state.target_mm, right, dx), state.up, dy);
  if (state.orthographic)
    return { origin: addScaled(onTarget, state.direction, -eyeDistance(state)), direction: state.direction };
  const eye = eyeOf(state);
  return { origin: eye, direction: normalise(subtract(onTarget, eye)) };
}

/** The point under a pixel on the plane through `through` that faces the eye. */
export function pointOnFacingPlane(
  state: CameraState,
  size: ScreenSize,
  x: number,
  y: number,
  through: Vector3,
): Vector3 {
  const ray = rayThrough(state, size, x, y);
  const t = dot(subtract(through, ray.origin), state.direction) / dot(ray.direction, state.direction);
  return addScaled(ray.origin, ray.direction, t);
}

/** mm per CSS pixel at a world point. */
export function millimetresPerPixel(state: CameraState, size: ScreenSize, at: Vector3): number {
  const depth = dot(subtract(at, eyeOf(state)), state.direction);
  return (2 * halfHeightAt(state, Math.max(depth, 1e-12))) / size.height;
}

/** Turns the view by yaw about world Z and pitch about its own right, radians, keeping the pivot where it is on screen. */
export function orbit(state: CameraState, pivot: Vector3, yaw: number, pitch: number): CameraState {
  const right = rightOf(state);
  // Tilting stops at the poles: an engineer's model has an up, and losing it is disorienting.
  let allowed = pitch;
  if (state.up[2] > -1e-9) {
    const elevation = Math.asin(Math.max(-1, Math.min(1, -state.direction[2])));
    const after = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, elevation - pitch));
    if (Math.abs(right[2]) < 1e-6) allowed = elevation - after;
  }
  const turn = (v: Vector3): Vector3 => rotateAbout(rotateAbout(v, right, allowed), [0, 0, 1], yaw);
  return orthonormal({
    ...state,
    target_mm: add(pivot, turn(subtract(state.target_mm, pivot))),
    direction: turn(state.direction),
    up: turn(state.up),
  });
}

/** Moves the view so that `from` comes to lie where `to` was. */
export const pan = (state: CameraState, from: Vector3, to: Vector3): CameraState => ({
  ...state,
  target_mm: add(state.target_mm, subtract(from, to)),
});

/** Scales the view about a point that stays where it is on the screen; a factor below 1 comes closer. */
export const zoomAbout = (state: CameraState, point: Vector3, factor: number): CameraState => ({
  ...state,
  target_mm: add(point, scale(subtract(state.target_mm, point), factor)),
  height_mm: state.height_mm * factor,
});

/**
 * The same picture with the target moved along the view direction to the depth of a point, so that height, orbit and the
 * change of projection all refer to what one works on. Without perspective the height stays.
 */
export function retarget(state: CameraState, point: Vector3): CameraState {
  const depth = dot(subtract(point, eyeOf(state)), state.direction);
  if (state.orthographic)
    return { ...state, target_mm: addScaled(state.target_mm, state.direction, depth - eyeDistance(state)) };
  if (!(depth > 0)) return state;
  return {
    ...state,
    target_mm: addScaled(eyeOf(state), state.direction, depth),
    height_mm: 2 * depth * HALF_TANGENT,
  };
}

/** The view, from the same direction, that shows all the boxes with a margin. */
export const fitBoxes = (state: CameraState, boxes: Box[], aspect: number, margin = 1.12): CameraState =>
  fitPoints(state, boxes.flatMap(boxCorners), aspect, margin);

/** The same for points. */
export function fitPoints(state: CameraState, points: Vector3[], aspect: number, margin = 1.12): CameraState {
  const corners = points.filter((p) => p.every(Number.isFinite));
  if (corners.length === 0) return state;
  const right = rightOf(state);
  const { up, direction } = state;
  const range = (axis: Vector3): [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (const p of corners) {
      const d = dot(p, axis);
      low = Math.min(low, d);
      high = Math.max(high, d);
    }
    return [low, high];
  };
  const [x0, x1] = range(right);
  const [y0, y1] = range(up);
  const [z0, z1] = range(direction);
  const target = add(add(scale(right, (x0 + x1) / 2), scale(up, (y0 + y1) / 2)), scale(direction, (z0 + z1) / 2));
  let height = Math.max(y1 - y0, (x1 - x0) / aspect);
  if (!state.orthographic) {
    // The eye must stand back until every corner is inside the cone of view, and all of them are in front of it.
    let stand = (z1 - z0) / 2 / 0.9;
    for (const p of corners) {
      const d = subtract(p, target);
      const nearer = dot(d, direction);
      stand = Math.max(
        stand,
        Math.abs(dot(d, up)) / HALF_TANGENT - nearer,
        Math.abs(dot(d, right)) / (HALF_TANGENT * aspect) - nearer,
      );
    }
    height = 2 * stand * HALF_TANGENT;
  }
  const extent = Math.max(x1 - x0, y1 - y0, z1 - z0);
  height = Math.max(height, extent * 1e-3);
  return { ...state, target_mm: target, height_mm: height > 0 ? height * margin : state.height_mm };
}

/** Where each standard view looks, and what is up in it. 'normal-to' needs a face, so it isn't here. */
export const STANDARD_VIEWS: Record<Exclude<StandardView, 'normal-to'>, { direction: Vector3; up: Vector3 }> = {
  front: { direction: [0, 1, 0], up: [0, 0, 1] },
  back: { direction: [0, -1, 0], up: [0, 0, 1] },
  left: { direction: [1, 0, 0], up: [0, 0, 1] },
  right: { direction: [-1, 0, 0], up: [0, 0, 1] },
  top: { direction: [0, 0, -1], up: [0, 1, 0] },
  bottom: { direction: [0, 0, 1], up: [0, -1, 0] },
  isometric: { direction: normalise([-1, 1, -1]), up: normalise([-1, 1, 2]) },
};

/** An up vector for looking along a direction: world Z, or the nearest world axis where that is the direction itself. */
export function upFor(direction: Vector3, previousUp: Vector3): Vector3 {
  if (Math.abs(direction[2]) < 0.999) {
    const right = normalise(cross(direction, [0, 0, 1]));
    return normalise(cross(right, direction));
  }
  const horizontal: Vector3 =
    Math.abs(previousUp[0]) > Math.abs(previousUp[1])
      ? [Math.sign(previousUp[0]), 0, 0]
      : [0, Math.sign(previousUp[1]) || 1, 0];
  return horizontal;
}

type Quaternion = [number, number, number, number];

function quaternionOf(state: CameraState): Quaternion {
  const right = rightOf(state);
  const { up } = state;
  const back = scale(state.direction, -1);
  const trace = right[0] + up[1] + back[2];
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    return [(up[2] - back[1]) / s, (back[0] - right[2]) / s, (right[1] - up[0]) / s, s / 4];
  }
  if (right[0] > up[1] && right[0] > back[2]) {
    const s = Math.sqrt(1 + right[0] - up[1] - back[2]) * 2;
    return [s / 4, (up[0] + right[1]) / s, (back[0] + right[2]) / s, (up[2] - back[1]) / s];
  }
  if (up[1] > back[2]) {
    const s = Math.sqrt(1 + up[1] - right[0] - back[2]) * 2;
    return [(up[0] + right[1]) / s, s / 4, (back[1] + up[2]) / s, (back[0] - right[2]) / s];
  }
  const s = Math.sqrt(1 + back[2] - right[0] - up[1]) * 2;
  return [(back[0] + right[2]) / s, (back[1] + up[2]) / s, s / 4, (right[1] - up[0]) / s];
}

/** Between two views: the shortest turn, straight target, geometric height (equal zoom per time). t in 0..1. */
export function interpolate(a: CameraState, b: CameraState, t: number): CameraState {
  if (t >= 1) return b;
  const p = quaternionOf(a);
  let q = quaternionOf(b);
  let cosine = p[0] * q[0] + p[1] * q[1] + p[2] * q[2] + p[3] * q[3];
  if (cosine < 0) {
    q = q.map((v) => -v) as Quaternion;
    cosine = -cosine;
  }
  let wp = 1 - t;
  let wq = t;
  if (cosine < 0.9995) {
    const angle = Math.acos(cosine);
    wp = Math.sin((1 - t) * angle) / Math.sin(angle);
    wq = Math.sin(t * angle) / Math.sin(angle);
  }
  const r = p.map((v, i) => v * wp + q[i]! * wq) as Quaternion;
  const l = Math.hypot(...r);
  const [x, y, z, w] = r.map((v) => v / l) as Quaternion;
  const up: Vector3 = [2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)];
  const back: Vector3 = [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)];
  return orthonormal({
    target_mm: mix(a.target_mm, b.target_mm, t),
    direction: scale(back, -1),
    up,
    height_mm: a.height_mm * (b.height_mm / a.height_mm) ** t,
    orthographic: b.orthographic,
  });
}

/** Slow at both ends. */
export const ease = (t: number): number => (t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2);

/** True where every number is finite and the view shows something: a state from a file is checked before it is used. */
export const isUsable = (state: CameraState): boolean =>
  [...state.target_mm, ...state.direction, ...state.up, state.height_mm].every(Number.isFinite) &&
  state.height_mm > 0 &&
  length(state.direction) > 0;
