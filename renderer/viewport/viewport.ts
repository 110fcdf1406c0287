/** The viewport put together: scene, camera, navigation, picking, highlights, field, sections, annotations and overlays. */

import { Color4 } from '@babylonjs/core/Maths/math.color.js';
import { Vector4 } from '@babylonjs/core/Maths/math.vector.js';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import { Scene } from '@babylonjs/core/scene.js';
import type { Transform, Vector3 } from '../../preload/contract/index.ts';
import { AnnotationLayer } from './annotations.ts';
import type {
  Annotation,
  CameraState,
  DisplayStyle,
  ElementFacts,
  ElementQuantity,
  FieldDisplay,
  FramePlace,
  NavigationStyle,
  PickedItem,
  PickFilter,
  PredictedNumbers,
  SceneInstance,
  ScenePart,
  SectionPlane,
  StandardView,
  Theme,
  Viewport,
  ViewportOptions,
} from './api.ts';
import { isElementQuantity } from './api.ts';
import { prepareMesh } from './body-geometry.ts';
import { boxSelect } from './box-select.ts';
import { CadCamera } from './cad-camera.ts';
import {
  ease,
  fitPoints,
  interpolate,
  isUsable,
  millimetresPerPixel,
  orthonormal,
  rayThrough,
  type ScreenSize,
  STANDARD_VIEWS,
  upFor,
} from './camera-maths.ts';
import { FieldPainter } from './field-display.ts';
import { Frames } from './frames.ts';
import { createGraphics, type Graphics } from './graphics.ts';
import { Highlight, type HighlightItem, LINE_BIAS } from './highlight.ts';
import { color3, color4, Materials } from './materials.ts';
import { MovingResolution } from './moving-resolution.ts';
import { Navigation } from './navigation.ts';
import { Overlay } from './overlay.ts';
import { PALETTES, type Palette } from './palette.ts';
import { type ClipPlane, castRay, Picker } from './picking.ts';
import { type Layers, SceneModel } from './scene-model.ts';
import { captureScreenshot } from './screenshot.ts';
import { SectionCaps } from './section-caps.ts';
import { backdropMesh, dotMesh } from './shapes.ts';
import {
  type Box,
  boxCentre,
  boxCorners,
  distance,
  emptyBox,
  growBox,
  invertTransform,
  isEmptyBox,
  normalise,
  scale,
} from './vector.ts';
import { ViewCube } from './view-cube.ts';

/** Duration of a move between views, ms. */
const VIEW_CHANGE_MS = 250;
/** One loop of an animated deformation, ms. */
const ANIMATION_MS = 2400;

const INITIAL_CAMERA: CameraState = {
  target_mm: [0, 0, 0],
  ...STANDARD_VIEWS.isometric,
  height_mm: 200,
  orthographic: false,
};

export class BabylonViewport implements Viewport {
  readonly #canvas: HTMLCanvasElement;
  readonly #options: ViewportOptions;
  readonly #graphics: Graphics;
  readonly #scene: Scene;
  readonly #babylonCamera: CadCamera;
  readonly #materials: Materials;
  readonly #model: SceneModel;
  readonly #picker: Picker;
  readonly #navigation: Navigation;
  readonly #highlight: Highlight;
  readonly #field: FieldPainter;
  readonly #caps: SectionCaps;
  readonly #annotations: AnnotationLayer;
  readonly #overlay: Overlay;
  readonly #cube: ViewCube;
  readonly #frames: Frames;
  readonly #resolution: MovingResolution;
  readonly #resize: ResizeObserver;
  readonly #backdrop: Mesh;
  readonly #pivot: Mesh;
  readonly #layerMaterials: ReturnType<typeof createLayerMaterials>;
  readonly #off = new AbortController();

