/** One thing or two, then a place for the text. */
import { type Picked, pickedOf } from '../constraints/possible.ts';
import { type MeasuredDimension, smartDimension } from '../constraints/smart-dimension.ts';
import type { Hit } from '../interaction/hit-test.ts';
import type { Point2 } from '../view/frame.ts';
import { CONTINUE, Picking, type PickOutcome, type PickSituation } from './pick-tools.ts';

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
