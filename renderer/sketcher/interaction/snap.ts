/** What a place means to a tool that draws: the constraints that suggest themselves there. Pure. */
import { inferConstraints } from '../../../main/sketch/index.ts';
import type { SketchEntity } from '../../../preload/contract/index.ts';
import type { ToolName } from '../tools/names.ts';
import type { On, Place } from '../tools/place.ts';
import { leavingDirection } from '../tools/round-shapes.ts';
import type { Point2 } from '../view/frame.ts';
import { LiveGeometry } from '../view/geometry.ts';

export interface Snapped {
  place: Place;
  /** What holds it, in words beside the pointer; null when nothing does. */
  words: string | null;
  /** A point that it is level with, or above or below of. */
  level: string | null;
}

export interface SnapSetting {
  entities: readonly SketchEntity[];
  tolerance_mm: number;
  /** What is being drawn, and where it began. */
  candidate: 'point' | 'line' | 'arc' | 'circle';
  start?: Place;
  /** The curve that the last one ended, for tangency. */
  previous?: string;
  /** With Ctrl held nothing is suggested. */
  off: boolean;
}

export function snapTo(at: Point2, setting: SnapSetting): Snapped {
  const { entities, tolerance_mm, candidate, start, previous, off } = setting;
  if (off) return { place: { at: rounded(at, tolerance_mm) }, words: null, level: null };
  const startId = start?.on?.kind === 'point' ? start.on.id : undefined;
  const { position, hints } = inferConstraints(
    { entities },
    {
      kind: candidate,
      ...(start ? (candidate === 'circle' ? { centre: start.at } : { start: start.at }) : {}),
      ...(startId ? { startId } : {}),
      ...(previous ? { previous } : {}),
    },
    at,
    tolerance_mm,
  );
  // A coordinate that nothing holds is a tidy number.
  const tidy = rounded(at, tolerance_mm);
  const held = (axis: 0 | 1) => (position[axis] === at[axis] ? tidy[axis] : position[axis]);
  const place: Place = { at: [held(0), held(1)] };
  const words: string[] = [];
  let level: string | null = null;
  for (const hint of hints) {
    const on = onOf(hint.kind, hint.target);
    if (on && !place.on) place.on = on;
    else if (on?.kind === 'curve' && place.on?.kind === 'curve' && !place.also) place.also = on.id;
    else if ((hint.kind === 'horizontal' || hint.kind === 'vertical') && !hint.target && !place.heading)
      place.heading = { kind: hint.kind };
    else if (
      (hint.kind === 'parallel' || hint.kind === 'perpendicular' || hint.kind === 'tangent') &&
      hint.target &&
      !place.heading
    )
      place.heading = { kind: hint.kind, to: hint.target };
    else {
      if (hint.target && (hint.kind === 'horizontal' || hint.kind === 'vertical')) level ??= hint.target;
      continue;
    }
    words.push(hint.words);
  }
  return { place, words: words.length > 0 ? words.join(', ') : null, level };
}

/** To the coarsest decimal step that is finer than a pixel or so. */
function rounded([x, y]: Point2, tolerance_mm: number): Point2 {
  const step = 10 ** Math.floor(Math.log10(tolerance_mm / 5));
  const to = (value: number) => Number((Math.round(value / step) * step).toPrecision(12));
  return [to(x), to(y)];
}

function onOf(kind: string, target: string | undefined): On | null {
  if (!target) return null;
  if (kind === 'coincident') return { kind: 'point', id: target };
  if (kind === 'point-on') return { kind: 'curve', id: target };
  return kind === 'midpoint' ? { kind: 'midpoint', line: target } : null;
}

/** CSS pixels within which something is meant. */
const REACH = 9;

/** For the next place of a tool in hand. */
export function snapForTool(
  at: Point2,
  tool: ToolName,
  places: readonly Place[],
  entities: readonly SketchEntity[],
  scale: number,
  off: boolean,
): Snapped {
  const [first] = places;
  const start = places.at(-1);
  const tolerance_mm = REACH / scale;
  // A spline is closed on its own first point, which is not in the sketch yet.
  if (tool === 'spline' && first && places.length > 2) {
    const far = Math.hypot(first.at[0] - at[0], first.at[1] - at[1]);
    if (far < tolerance_mm) return { place: { at: first.at }, words: 'close the spline', level: null };
  }
  const straight = tool === 'line' || (tool === 'slot' && places.length === 1);
  const from = start?.on?.kind === 'point' ? leavingDirection({ entities }, start.on.id)?.curve : undefined;
  return snapTo(at, {
    entities,
    tolerance_mm,
    candidate: straight && start ? 'line' : 'point',
    ...(straight && start ? { start } : {}),
    ...(from ? { previous: from } : {}),
    off,
  });
}

/** What a tool is about to make, with the points of the sketch that it joins. */
export function previewOf(made: readonly SketchEntity[], entities: readonly SketchEntity[]): LiveGeometry {
  const needed = new Set<string>();
  for (const entity of made)
    for (const value of Object.values(entity)) {
      if (typeof value === 'string') needed.add(value);
      if (Array.isArray(value)) for (const one of value) if (typeof one === 'string') needed.add(one);
    }
  return new LiveGeometry([...entities.filter(({ id, kind }) => kind === 'point' && needed.has(id)), ...made]);
}
