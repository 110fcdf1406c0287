/**
 * Pointer and keys on the sketch. Left button and hovering belong to the tool in hand; the view is turned, moved and scaled
 * by the viewport beneath as always.
 */
import { useView } from '../../state/view.ts';
import { currentUnits } from '../../units/use-units.ts';
import type { Viewport } from '../../viewport/api.ts';
import { isFrame } from '../constraints/possible.ts';
import { add, change, note, putConstraint, tryEdit } from '../session/editing.ts';
import { selectIds, useSketcher } from '../session/state.ts';
import { type Dimension, evaluateSketch, isDimension } from '../solving/evaluate.ts';
import { DimensionTool } from '../tools/dimension-tool.ts';
import { type InHand, takeTool } from '../tools/in-hand.ts';
import { TOOLS } from '../tools/names.ts';
import type { PickOutcome, PickSituation } from '../tools/pick-tools.ts';
import type { Place } from '../tools/place.ts';
import type { Field, Outcome } from '../tools/shape-tool.ts';
import { valueText } from '../view/dimension-text.ts';
import type { Point2 } from '../view/frame.ts';
import { fromScreen, toScreen } from '../view/projection.ts';
import { Stage } from '../view/stage.ts';
import { Drag, dragTargets } from './dragging.ts';
import { entityAt, type Hit, hitAt, inBox } from './hit-test.ts';
import { previewOf, type Snapped, snapForTool } from './snap.ts';
import { readTyped } from './typed.ts';

const CLICK_SLACK = 4;

interface Press {
  pixel: Point2;
  at: Point2;
  hit: Hit | null;
  adding: boolean;
  moved: boolean;
  drag: Drag | null;
}

export class SketchController {
  readonly stage: Stage;
  readonly #canvas: HTMLCanvasElement;
  readonly #off = new AbortController();
  readonly #stops: (() => void)[];
  #hand: InHand = { kind: 'none' };
  #press: Press | null = null;
  #last: { pixel: Point2; ctrl: boolean } | null = null;
  #snapped: Snapped | null = null;
  /** What was selected when the tool was taken. */
  #selection: string[] = [];
  /** Each step of the last drag: until the solver answered, and to draw it; ms. */
  timings: { solve: number; draw: number }[] = [];
  #solved: number | null = null;
  /** Told of the values that follow the pointer, many times a second. */
  onFields: ((fields: readonly Field[], at: Point2) => void) | null = null;

