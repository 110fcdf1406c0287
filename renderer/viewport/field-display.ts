/** A result painted on its part: skin, finite-element edges, deformation, glyphs, and the surfaces computed inside the volume. */
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import { Mesh as BabylonMesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Transform, Vector3 } from '../../preload/contract/index.ts';
import {
  type ElementFacts,
  type ElementQuantity,
  type FetchBlob,
  type FieldDisplay as FieldSettings,
  type FramePlace,
  isElementQuantity,
  type PredictedNumbers,
} from './api.ts';
import { prepareMesh } from './body-geometry.ts';
import type { Ray } from './camera-maths.ts';
import { type CarriedFields, CarriedLines, CarriedMesh, placeMesh } from './field/carried-mesh.ts';
import { atNodes, type BlendedArray, carry, resolveBlend } from './field/carriers.ts';
import { elementEdges, elementFacts, elementsBehind, extremeElements } from './field/elements.ts';
import { FieldCaster, type FieldHit } from './field/field-caster.ts';
import { FieldMaterials } from './field/field-materials.ts';
import { GlyphLayer } from './field/glyph-layer.ts';
import { InnerSurfaces } from './field/inner-surfaces.ts';
import { type LoadedFields, loadFields } from './field/loaded-fields.ts';
import { type LooseSurface, loosen, wholeElements } from './field/per-element.ts';
import type { FieldArrays } from './field-quantity.ts';
import type { Materials } from './materials.ts';
import type { Palette } from './palette.ts';
import { type ClipPlane, isCutAway } from './picking.ts';
import { runSliced } from './slices.ts';
import { type Box, emptyBox, growBox, transformBox, transformPoint } from './vector.ts';

export interface FieldDisplayOptions {
  scene: Scene;
  materials: Materials;
  fetchBlob: FetchBlob;
  changed(): void;
  loaded(): void;
  failed(message: string): void;
}

const FIRST_FRAME: FramePlace = { from: 0, to: 0, blend: 0 };
const GLYPH_FIELDS = { displacement: 'displacement', heat_flux: 'heatFlux', principal: 'stress' } as const;

export class FieldPainter {
  readonly #options: FieldDisplayOptions;
  readonly #materials: FieldMaterials;
  readonly #inner: InnerSurfaces;
  readonly #glyphs: GlyphLayer;
  #settings: FieldSettings | null = null;
  #transform: Transform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  #inverse: Transform = this.#transform;
  #fields: LoadedFields | null = null;
  #caster: FieldCaster | null = null;
  #carried: CarriedFields = { version: 0, values: null, displacement: null };
  /** What the values and the displacement are of: a change of it makes a new version. */
  #carriedKey = '';
  #resolved: { version: number; values: Float32Array | null } = { version: -1, values: null };
  #skin: CarriedMesh | null = null;
  #lines: Mesh | null = null;
  #linesVersion = -1;
  #outline: CarriedLines | null = null;
  #undeformed: CarriedLines | null = null;
  #elementSkin: { key: string; mesh: CarriedMesh } | null = null;
  #pointed: { element: number; lines: CarriedLines[] } | null = null;
  #loading: AbortController | null = null;
  #loadingHash = '';
  #computing = '';
  #buildingElements = '';
  #planes: ClipPlane[] = [];
  #phase = 1;
  #box: { key: string; box: Box } | null = null;
  #planesKey = '';
  #prediction: PredictedNumbers | null = null;
  /** How many there were: a change of it makes a new version. */
  #predictions = 0;

