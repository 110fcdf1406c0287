/**
 * A drawing tool as a state machine. `begin` takes the first place, `update` follows the pointer, `commit` takes the next
 * place and answers with what is to be put into the sketch once there is enough, `revert` takes the last place back. Typed
 * values hold the pointer until they are cleared. Pure: it changes nothing but itself.
 */
import type { Sketch } from '../../../preload/contract/index.ts';
import type { Point2 } from '../view/frame.ts';
import { type Addition, Draft, type TakeId } from './draft.ts';
import { type Place, placeAt } from './place.ts';

export interface Field {
  key: string;
  label: string;
  quantity: 'length' | 'angle' | 'count';
  /** As the pointer has it: mm, rad, or a number. */
  value: number;
}
/** What a person typed into a field. */
export interface Typed {
  text: string;
  value: number;
}
export type TypedValues = Readonly<Record<string, Typed>>;

export interface Shape {
  /** How many places it takes; without end (until `finish`) when absent. */
  count?: number;
  /** From how many places on `finish` makes something, for those without end. */
  least?: number;
  /** What to do next, by how many places there are. */
  prompts: string[];
  fields?(places: readonly Place[], at: Point2, sketch: Sketch): Field[];
  /** Where the pointer may be, with these values typed. */
  hold?(places: readonly Place[], at: Point2, typed: TypedValues): Point2;
  /** With fewer places than it needs: what can be shown so far. */
  build(draft: Draft, places: readonly Place[], typed: TypedValues): void;
  /** The places that the next one begins with: a chain of lines. */
  next?(places: readonly Place[], addition: Addition): Place[];
}

export type Outcome = { kind: 'continue' } | { kind: 'commit'; addition: Addition } | { kind: 'revert' };
const CONTINUE: Outcome = { kind: 'continue' };

export interface ToolSetting {
  sketch: Sketch;
  takeId: TakeId;
  construction: boolean;
}

/** Ids of a preview are its own: those of the sketch are not used up by looking. */
export const previewIds = (): TakeId => {
  let count = 0;
  return (kind) => `preview-${kind}${++count}`;
};

export class ShapeTool {
  readonly shape: Shape;
  #places: Place[] = [];
  #pointer: Place | null = null;
  #typed: Record<string, Typed> = {};

  constructor(shape: Shape) {
    this.shape = shape;
  }

  get places(): readonly Place[] {
    return this.#places;
  }
  get pointer(): Place | null {
    return this.#pointer;
  }
  get typed(): TypedValues {
    return this.#typed;
  }
  get busy(): boolean {
    return this.#places.length > 0;
  }
  prompt(): string {
    const { prompts } = this.shape;
    return prompts[Math.min(this.#places.length, prompts.length - 1)]!;
  }
  /** What may be typed now. */
  fields(sketch: Sketch): Field[] {
    if (!this.#pointer) return [];
    return this.shape.fields?.(this.#places, this.#pointer.at, sketch) ?? [];
  }

  begin(place: Place): void {
    this.#places = [place];
    this.#typed = this.#kept();
    this.update(place);
  }
  update(place: Place): void {
    this.#pointer = this.#held(place);
  }
  /** Null frees the value again. */
  type(key: string, typed: Typed | null): void {
    const { [key]: _before, ...rest } = this.#typed;
    this.#typed = typed ? { ...rest, [key]: typed } : rest;
    if (this.#pointer) this.#pointer = this.#held(this.#pointer);
  }

  commit(place: Place, setting: ToolSetting): Outcome {
    const held = this.#held(place);
    const last = this.#places.at(-1);
    // The same place twice would make something without a length.
    if (last && last.at[0] === held.at[0] && last.at[1] === held.at[1]) return CONTINUE;
    this.#places.push(held);
    this.#pointer = held;
    if (this.shape.count === undefined || this.#places.length < this.shape.count) {
      if (this.shape.count === undefined && this.#closes(held)) return this.finish(setting);
      if (this.shape.count !== undefined && this.shape.count > 2) this.#typed = this.#typedForStep(setting.sketch);
      return CONTINUE;
    }
    return this.#complete(setting);
  }
  /** Ends what has no end of its own. */
  finish(setting: ToolSetting): Outcome {
    if (this.shape.count !== undefined || this.#places.length < (this.shape.least ?? 1)) {
      this.reset();
      return { kind: 'revert' };
    }
    return this.#complete(setting);
  }
  /** One step back; answers false when there was nothing to take back. */
  revert(): boolean {
    if (this.#places.length === 0) return false;
    // A chain ends as a whole: its lines are in the sketch already.
    if (this.shape.next) this.#places = [];
    else this.#places.pop();
    this.#typed = this.#kept();
    return true;
  }
  reset(): void {
    this.#places = [];
    this.#typed = this.#kept();
  }

  preview(setting: ToolSetting): Addition {
    const draft = new Draft(setting.sketch, previewIds(), { construction: setting.construction, preview: true });
    const places = this.#pointer ? [...this.#places, this.#pointer] : this.#places;
    if (this.#places.length > 0) this.shape.build(draft, places, this.#typed);
    return draft;
  }

  #complete(setting: ToolSetting): Outcome {
    const draft = new Draft(setting.sketch, setting.takeId, { construction: setting.construction });
    const places = this.#places;
    this.shape.build(draft, places, this.#typed);
    this.#typed = this.#kept();
    this.#places = this.shape.next?.(places, draft) ?? [];
    return draft.entities.length === 0 ? { kind: 'revert' } : { kind: 'commit', addition: draft };
  }
  #closes({ at }: Place): boolean {
    const [first] = this.#places;
    return this.#places.length > 3 && first!.at[0] === at[0] && first!.at[1] === at[1];
  }
  #held(place: Place): Place {
    if (!this.shape.hold || Object.keys(this.#typed).length === 0) return place;
    const at = this.shape.hold(this.#places, place.at, this.#typed);
    if (Math.hypot(at[0] - place.at[0], at[1] - place.at[1]) < 1e-9) return place;
    // Typed values hold it somewhere else than what the pointer found.
    return { at };
  }
  /** Numbers such as a polygon's sides stay for the next one. */
  #kept(): Record<string, Typed> {
    const { sides } = this.#typed;
    return sides ? { sides } : {};
  }
  /** What was typed for earlier steps counts when it is built, though it holds the pointer no longer. */
  #typedForStep(_sketch: Sketch): Record<string, Typed> {
    return this.#typed;
  }
}

export const startsAt = (point: { x_mm: number; y_mm: number; id: string }): Place => ({
  ...placeAt(point.x_mm, point.y_mm),
  on: { kind: 'point', id: point.id },
});
