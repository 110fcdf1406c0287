/**
 * What is drawn: bodies of parts, each once on the graphics card, at all the places where instances put them. The window's
 * state comes in as plain lists; what didn't change keeps its buffers.
 */

import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { BodyView, Colour, Transform, Vector3 } from '../../preload/contract/index.ts';
import type { FetchBlob, SceneInstance, ScenePart } from './api.ts';
import { BodyGeometry, boxOf, prepareBody } from './body-geometry.ts';
import { explosionOffsets } from './explosion.ts';
import { runSliced } from './slices.ts';
import {
  type Box,
  boxCorners,
  determinant,
  emptyBox,
  growBox,
  invertTransform,
  isEmptyBox,
  transformBox,
  transformPoint,
} from './vector.ts';

/** One body at one place. */
export interface Occurrence {
  instance: SceneInstance;
  draw: BodyDraw;
  /** Where it is drawn: the instance's transform, moved by the exploded view. */
  transform: Transform;
  inverse: Transform;
  box: Box;
  /** 0 none, 1 hovered, 2 selected. */
  highlight: number;
}

/** One body of one part and the meshes that draw it everywhere. */
export interface BodyDraw {
  key: string;
  part: ScenePart;
  view: BodyView;
  geometry: BodyGeometry | null;
  meshes: Map<LayerName, Mesh>;
  /** All of the instances that have it, visible or not. */
  occurrences: Occurrence[];
  /** Those drawn now. */
  drawn: Occurrence[];
  hatch: number;
}

export type LayerName = 'faces' | 'ghosts' | 'silhouettes' | 'edges' | 'hiddenEdges';

/** Which layers the display style draws, and with which material. */
export interface Layers {
  faces: ShaderMaterial | null;
  /** For see-through bodies: see-through by colour, or all in the transparent style. */
  ghosts: ShaderMaterial | null;
  allGhosts: boolean;
  /** Nothing is see-through: a drawing has no glass. */
  noGhosts: boolean;
  edges: ShaderMaterial | null;
  silhouettes: ShaderMaterial | null;
  hiddenEdges: ShaderMaterial | null;
}

export interface SceneModelOptions {
  scene: Scene;
  fetchBlob: FetchBlob;
  defaultColour(): readonly number[];
  changed(): void;
  /** Geometry came in place for every visible body. */
  complete(): void;
  failed(message: string): void;
}

/** Blobs fetched at the same time: enough to hide the way there, few enough to keep memory low. */
const PARALLEL_LOADS = 4;

