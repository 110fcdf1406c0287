/**
 * What the viewport is told and what it tells: an imperative scene that React never renders. Lengths in mm, right-handed, Z up.
 * The panels hold the state; the viewport draws it and reports what the mouse meant.
 */
import type { BodyView, Colour, TopologyKind, Transform, Vector3 } from '../../preload/contract/index.ts';
import type { ElementFacts } from './field/elements.ts';

export type { ElementFacts };

/** One drawn occurrence of a part. `id` is the instance record's id. */
export interface SceneInstance {
  id: string;
  partId: string;
  /** World transform: the product of the tree's transforms. */
  transform: Transform;
  visible: boolean;
  /** Overrides the part's and bodies' colours. */
  colour?: Colour;
  hiddenBodies?: number[];
  /** Only a picture: clicks go through it. */
  untouchable?: boolean;
  /** Ids of the assemblies it stands in, outermost first: the exploded view moves each level apart by itself. */
  ancestors?: string[];
}

export interface ScenePart {
  partId: string;
  colour?: Colour;
  bodies: BodyView[];
}

/** Fetches a bulk-data blob by hash; the viewport decodes and keeps what it draws. */
export type FetchBlob = (hash: string, signal?: AbortSignal) => Promise<Uint8Array>;

/** A picked thing. `index` is the face, edge or vertex index within the body (0 for a body or part). */
export interface PickedItem {
  instanceId: string;
  body: number;
  kind: TopologyKind | 'part';
  index: number;
  /** World point under the cursor. On a deformed field: the point of the material, where it was before. */
  point_mm: Vector3;
  /** On a painted field: its value there, in the unit of the quantity. */
  value?: number;
  /** On a painted field: the finite element there, counted from 0. */
  element?: number;
}

export type PickFilter = 'auto' | 'part' | 'body' | 'face' | 'edge' | 'vertex';
export type DisplayStyle = 'shaded-edges' | 'shaded' | 'wireframe' | 'transparent' | 'hidden-lines';
export type StandardView = 'front' | 'back' | 'left' | 'right' | 'top' | 'bottom' | 'isometric' | 'normal-to';
export type Theme = 'light' | 'dark';
/** `turbo` is the default; `diverging` is for signed quantities. */
export type ColourMapName = 'turbo' | 'viridis' | 'cividis' | 'diverging' | 'rainbow';

export interface SectionPlane {
  id: string;
  origin_mm: Vector3;
  /** Points to the removed side. */
  normal: Vector3;
  enabled: boolean;
}

/** A symbol on the model: restraints, loads, probes, min/max markers, measurements. */
export interface Annotation {
  id: string;
  kind:
    | 'restraint'
    | 'load'
    | 'gravity'
    | 'heat'
    /** A ball, or a line between two of them: what joins bodies. */
    | 'connection'
    /** A line from one point to another with a head at its end: an axis, an arm to a point in space. */
    | 'axis'
    | 'probe'
    | 'minimum'
    | 'maximum'
    | 'measure'
    | 'singularity';
  at_mm: Vector3;
  /** Arrow direction for loads. */
  direction?: Vector3;
  /** The arrow begins at the point; otherwise it ends there. */
  outward?: boolean;
  /** Second end of a dimension line. */
  to_mm?: Vector3;
  /** Words beside it, already formatted with unit. */
  label?: string;
  selected?: boolean;
}

/** A frame of the fields bundle, or a place between two: `blend` 0..1 of the way. */
export interface FramePlace {
  from: number;
  to: number;
  blend: number;
}

/** What arrows are drawn of. */
export type GlyphKind = 'displacement' | 'heat_flux' | 'principal';

export interface GlyphDisplay {
  kind: GlyphKind;
  /** About how many stand along the diagonal of the part. */
  density: number;
  /** Factor of their length; at 1 the longest is a twelfth of the diagonal. */
  size: number;
  /** Lengths follow the values; else all are as long, for directions. */
  byValue: boolean;
  /** The value of full length, in the unit of what is drawn. */
  largest: number;
}

/** Parallel cuts through a field, painted, with nothing removed. */
export interface FieldSlices {
  /** World, unit. */
  normal: Vector3;
  /** Along the normal from the origin, mm. */
  offsets_mm: number[];
}

/** Quantities with one number an element, beside those of `FieldQuantity`. */
export const ELEMENT_QUANTITIES = ['element_quality', 'element_error'] as const;
export type ElementQuantity = (typeof ELEMENT_QUANTITIES)[number];
export const isElementQuantity = (quantity: string): quantity is ElementQuantity =>
  (ELEMENT_QUANTITIES as readonly string[]).includes(quantity);

/** Which body of an instance's part one of a field's bodies is. */
export interface FieldBody {
  instanceId: string;
  body: number;
}