  constructor(options: FieldDisplayOptions) {
    this.#options = options;
    this.#materials = new FieldMaterials(options.scene, options.materials);
    this.#glyphs = new GlyphLayer(options.scene, this.#materials.glyph, () => this.#arrived());
    this.#inner = new InnerSurfaces({
      scene: options.scene,
      material: (kind) => (kind === 'level' ? this.#materials.level : this.#materials.section),
      built: () => {
        this.#inner.update(this.#carried, this.#transform);
        this.#requestGlyphs();
        this.#arrived();
      },
      failed: options.failed,
    });
  }

  get settings(): FieldSettings | null {
    return this.#settings;
  }
  get busy(): boolean {
    return (
      this.#loading !== null ||
      this.#computing !== '' ||
      this.#buildingElements !== '' ||
      this.#inner.busy ||
      this.#glyphs.busy
    );
  }
  get painted(): boolean {
    return this.#skin !== null;
  }
  get glyphs(): number {
    return this.#glyphs.count;
  }
  get triangles(): number {
    return this.#fields ? this.#fields.surface.indices.length / 3 : 0;
  }
  /** World box of the field, undeformed and as deformed at most, together. */
  get box(): Box | null {
    const fields = this.#fields;
    if (!fields) return null;
    const scale = this.#settings?.deformationScale ?? 0;
    const { displacement } = this.#carried;
    if (scale === 0 || !displacement) return transformBox(this.#transform, fields.box);
    const key = `${scale}/${this.#settings?.swing}/${this.#settings?.animate ? '' : this.#carried.version}`;
    if (this.#box?.key !== key) {
      const box: Box = emptyBox();
      const { positions, node } = fields.surface;
      const moved = carry(displacement, 3, atNodes(node));
      for (let v = 0; v < moved.length; v += 3)
        for (const k of this.#settings?.swing ? [0, scale, -scale] : [0, scale])
          growBox(box, [
            positions[v]! + moved[v]! * k,
            positions[v + 1]! + moved[v + 1]! * k,
            positions[v + 2]! + moved[v + 2]! * k,
          ]);
      this.#box = { key, box };
    }
    return transformBox(this.#transform, this.#box.box);
  }

  setTheme(palette: Palette, pixelRatio: number): void {
    this.#materials.setTheme(palette, pixelRatio);
    if (this.#settings && this.#fields) this.#apply();
  }

  set(settings: FieldSettings | null, transform: Transform, inverse: Transform): void {
    this.#settings = settings;
    this.#transform = transform;
    this.#inverse = inverse;
    if (!settings) {
      this.#loading?.abort();
      this.#loading = null;
      this.#clear();
      this.#fields = null;
      this.#options.changed();
      return;
    }
    if (this.#fields?.hash === settings.fieldsHash) this.#apply();
    // A change of range or scale meanwhile is taken up when the fields have come; it doesn't fetch them again.
    else if (!this.#loading || this.#loadingHash !== settings.fieldsHash) void this.#load(settings.fieldsHash);
  }

  /** Numbers of the predicted field; painted at once where it is shown. */
  setPrediction(numbers: PredictedNumbers | null): void {
    this.#prediction = numbers;
    this.#predictions++;
    if (this.#settings?.predicted && this.#fields) this.#apply();
  }

  setFrame(frame: FramePlace): void {
    if (!this.#settings) return;
    this.#settings = { ...this.#settings, frame };
    if (this.#fields) this.#apply();
  }

  setSections(planes: ClipPlane[]): void {
    this.#planes = planes;
    this.#planesKey = JSON.stringify(planes);
    if (!this.#settings || !this.#fields) return;
    this.#requestInner();
    this.#requestGlyphs();
  }

  async #load(hash: string): Promise<void> {
    this.#loading?.abort();
    const controller = new AbortController();
    this.#loading = controller;
    this.#loadingHash = hash;
    try {
      const fields = await loadFields(await this.#options.fetchBlob(hash, controller.signal), hash, controller.signal);
      this.#clear();
      this.#fields = fields;
      this.#caster = new FieldCaster(fields);
      this.#build(fields);
      this.#loading = null;
      this.#apply();
      this.#options.loaded();
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#loading = null;
      this.#options.failed(error instanceof Error ? error.message : String(error));
    }
  }

  #clear(): void {
    this.#inner.clear();
    this.#glyphs.clear();
    for (const drawn of [this.#skin, this.#outline, this.#undeformed, this.#elementSkin?.mesh]) drawn?.mesh.dispose();
    for (const { mesh } of this.#pointed?.lines ?? []) mesh.dispose();
    this.#lines?.dispose();
    this.#skin = null;
    this.#lines = null;
    this.#outline = null;
    this.#undeformed = null;
    this.#elementSkin = null;
    this.#pointed = null;
    this.#caster = null;
    this.#carriedKey = '';
    this.#box = null;
    this.#computing = '';
    this.#buildingElements = '';
  }

  #build({ surface, nodes }: LoadedFields): void {
    const { scene } = this.#options;
    const carriers = atNodes(surface.node);
    this.#skin = new CarriedMesh(scene, 'field', { ...surface, carriers }, this.#materials.skin);
    const edges = surface.edgeNode;
    const lines = new BabylonMesh('field mesh', scene);
    prepareMesh(lines);
    lines.setVerticesData('position', carry({ a: nodes, b: null, blend: 0 }, 3, atNodes(edges)), false, 3);
    lines.setVerticesData('normal', new Float32Array(edges.length * 3), false, 3);
    lines.setVerticesData('displacement', new Float32Array(edges.length * 3), true, 3);
    lines.setVerticesData('value', new Float32Array(edges.length), true, 1);
    lines.setIndices(
      Uint32Array.from({ length: edges.length }, (_, i) => i),
      edges.length,
    );
    lines.material = this.#materials.mesh;
    lines.alphaIndex = 4;
    this.#lines = lines;
    this.#linesVersion = -1;
    this.#outline = new CarriedLines(scene, 'field outline', nodes, surface.outline, this.#materials.outline, 5);
    this.#undeformed = new CarriedLines(scene, 'undeformed', nodes, surface.outline, this.#materials.undeformed, 5);
    for (const { mesh } of [this.#skin, this.#outline, this.#undeformed]) mesh.setEnabled(false);
    lines.setEnabled(false);
  }

  /** Brings everything to the present settings; what has to be computed first comes later by itself. */
  #apply(): void {
    const settings = this.#settings;
    const fields = this.#fields;
    if (!settings || !fields || !this.#skin || !this.#lines || !this.#outline || !this.#undeformed) return;
    // Until the numbers are there the picture stays as it is: never old ones in new colours.
    if (!this.#gather(settings, fields)) return;
    this.#materials.apply(settings, 1e-5 * fields.diagonal_mm);
    const byElement = isElementQuantity(settings.quantity);
    const inside = (settings.isoValues?.length ?? 0) > 0 || settings.slices !== undefined;
    const loose = byElement ? this.#looseSkin(settings, fields) : null;
    this.#elementSkin?.mesh.mesh.setEnabled(loose !== null && !inside);
    this.#skin.mesh.setEnabled(loose === null || inside);
    this.#skin.mesh.material = inside ? this.#materials.ghost : this.#materials.skin;
    this.#skin.mesh.alphaIndex = inside ? 3 : 0;
    // With whole elements in view their neighbours' edges would only be in the way.
    const apart = byElement && settings.threshold !== undefined;
    this.#lines.setEnabled(settings.showMesh && !inside && !apart && fields.surface.edgeNode.length > 0);
    this.#outline.mesh.setEnabled(!apart);
    this.#undeformed.mesh.setEnabled(settings.showUndeformed || apart);
    this.#pointOut(settings, fields);
    this.#paint();
    this.#deform();
    this.#requestInner();
    this.#requestGlyphs();
    this.#options.changed();
  }

  /** Puts together what is painted; computes what isn't known yet, and then comes back. */
  #gather(settings: FieldSettings, fields: LoadedFields): boolean {
    if (settings.predicted) return this.#gatherPrediction(fields);
    const { from, to, blend } = settings.frame ?? FIRST_FRAME;
    const { quantity } = settings;
    const options = settings.allowable_MPa === undefined ? {} : { allowable_MPa: settings.allowable_MPa };
    const wanted = blend > 0 && to !== from ? [from, to] : [from];
    const key = `${fields.hash}/${quantity}/${options.allowable_MPa ?? ''}/${wanted.join()}/${wanted.length > 1 ? blend : 0}`;
    if (key === this.#carriedKey) return true;
    const missing = isElementQuantity(quantity)
      ? undefined
      : wanted.find((index) => fields.frames.known(index, quantity, options) === undefined);
    if (missing !== undefined) {
      this.#compute(fields, missing, quantity, options);
      return false;
    }
    const blended = (of: (index: number) => Float32Array | null | undefined): BlendedArray | null => {
      const a = of(wanted[0]!);
      const b = wanted.length > 1 ? of(wanted[1]!) : null;
      return a ? { a, b: b ?? null, blend: b ? blend : 0 } : null;
    };
    const nothing = { a: new Float32Array(fields.nodes.length / 3).fill(Number.NaN), b: null, blend: 0 };
    const values = isElementQuantity(quantity)
      ? null
      : blended((index) => fields.frames.known(index, quantity, options));
    this.#carriedKey = key;
    this.#carried = {
      version: this.#carried.version + 1,
      // What the result doesn't hold is painted grey, never as something else.
      values: values ?? (isElementQuantity(quantity) ? null : nothing),
      displacement: blended((index) => fields.frames.frame(index).displacement),
    };
    return true;
  }

  #gatherPrediction(fields: LoadedFields): boolean {
    const numbers = this.#prediction;
    const nodes = fields.nodes.length / 3;
    // Those of another mesh say nothing of this one.
    if (numbers?.values.length !== nodes || numbers.movement.length !== 3 * nodes) return false;
    const key = `${fields.hash}/predicted/${this.#predictions}`;
    if (key === this.#carriedKey) return true;
    this.#carriedKey = key;
    this.#carried = {
      version: this.#carried.version + 1,
      values: { a: numbers.values, b: null, blend: 0 },
      displacement: { a: numbers.movement, b: null, blend: 0 },
    };
    return true;
  }

  #compute(fields: LoadedFields, frame: number, quantity: string, options: { allowable_MPa?: number }): void {
    const job = `${fields.hash}/${frame}/${quantity}/${options.allowable_MPa ?? ''}`;
    if (this.#computing === job) return;
    this.#computing = job;
    runSliced(fields.frames.compute(frame, quantity, options)).then(
      () => {
        if (this.#computing === job) this.#computing = '';
        if (this.#fields !== fields) return;
        this.#apply();
        this.#arrived();
      },
      (error: unknown) => this.#options.failed(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Nodal values as painted, between frames too. */
  #values(): Float32Array | null {
    const { version, values } = this.#carried;
    if (this.#resolved.version !== version) this.#resolved = { version, values: values && resolveBlend(values) };
    return this.#resolved.values;
  }

  #paint(): void {
    const { scale } = this;
    const transform = this.#transform;
    for (const drawn of [this.#skin, this.#outline, this.#undeformed, this.#elementSkin?.mesh])
      drawn?.update(this.#carried, transform);
    for (const drawn of this.#pointed?.lines ?? []) drawn.update(this.#carried, transform);
    this.#inner.update(this.#carried, transform);
    const lines = this.#lines;
    const fields = this.#fields;
    if (lines && fields) {
      placeMesh(lines, transform);
      if (lines.isEnabled() && this.#linesVersion !== this.#carried.version) {
        this.#linesVersion = this.#carried.version;
        const ends = atNodes(fields.surface.edgeNode);
        lines.updateVerticesData('displacement', carry(this.#carried.displacement, 3, ends), false, false);
        if (this.#carried.values) lines.updateVerticesData('value', carry(this.#carried.values, 1, ends), false, false);
      }
    }
    this.#caster?.place(transform, this.#inverse);
    this.#caster?.deform(this.#carried.displacement, this.#carried.version, scale);
  }

  /** Factor of the displacement as drawn at this moment. */
  get scale(): number {
    return (this.#settings?.deformationScale ?? 0) * (this.#settings?.animate ? this.#phase : 1);
  }

  /** Place in the animation: the part of the deformation, 0..1, or -1..1 where it swings. */
  setPhase(phase: number): void {
    this.#phase = phase;
    this.#deform();
  }

  #deform(): void {
    const { scale } = this;
    this.#materials.deform(scale);
    this.#glyphs.setDeformation(scale);
    this.#caster?.deform(this.#carried.displacement, this.#carried.version, scale);
  }

  #elementValues(quantity: ElementQuantity): Float32Array | null {
    const found = quantity === 'element_quality' ? this.#fields?.elementQuality : this.#fields?.elementError;
    return found ?? null;
  }

  /** The skin in loose triangles, or the elements within the threshold; made in slices, the old one stays until then. */
  #looseSkin(settings: FieldSettings, fields: LoadedFields): CarriedMesh | null {
    const quantity = settings.quantity as ElementQuantity;
    const values = this.#elementValues(quantity);
    if (!values) return null;
    const key = `${quantity}/${JSON.stringify(settings.threshold ?? null)}`;
    if (this.#elementSkin?.key === key) return this.#elementSkin.mesh;
    if (this.#buildingElements === key) return this.#elementSkin?.mesh ?? null;
    this.#buildingElements = key;
    const build = async (): Promise<LooseSurface> => {
      const { nodes, elements, surfaceTriangles, surface } = fields;
      if (settings.threshold) return runSliced(wholeElements(nodes, elements, values, settings.threshold));
      fields.behind ??= await runSliced(elementsBehind(elements, surfaceTriangles, nodes.length / 3));
      return runSliced(loosen(surface, atNodes(surface.node), fields.behind, values));
    };
    build().then(
      (shape) => {
        if (this.#fields !== fields || this.#buildingElements !== key) return;
        this.#buildingElements = '';
        this.#elementSkin?.mesh.mesh.dispose();
        const mesh = new CarriedMesh(this.#options.scene, 'elements', shape, this.#materials.skin);
        this.#elementSkin = { key, mesh };
        this.#apply();
        this.#arrived();
      },
      (error: unknown) => this.#options.failed(error instanceof Error ? error.message : String(error)),
    );
    return this.#elementSkin?.mesh ?? null;
  }

  /** The edges of the element that is pointed out, seen through the part. */
  #pointOut(settings: FieldSettings, fields: LoadedFields): void {
    const element = settings.element ?? -1;
    if (this.#pointed && this.#pointed.element !== element) {
      for (const { mesh } of this.#pointed.lines) mesh.dispose();
      this.#pointed = null;
    }
    if (this.#pointed || element < 0 || 10 * element + 9 >= fields.elements.length) return;
    const edges = elementEdges(fields.elements, element);
    const lines = [this.#materials.elementRim, this.#materials.element].map(
      (material, i) => new CarriedLines(this.#options.scene, 'element', fields.nodes, edges, material, 11 + i),
    );
    this.#pointed = { element, lines };
  }

  #requestInner(): void {
    const settings = this.#settings;
    const fields = this.#fields;
    if (!settings || !fields) return;
    const { isoValues = [], slices, threshold, quantity } = settings;
    const inside = isoValues.length > 0 || slices !== undefined;
    const byElement = isElementQuantity(quantity);
    const walls = byElement || inside ? [] : [threshold?.minimum, threshold?.maximum];
    const levels = byElement ? [] : [...isoValues, ...walls.filter((level) => level !== undefined)];
    const local = (plane: ClipPlane): ClipPlane => planeInBody(plane, this.#transform);
    this.#inner.request({
      nodes: fields.nodes,
      elements: fields.elements,
      planes: [
        ...(inside ? [] : this.#planes.map((plane) => ({ kind: 'section' as const, plane: local(plane) }))),
        ...(slices?.offsets_mm ?? []).map((offset) => ({
          kind: 'slice' as const,
          plane: local([...slices!.normal, offset]),
        })),
      ],
      levels,
      values: () => this.#values(),
      valuesKey: this.#carriedKey,
      elementValues: byElement ? this.#elementValues(quantity) : null,
      elementKey: byElement ? quantity : '',
    });
  }

  #requestGlyphs(): void {
    const settings = this.#settings;
    const fields = this.#fields;
    const glyphs = settings?.glyphs;
    if (!settings || !fields || !glyphs) {
      this.#glyphs.request(null);
      return;
    }
    const { from, to, blend } = settings.frame ?? FIRST_FRAME;
    const of = (index: number): Float32Array | undefined => {
      const arrays: FieldArrays = fields.frames.frame(index);
      return arrays[GLYPH_FIELDS[glyphs.kind]];
    };
    const a = of(from);
    const b = blend > 0 ? of(to) : undefined;
    const inner = [...this.#inner.surfaces].filter(({ kind }) => kind !== 'level');
    const planes = this.#planes;
    this.#glyphs.request({
      display: glyphs,
      // Where the part is cut open, what is inside is of interest.
      grounds:
        inner.length > 0
          ? inner.map(({ surface }, i) => ({
              key: `${this.#planesKey}/${JSON.stringify(settings.slices)}/${i}`,
              ...surface,
              carriers: surface,
            }))
          : [{ key: 'skin', ...fields.surface, carriers: atNodes(fields.surface.node) }],
      diagonal_mm: fields.diagonal_mm,
      field: a ? { a, b: b ?? null, blend: b ? blend : 0 } : null,
      displacement: this.#carried.displacement,
      version: this.#carried.version,
      transform: this.#transform,
      colour: settings.plain ? { map: settings.colourMap ?? 'turbo' } : { plain: [0.08, 0.09, 0.11] },
      keep: inner.length > 0 ? () => true : (place) => !isCutAway(planes, place),
    });
  }

  #arrived(): void {
    this.#options.changed();
    this.#options.loaded();
  }

  /** The painted point on a world ray, on the shape as it is drawn. */
  cast(ray: Ray, limit = Infinity): FieldHit | null {
    if (!this.#caster || !this.#settings || !this.#skin) return null;
    const values = this.#values();
    return this.#caster.cast(ray, limit, this.#planes, (node) => values?.[node] ?? Number.NaN);
  }
  /** The element behind what was hit, and its number where elements are painted. */
  elementAt(hit: FieldHit): { element: number; value?: number } {
    const element = this.#caster?.elementOf(hit) ?? -1;
    const quantity = this.#settings?.quantity ?? '';
    const value = isElementQuantity(quantity) ? this.#elementValues(quantity)?.[element] : undefined;
    return { element, ...(value === undefined ? {} : { value }) };
  }
  displaced(point: Vector3): Vector3 {
    return this.#caster?.displaced(point) ?? point;
  }

  elementFacts(element: number): ElementFacts | null {
    return this.#fields ? elementFacts(this.#fields, element) : null;
  }
  async worstElements(by: ElementQuantity, count: number): Promise<ElementFacts[]> {
    const values = this.#elementValues(by);
    if (!values) return [];
    const which = by === 'element_quality' ? 'smallest' : 'largest';
    const found = await runSliced(extremeElements(values, which, count));
    return found.flatMap((element) => this.elementFacts(element) ?? []);
  }
  /** World centre and size of an element, mm. */
  elementPlace(element: number): { at: Vector3; size: number } | null {
    const facts = this.elementFacts(element);
    return facts && { at: transformPoint(this.#transform, facts.centre_mm), size: facts.longestEdge_mm };
  }

  dispose(): void {
    this.#loading?.abort();
    this.#clear();
    this.#glyphs.dispose();
    this.#materials.dispose();
  }
}

/** A world plane in the body's own space: unit normal and offset. */
function planeInBody(plane: ClipPlane, transform: Transform): ClipPlane {
  const n: Vector3 = [0, 0, 0];
  for (let c = 0; c < 3; c++)
    n[c] = plane[0] * transform[c]! + plane[1] * transform[4 + c]! + plane[2] * transform[8 + c]!;
  const offset = plane[3] - (plane[0] * transform[3]! + plane[1] * transform[7]! + plane[2] * transform[11]!);
  const l = Math.hypot(...n) || 1;
  return [n[0] / l, n[1] / l, n[2] / l, offset / l];
}
