/** Dragging with live solving: one question to the solver at a time, always the newest place. */
import type { SolvableSketch } from '../../../main/sketch/index.ts';
import { beginDrag, dragTo, endDrag } from '../solving/client.ts';
import type { Point2 } from '../view/frame.ts';
import type { LiveGeometry } from '../view/geometry.ts';

export interface DragTarget {
  id: string;
  /** Where it was when the drag began. Circles: the place of the rim that was taken. */
  from: Point2;
}

/** What moves when this is dragged; empty for what stays. */
export function dragTargets(id: string, at: Point2, geometry: LiveGeometry): DragTarget[] {
  const point = geometry.points.get(id);
  if (point) return point.from ? [] : [{ id, from: [point.x, point.y] }];
  const curve = geometry.curve(id);
  if (!curve || curve.from) return [];
  const points = (list: readonly { id: string; x: number; y: number; from: boolean }[]) =>
    list
      .filter((one) => !one.from && one.id !== 'origin')
      .map((one): DragTarget => ({ id: one.id, from: [one.x, one.y] }));
  switch (curve.kind) {
    case 'line':
      return points([curve.start, curve.end]);
    case 'circle':
      return [{ id: curve.id, from: at }];
    case 'arc':
      return points([curve.centre, curve.start, curve.end]);
    case 'ellipse':
      return points([curve.centre, curve.major]);
    case 'spline':
      return points(curve.points);
  }
}

type Moved = (
  points: Map<string, readonly [number, number]>,
  radii: Map<string, number>,
  /** Until the answer was there. */
  milliseconds: number,
) => void;

export class Drag {
  readonly #targets: DragTarget[];
  readonly #start: Point2;
  readonly #moved: Moved;
  readonly #failed: (error: unknown) => void;
  #wanted: Point2 | null = null;
  #asking: Promise<void> | null = null;

  constructor(
    sketch: SolvableSketch,
    targets: DragTarget[],
    start: Point2,
    on: { moved: Moved; failed: (error: unknown) => void },
  ) {
    this.#targets = targets;
    this.#start = start;
    this.#moved = on.moved;
    this.#failed = on.failed;
    beginDrag(sketch);
  }

  to(at: Point2): void {
    this.#wanted = at;
    this.#asking ??= this.#run();
  }
  async #run(): Promise<void> {
    try {
      while (this.#wanted) {
        const [dx, dy] = [this.#wanted[0] - this.#start[0], this.#wanted[1] - this.#start[1]];
        this.#wanted = null;
        const asked = performance.now();
        const step = await dragTo(
          this.#targets.map(({ id, from }) => ({ id, to: [from[0] + dx, from[1] + dy] as [number, number] })),
        );
        this.#moved(new Map(step.points), new Map(step.radii_mm), performance.now() - asked);
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#asking = null;
    }
  }
  /** The entities where they are now. */
  async end() {
    while (this.#asking) await this.#asking;
    return endDrag();
  }
}
