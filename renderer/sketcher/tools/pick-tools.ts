/**
 * Tools that work on what is there. Each follows the pointer (`update`), takes picks (`commit`), and takes the last pick back
 * (`revert`). They answer with what is to be done and change nothing but themselves.
 */
import {
  chamferCorner,
  extend,
  filletCorner,
  mirrorEntities,
  type SketchEdit,
  split,
  trim,
} from '../../../main/sketch/index.ts';
import type { Sketch } from '../../../preload/contract/index.ts';
import type { MeasuredDimension } from '../constraints/smart-dimension.ts';
import type { Hit } from '../interaction/hit-test.ts';
import type { Point2 } from '../view/frame.ts';
import type { LiveGeometry } from '../view/geometry.ts';
import type { Field, Typed, TypedValues } from './shape-tool.ts';

export type PickOutcome =
  | { kind: 'continue' }
  | { kind: 'edit'; label: string; make: (sketch: Sketch) => SketchEdit; done?: boolean }
  | { kind: 'dimension'; measured: MeasuredDimension; label_mm: Point2 };
export const CONTINUE: PickOutcome = { kind: 'continue' };

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

export const isCurve = (hit: Hit | null): hit is Extract<Hit, { kind: 'curve' }> =>
  hit?.kind === 'curve' && hit.id !== 'x-axis' && hit.id !== 'y-axis';

/** What tools have in common. */
export abstract class Picking implements PickTool {
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