/** A field to paint. `fieldsHash` is the bundle that `FieldsMeta` describes. */
export interface FieldDisplay {
  fieldsHash: string;
  /** The instance whose part was solved gives the world transform; null where the field is in the world's coordinates. */
  instanceId: string | null;
  /** The field's bodies in order; where left out, those of the instance's part. What has them is not drawn meanwhile. */
  bodies?: FieldBody[];
  quantity: string;
  range: [number, number];
  /** Number of contour bands; 0 draws a smooth ramp. */
  bands: number;
  /** The first frame where left out. */
  frame?: FramePlace;
  /** Multiplies the displacement; 0 is undeformed. */
  deformationScale: number;
  /** A loop over the deformation: 0..1..0, or with `swing` from one side to the other as a mode does. */
  animate: boolean;
  swing?: boolean;
  showMesh: boolean;
  /** Translucent undeformed outline for comparison. */
  showUndeformed: boolean;
  /** The skin in one quiet colour, for arrows to be seen on. */
  plain?: boolean;
  /** Draw only where the quantity is at least (or at most) this. */
  threshold?: { minimum?: number; maximum?: number };
  /** Surfaces of constant value through the body, which is then only hinted at. */
  isoValues?: number[];
  /** Painted cuts through the body, which is then only hinted at. */
  slices?: FieldSlices;
  glyphs?: GlyphDisplay;
  /** A finite element to point out, counted from 0. */
  element?: number;
  /** Colours; `turbo` where left out. */
  colourMap?: ColourMapName;
  /** For 'safety_factor': what the largest von Mises stress may be, MPa. */
  allowable_MPa?: number;
  /** Title of the legend in screenshots; the quantity's name where left out. */
  title?: string;
  /** The numbers are those of {@link Viewport.setPrediction}, on the mesh of the bundle: hatched, for they are no solution. */
  predicted?: boolean;
}

/** What a surrogate says of a design, at the nodes of the reference design's mesh. */
export interface PredictedNumbers {
  /** One a node. */
  values: Float32Array;
  /** From where the reference design has the node to where it is drawn, mm: three a node. */
  movement: Float32Array;
}

export interface CameraState {
  target_mm: Vector3;
  /** From the eye to the target, unit. */
  direction: Vector3;
  up: Vector3;
  /** Height of the visible field at the target. */
  height_mm: number;
  orthographic: boolean;
}

/** Mouse button and modifier for each navigation; the default is like SolidWorks: middle orbits, Ctrl+middle pans, wheel zooms. */
export interface NavigationStyle {
  name: 'solidworks' | 'blender' | 'fusion' | 'catia';
}

export interface ViewportEvents {
  hover(item: PickedItem | null): void;
  /** `mode` from the modifier keys: plain click replaces, Ctrl/Cmd toggles, Shift adds. A click on nothing gives null. */
  pick(item: PickedItem | null, mode: 'replace' | 'toggle' | 'add'): void;
  box(items: PickedItem[], mode: 'replace' | 'toggle' | 'add'): void;
  camera(state: CameraState): void;
  /** Frame drawn after new geometry was in place, with the milliseconds since it was asked for. */
  firstPicture(milliseconds: number): void;
  /** True from when something is asked for until it is drawn: what is clicked meanwhile may not be there yet. */
  busy(busy: boolean): void;
  contextMenu(item: PickedItem | null, x: number, y: number): void;
  /** The graphics context was lost, or could not be had. */
  failure(message: string): void;
}

export interface ViewportOptions {
  fetchBlob: FetchBlob;
  events: ViewportEvents;
  theme: Theme;
  navigation: NavigationStyle;
}

export interface Viewport {
  /** Replaces what is drawn; unchanged bodies keep their GPU data. The first call fits the view. */
  setScene(instances: SceneInstance[], parts: ScenePart[]): void;
  setSelection(items: Omit<PickedItem, 'point_mm'>[]): void;
  /** Draws only these instances; null ends isolation. */
  setIsolation(instanceIds: string[] | null): void;
  setPickFilter(filter: PickFilter): void;
  setDisplayStyle(style: DisplayStyle): void;
  setSections(planes: SectionPlane[]): void;
  /** 0 is assembled, 1 fully apart. */
  setExplosion(amount: number): void;
  setAnnotations(annotations: Annotation[]): void;
  setField(field: FieldDisplay | null): void;
  /** Moves the painted field to another frame, or between two, at the pace of a film. */
  setFrame(place: FramePlace): void;
  /** The numbers that a predicted field shows from now on; the picture of before stays until they are there. */
  setPrediction(numbers: PredictedNumbers | null): void;
  /** Time to leave between two pictures of other numbers, so that drawing does not hold up all else; 0 where it is cheap. */
  readonly pause_ms: number;
  /** Facts of one finite element of the painted field (counted from 0); null where there is none. */
  elementFacts(element: number): ElementFacts | null;
  /** The worst elements of the painted field by quality or by estimated error, worst first. */
  worstElements(by: ElementQuantity, count: number): Promise<ElementFacts[]>;
  /** Looks at the element from where the eye is now, near enough to see it. */
  lookAtElement(element: number): void;
  setTheme(theme: Theme): void;
  setNavigation(style: NavigationStyle): void;
  setProjection(orthographic: boolean): void;
  standardView(view: StandardView, animate?: boolean): void;
  fit(instanceIds?: string[], animate?: boolean): void;
  /** Where it is going, while it flies. */
  camera(): CameraState;
  /** As it is drawn at this moment. */
  liveCamera(): CameraState;
  setCamera(state: CameraState, animate?: boolean): void;
  /** PNG bytes of the picture as drawn, with legend and annotations when asked. */
  screenshot(options?: {
    width?: number;
    height?: number;
    transparent?: boolean;
    /** False leaves the legend of a painted field out. */
    legend?: boolean;
  }): Promise<Uint8Array>;
  /** mm per CSS pixel at the target: for the on-screen scale. */
  scale(): number;
  /** Figures for the benchmark. */
  statistics(): {
    triangles: number;
    drawCalls: number;
    instances: number;
    frameMilliseconds: number;
    /** Frames drawn since the start: none are added while nothing changes. */
    frames: number;
  };
  dispose(): void;
}
