/**
 * Tools that work on what is there. Each follows the pointer (`update`), takes picks (`commit`), and takes the last pick back
 * (`revert`). They answer with what is to be done and change nothing but themselves.
 */
import {
  applySketchEdit,
  chainsOf,
  chamferCorner,
  extend,
  filletCorner,
  mirrorEntities,
  offsetChain,
  type SketchEdit,
  split,
  trim,
} from '../../../main/sketch/index.ts';
import type { Sketch } from '../../../preload/contract/index.ts';
import { type Picked, pickedOf } from '../constraints/possible.ts';
import { type MeasuredDimension, smartDimension } from '../constraints/smart-dimension.ts';
import type { Hit } from '../interaction/hit-test.ts';
import type { Point2 } from '../view/frame.ts';
import { LiveGeometry, nearestPoint } from '../view/geometry.ts';
import type { Field, Typed, TypedValues } from './shape-tool.ts';

export type PickOutcome =
  | { kind: 'continue' }
  | { kind: 'edit'; label: string; make: (sketch: Sketch) => SketchEdit; done?: boolean }
  | { kind: 'dimension'; measured: MeasuredDimension; label_mm: Point2 };
const CONTINUE: PickOutcome = { kind: 'continue' };

export interface PickSituation {
  sketch: Sketch;
  geometry: LiveGeometry;
  /** What was selected when the tool was taken. */
  selection: readonly string[];
}

export interface PickTool {
  prompt(situation: PickSituation): string;
  /** Which things light up under the pointer. */
  accepts(hit: Hit, situation: PickSituation): boolean;
  fields(): Field[];
  type(key: string, typed: Typed | null): void;
  readonly typed: TypedValues;
  update(hit: Hit | null, at: Point2, situation: PickSituation): void;
  commit(hit: Hit | null, at: Point2, situation: PickSituation): PickOutcome;
  /** Enter. */
  finish(situation: PickSituation): PickOutcome;
  revert(): boolean;
  /** What it is about to make. */
  preview(situation: PickSituation): LiveGeometry | null;
  readonly busy: boolean;
  /** Points are in the way of tools that want curves. */
  readonly wants: 'any' | 'curve';
}

const isCurve = (hit: Hit | null): hit is Extract<Hit, { kind: 'curve' }> =>
  hit?.kind === 'curve' && hit.id !== 'x-axis' && hit.id !== 'y-axis';

abstract class Picking implements PickTool {
  #typed: Record<string, Typed> = {};
  get typed(): TypedValues {
    return this.#typed;
  }
  get busy(): boolean {
    return false;
  }
  get wants(): 'any' | 'curve' {
    return 'any';
  }
  type(key: string, typed: Typed | null): void {
    const { [key]: _before, ...rest } = this.#typed;
    this.#typed = typed ? { ...rest, [key]: typed } : rest;
  }
  fields(): Field[] {
    return [];
  }
  update(_hit: Hit | null, _at: Point2, _situation: PickSituation): void {}
  finish(_situation: PickSituation): PickOutcome {
    return CONTINUE;
  }
  revert(): boolean {
    return false;
  }
  preview(_situation: PickSituation): LiveGeometry | null {
    return null;
  }
  abstract prompt(situation: PickSituation): string;
  abstract accepts(hit: Hit, situation: PickSituation): boolean;
  abstract commit(hit: Hit | null, at: Point2, situation: PickSituation): PickOutcome;
}

const CUTS = { trim, extend, split };
const CUT_WORDS = {
  trim: ['Trim', 'Pick the piece of a curve to take away'],
  extend: ['Extend', 'Pick a curve near the end that is to reach the next one'],
  split: ['Split', 'Pick the place of a curve to split it'],
} as const;

