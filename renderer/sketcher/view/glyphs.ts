/** The marks of constraints beside what they hold: drawn together, one colour after another. */
import type { SketchConstraint } from '../../../preload/contract/index.ts';
import { ICON_PATHS } from '../../ui/icons.tsx';
import { idsOf } from '../constraints/possible.ts';
import { CONSTRAINTS } from '../constraints/words.ts';
import type { Point2 } from './frame.ts';
import { type LiveGeometry, middleOf } from './geometry.ts';
import { type Projection, toScreen } from './projection.ts';

export const GLYPH = 15;
/** Between the curve and its first mark. */
const AWAY = 13;
/** Marks on a curve shorter than this on the screen would hide it. */
const SHORTEST = 26;

export interface PlacedGlyph {
  id: string;
  kind: SketchConstraint['kind'];
  x: number;
  y: number;
}

/** What each constraint of a sketch is marked on; made once for a sketch, placed for every picture. */
export class GlyphPlan {
  readonly #marks: { id: string; kind: SketchConstraint['kind']; on: string; slot: number; again: boolean }[] = [];

  constructor(constraints: readonly SketchConstraint[]) {
    const slots = new Map<string, number>();
    const kinds = new Set<string>();
    for (const constraint of constraints) {
      if ('value' in constraint) continue;
      for (const on of anchorsOf(constraint)) {
        const slot = slots.get(on) ?? 0;
        // A line that is equal to many others says so once.
        const again = kinds.has(`${on} ${constraint.kind}`);
        kinds.add(`${on} ${constraint.kind}`);
        if (!again) slots.set(on, slot + 1);
        this.#marks.push({ id: constraint.id, kind: constraint.kind, on, slot, again });
      }
    }
  }

  /** `always` are marked however small what they hold is. */
  place(geometry: LiveGeometry, view: Projection, always: (id: string) => boolean): PlacedGlyph[] {
    const placed: PlacedGlyph[] = [];
    const taken = new Set<number>();
    for (const { id, kind, on, slot, again } of this.#marks) {
      const needed = always(id);
      if (again && !needed) continue;
      const at = anchorAt(on, geometry, view, needed);
      if (!at) continue;
      const [ax, ay, dx, dy] = at;
      const x = ax + dx * slot * (GLYPH + 2);
      const y = ay + dy * slot * (GLYPH + 2);
      // Where marks would cover each other, the first stands for them.
      const cell = Math.round(x / GLYPH) * 100_003 + Math.round(y / GLYPH);
      if (taken.has(cell) && !needed) continue;
      taken.add(cell);
      placed.push({ id, kind, x, y });
    }
    return placed;
  }
}

function anchorsOf(constraint: SketchConstraint): string[] {
  switch (constraint.kind) {
    case 'coincident':
      return [constraint.a === 'origin' ? constraint.b : constraint.a];
    case 'point-on':
    case 'midpoint':
    case 'fixed':
      return [constraint.point];
    case 'symmetric':
      return [constraint.a, constraint.b];
    case 'horizontal':
    case 'vertical':
      // Of two points the one that was aligned with the other.
      return [constraint.b ?? constraint.a];
    default:
      return idsOf(constraint).filter((id) => id !== 'x-axis' && id !== 'y-axis');
  }
}

/** The first mark's middle, and the direction in which further ones follow. */
function anchorAt(
  id: string,
  geometry: LiveGeometry,
  view: Projection,
  always: boolean,
): [number, number, number, number] | null {
  const point = geometry.point(id);
  if (point) {
    const [x, y] = toScreen(view, point.x, point.y);
    return [x + AWAY, y - AWAY, 1, 0];
  }
  const curve = geometry.curve(id);
  if (!curve) return null;
  if (!always && curve.kind === 'line') {
    const length = Math.hypot(curve.end.x - curve.start.x, curve.end.y - curve.start.y) * view.scale;
    if (length < SHORTEST) return null;
  }
  if (!always && curve.kind === 'circle' && curve.radius * view.scale < SHORTEST / 2) return null;
  const { at, across } = middleOf(curve);
  const [x, y] = toScreen(view, ...at);
  // Always to the upper side, so that marks of neighbours keep apart from dimensions below.
  let [nx, ny]: Point2 = [view.a * across[0] + view.c * across[1], view.b * across[0] + view.d * across[1]];
  const length = Math.hypot(nx, ny) || 1;
  [nx, ny] = [nx / length, ny / length];
  if (curve.kind === 'line' && (ny > 0.01 || (Math.abs(ny) <= 0.01 && nx < 0))) [nx, ny] = [-nx, -ny];
  return [x + nx * AWAY, y + ny * AWAY, Math.abs(ny), ny === 0 ? 1 : -nx * Math.sign(ny)];
}

const paths = new Map<SketchConstraint['kind'], Path2D>();
function pathOf(kind: SketchConstraint['kind']): Path2D {
  let path = paths.get(kind);
  if (!path) {
    path = new Path2D(ICON_PATHS[CONSTRAINTS[kind].icon]);
    paths.set(kind, path);
  }
  return path;
}

/** All marks of one colour at once: their plates are one path, their strokes another. Copying a picture for each is dearer. */
export function drawGlyphs(
  context: CanvasRenderingContext2D,
  glyphs: readonly PlacedGlyph[],
  colour: string,
  plate: string,
): void {
  const scale = GLYPH / 16;
  const strokes = new Path2D();
  context.fillStyle = plate;
  context.beginPath();
  for (const { kind, x, y } of glyphs) {
    const [left, top] = [Math.round(x - GLYPH / 2), Math.round(y - GLYPH / 2)];
    context.rect(left, top, GLYPH, GLYPH);
    strokes.addPath(pathOf(kind), { a: scale, b: 0, c: 0, d: scale, e: left, f: top });
  }
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.stroke(strokes);
}
