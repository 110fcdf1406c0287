/**
 * Constraints that suggest themselves while something is drawn, and the place that the cursor snaps to with them: first points,
 * then where curves cross, then curves; a line's direction goes together with these as far as one place can satisfy both.
 */
import { type Curve, curveOf, nearest, tangentAt } from '../curves/curve.ts';
import { meetings } from '../curves/intersect.ts';
import { add, cross, distance, dot, leftOf, length, middle, rotate, scale, subtract, unit } from '../model/vector.ts';
import { endsOfEntity, isAxis, ORIGIN, SketchView, X_AXIS, Y_AXIS } from '../model/view.ts';
import { nameWords } from '../model/words.ts';
import type { Entity, Position } from '../types.ts';

/** What is being drawn: a point, or the far end of a line or arc that began somewhere, or the rim of a circle. */
export interface Candidate {
  kind: 'point' | 'line' | 'arc' | 'circle';
  /** Where it began, and the id of the point there, if there is one. */
  start?: Position;
  startId?: string;
  /** Of a circle or arc. */
  centre?: Position;
  /** The curve that ends where this one starts, for tangency. */
  previous?: string;
}

export interface InferredConstraint {
  kind:
    | 'coincident'
    | 'point-on'
    | 'midpoint'
    | 'horizontal'
    | 'vertical'
    | 'parallel'
    | 'perpendicular'
    | 'tangent'
    | 'equal';
  /** An existing entity, or a name of the frame. A line that is itself horizontal or vertical has none. */
  target?: string;
  words: string;
}

export interface Inference {
  /** Where the cursor snaps to. */
  position: Position;
  /** What could be constrained there, best first; all of them hold at the position. */
  hints: InferredConstraint[];
}

/** Directions farther off than this are not meant, rad: 5 degrees. */
const MEANT_RAD = (5 * Math.PI) / 180;
const MOST_HINTS = 3;

export function inferConstraints(
  sketch: { entities: readonly Entity[] },
  candidate: Candidate,
  cursor: Position,
  tolerance_mm: number,
): Inference {
  const view = new SketchView(sketch.entities);
  const snap = snapToPlace(view, candidate, cursor, tolerance_mm);
  if (candidate.kind === 'line' && candidate.start)
    return alongLine(view, candidate, candidate.start, cursor, tolerance_mm, snap);
  if (candidate.kind === 'circle' && candidate.centre) return rimOf(view, candidate.centre, cursor, tolerance_mm, snap);
  if (snap.hints.length > 0 || candidate.kind !== 'point') return snap;
  return levelWith(view, cursor, tolerance_mm / 2) ?? snap;
}

interface Snap extends Inference {
  /** A curve that the place may still slide along. */
  sliding?: Curve;
}

function axisCurve(id: string, about: Position): Curve {
  const along: Position = id === X_AXIS ? [1, 0] : [0, 1];
  const reach = 1e4 + 10 * length(about);
  return { kind: 'line', id, from: 0, to: 1, closed: false, a: scale(along, -reach), b: scale(along, reach) };
}

function snapToPlace(view: SketchView, candidate: Candidate, cursor: Position, tolerance: number): Snap {
  let point: { id: string; at: Position; away: number } | undefined;
  const offer = (id: string, at: Position) => {
    const away = distance(at, cursor);
    if (away <= tolerance && id !== candidate.startId && (!point || away < point.away)) point = { id, at, away };
  };
  offer(ORIGIN, [0, 0]);
  for (const entity of view.entities) if (entity.kind === 'point') offer(entity.id, [entity.x_mm, entity.y_mm]);
  if (point) return { position: point.at, hints: [hint('coincident', point.id, `at ${nameWords(point.id)}`)] };

  for (const entity of view.entities) {
    if (entity.kind !== 'line') continue;
    const at = middle(...view.line(entity.id));
    if (distance(at, cursor) <= tolerance)
      return { position: at, hints: [hint('midpoint', entity.id, `in the middle of ${nameWords(entity.id)}`)] };
  }

  const near: { curve: Curve; at: Position; away: number }[] = [];
  const curves = view.entities.filter(({ kind }) => kind !== 'point').map(({ id }) => curveOf(view, id));
  for (const curve of [...curves, axisCurve(X_AXIS, cursor), axisCurve(Y_AXIS, cursor)]) {
    const foot = nearest(curve, cursor);
    // An axis only counts where nothing that was drawn does.
    const away = foot.distance_mm + (isAxis(curve.id) ? tolerance / 4 : 0);
    if (away > tolerance) continue;
    const at: Position = curve.id === X_AXIS ? [cursor[0], 0] : curve.id === Y_AXIS ? [0, cursor[1]] : foot.point;
    near.push({ curve, at, away });
  }
  near.sort((a, b) => a.away - b.away);
  for (let i = 0; i < near.length; i++)
    for (let j = i + 1; j < near.length; j++) {
      const crossing = meetings(near[i]!.curve, near[j]!.curve, 1e-9).find(
        ({ at }) => distance(at, cursor) <= 1.5 * tolerance,
      );
      if (crossing)
        return {
          position: crossing.at,
          hints: [near[i]!, near[j]!].map(({ curve }) => hint('point-on', curve.id, `on ${nameWords(curve.id)}`)),
        };
    }
  const best = near[0];
  if (!best) return { position: cursor, hints: [] };
  return {
    position: best.at,
    hints: [hint('point-on', best.curve.id, `on ${nameWords(best.curve.id)}`)],
    sliding: best.curve,
  };
}

