/** A chain of curves at a distance, to the side of the pointer. */
import { applySketchEdit, chainsOf, offsetChain, type SketchEdit } from '../../../main/sketch/index.ts';
import type { Sketch } from '../../../preload/contract/index.ts';
import type { Hit } from '../interaction/hit-test.ts';
import type { Point2 } from '../view/frame.ts';
import { LiveGeometry, nearestPoint } from '../view/geometry.ts';
import { CONTINUE, isCurve, Picking, type PickOutcome, type PickSituation } from './pick-tools.ts';
import type { Field } from './shape-tool.ts';

export class OffsetTool extends Picking {
  #chain: string[] = [];
  #at: Point2 = [0, 0];

  override get busy(): boolean {
    return this.#chain.length > 0;
  }
  override get wants() {
    return 'curve' as const;
  }
  prompt(): string {
    return this.busy ? 'Move to a side, type the distance, click' : 'Pick a curve of the outline to offset';
  }
  accepts(hit: Hit): boolean {
    return !this.busy && isCurve(hit);
  }
  override fields(): Field[] {
    if (!this.busy) return [];
    return [{ key: 'distance', label: 'Distance', quantity: 'length', value: this.#reach ?? 0 }];
  }
  #reach: number | null = null;

  override update(_hit: Hit | null, at: Point2, { geometry }: PickSituation): void {
    this.#at = at;
    const far = this.#chain.map((id) => {
      const curve = geometry.curve(id);
      if (!curve) return Number.POSITIVE_INFINITY;
      const near = nearestPoint(curve, at);
      return Math.hypot(near[0] - at[0], near[1] - at[1]);
    });
    this.#reach = far.length > 0 ? Math.min(...far) : null;
  }
  commit(hit: Hit | null, at: Point2, situation: PickSituation): PickOutcome {
    if (!this.busy) {
      if (isCurve(hit)) this.#chain = chainWith(hit.id, situation);
      this.update(hit, at, situation);
      return CONTINUE;
    }
    this.update(hit, at, situation);
    const make = this.#make();
    this.revert();
    return { kind: 'edit', label: 'Offset', make };
  }
  #make(): (sketch: Sketch) => SketchEdit {
    const typed = this.typed['distance'];
    const distance = typed?.value ?? this.#reach ?? 0;
    const [chain, at] = [this.#chain, this.#at];
    return (sketch) => {
      const edit = offsetTowards(sketch, chain, distance, at);
      if (!typed) return edit;
      const putConstraints = edit.putConstraints.map((one) =>
        one.kind === 'distance' && Math.abs(Number.parseFloat(one.value.length) - distance) < 1e-6
          ? { ...one, value: { length: typed.text } }
          : one,
      );
      return { ...edit, putConstraints };
    };
  }
  override revert(): boolean {
    const was = this.busy;
    this.#chain = [];
    this.#reach = null;
    this.type('distance', null);
    return was;
  }
  override preview({ sketch }: PickSituation): LiveGeometry | null {
    if (!this.busy || !(this.typed['distance'] || (this.#reach ?? 0) > 1e-6)) return null;
    try {
      const edit = this.#make()(sketch);
      return onlyNew(sketch, edit);
    } catch {
      // Nothing can be shown for this place; a click there says why.
      return null;
    }
  }
}

function onlyNew(sketch: Sketch, edit: SketchEdit): LiveGeometry {
  const before = new Set(sketch.entities.map(({ id }) => id));
  const { entities } = applySketchEdit(sketch, edit);
  const all = new LiveGeometry(entities);
  const fresh = new LiveGeometry([]);
  for (const curve of all.curves) if (!before.has(curve.id)) fresh.curves.push(curve);
  return fresh;
}
function distanceOf(sketch: Sketch, edit: SketchEdit, at: Point2): number {
  const { curves } = onlyNew(sketch, edit);
  const far = curves.map((curve) => {
    const near = nearestPoint(curve, at);
    return Math.hypot(near[0] - at[0], near[1] - at[1]);
  });
  return far.length > 0 ? Math.min(...far) : Number.POSITIVE_INFINITY;
}
/** How far a side is tried out with: near enough that nothing collapses on the way. */
const TRIAL = 1e-4;

/** To the side that the pointer is nearer to. Throws what that side is refused for. */
function offsetTowards(sketch: Sketch, chain: readonly string[], distance: number, at: Point2): SketchEdit {
  const sides = ([1, -1] as const).map((side) => {
    const trial = offsetChain(sketch, chain, side * TRIAL * distance, { constrain: false });
    return { side, far: distanceOf(sketch, trial, at) };
  });
  const [nearer] = sides.sort((a, b) => a.far - b.far);
  return offsetChain(sketch, chain, nearer!.side * distance, { constrain: true });
}
/** The selected curves if this one is among them, else all that hang together with it. */
function chainWith(id: string, { sketch, selection }: PickSituation): string[] {
  const curves = new Set(sketch.entities.filter(({ kind }) => kind !== 'point').map((entity) => entity.id));
  if (selection.includes(id)) return selection.filter((one) => curves.has(one));
  const construction = sketch.entities.find((entity) => entity.id === id)?.construction;
  if (construction) return [id];
  const chain = chainsOf(sketch.entities).find(({ pieces }) => pieces.some((piece) => piece.id === id));
  return chain ? [...new Set(chain.pieces.map((piece) => piece.id))] : [id];
}
