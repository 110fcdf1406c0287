/**
 * The sketch's own canvas over the model, kept as the stores and the tool in hand say. Draws at most once a frame, and only
 * when something changed; React has no part in it.
 */

import { SKETCH_FRAME_IDS } from '../../../preload/contract/index.ts';
import { resolvedTheme, useSettings } from '../../state/settings.ts';
import { useCameraMoves } from '../../state/viewports.ts';
import { currentUnits } from '../../units/use-units.ts';
import type { Viewport } from '../../viewport/api.ts';
import { idsOf } from '../constraints/possible.ts';
import { useSketcher } from '../session/state.ts';
import { outlinesIn } from '../solving/client.ts';
import { type Dimension, isDimension } from '../solving/evaluate.ts';
import { dimensionText } from './dimension-text.ts';
import type { Point2 } from './frame.ts';
import { LiveGeometry } from './geometry.ts';
import { GlyphPlan } from './glyphs.ts';
import { paint, paintSheet } from './painter.ts';
import type { DimensionText, Hits, Picture } from './picture.ts';
import { type Projection, projectionOf } from './projection.ts';

/** What the pointer and the tool in hand add to the picture. */
export type Overlay = Pick<Picture, 'hovered' | 'preview' | 'snap' | 'guides' | 'box'> & {
  previewDimension: { dimension: Dimension; value: number } | null;
  /** A dimension's text while it is dragged. */
  label: { id: string; at: Point2 } | null;
};
const EMPTY_OVERLAY: Overlay = {
  hovered: null,
  preview: null,
  previewDimension: null,
  snap: null,
  guides: [],
  box: null,
  label: null,
};
/** Beyond this the regions of a sketch are not looked for while one edits it. */
const MOST_SHADED = 3000;

export class Stage {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  /** Beneath it, drawn anew only when the view has changed. */
  readonly #sheet: HTMLCanvasElement;
  readonly #sheetContext: CanvasRenderingContext2D;
  #sheetKey = '';
  readonly #viewport: Viewport;
  readonly #host: HTMLElement;
  readonly #stops: (() => void)[];
  readonly #drawn = new Set<() => void>();
  #overlay: Overlay = EMPTY_OVERLAY;
  #geometry = new LiveGeometry([]);
  #glyphs: GlyphPlan | null = null;
  #dimensions: DimensionText[] = [];
  #outlines: { regions: Point2[][][]; openEnds: Point2[] } = { regions: [], openEnds: [] };
  #view: Projection | null = null;
  #hits: Hits = { glyphs: [], labels: [] };
  #frame = 0;
  #moving = false;
  #outlined = 0;
  /** Milliseconds that the last picture took, without waiting for the screen. */
  paintMilliseconds = 0;

  constructor(model: HTMLCanvasElement, viewport: Viewport) {
    this.#viewport = viewport;
    this.#host = model;
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'sketch-canvas';
    this.canvas.dataset['testid'] = 'sketch-canvas';
    this.canvas.setAttribute('aria-hidden', 'true');
    // Beneath the view cube and the labels of the model, which lie after it.
    model.after(this.canvas);
    this.#context = this.canvas.getContext('2d')!;
    this.#sheet = document.createElement('canvas');
    this.#sheet.className = 'sketch-canvas';
    this.#sheet.setAttribute('aria-hidden', 'true');
    model.after(this.#sheet);
    this.#sheetContext = this.#sheet.getContext('2d')!;
    const resize = new ResizeObserver(() => this.#looked());
    resize.observe(model);
    this.#stops = [
      () => resize.disconnect(),
      useCameraMoves.subscribe(() => this.#looked()),
      useSketcher.subscribe((state, before) => {
        if (state.sketch !== before.sketch) this.#take();
        else if (state.values !== before.values || state.errors !== before.errors) this.#measure();
        this.request();
      }),
      useSettings.subscribe(() => this.request()),
    ];
    this.#take();
    this.#looked();
  }

  get geometry(): LiveGeometry {
    return this.#geometry;
  }
  get view(): Projection | null {
    return this.#view;
  }
  get hits(): Hits {
    return this.#hits;
  }
  get overlay(): Overlay {
    return this.#overlay;
  }
  /** Told after each picture: for what is placed beside things in it. */
  onDrawn(listener: () => void): () => void {
    this.#drawn.add(listener);
    return () => this.#drawn.delete(listener);
  }

  show(overlay: Partial<Overlay>): void {
    this.#overlay = { ...this.#overlay, ...overlay };
    this.request();
  }
  /** While something moves, what is dear to find is left as it was. */
  setMoving(moving: boolean): void {
    this.#moving = moving;
    if (moving) this.#outlines = { regions: [], openEnds: [] };
  }
  request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.draw());
  }