const hint = (kind: InferredConstraint['kind'], target: string | undefined, words: string): InferredConstraint =>
  target === undefined ? { kind, words } : { kind, target, words };

interface Direction {
  hint: InferredConstraint;
  along: Position;
}

function alongLine(
  view: SketchView,
  candidate: Candidate,
  start: Position,
  cursor: Position,
  tolerance: number,
  snap: Snap,
): Inference {
  const reach = distance(start, cursor);
  if (reach < tolerance) return snap;
  const touching = tangentFrom(view, start, cursor, tolerance);
  if (touching && snap.hints.every(({ kind }) => kind === 'point-on')) return touching;

  // Held by a point: a direction is only said where it is true there already.
  const held = snap.hints.length > 0 && !snap.sliding;
  const towards = held ? snap.position : cursor;
  const heading = unit(subtract(towards, start));
  const fits = ({ along }: Direction) => {
    const off = Math.abs(cross(along, heading));
    return held ? off * distance(start, towards) < 1e-6 : off * reach <= tolerance && off <= Math.sin(MEANT_RAD);
  };
  const meant = directionsOf(view, candidate).filter(fits);
  const direction = meant[0];
  if (!direction)
    return {
      position: snap.position,
      hints: [...snap.hints, ...equalLength(view, start, snap, tolerance)].slice(0, MOST_HINTS),
    };
  if (held) return { position: snap.position, hints: [...snap.hints, direction.hint] };

  const ray = unit(direction.along);
  const ahead = add(start, scale(ray, dot(subtract(cursor, start), ray)));
  if (snap.sliding) {
    const line: Curve = { kind: 'line', id: '', from: 0, to: 1, closed: false, a: start, b: ahead };
    const both = meetings(line, snap.sliding, 1e-9, true).find(({ at }) => distance(at, cursor) <= 2 * tolerance);
    if (both) return { position: both.at, hints: [...snap.hints, direction.hint] };
    return snap;
  }
  const free: Snap = { position: ahead, hints: [] };
  const equal = equalLength(view, start, free, tolerance);
  return { position: free.position, hints: [direction.hint, ...equal] };
}

/** In order of how readily they are meant. */
function directionsOf(view: SketchView, candidate: Candidate): Direction[] {
  const found: Direction[] = [
    { along: [1, 0], hint: hint('horizontal', undefined, 'horizontal') },
    { along: [0, 1], hint: hint('vertical', undefined, 'vertical') },
  ];
  const previous = candidate.previous === undefined ? undefined : view.byId.get(candidate.previous);
  if (previous && previous.kind !== 'point' && previous.kind !== 'line' && candidate.start) {
    const curve = curveOf(view, previous.id);
    const along = tangentAt(curve, nearest(curve, candidate.start).parameter);
    found.unshift({ along, hint: hint('tangent', previous.id, `tangent to ${nameWords(previous.id)}`) });
  }
  const lines = view.entities.filter(({ kind }) => kind === 'line').map(({ id }) => id);
  // The line that this one goes on from is meant first, then the latest.
  lines.reverse().sort((a, b) => Number(b === candidate.previous) - Number(a === candidate.previous));
  for (const id of lines) {
    const [a, b] = view.line(id);
    const along = unit(subtract(b, a));
    found.push({ along: leftOf(along), hint: hint('perpendicular', id, `square to ${nameWords(id)}`) });
    if (id !== candidate.previous) found.push({ along, hint: hint('parallel', id, `parallel to ${nameWords(id)}`) });
  }
  return found;
}