  #camera: CameraState = INITIAL_CAMERA;
  #flight: { from: CameraState; to: CameraState; start: number } | null = null;
  #palette: Palette;
  #theme: Theme;
  #style: DisplayStyle = 'shaded-edges';
  #filter: PickFilter = 'auto';
  #planes: ClipPlane[] = [];
  #selection: HighlightItem[] = [];
  #hovered: PickedItem | null = null;
  #hoverAt: { x: number; y: number } | null = null;
  #hoverTimer = 0;
  #sceneBox: Box = emptyBox();
  #fitted = false;
  #asked: number | null = null;
  #frameMilliseconds = 0;
  #drawCalls = 0;
  #reportedCamera = '';
  #disposed = false;
  #transparent = false;

  constructor(canvas: HTMLCanvasElement, options: ViewportOptions) {
    this.#canvas = canvas;
    this.#options = options;
    this.#theme = options.theme;
    this.#palette = PALETTES[options.theme];
    this.#graphics = createGraphics(canvas);
    const { engine } = this.#graphics;
    const scene = new Scene(engine, { useGeometryUniqueIdsMap: true, useMaterialMeshMap: true });
    this.#scene = scene;
    scene.useRightHandedSystem = true;
    scene.autoClear = true;
    scene.clearColor = new Color4(0, 0, 0, 0);
    scene.skipPointerMovePicking = true;
    scene.skipPointerDownPicking = true;
    scene.skipPointerUpPicking = true;
    this.#babylonCamera = new CadCamera(scene);
    scene.activeCamera = this.#babylonCamera;
    this.#materials = new Materials(scene);
    this.#layerMaterials = createLayerMaterials(this.#materials);

    this.#frames = new Frames((now) => this.#frame(now));
    this.#resolution = new MovingResolution(() => this.#fitCanvas());
    const changed = (): void => this.#changed();
    const failed = (message: string): void => options.events.failure(message);
    this.#model = new SceneModel({
      scene,
      fetchBlob: options.fetchBlob,
      defaultColour: () => this.#palette.part,
      changed,
      complete: () => {
        this.#caps.refresh();
        this.#highlight.refresh();
        this.#complete();
      },
      failed,
    });
    this.#picker = new Picker(this.#model);
    this.#highlight = new Highlight(scene, this.#materials, this.#model);
    this.#caps = new SectionCaps(scene, this.#materials, this.#model, changed);
    this.#field = new FieldPainter({
      scene,
      materials: this.#materials,
      fetchBlob: options.fetchBlob,
      changed,
      loaded: () => this.#complete(),
      failed,
    });
    this.#overlay = new Overlay(canvas);
    this.#annotations = new AnnotationLayer(scene, this.#materials, this.#overlay.element);
    this.#cube = new ViewCube(this.#overlay.element, {
      look: (direction) => this.#look(direction),
      home: () => this.standardView('isometric'),
    });

    this.#backdrop = backdropMesh(scene);
    prepareMesh(this.#backdrop);
    this.#backdrop.material = this.#materials.create('artificerBackground', { depthWrite: false });
    this.#pivot = dotMesh(scene, [0, 0, 0]);
    prepareMesh(this.#pivot);
    const pivotMaterial = this.#materials.create('artificerDot', { blend: true, always: true, depthWrite: false });
    pivotMaterial.setFloat('dotSize', 11 * this.#pixelRatio);
    this.#pivot.material = pivotMaterial;
    this.#pivot.alphaIndex = 20;
    this.#pivot.thinInstanceSetBuffer(
      'matrix',
      Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1),
      16,
      false,
    );
    this.#pivot.setEnabled(false);

    this.#navigation = new Navigation(canvas, this.#navigationHost(), options.navigation.name);
    this.#resize = new ResizeObserver(() => this.#fitCanvas());
    this.#resize.observe(canvas);
    const signal = this.#off.signal;
    // Losing the context is no loss of work: it is said, and drawn again when it is back.
    canvas.addEventListener(
      'webglcontextlost',
      () => options.events.failure('The graphics driver took the picture away; it will be drawn again.'),
      { signal },
    );
    engine.onContextRestoredObservable.add(() => {
      this.#scene.resetCachedMaterial();
      this.#frames.request();
    });
    document.addEventListener('visibilitychange', () => this.#frames.request(), { signal });
    if (canvas.tabIndex < 0) canvas.tabIndex = 0;
    this.#applyTheme();
    this.#applyStyle();
    this.#fitCanvas();
  }

  get #pixelRatio(): number {
    return Math.max(1, window.devicePixelRatio || 1);
  }
  get #size(): ScreenSize {
    return { width: Math.max(1, this.#canvas.clientWidth), height: Math.max(1, this.#canvas.clientHeight) };
  }

  #fitCanvas(): void {
    const { width, height } = this.#size;
    this.#setPixels(width, height);
    // A resize clears the canvas, so it is drawn at once and not in the next frame.
    if (!this.#disposed) this.#drawNow();
  }

  /** As many pixels as the movement allows: fewer are stretched by the browser over the same place. */
  #setPixels(width: number, height: number): void {
    const ratio = this.#pixelRatio * this.#resolution.scale;
    const w = Math.max(1, Math.round(width * ratio));
    const h = Math.max(1, Math.round(height * ratio));
    if (this.#canvas.width !== w || this.#canvas.height !== h) this.#graphics.engine.setSize(w, h);
  }

  #navigationHost() {
    return {
      camera: () => this.#camera,
      move: (state: CameraState) => {
        this.#flight = null;
        this.#camera = state;
        this.#frames.request();
      },
      size: () => this.#size,
      surfaceAt: (x: number, y: number) => this.#surfaceAt(x, y),
      fallbackPivot: () => this.#fallbackPivot(),
      showPivot: (at: Vector3 | null) => {
        this.#pivot.setEnabled(at !== null);
        if (at)
          this.#pivot.thinInstanceSetBuffer(
            'matrix',
            Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, at[0], at[1], at[2], 1),
            16,
            true,
          );
        this.#frames.request();
      },
      hover: (x: number, y: number) => this.#scheduleHover(x, y),
      leave: () => this.#endHover(),
      click: (x: number, y: number, mode: 'replace' | 'toggle' | 'add') =>
        this.#options.events.pick(this.#pick(x, y), mode),
      context: (x: number, y: number, clientX: number, clientY: number) =>
        this.#options.events.contextMenu(this.#pick(x, y), clientX, clientY),
      box: (x0: number, y0: number, x1: number, y1: number, mode: 'replace' | 'toggle' | 'add', end: boolean) => {
        if (!end) {
          this.#overlay.showBox(x0, y0, x1, y1);
          return;
        }
        this.#overlay.hideBox();
        const box = { x0, y0, x1, y1 };
        this.#options.events.box(
          boxSelect(this.#model, this.#camera, this.#size, box, this.#filter, this.#planes),
          mode,
        );
      },
      cancelBox: () => this.#overlay.hideBox(),
      fit: () => this.fit(),
    };
  }

  #surfaceAt(x: number, y: number): Vector3 | null {
    const ray = rayThrough(this.#camera, this.#size, x, y);
    const solid = castRay(this.#model, ray, this.#planes);
    const field = this.#field.cast(ray, solid?.distance);
    if (field) return [0, 1, 2].map((k) => ray.origin[k]! + ray.direction[k]! * field.distance) as Vector3;
    return solid?.point ?? null;
  }

  #fallbackPivot(): Vector3 {
    const selected = [...new Set(this.#selection.map((item) => item.instanceId))];
    const box = emptyBox();
    for (const b of selected.length > 0 ? this.#model.boxes(selected) : this.#allBoxes()) {
      growBox(box, b.min);
      growBox(box, b.max);
    }
    return isEmptyBox(box) ? this.#camera.target_mm : boxCentre(box);
  }

  #pick(x: number, y: number, hovering = false): PickedItem | null {
    const item = this.#picker.pick(
      this.#camera,
      this.#size,
      x,
      y,
      this.#filter,
      this.#planes,
      this.#style === 'wireframe',
    );
    const settings = this.#field.settings;
    if (!settings) return item;
    const ray = rayThrough(this.#camera, this.#size, x, y);
    const limit = item
      ? ray.direction.reduce((sum, d, k) => sum + d * (item.point_mm[k]! - ray.origin[k]!), 0)
      : Infinity;
    const hit = this.#field.cast(ray, limit);
    if (!hit) return item;
    const kind = this.#filter === 'part' || this.#filter === 'body' ? this.#filter : 'face';
    // Which element it is takes a look through all of them: for a click, and where elements are painted.
    const { element, value = hit.value } =
      hovering && !isElementQuantity(settings.quantity) ? { element: -1 } : this.#field.elementAt(hit);
    const of = settings.bodies?.[hit.body] ?? { instanceId: settings.instanceId ?? '', body: hit.body };
    return {
      instanceId: of.instanceId,
      body: kind === 'part' ? 0 : of.body,
      kind,
      index: kind === 'face' ? hit.face : 0,
      point_mm: hit.point,
      ...(Number.isFinite(value) ? { value } : {}),
      ...(element >= 0 ? { element } : {}),
    };
  }

  /** At most one pick a frame, however fast the mouse reports. */
  #scheduleHover(x: number, y: number): void {
    this.#hoverAt = { x, y };
    if (this.#hoverTimer !== 0) return;
    this.#hoverTimer = requestAnimationFrame(() => {
      this.#hoverTimer = 0;
      const at = this.#hoverAt;
      if (!at || this.#disposed || this.#navigation.dragging) return;
      this.#setHover(this.#pick(at.x, at.y, true));
    });
  }
  #endHover(): void {
    this.#hoverAt = null;
    this.#setHover(null);
  }
  #setHover(item: PickedItem | null): void {
    const before = this.#hovered;
    this.#hovered = item;
    const same =
      before?.instanceId === item?.instanceId &&
      before?.body === item?.body &&
      before?.kind === item?.kind &&
      before?.index === item?.index;
    if (!same) {
      this.#highlight.set('hover', item ? [item] : []);
      this.#model.setHighlights(this.#highlight.bodies());
      this.#frames.request();
    }
    if (item !== before) this.#options.events.hover(item);
  }

  #allBoxes(): Box[] {
    const boxes = this.#model.boxes();
    const field = this.#field.box;
    if (field) boxes.push(field);
    return boxes;
  }

  #fitPoints(instanceIds?: string[]): Vector3[] {
    const points = this.#model.fitPoints(instanceIds);
    const field = this.#field.box;
    const ids = instancesOfField(this.#field.settings);
    if (field && (!instanceIds || ids.some((id) => instanceIds.includes(id)))) points.push(...boxCorners(field));
    return points;
  }

  #changed(): void {
    const box = emptyBox();
    for (const b of this.#allBoxes()) {
      growBox(box, b.min);
      growBox(box, b.max);
    }
    this.#sceneBox = box;
    this.#frames.request();
  }

  #ask(): void {
    this.#asked = performance.now();
    this.#options.events.busy(true);
  }

  /** Everything asked for is in place: after the next frame the first picture is there. */
  #complete(): void {
    if (this.#asked === null || this.#model.loading || this.#field.busy) {
      this.#frames.request();
      return;
    }
    const asked = this.#asked;
    this.#asked = null;
    this.#changed();
    this.#resolution.full();
    this.#fitCanvas();
    this.#options.events.busy(false);
    this.#options.events.firstPicture(performance.now() - asked);
    // Another thing may be under the pointer now, or the same one with another number.
    if (this.#hoverAt) this.#scheduleHover(this.#hoverAt.x, this.#hoverAt.y);
  }

  setScene(instances: SceneInstance[], parts: ScenePart[]): void {
    this.#ask();
    this.#model.setScene(instances, parts);
    this.#placeField();
    this.#changed();
    this.#highlight.refresh();
    this.#model.setHighlights(this.#highlight.bodies());
    this.#caps.refresh();
    if (!this.#fitted && !isEmptyBox(this.#sceneBox)) {
      this.#fitted = true;
      this.fit(undefined, false);
    }
    if (!this.#model.loading) queueMicrotask(() => !this.#disposed && this.#complete());
  }

  setSelection(items: HighlightItem[]): void {
    this.#selection = items;
    this.#highlight.set('selection', items);
    this.#model.setHighlights(this.#highlight.bodies());
    this.#frames.request();
  }

  setIsolation(instanceIds: string[] | null): void {
    this.#model.setIsolation(instanceIds);
    this.#afterVisibility();
  }
  #afterVisibility(): void {
    this.#highlight.refresh();
    this.#caps.refresh();
    this.#changed();
  }

  setPickFilter(filter: PickFilter): void {
    this.#filter = filter;
    this.#endHover();
  }

  setDisplayStyle(style: DisplayStyle): void {
    if (style === this.#style) return;
    this.#style = style;
    this.#applyStyle();
  }

  #applyStyle(): void {
    const { faces, ghosts, silhouettes, edges, hiddenEdges } = this.#layerMaterials;
    const palette = this.#palette;
    const style = this.#style;
    const shaded = style === 'shaded' || style === 'shaded-edges';
    const drawing = style === 'hidden-lines';
    faces.setVector4('paper', new Vector4(...palette.paper, drawing ? 1 : 0));
    const layers: Layers = {
      faces: style === 'wireframe' ? null : faces,
      ghosts: style === 'wireframe' ? null : ghosts,
      allGhosts: style === 'transparent',
      noGhosts: drawing,
      edges: style === 'shaded' ? null : edges,
      // Through a cut one sees the far sides, so there are no silhouettes then.
      silhouettes: (drawing || style === 'shaded-edges') && this.#planes.length === 0 ? silhouettes : null,
      hiddenEdges: drawing ? hiddenEdges : null,
    };
    silhouettes.setColor4('colour', color4(drawing ? palette.line : palette.edgeOnFace));
    silhouettes.setFloat('lineWidth', 1.5 * this.#pixelRatio);
    ghosts.setFloat('opacity', style === 'transparent' ? 0.22 : 1);
    edges.setColor4('colour', color4(shaded ? palette.edgeOnFace : palette.line, shaded ? 0.9 : 1));
    hiddenEdges.setColor4('colour', color4(palette.line, 0.22));
    const ratio = this.#pixelRatio;
    edges.setFloat('lineWidth', (shaded ? 1.25 : 1.15) * ratio);
    hiddenEdges.setFloat('lineWidth', ratio);
    for (const material of [edges, hiddenEdges]) {
      material.setFloat('depthBias', LINE_BIAS);
      material.setFloat('tint', 1);
    }
    this.#caps.setStyle(style === 'wireframe' ? 'outline' : 'filled');
    this.#model.setLayers(layers);
    this.#frames.request();
  }

  setSections(planes: SectionPlane[]): void {
    const before = this.#planes.length;
    this.#planes = planes
      .filter((plane) => plane.enabled)
      .map((plane): ClipPlane => {
        const n = normalise(plane.normal);
        return [...n, n[0] * plane.origin_mm[0] + n[1] * plane.origin_mm[1] + n[2] * plane.origin_mm[2]];
      });
    if ((before === 0) !== (this.#planes.length === 0)) this.#applyStyle();
    this.#caps.setPlanes(this.#planes);
    this.#field.setSections(this.#planes);
    this.#changed();
  }

  setExplosion(amount: number): void {
    this.#model.setExplosion(Math.max(0, amount));
    this.#placeField();
    this.#afterVisibility();
  }

  setAnnotations(annotations: Annotation[]): void {
    this.#annotations.set(annotations);
    this.#frames.request();
  }

  setField(field: FieldDisplay | null): void {
    if (field && this.#asked === null && field.fieldsHash !== this.#field.settings?.fieldsHash) this.#ask();
    this.#model.setHiddenForField(instancesOfField(field));
    this.#field.set(field, ...this.#fieldTransform(field));
    this.#highlight.refresh();
    this.#caps.refresh();
    this.#changed();
    // What was waited for may have been taken away.
    if (!field && this.#asked !== null) queueMicrotask(() => !this.#disposed && this.#complete());
  }
  #fieldTransform(field: FieldDisplay | null): [Transform, Transform] {
    for (const draw of this.#model.draws.values())
      for (const occurrence of draw.occurrences)
        if (occurrence.instance.id === field?.instanceId) return [occurrence.transform, occurrence.inverse];
    const transform = this.#model.instances.find((i) => i.id === field?.instanceId)?.transform ?? [
      1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0,
    ];
    return [transform, invertTransform(transform)];
  }
  #placeField(): void {
    const settings = this.#field.settings;
    if (settings) this.#field.set(settings, ...this.#fieldTransform(settings));
  }

  setPrediction(numbers: PredictedNumbers | null): void {
    this.#field.setPrediction(numbers);
    this.#changed();
  }

  get pause_ms(): number {
    return this.#resolution.pause_ms;
  }

  setFrame(place: FramePlace): void {
    this.#field.setFrame(place);
    this.#frames.request();
  }

  elementFacts(element: number): ElementFacts | null {
    return this.#field.elementFacts(element);
  }
  worstElements(by: ElementQuantity, count: number): Promise<ElementFacts[]> {
    return this.#field.worstElements(by, count);
  }
  lookAtElement(element: number): void {
    const place = this.#field.elementPlace(element);
    if (!place) return;
    // A dozen elements across: near enough to see its shape, far enough to see where it is.
    const target = this.#flight?.to ?? this.#camera;
    this.#fly({ ...target, target_mm: place.at, height_mm: 12 * place.size }, true);
  }

  setTheme(theme: Theme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#palette = PALETTES[theme];
    this.#applyTheme();
    this.#applyStyle();
  }

  #applyTheme(): void {
    const palette = this.#palette;
    const backdrop = this.#backdrop.material as ReturnType<Materials['create']>;
    backdrop.setColor3('top', color3(palette.backgroundTop));
    backdrop.setColor3('bottom', color3(palette.backgroundBottom));
    const pivot = this.#pivot.material as ReturnType<Materials['create']>;
    pivot.setColor4('colour', color4(palette.selection, 0.9));
    pivot.setColor3('rimColour', color3([1, 1, 1]));
    this.#highlight.setTheme(palette, this.#pixelRatio);
    this.#field.setTheme(palette, this.#pixelRatio);
    this.#caps.setTheme(palette, this.#pixelRatio);
    this.#annotations.setTheme(palette, this.#pixelRatio);
    this.#overlay.setTheme(palette);
    this.#cube.setTheme(this.#theme);
    this.#model.update();
  }

  setNavigation(style: NavigationStyle): void {
    this.#navigation.style = style.name;
  }

  setProjection(orthographic: boolean): void {
    this.#camera = { ...(this.#flight?.to ?? this.#camera), orthographic };
    this.#flight = null;
    this.#frames.request();
  }

  standardView(view: StandardView, animate = true): void {
    let direction: Vector3;
    let up: Vector3;
    if (view === 'normal-to') {
      const normal = this.#selectedNormal();
      if (!normal) return;
      direction = scale(normal, -1);
      up = upFor(direction, this.#camera.up);
    } else ({ direction, up } = STANDARD_VIEWS[view]);
    this.#fly(fitPoints({ ...this.#camera, direction, up }, this.#fitPoints(), this.#aspect), animate);
  }

  /** Outward normal of the selected (or else hovered) face, in the world. */
  #selectedNormal(): Vector3 | null {
    const item =
      this.#selection.find((i) => i.kind === 'face') ?? (this.#hovered?.kind === 'face' ? this.#hovered : null);
    if (!item) return null;
    const occurrence = this.#model.find(item.instanceId, item.body);
    const info = occurrence?.draw.view.info.faces[item.index];
    const arrays = occurrence?.draw.geometry?.arrays;
    let n: Vector3 | undefined = info?.normal;
    if (!n && arrays) {
      const v = arrays.indices[3 * (arrays.faceStarts[item.index] ?? 0)];
      if (v !== undefined) n = [arrays.normals[3 * v]!, arrays.normals[3 * v + 1]!, arrays.normals[3 * v + 2]!];
    }
    if (!n || !occurrence) return null;
    const m = occurrence.transform;
    return normalise([
      m[0]! * n[0] + m[1]! * n[1] + m[2]! * n[2],
      m[4]! * n[0] + m[5]! * n[1] + m[6]! * n[2],
      m[8]! * n[0] + m[9]! * n[1] + m[10]! * n[2],
    ]);
  }

  /** From the view cube: keeps what is in the middle, turns only. */
  #look(direction: Vector3): void {
    const d = normalise(direction);
    const target = this.#flight?.to ?? this.#camera;
    const pivot = this.#fallbackPivot();
    const turned = orthonormal({ ...target, direction: d, up: upFor(d, target.up) });
    // The model's middle stays at its depth, so that a turn never loses the model.
    this.#fly({ ...turned, target_mm: pivot }, true);
  }

  get #aspect(): number {
    const { width, height } = this.#size;
    return width / height;
  }

  fit(instanceIds?: string[], animate = true): void {
    const points = this.#fitPoints(instanceIds);
    if (points.length === 0) return;
    this.#fly(fitPoints(this.#flight?.to ?? this.#camera, points, this.#aspect), animate);
  }

  #fly(to: CameraState, animate: boolean): void {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!animate || still) {
      this.#flight = null;
      this.#camera = to;
    } else this.#flight = { from: this.#camera, to, start: performance.now() };
    this.#frames.request();
  }

  camera(): CameraState {
    return this.#flight?.to ?? this.#camera;
  }

  liveCamera(): CameraState {
    return this.#camera;
  }

  setCamera(state: CameraState, animate = true): void {
    if (!isUsable(state)) return;
    this.#fitted = true;
    this.#fly(orthonormal(state), animate);
    // Said at once, so that whoever links two viewports can tell the echo from a movement by hand.
    if (!this.#flight) this.#reportCamera();
  }

  scale(): number {
    return millimetresPerPixel(this.#camera, this.#size, this.#camera.target_mm);
  }

  statistics() {
    const counts = this.#model.statistics();
    return {
      ...counts,
      triangles: counts.triangles + (this.#field.painted ? this.#field.triangles : 0),
      drawCalls: this.#drawCalls,
      frameMilliseconds: this.#frameMilliseconds,
      frames: this.#frames.count,
    };
  }

  #frame(now: number): boolean {
    if (this.#flight) {
      const t = (now - this.#flight.start) / VIEW_CHANGE_MS;
      if (t >= 1) {
        this.#camera = this.#flight.to;
        this.#flight = null;
      } else this.#camera = interpolate(this.#flight.from, this.#flight.to, ease(Math.max(0, t)));
    }
    const animating = this.#field.settings?.animate === true && this.#field.painted;
    if (animating) {
      const angle = (2 * Math.PI * (now % ANIMATION_MS)) / ANIMATION_MS;
      this.#field.setPhase(this.#field.settings?.swing ? Math.sin(angle) : 0.5 - 0.5 * Math.cos(angle));
    }
    const { width, height } = this.#size;
    this.#resolution.begin(performance.now());
    this.#setPixels(width, height);
    const ready = this.#drawNow();
    this.#resolution.end(this.#graphics.context);
    // A hidden window needs no animation; it goes on when it is seen again.
    return this.#flight !== null || (animating && !document.hidden) || !ready;
  }

  /** Draws the present state; answers whether every program was ready. */
  #drawNow(size: ScreenSize = this.#size): boolean {
    const { engine } = this.#graphics;
    if (engine.isDisposed || engine.getRenderingCanvas() === null) return true;
    const start = performance.now();
    const width = engine.getRenderWidth();
    const height = engine.getRenderHeight();
    const pixels = this.#resolution.scale;
    const box = this.#sceneBox;
    const centre = isEmptyBox(box) ? this.#camera.target_mm : boxCentre(box);
    let radius = isEmptyBox(box) ? this.#camera.height_mm : distance(box.min, box.max) / 2;
    const field = this.#field.settings;
    // A magnified deformation and symbols beside the part reach out of its box.
    radius =
      radius * (field && field.deformationScale !== 0 ? 2.2 : 1.25) + this.#annotations.reach(this.#camera.height_mm);
    this.#babylonCamera.apply(this.#camera, width / height, centre, radius);
    const mmPerPixel = millimetresPerPixel(this.#camera, size, this.#camera.target_mm);
    this.#materials.update({
      camera: this.#camera,
      width: width / pixels,
      height: height / pixels,
      pixels,
      sections: this.#planes,
      hatchSpacing: 2 ** Math.round(Math.log2(mmPerPixel * 13)),
      palette: this.#palette,
    });
    this.#backdrop.setEnabled(!this.#transparent);
    this.#annotations.place(this.#camera, size, (p) => this.#field.displaced(p));
    engine.beginFrame();
    this.#scene.render(true, true);
    engine.endFrame();
    this.#drawCalls = this.#scene.meshes.reduce((sum, mesh) => sum + (mesh.isEnabled() ? 1 : 0), 0);
    this.#cube.draw(this.#camera);
    this.#frameMilliseconds = performance.now() - start;
    this.#reportCamera();
    return this.#scene.meshes.every((mesh) => !mesh.isEnabled() || mesh.isReady(false));
  }

  #reportCamera(): void {
    const key = JSON.stringify(this.#camera);
    if (key === this.#reportedCamera) return;
    this.#reportedCamera = key;
    this.#options.events.camera(this.#camera);
  }

  async screenshot(options: { width?: number; height?: number; transparent?: boolean; legend?: boolean } = {}) {
    this.#resolution.full();
    this.#setPixels(this.#size.width, this.#size.height);
    const size = this.#size;
    const width = Math.max(1, Math.min(8192, Math.round(options.width ?? size.width * this.#pixelRatio)));
    const height = Math.max(1, Math.min(8192, Math.round(options.height ?? size.height * this.#pixelRatio)));
    const { engine } = this.#graphics;
    const [w, h] = [this.#canvas.width, this.#canvas.height];
    const hovered = this.#hovered;
    if (hovered) this.#highlight.set('hover', []);
    const styleWidth = this.#canvas.style.width;
    const styleHeight = this.#canvas.style.height;
    return captureScreenshot({
      width,
      height,
      canvas: this.#canvas,
      // All within one task: the screen never shows the other size.
      draw: () => {
        // Scaled so that lines, symbols and labels look as they do on the screen.
        this.#transparent = options.transparent ?? false;
        engine.setSize(width, height, true);
        this.#drawNow({ width, height });
      },
      restore: () => {
        this.#transparent = false;
        this.#canvas.style.width = styleWidth;
        this.#canvas.style.height = styleHeight;
        engine.setSize(w, h, true);
        if (hovered) this.#highlight.set('hover', [hovered]);
        this.#drawNow();
      },
      annotations: this.#annotations,
      camera: this.#camera,
      displaced: (p) => this.#field.displaced(p),
      palette: this.#palette,
      field: options.legend === false ? null : this.#field.settings,
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#off.abort();
    cancelAnimationFrame(this.#hoverTimer);
    this.#frames.dispose();
    this.#resolution.dispose();
    this.#resize.disconnect();
    this.#navigation.dispose();
    this.#highlight.dispose();
    this.#caps.dispose();
    this.#field.dispose();
    this.#annotations.dispose();
    this.#cube.dispose();
    this.#overlay.dispose();
    this.#model.dispose();
    this.#scene.dispose();
    this.#graphics.engine.dispose();
  }
}

function createLayerMaterials(materials: Materials) {
  return {
    faces: materials.create('artificerFace', { recede: true }),
    ghosts: materials.create('artificerFace', { blend: true, depthWrite: false, defines: ['#define GHOST'] }),
    silhouettes: materials.create('artificerSilhouette', { recede: true }),
    edges: materials.create('artificerLine', { blend: true, depthWrite: false }),
    hiddenEdges: materials.create('artificerLine', { blend: true, behind: true, depthWrite: false }),
  };
}

/** The instances that a field is drawn instead of. */
const instancesOfField = (field: FieldDisplay | null): string[] => [
  ...new Set([
    ...(field?.instanceId ? [field.instanceId] : []),
    ...(field?.bodies ?? []).map(({ instanceId }) => instanceId),
  ]),
];