export class SceneModel {
  readonly draws = new Map<string, BodyDraw>();
  readonly #options: SceneModelOptions;
  readonly #geometries = new Map<string, BodyGeometry>();
  readonly #loading = new Map<string, AbortController>();
  #queue: BodyDraw[] = [];
  #active = 0;
  #layers: Layers = {
    faces: null,
    ghosts: null,
    allGhosts: false,
    noGhosts: false,
    edges: null,
    silhouettes: null,
    hiddenEdges: null,
  };
  #instances: SceneInstance[] = [];
  #isolation: Set<string> | null = null;
  #hiddenForField: ReadonlySet<string> = new Set();
  #explosion = 0;
  #disposed = false;

  constructor(options: SceneModelOptions) {
    this.#options = options;
  }

  get instances(): readonly SceneInstance[] {
    return this.#instances;
  }
  get loading(): boolean {
    return this.#active > 0 || this.#queue.length > 0;
  }

  setScene(instances: SceneInstance[], parts: ScenePart[]): void {
    this.#instances = instances;
    const byPart = new Map<string, SceneInstance[]>();
    for (const instance of instances) {
      const list = byPart.get(instance.partId);
      if (list) list.push(instance);
      else byPart.set(instance.partId, [instance]);
    }
    const kept = new Set<string>();
    let hatch = 0;
    for (const part of parts) {
      const used = byPart.get(part.partId) ?? [];
      for (const view of part.bodies) {
        const key = `${part.partId}/${view.index}`;
        kept.add(key);
        let draw = this.draws.get(key);
        if (!draw) {
          draw = { key, part, view, geometry: null, meshes: new Map(), occurrences: [], drawn: [], hatch: 0 };
          this.draws.set(key, draw);
        }
        draw.part = part;
        draw.view = view;
        draw.hatch = hatch++ % 4;
        const previous = new Map(draw.occurrences.map((o) => [o.instance.id, o]));
        draw.occurrences = used.map((instance) => ({
          instance,
          draw: draw!,
          transform: instance.transform,
          inverse: instance.transform,
          box: emptyBox(),
          highlight: previous.get(instance.id)?.highlight ?? 0,
        }));
        if (draw.geometry?.key !== geometryKey(view)) this.#load(draw);
      }
    }
    for (const [key, draw] of this.draws) if (!kept.has(key)) this.#remove(draw);
    this.#place();
    this.update();
    this.#pump();
  }

  setLayers(layers: Layers): void {
    this.#layers = layers;
    for (const draw of this.draws.values()) for (const mesh of draw.meshes.values()) mesh.setEnabled(false);
    this.update();
  }
  setIsolation(ids: string[] | null): void {
    this.#isolation = ids ? new Set(ids) : null;
    this.update();
  }
  /** The instances that are drawn as a field instead. */
  setHiddenForField(ids: readonly string[]): void {
    if (ids.length === this.#hiddenForField.size && ids.every((id) => this.#hiddenForField.has(id))) return;
    this.#hiddenForField = new Set(ids);
    this.update();
  }
  setExplosion(amount: number): void {
    if (this.#explosion === amount) return;
    this.#explosion = amount;
    this.#place();
    this.update();
  }
  /** Highlight of whole bodies: keys `instance/body` to 1 (hovered) or 2 (selected). */
  setHighlights(highlights: Map<string, number>): void {
    const touched = new Set<BodyDraw>();
    for (const draw of this.draws.values())
      for (const occurrence of draw.occurrences) {
        const next = highlights.get(`${occurrence.instance.id}/${draw.view.index}`) ?? 0;
        if (next === occurrence.highlight) continue;
        occurrence.highlight = next;
        touched.add(draw);
      }
    for (const draw of touched) this.#updateDraw(draw);
    if (touched.size > 0) this.#options.changed();
  }

  isVisible(instance: SceneInstance): boolean {
    return instance.visible && (!this.#isolation || this.#isolation.has(instance.id));
  }

  /** Visible bodies with geometry, where they are drawn. */
  *visible(): Generator<Occurrence> {
    for (const draw of this.draws.values()) if (draw.geometry) yield* draw.drawn;
  }
  /** Those that answer to clicks. */
  *touchable(): Generator<Occurrence> {
    for (const occurrence of this.visible()) if (!occurrence.instance.untouchable) yield occurrence;
  }
  find(instanceId: string, body: number): Occurrence | undefined {
    for (const draw of this.draws.values())
      if (draw.view.index === body)
        for (const occurrence of draw.occurrences) if (occurrence.instance.id === instanceId) return occurrence;
    return undefined;
  }
  /** Boxes of what is visible, or of the given instances, geometry loaded or not: a fit needn't wait for triangles. */
  boxes(instanceIds?: string[]): Box[] {
    const wanted = instanceIds ? new Set(instanceIds) : null;
    const boxes: Box[] = [];
    for (const draw of this.draws.values())
      for (const occurrence of draw.occurrences) {
        if (wanted ? !wanted.has(occurrence.instance.id) : !this.#isDrawn(occurrence, true)) continue;
        if (!isEmptyBox(occurrence.box)) boxes.push(occurrence.box);
      }
    return boxes;
  }

  /** Points that a view of the same has to hold. */
  fitPoints(instanceIds?: string[]): Vector3[] {
    const wanted = instanceIds ? new Set(instanceIds) : null;
    const points: Vector3[] = [];
    for (const draw of this.draws.values())
      for (const occurrence of draw.occurrences) {
        if (wanted ? !wanted.has(occurrence.instance.id) : !this.#isDrawn(occurrence, true)) continue;
        const extremes = draw.geometry?.arrays.extremes;
        if (extremes && extremes.length > 0)
          for (const p of extremes) points.push(transformPoint(occurrence.transform, p));
        else if (!isEmptyBox(occurrence.box)) points.push(...boxCorners(occurrence.box));
      }
    return points;
  }

  #isDrawn(occurrence: Occurrence, evenAsField = false): boolean {
    const { instance, draw } = occurrence;
    if (!this.isVisible(instance) || instance.hiddenBodies?.includes(draw.view.index)) return false;
    return evenAsField || !this.#hiddenForField.has(instance.id);
  }

  /** World transforms and boxes of all occurrences. */
  #place(): void {
    const boxes = new Map<string, Box>();
    for (const draw of this.draws.values()) {
      const local =
        draw.geometry && !isEmptyBox(draw.geometry.arrays.box) ? draw.geometry.arrays.box : boxOf(draw.view.info.box);
      for (const { instance } of draw.occurrences) {
        const box = boxes.get(instance.id) ?? emptyBox();
        const placed = transformBox(instance.transform, local);
        growBox(box, placed.min);
        growBox(box, placed.max);
        boxes.set(instance.id, box);
      }
    }
    const offsets = explosionOffsets(this.#instances, boxes, this.#explosion);
    for (const draw of this.draws.values()) {
      const local =
        draw.geometry && !isEmptyBox(draw.geometry.arrays.box) ? draw.geometry.arrays.box : boxOf(draw.view.info.box);
      for (const occurrence of draw.occurrences) {
        const offset = offsets.get(occurrence.instance.id);
        const t = occurrence.instance.transform.slice();
        if (offset) for (let k = 0; k < 3; k++) t[k * 4 + 3] = t[k * 4 + 3]! + offset[k]!;
        occurrence.transform = t;
        occurrence.inverse = invertTransform(t);
        occurrence.box = transformBox(t, local);
      }
    }
  }

  /** Refills the instance buffers of everything. */
  update(): void {
    for (const draw of this.draws.values()) this.#updateDraw(draw);
    this.#options.changed();
  }

  #updateDraw(draw: BodyDraw): void {
    draw.drawn = draw.occurrences.filter((o) => this.#isDrawn(o));
    const { geometry } = draw;
    if (!geometry) return;
    const solid: Occurrence[] = [];
    const ghosts: Occurrence[] = [];
    const { allGhosts, noGhosts } = this.#layers;
    for (const o of draw.drawn)
      (!noGhosts && (allGhosts || (this.#colour(o)[3] ?? 1) < 0.995) ? ghosts : solid).push(o);
    this.#fill(draw, geometry, 'faces', this.#layers.faces, solid);
    this.#fill(draw, geometry, 'ghosts', this.#layers.ghosts, ghosts);
    this.#fill(draw, geometry, 'silhouettes', this.#layers.silhouettes, solid);
    this.#fill(draw, geometry, 'edges', this.#layers.edges, draw.drawn);
    this.#fill(draw, geometry, 'hiddenEdges', this.#layers.hiddenEdges, draw.drawn);
  }

  #colour(occurrence: Occurrence): readonly number[] {
    const { draw, instance } = occurrence;
    return instance.colour ?? draw.view.info.colour ?? draw.part.colour ?? this.#options.defaultColour();
  }
  /** The colour a body is drawn in, for its caps. */
  colourOf(occurrence: Occurrence): Colour {
    return [...this.#colour(occurrence)];
  }

  #fill(
    draw: BodyDraw,
    geometry: BodyGeometry,
    layer: LayerName,
    material: ShaderMaterial | null,
    list: Occurrence[],
  ): void {
    let mesh = draw.meshes.get(layer);
    if (!material || list.length === 0) {
      mesh?.setEnabled(false);
      return;
    }
    if (!mesh) {
      const made =
        layer === 'faces' || layer === 'ghosts' || layer === 'silhouettes'
          ? geometry.createFaces()
          : geometry.createLines();
      if (!made) return;
      mesh = made;
      mesh.alphaIndex = layer === 'ghosts' ? 1 : layer === 'hiddenEdges' ? 2 : 3;
      draw.meshes.set(layer, mesh);
    }
    mesh.material = material;
    const matrices = new Float32Array(list.length * 16);
    const colours = new Float32Array(list.length * 4);
    const states = new Float32Array(list.length * 4);
    const closed =
      draw.view.info.kind === 'solid' || (draw.view.info.kind === 'mesh' && draw.view.info.closed === true);
    for (let i = 0; i < list.length; i++) {
      const occurrence = list[i]!;
      const t = occurrence.transform;
      writeMatrix(matrices, i * 16, t);
      const colour = this.#colour(occurrence);
      colours.set([colour[0]!, colour[1]!, colour[2]!, colour[3] ?? 1], i * 4);
      states.set(
        [
          occurrence.highlight,
          determinant(t) < 0 ? 1 : 0,
          closed ? 1 : 0,
          (occurrence.instance.colour ? 1 : 0) + 2 * draw.hatch,
        ],
        i * 4,
      );
    }
    mesh.thinInstanceSetBuffer('matrix', matrices, 16, true);
    mesh.thinInstanceSetBuffer('instanceColour', colours, 4, true);
    mesh.thinInstanceSetBuffer('instanceState', states, 4, true);
    mesh.setEnabled(true);
  }

  #load(draw: BodyDraw): void {
    const known = this.#geometries.get(geometryKey(draw.view));
    if (known) {
      this.#use(draw, known);
      return;
    }
    if (!this.#queue.includes(draw)) this.#queue.push(draw);
  }

  /** Starts waiting loads, visible bodies first. */
  #pump(): void {
    while (this.#active < PARALLEL_LOADS && this.#queue.length > 0 && !this.#disposed) {
      let next = this.#queue.findIndex((draw) => draw.drawn.length > 0);
      if (next < 0) next = 0;
      const draw = this.#queue.splice(next, 1)[0]!;
      if (this.draws.get(draw.key) !== draw) continue;
      this.#active++;
      void this.#fetch(draw).finally(() => {
        this.#active--;
        if (this.#disposed) return;
        this.#pump();
        if (!this.loading) this.#options.complete();
      });
    }
  }

  async #fetch(draw: BodyDraw): Promise<void> {
    const { hash } = draw.view.tessellation;
    const key = geometryKey(draw.view);
    const known = this.#geometries.get(key);
    if (known) return this.#use(draw, known, true);
    this.#loading.get(draw.key)?.abort();
    const controller = new AbortController();
    this.#loading.set(draw.key, controller);
    try {
      const bytes = await this.#options.fetchBlob(hash, controller.signal);
      const prepared = await runSliced(prepareBody(bytes, draw.view), controller.signal);
      if (this.#disposed || this.draws.get(draw.key) !== draw || geometryKey(draw.view) !== key) return;
      const geometry = this.#geometries.get(key) ?? new BodyGeometry(key, prepared, this.#options.scene);
      this.#geometries.set(key, geometry);
      this.#use(draw, geometry, true);
    } catch (error) {
      if (controller.signal.aborted || this.#disposed) return;
      this.#options.failed(`${draw.view.info.name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (this.#loading.get(draw.key) === controller) this.#loading.delete(draw.key);
    }
  }

  #use(draw: BodyDraw, geometry: BodyGeometry, refresh = false): void {
    const old = draw.geometry;
    if (old === geometry) return;
    for (const mesh of draw.meshes.values()) mesh.dispose();
    draw.meshes.clear();
    draw.geometry = geometry;
    geometry.users++;
    if (old) this.#release(old);
    if (!refresh) return;
    const box = transformBoxes(draw);
    for (const [occurrence, placed] of box) occurrence.box = placed;
    this.#updateDraw(draw);
    this.#options.changed();
  }

  #release(geometry: BodyGeometry): void {
    if (--geometry.users > 0) return;
    this.#geometries.delete(geometry.key);
    geometry.dispose();
  }

  #remove(draw: BodyDraw): void {
    this.#loading.get(draw.key)?.abort();
    this.draws.delete(draw.key);
    this.#queue = this.#queue.filter((queued) => queued !== draw);
    for (const mesh of draw.meshes.values()) mesh.dispose();
    draw.meshes.clear();
    if (draw.geometry) this.#release(draw.geometry);
    draw.geometry = null;
  }

  statistics(): { triangles: number; drawCalls: number; instances: number } {
    let triangles = 0;
    let drawCalls = 0;
    const ids = new Set<string>();
    for (const draw of this.draws.values()) {
      for (const o of draw.drawn) ids.add(o.instance.id);
      if (draw.geometry) triangles += draw.geometry.triangles * draw.drawn.length;
      for (const mesh of draw.meshes.values()) if (mesh.isEnabled()) drawCalls++;
    }
    return { triangles, drawCalls, instances: ids.size };
  }

  dispose(): void {
    this.#disposed = true;
    for (const draw of [...this.draws.values()]) this.#remove(draw);
  }
}

/** Key of a body's buffers: its bulk data, and the face colours that are baked into them. */
function geometryKey(view: BodyView): string {
  const colours = view.info.faces.map((face) => face.colour?.join(',') ?? '');
  return colours.some(Boolean) ? `${view.tessellation.hash}|${colours.join(';')}` : view.tessellation.hash;
}

function transformBoxes(draw: BodyDraw): [Occurrence, Box][] {
  const local =
    draw.geometry && !isEmptyBox(draw.geometry.arrays.box) ? draw.geometry.arrays.box : boxOf(draw.view.info.box);
  return draw.occurrences.map((o) => [o, transformBox(o.transform, local)]);
}

/** Row-major 3 x 4 to the column-major 4 x 4 that the graphics card reads. */
export function writeMatrix(out: Float32Array, at: number, t: ArrayLike<number>): void {
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 4; column++) out[at + column * 4 + row] = t[row * 4 + column]!;
  out[at + 15] = 1;
}