  constructor(canvas: HTMLCanvasElement, viewport: Viewport) {
    this.#canvas = canvas;
    this.stage = new Stage(canvas, viewport);
    const { signal } = this.#off;
    const host = canvas.parentElement!;
    // Before the viewport's own listeners, which sit on the canvas.
    const listen = (type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'dblclick') =>
      host.addEventListener(
        type,
        (event) => {
          if (event.target === canvas) this.#pointer(event as PointerEvent);
        },
        { capture: true, signal },
      );
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'dblclick'] as const) listen(type);
    this.#stops = [
      useSketcher.subscribe((state, before) => {
        if (state.tool !== before.tool) this.#take();
        else if (state.sketch !== before.sketch) this.#follow();
      }),
    ];
    this.stage.onDrawn(() => {
      if (this.#solved === null) return;
      this.timings.push({ solve: this.#solved, draw: this.stage.paintMilliseconds });
      this.#solved = null;
    });
    this.#take();
  }

  dispose(): void {
    this.#off.abort();
    for (const stop of this.#stops) stop();
    this.stage.dispose();
  }

  get #setting() {
    const { sketch, session, construction } = useSketcher.getState();
    return { sketch, takeId: session!.takeId, construction };
  }
  get #situation(): PickSituation {
    return { sketch: useSketcher.getState().sketch, geometry: this.stage.geometry, selection: this.#selection };
  }

  #take(): void {
    const { tool, selection } = useSketcher.getState();
    this.#selection = [...selection];
    this.#hand = takeTool(tool);
    this.#press = null;
    this.stage.show({ hovered: null, preview: null, previewDimension: null, snap: null, guides: [], box: null });
    this.#follow();
  }

  /** Brings everything that depends on the pointer and the tool's state up to date. */
  #follow(): void {
    if (this.#last) this.#hover(this.#last.pixel, this.#last.ctrl);
    this.#tell();
  }
  #tell(): void {
    const hand = this.#hand;
    const { sketch } = useSketcher.getState();
    const prompt =
      hand.kind === 'shape'
        ? hand.tool.prompt()
        : hand.kind === 'pick'
          ? hand.tool.prompt(this.#situation)
          : hand.kind === 'project'
            ? 'Pick edges of the body; they are projected onto the sketch'
            : '';
    const fields = hand.kind === 'shape' ? hand.tool.fields(sketch) : hand.kind === 'pick' ? hand.tool.fields() : [];
    const state = useSketcher.getState();
    const sameFields =
      fields.length === state.fields.length && fields.every(({ key }, index) => key === state.fields[index]!.key);
    if (prompt !== state.prompt || !sameFields) useSketcher.setState({ prompt, fields });
    this.onFields?.(fields, this.#last?.pixel ?? [0, 0]);
  }

  #pointer(event: PointerEvent): void {
    const { type } = event;
    const pixel = this.#pixelOf(event);
    const ctrl = event.ctrlKey || event.metaKey;
    if (this.#hand.kind === 'project') {
      // The model's own picking takes the click.
      return;
    }
    if (type === 'pointerdown') {
      if (event.button !== 0 || event.altKey) return;
      claim(event);
      this.#canvas.setPointerCapture?.(event.pointerId);
      this.#down(pixel, event);
    } else if (type === 'pointermove') {
      // A button that turns the view is held.
      if (event.buttons !== 0 && !this.#press) return;
      event.stopPropagation();
      this.#last = { pixel, ctrl };
      if (this.#press) this.#moveWhilePressed(pixel, ctrl);
      else this.#hover(pixel, ctrl);
      this.#tell();
    } else if (type === 'dblclick') {
      claim(event);
      this.#double(pixel);
    } else if (this.#press) {
      event.stopPropagation();
      this.#up(pixel, ctrl, type === 'pointercancel');
    }
  }
  #pixelOf(event: MouseEvent): Point2 {
    const box = this.#canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  #at(pixel: Point2): Point2 | null {
    const { view } = this.stage;
    return view ? fromScreen(view, ...pixel) : null;
  }
  #hit(pixel: Point2): Hit | null {
    const { view, geometry, hits } = this.stage;
    if (!view) return null;
    if (this.#hand.kind === 'none') return hitAt(pixel, geometry, view, hits);
    return entityAt(pixel, geometry, view, this.#hand.kind === 'pick' ? this.#hand.tool.wants : 'any');
  }

  #hover(pixel: Point2, ctrl: boolean): void {
    const at = this.#at(pixel);
    if (!at) return;
    const hand = this.#hand;
    if (hand.kind === 'shape') {
      this.#snapped = this.#snap(at, ctrl);
      hand.tool.update(this.#snapped.place);
      const held = hand.tool.pointer?.at ?? this.#snapped.place.at;
      const { entities } = hand.tool.preview(this.#setting);
      const start = hand.tool.places.at(-1);
      const heading = hand.tool.pointer?.heading;
      const level = this.#snapped.level ? this.stage.geometry.point(this.#snapped.level) : undefined;
      const guides: [Point2, Point2][] = heading && start ? [[start.at, held]] : [];
      if (level) guides.push([[level.x, level.y], held]);
      this.stage.show({
        hovered: null,
        preview: entities.length > 0 ? previewOf(entities, useSketcher.getState().sketch.entities) : null,
        snap: { at: held, words: this.#snapped.words },
        guides,
      });
      return;
    }
    const hit = this.#hit(pixel);
    if (hand.kind === 'pick') {
      hand.tool.update(hit, at, this.#situation);
      const lit = hit && hand.tool.accepts(hit, this.#situation) ? hit.id : null;
      const measured = hand.tool instanceof DimensionTool ? hand.tool.measured(this.#situation) : null;
      this.stage.show({
        hovered: lit,
        preview: hand.tool.preview(this.#situation),
        previewDimension: measured
          ? {
              value: measured.measured.value,
              dimension: { ...measured.measured.constraint, id: 'preview', label_mm: [...measured.at] } as Dimension,
            }
          : null,
        snap: null,
        guides: [],
      });
      this.#canvas.style.cursor = lit ? 'pointer' : 'crosshair';
      return;
    }
    this.stage.show({ hovered: hit?.id ?? null, snap: null, guides: [], preview: null, previewDimension: null });
    this.#canvas.style.cursor = hit && !isFrame(hit.id) ? 'pointer' : '';
  }
  #snap(at: Point2, off: boolean): Snapped {
    const { view } = this.stage;
    const hand = this.#hand;
    if (!view || hand.kind !== 'shape') return { place: { at }, words: null, level: null };
    const { entities } = useSketcher.getState().sketch;
    return snapForTool(at, hand.name, hand.tool.places, entities, view.scale, off);
  }

  #down(pixel: Point2, event: PointerEvent): void {
    const at = this.#at(pixel);
    if (!at) return;
    const ctrl = event.ctrlKey || event.metaKey;
    this.#last = { pixel, ctrl };
    const hand = this.#hand;
    if (useSketcher.getState().note) useSketcher.setState({ note: null });
    if (hand.kind === 'shape') {
      this.#hover(pixel, ctrl);
      this.#commitShape(this.#snapped?.place ?? { at });
      this.#press = { pixel, at, hit: null, adding: false, moved: false, drag: null };
      return;
    }
    this.#canvas.focus({ preventScroll: true });
    const hit = this.#hit(pixel);
    this.#press = { pixel, at, hit, adding: ctrl || event.shiftKey, moved: false, drag: null };
  }

  #moveWhilePressed(pixel: Point2, ctrl: boolean): void {
    const press = this.#press!;
    const at = this.#at(pixel);
    if (!at) return;
    if (!press.moved) {
      if (Math.hypot(pixel[0] - press.pixel[0], pixel[1] - press.pixel[1]) <= CLICK_SLACK) return;
      press.moved = true;
      if (this.#hand.kind === 'none') this.#beginDrag(press);
    }
    if (this.#hand.kind !== 'none') this.#hover(pixel, ctrl);
    else if (press.drag) press.drag.to(at);
    else if (press.hit?.kind === 'dimension') this.stage.show({ label: { id: press.hit.id, at } });
    else if (!press.hit || isFrame(press.hit.id))
      this.stage.show({ box: { x0: press.pixel[0], y0: press.pixel[1], x1: pixel[0], y1: pixel[1] } });
  }

  #beginDrag(press: Press): void {
    const { hit } = press;
    if (!hit || hit.kind === 'dimension' || hit.kind === 'constraint') return;
    const targets = dragTargets(hit.id, press.at, this.stage.geometry);
    if (targets.length === 0) return;
    const { sketch, session } = useSketcher.getState();
    this.stage.setMoving(true);
    this.timings = [];
    press.drag = new Drag(evaluateSketch(sketch, session!.variables).sketch, targets, press.at, {
      moved: (points, radii, milliseconds) => {
        this.stage.geometry.move(points, radii);
        this.stage.request();
        this.#solved = milliseconds;
      },
      failed: note,
    });
    this.#canvas.style.cursor = 'grabbing';
  }

  #up(pixel: Point2, ctrl: boolean, cancelled: boolean): void {
    const press = this.#press!;
    this.#press = null;
    const hand = this.#hand;
    const at = this.#at(pixel) ?? press.at;
    if (hand.kind === 'shape') {
      // Pressed, dragged and let go draws as well as two clicks do.
      if (press.moved && !cancelled && hand.tool.busy) this.#commitShape(this.#snap(at, ctrl).place);
      return;
    }
    if (press.drag) void this.#endDrag(press.drag);
    else if (press.moved && hand.kind === 'none') this.#endMove(press, pixel, at, cancelled);
    else if (cancelled) return;
    else if (hand.kind === 'pick') {
      this.#takeOutcome(hand.tool.commit(this.#hit(press.pixel), press.at, this.#situation));
      this.#follow();
    } else this.#click(press);
  }
  #endMove(press: Press, pixel: Point2, at: Point2, cancelled: boolean): void {
    const { box } = this.stage.overlay;
    this.stage.show({ box: null, label: null });
    if (cancelled) return;
    if (press.hit?.kind === 'dimension') {
      const dimension = this.#dimension(press.hit.id);
      if (dimension) putConstraint('Move dimension', { ...dimension, label_mm: labelAt(at) });
      return;
    }
    if (!box || !this.stage.view) return;
    const ids = inBox({ ...box, x1: pixel[0], y1: pixel[1] }, this.stage.geometry, this.stage.view, this.stage.hits);
    selectIds(press.adding ? [...useSketcher.getState().selection, ...ids] : ids);
  }
  async #endDrag(drag: Drag): Promise<void> {
    const { sketch } = useSketcher.getState();
    try {
      const entities = await drag.end();
      this.stage.setMoving(false);
      if (entities.length === sketch.entities.length) change('Move', { ...sketch, entities });
    } catch (error) {
      this.stage.setMoving(false);
      note(error);
    }
    this.#canvas.style.cursor = '';
  }
  #click({ hit, adding }: Press): void {
    const { selection } = useSketcher.getState();
    const next = new Set(adding ? selection : []);
    if (hit && !next.delete(hit.id)) next.add(hit.id);
    selectIds(next);
  }
  #double(pixel: Point2): void {
    const hand = this.#hand;
    if (hand.kind === 'shape') {
      this.finish();
      return;
    }
    const hit = this.#hit(pixel);
    if (hit?.kind === 'dimension') useSketcher.setState({ editing: hit.id });
  }
  #dimension(id: string): Dimension | undefined {
    return useSketcher
      .getState()
      .sketch.constraints.filter(isDimension)
      .find((one) => one.id === id);
  }

  #commitShape(place: Place): void {
    const hand = this.#hand;
    if (hand.kind !== 'shape') return;
    if (hand.tool.busy || hand.tool.shape.count === 1) this.#takeShape(hand.tool.commit(place, this.#setting));
    else {
      hand.tool.begin(place);
      this.#follow();
    }
  }
  #takeShape(outcome: Outcome): void {
    const hand = this.#hand;
    if (hand.kind === 'shape' && outcome.kind === 'commit') add(TOOLS[hand.name].title, outcome.addition);
    this.#follow();
  }
  #takeOutcome(outcome: PickOutcome): void {
    if (outcome.kind === 'edit') {
      const done = tryEdit(outcome.label, outcome.make);
      if (done && outcome.done) useSketcher.setState({ tool: 'select' });
    } else if (outcome.kind === 'dimension') {
      const { session } = useSketcher.getState();
      const { constraint, value } = outcome.measured;
      const text = valueText(value, constraint.kind === 'angle', currentUnits());
      const id = session!.takeId('c');
      const label_mm = labelAt(outcome.label_mm);
      const valued = constraint.kind === 'angle' ? { value: { angle: text } } : { value: { length: text } };
      putConstraint('Dimension', { ...constraint, ...valued, id, label_mm } as Dimension);
      useSketcher.setState({ editing: id });
    }
  }

  // Keys, through the commands

  /** Enter: ends what has no end of its own, or takes the place where the pointer is. */
  finish(): void {
    const hand = this.#hand;
    if (hand.kind === 'pick') {
      this.#takeOutcome(hand.tool.finish(this.#situation));
      this.#follow();
    } else if (hand.kind === 'shape') {
      if (hand.tool.shape.count === undefined) this.#takeShape(hand.tool.finish(this.#setting));
      else if (hand.tool.shape.next && Object.keys(hand.tool.typed).length === 0) {
        hand.tool.revert();
        this.#follow();
      } else this.commitTyped();
    }
  }
  /** Enter in a field: the place that the typed values and the pointer make. */
  commitTyped(): void {
    const hand = this.#hand;
    if (hand.kind === 'shape' && hand.tool.pointer && hand.tool.busy) this.#commitShape(hand.tool.pointer);
    else if (hand.kind === 'pick' && this.#last) {
      const at = this.#at(this.#last.pixel);
      if (at) this.#takeOutcome(hand.tool.commit(this.#hit(this.#last.pixel), at, this.#situation));
      this.#follow();
    }
  }
  /** Escape: one step back, then the tool away, then the selection. Answers false when there was nothing left. */
  escape(): boolean {
    const state = useSketcher.getState();
    if (state.editing) {
      useSketcher.setState({ editing: null });
      return true;
    }
    const hand = this.#hand;
    if ((hand.kind === 'shape' || hand.kind === 'pick') && hand.tool.revert()) {
      this.#follow();
      return true;
    }
    if (state.tool !== 'select') {
      useSketcher.setState({ tool: 'select' });
      useView.setState({ tool: { kind: 'select' } });
      return true;
    }
    if (state.selection.size === 0) return false;
    selectIds([]);
    return true;
  }

  /** What was typed into a field: answers why it cannot be read, or null. */
  type(field: Field, text: string): string | null {
    const hand = this.#hand;
    if (hand.kind !== 'shape' && hand.kind !== 'pick') return null;
    const typed = readTyped(field, text, useSketcher.getState().session!.variables);
    if (typeof typed === 'string') return typed;
    hand.tool.type(field.key, typed);
    if (this.#last) this.#hover(this.#last.pixel, this.#last.ctrl);
    this.#tell();
    return null;
  }
  /** Something has been begun that the fields belong to. */
  get busy(): boolean {
    const hand = this.#hand;
    return (hand.kind === 'shape' || hand.kind === 'pick') && hand.tool.busy;
  }
  typedText(key: string): string | undefined {
    const hand = this.#hand;
    return hand.kind === 'shape' || hand.kind === 'pick' ? hand.tool.typed[key]?.text : undefined;
  }
  /** Where a dimension's text is, CSS pixels of the viewport. */
  labelPlace(id: string): Point2 | null {
    const label = this.stage.hits.labels.find((one) => one.id === id);
    return label ? [label.x, label.y] : null;
  }
  /** For tests: where a place of the sketch is in the window. */
  clientPlace(u: number, v: number): Point2 | null {
    const { view } = this.stage;
    if (!view) return null;
    const [x, y] = toScreen(view, u, v);
    const box = this.#canvas.getBoundingClientRect();
    return [x + box.left, y + box.top];
  }
}

/** A text needs no more than a thousandth of a millimetre. */
const labelAt = ([x, y]: Point2): [number, number] => [Math.round(x * 1e3) / 1e3, Math.round(y * 1e3) / 1e3];

function claim(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