export class CutTool extends Picking {
  readonly #kind: keyof typeof CUTS;
  constructor(kind: keyof typeof CUTS) {
    super();
    this.#kind = kind;
  }
  override get wants() {
    return 'curve' as const;
  }
  prompt(): string {
    return CUT_WORDS[this.#kind][1];
  }
  accepts(hit: Hit): boolean {
    return isCurve(hit);
  }
  commit(hit: Hit | null, at: Point2): PickOutcome {
    if (!isCurve(hit)) return CONTINUE;
    const cut = CUTS[this.#kind];
    return { kind: 'edit', label: CUT_WORDS[this.#kind][0], make: (sketch) => cut(sketch, hit.id, at) };
  }
}

const DEFAULT_CORNER_mm = 2;

export class CornerTool extends Picking {
  readonly #kind: 'fillet' | 'chamfer';
  constructor(kind: 'fillet' | 'chamfer') {
    super();
    this.#kind = kind;
  }
  prompt(): string {
    return this.#kind === 'fillet' ? 'Type the radius, then pick corners' : 'Type the distance, then pick corners';
  }
  accepts(hit: Hit): boolean {
    return hit.kind === 'point' && hit.id !== 'origin';
  }
  override fields(): Field[] {
    const label = this.#kind === 'fillet' ? 'Radius' : 'Distance';
    return [{ key: 'size', label, quantity: 'length', value: this.typed['size']?.value ?? DEFAULT_CORNER_mm }];
  }
  commit(hit: Hit | null): PickOutcome {
    if (hit?.kind !== 'point') return CONTINUE;
    const { value, text } = this.typed['size'] ?? { value: DEFAULT_CORNER_mm, text: '' };
    const make = (sketch: Sketch): SketchEdit => {
      const edit = (this.#kind === 'fillet' ? filletCorner : chamferCorner)(sketch, hit.id, value);
      // What was typed stays as it was typed.
      if (text === '') return edit;
      const putConstraints = edit.putConstraints.map((one) =>
        (one.kind === 'radius' || one.kind === 'distance') && !sketch.constraints.some(({ id }) => id === one.id)
          ? { ...one, value: { length: text } }
          : one,
      );
      return { ...edit, putConstraints };
    };
    return { kind: 'edit', label: this.#kind === 'fillet' ? 'Round the corner' : 'Bevel the corner', make };
  }
}

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

export class MirrorTool extends Picking {
  override get wants() {
    return 'curve' as const;
  }
  prompt({ selection }: PickSituation): string {
    return selection.length > 0 ? 'Pick the line to mirror about' : 'Select what to mirror first, then take this tool';
  }
  accepts(hit: Hit, { geometry }: PickSituation): boolean {
    return hit.kind === 'curve' && (!isCurve(hit) || geometry.curve(hit.id)?.kind === 'line');
  }
  commit(hit: Hit | null, _at: Point2, situation: PickSituation): PickOutcome {
    if (!hit || !this.accepts(hit, situation) || situation.selection.length === 0) return CONTINUE;
    const there = new Set(situation.sketch.entities.map(({ id }) => id));
    const ids = situation.selection.filter((id) => id !== hit.id && there.has(id));
    return { kind: 'edit', label: 'Mirror', make: (sketch) => mirrorEntities(sketch, ids, hit.id), done: true };
  }
}

export class DimensionTool extends Picking {
  #picks: string[] = [];
  #at: Point2 = [0, 0];

  get picks(): readonly string[] {
    return this.#picks;
  }
  override get busy(): boolean {
    return this.#picks.length > 0;
  }
  prompt(): string {
    if (this.#picks.length === 0) return 'Pick a line, circle, arc, or the first of two things (an axis first)';
    return this.#picks.length === 1
      ? 'Click beside it to place its dimension, or pick a second thing'
      : 'Click to place the dimension';
  }
  accepts(hit: Hit, situation: PickSituation): boolean {
    if (hit.kind !== 'point' && hit.kind !== 'curve') return false;
    if (this.#picks.length === 0) return true;
    // The axes run all over the sheet: one is picked first, or a dimension could not be placed on it.
    if (hit.id === 'x-axis' || hit.id === 'y-axis') return false;
    return this.#picks.length === 1 && this.#measure([...this.#picks, hit.id], this.#at, situation) !== null;
  }
  #measure(ids: readonly string[], at: Point2, { sketch, geometry }: PickSituation): MeasuredDimension | null {
    return smartDimension(pickedOf(ids, sketch.entities) as Picked[], geometry, at);
  }
  override update(_hit: Hit | null, at: Point2): void {
    this.#at = at;
  }
  commit(hit: Hit | null, at: Point2, situation: PickSituation): PickOutcome {
    this.#at = at;
    if (hit && !this.#picks.includes(hit.id) && this.accepts(hit, situation)) {
      this.#picks.push(hit.id);
      return CONTINUE;
    }
    return this.#place(situation);
  }
  override finish(situation: PickSituation): PickOutcome {
    return this.#place(situation);
  }
  #place(situation: PickSituation): PickOutcome {
    const measured = this.#measure(this.#picks, this.#at, situation);
    if (!measured) return CONTINUE;
    this.#picks = [];
    return { kind: 'dimension', measured, label_mm: this.#at };
  }
  override revert(): boolean {
    return this.#picks.pop() !== undefined;
  }
  /** The dimension as it would be placed now. */
  measured(situation: PickSituation): { measured: MeasuredDimension; at: Point2 } | null {
    const measured = this.busy ? this.#measure(this.#picks, this.#at, situation) : null;
    return measured ? { measured, at: this.#at } : null;
  }
}