  #take(): void {
    const { sketch } = useSketcher.getState();
    this.#geometry = new LiveGeometry(sketch.entities);
    this.#glyphs = new GlyphPlan(sketch.constraints);
    this.#measure();
    if (!this.#moving) void this.#outline();
  }
  #measure(): void {
    const { sketch, values } = useSketcher.getState();
    const units = currentUnits();
    this.#dimensions = sketch.constraints.filter(isDimension).map((dimension) => ({
      dimension,
      text: dimensionText(dimension, values[dimension.id], units),
    }));
  }
  async #outline(): Promise<void> {
    const { sketch } = useSketcher.getState();
    const mine = ++this.#outlined;
    if (sketch.entities.length === 0 || sketch.entities.length > MOST_SHADED) {
      this.#outlines = { regions: [], openEnds: [] };
      return;
    }
    try {
      const { regions, openEnds } = await outlinesIn(sketch.entities);
      if (mine !== this.#outlined || this.#moving) return;
      this.#outlines = { regions: regions as Point2[][][], openEnds: openEnds as Point2[] };
      this.request();
    } catch {
      // A sketch whose regions cannot be found is drawn without shading; the profile that needs them says why.
      this.#outlines = { regions: [], openEnds: [] };
    }
  }

  #looked(): void {
    const { session } = useSketcher.getState();
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (!session || width === 0 || height === 0) return;
    this.#view = projectionOf(session.frame, this.#viewport.liveCamera(), { width, height });
    this.request();
  }

  draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const view = this.#view;
    if (!view) return;
    const start = performance.now();
    const { clientWidth: width, clientHeight: height } = this.#host;
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    for (const canvas of [this.canvas, this.#sheet]) {
      if (canvas.width === w && canvas.height === h) continue;
      canvas.width = w;
      canvas.height = h;
      this.#sheetKey = '';
    }
    const picture = this.#picture(width, height, ratio, view);
    const lit = SKETCH_FRAME_IDS.filter((id) => picture.selection.has(id) || picture.hovered === id);
    const key = JSON.stringify([view, picture.theme, lit, picture.hovered !== null && lit.length > 0]);
    if (key !== this.#sheetKey) {
      this.#sheetKey = key;
      paintSheet(this.#sheetContext, picture);
    }
    this.#hits = paint(this.#context, picture);
    this.paintMilliseconds = performance.now() - start;
    for (const listener of this.#drawn) listener();
  }

  #picture(width: number, height: number, ratio: number, view: Projection): Picture {
    const { sketch, diagnosis, selection, pointedAt, editing, errors, marks } = useSketcher.getState();
    const about = (ids: ReadonlySet<string> | undefined): Set<string> => {
      const entities = new Set<string>();
      if (ids && ids.size > 0)
        for (const constraint of sketch.constraints)
          if (ids.has(constraint.id)) for (const id of idsOf(constraint)) entities.add(id);
      return entities;
    };
    const { label, previewDimension, ...overlay } = this.#overlay;
    const dimensions = label
      ? this.#dimensions.map((one) =>
          one.dimension.id === label.id
            ? { ...one, dimension: { ...one.dimension, label_mm: [label.at[0], label.at[1]] as [number, number] } }
            : one,
        )
      : this.#dimensions;
    return {
      ...overlay,
      ...this.#outlines,
      // While something is drawn its end is open of course.
      ...(overlay.preview ? { openEnds: [] } : {}),
      hovered: pointedAt ?? overlay.hovered,
      previewDimension: previewDimension
        ? {
            dimension: previewDimension.dimension,
            text: dimensionText(previewDimension.dimension, previewDimension.value, currentUnits()),
          }
        : null,
      width,
      height,
      ratio,
      theme: resolvedTheme(useSettings.getState().theme),
      view,
      geometry: this.#geometry,
      constraints: sketch.constraints,
      dimensions,
      glyphs: marks ? this.#glyphs : null,
      diagnosis,
      conflicted: about(diagnosis?.conflicting),
      redundant: about(diagnosis?.redundant),
      broken: new Set(Object.keys(errors)),
      selection,
      editing,
    };
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
    this.canvas.remove();
    this.#sheet.remove();
  }
}