/** As long as a line that is there: the snap moves to that length where it is free to. */
function equalLength(view: SketchView, start: Position, snap: Snap, tolerance: number): InferredConstraint[] {
  const reach = distance(start, snap.position);
  for (const entity of [...view.entities].reverse()) {
    if (entity.kind !== 'line') continue;
    const [a, b] = view.line(entity.id);
    const other = distance(a, b);
    const free = snap.hints.length === 0;
    if (Math.abs(other - reach) > (free ? tolerance / 2 : 1e-9) || other === 0) continue;
    if (free) snap.position = add(start, scale(unit(subtract(snap.position, start)), other));
    return [hint('equal', entity.id, `as long as ${nameWords(entity.id)}`)];
  }
  return [];
}

/** A line from here that touches a circle or arc near the cursor. */
function tangentFrom(view: SketchView, start: Position, cursor: Position, tolerance: number): Inference | null {
  for (const entity of view.entities) {
    if (entity.kind !== 'circle' && entity.kind !== 'arc') continue;
    if (endsOfEntity(entity)?.some((id) => distance(view.point(id), start) < 1e-9)) continue;
    const { centre, radius } = view.round(entity.id);
    const away = distance(start, centre);
    if (away <= radius + 1e-9) continue;
    const open = Math.acos(radius / away);
    const towards = scale(unit(subtract(start, centre)), radius);
    for (const side of [open, -open]) {
      const at = add(centre, rotate(towards, side));
      if (distance(at, cursor) > tolerance) continue;
      const curve = curveOf(view, entity.id);
      if (nearest(curve, at).distance_mm > 1e-9) continue;
      const name = nameWords(entity.id);
      return {
        position: at,
        hints: [hint('point-on', entity.id, `on ${name}`), hint('tangent', entity.id, `tangent to ${name}`)],
      };
    }
  }
  return null;
}

/** A rim through a point that is there, against a curve that is there, or of a size that is there. */
function rimOf(view: SketchView, centre: Position, cursor: Position, tolerance: number, snap: Snap): Inference {
  if (snap.hints[0]?.kind === 'coincident' || snap.hints[0]?.kind === 'midpoint') return snap;
  const radius = distance(centre, cursor);
  const heading = radius > 0 ? unit(subtract(cursor, centre)) : ([1, 0] as const);
  const at = (size: number) => add(centre, scale(heading, size));
  for (const entity of view.entities) {
    const name = nameWords(entity.id);
    if (entity.kind === 'line') {
      const [a, b] = view.line(entity.id);
      const away = Math.abs(cross(unit(subtract(b, a)), subtract(centre, a)));
      const foot = nearest(curveOf(view, entity.id), centre);
      if (Math.abs(away - radius) <= tolerance && Math.abs(foot.distance_mm - away) < 1e-9 && away > 0)
        return { position: at(away), hints: [hint('tangent', entity.id, `tangent to ${name}`)] };
    }
    if (entity.kind !== 'circle' && entity.kind !== 'arc') continue;
    const other = view.round(entity.id);
    const apart = distance(other.centre, centre);
    if (apart > 1e-9)
      for (const size of [apart - other.radius, other.radius - apart, apart + other.radius])
        if (size > 0 && Math.abs(size - radius) <= tolerance)
          return { position: at(size), hints: [hint('tangent', entity.id, `tangent to ${name}`)] };
  }
  for (const entity of view.entities) {
    if (entity.kind !== 'circle' && entity.kind !== 'arc') continue;
    const size = view.round(entity.id).radius;
    if (Math.abs(size - radius) <= tolerance / 2)
      return { position: at(size), hints: [hint('equal', entity.id, `of the size of ${nameWords(entity.id)}`)] };
  }
  return { position: cursor, hints: [] };
}

/** A free point at the height of another one, or above or below one. */
function levelWith(view: SketchView, cursor: Position, tolerance: number): Inference | null {
  let [across, up]: (string | undefined)[] = [];
  let [x, y] = cursor;
  let [nearX, nearY] = [tolerance, tolerance];
  for (const entity of view.entities) {
    if (entity.kind !== 'point') continue;
    const [dx, dy] = [Math.abs(entity.x_mm - cursor[0]), Math.abs(entity.y_mm - cursor[1])];
    if (dy < nearY) [nearY, across, y] = [dy, entity.id, entity.y_mm];
    if (dx < nearX) [nearX, up, x] = [dx, entity.id, entity.x_mm];
  }
  const hints: InferredConstraint[] = [];
  if (across !== undefined) hints.push(hint('horizontal', across, `level with ${nameWords(across)}`));
  if (up !== undefined) hints.push(hint('vertical', up, `in line with ${nameWords(up)}`));
  return hints.length > 0 ? { position: [x, y], hints } : null;
}
