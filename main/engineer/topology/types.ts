/** What is asked of a generated shape, and what comes back. mm, N, MPa, tonne; coordinates are the part's own. */
import type { HistoryEntry } from './density/optimise.ts';

export type Point3 = readonly [number, number, number];
export type Point2 = readonly [number, number];
export type AxisName = 'x' | 'y' | 'z';

/** A box, or a profile that is as deep as the box along the milling direction. */
export interface Envelope {
  minimum: Point3;
  maximum: Point3;
  /**
   * Corners of a simple polygon in the plane across the milling direction, within the box; the box's rectangle where left out.
   * Coordinates are those of the part's axes that follow the milling direction in turn: x and y for z, y and z for x, z and x
   * for y.
   */
  profile?: readonly Point2[];
}

interface InterfaceCommon {
  /** Letters, digits, `-` and `_`, beginning with a letter: features and faces of the part are called by it. */
  name: string;
}

/**
 * Through holes along the milling direction, each with a ring of material around it. A `bolt-pattern` is one interface of
 * several bores.
 */
export interface BoreInterface extends InterfaceCommon {
  kind: 'bore' | 'bolt-pattern';
  /** Only the coordinates across the milling direction count. */
  centres: readonly Point3[];
  diameter_mm: number;
  /** Width of the ring. */
  land_mm: number;
}

/** A straight piece of the envelope's side, all of its depth, with material behind it. */
export interface FaceInterface extends InterfaceCommon {
  kind: 'face';
  /** On the envelope's boundary; the coordinate along the milling direction doesn't count. */
  centre: Point3;
  /** Along the envelope's boundary. */
  length_mm: number;
  /** How deep the material behind it is. */
  land_mm: number;
}

/** A round boss on one of the two sides that lie across the milling direction, raised above the rest by `raised_mm`. */
export interface PadInterface extends InterfaceCommon {
  kind: 'pad';
  centre: Point3;
  diameter_mm: number;
  raised_mm: number;
  side: 'top' | 'bottom';
}

export type ShapeInterface = BoreInterface | FaceInterface | PadInterface;

/** Where no material may be: all the way through along the milling direction. */
export type KeepOut =
  | { kind: 'circle'; centre: Point3; diameter_mm: number }
  | { kind: 'box'; minimum: Point3; maximum: Point3 };

export interface ShapeLoad {
  /** An interface's name. */
  on: string;
  /** N, spread evenly over the interface's faces: it acts at their middle. */
  force_N?: Point3;
  /** N mm, about that middle. */
  moment_N_mm?: Point3;
}

export interface ShapeLoadCase {
  name: string;
  loads: readonly ShapeLoad[];
  /** Interfaces that are held fast. */
  supports: readonly string[];
  /** How much the case counts; 1 where left out. */
  weight?: number;
}

export interface ShapeRequest {
  /** Of the part, for its title. */
  name: string;
  envelope: Envelope;
  millingDirection: AxisName;
  interfaces: readonly ShapeInterface[];
  keepOuts?: readonly KeepOut[];
  loadCases: readonly ShapeLoadCase[];
  material: { name?: string; young_MPa: number; poisson: number; density_t_mm3: number };
  /** No member is to be thinner. */
  minimumMember_mm: number;
  /** No inner corner of the outline is to be sharper. */
  toolRadius_mm: number;
  /** Either a share of the envelope (keep-outs and bores left out) or a mass. */
  amount: { volumeFraction: number } | { mass_t: number };
  /**
   * What is made small: the sum of the cases' compliances, each as a multiple of that of the whole envelope made of the
   * material, or nearly the largest of these.
   */
  aggregate?: 'sum' | 'worst';
  /**
   * How the grid bends: plane stress (only for loads in the plane, at the middle of the depth), or bricks in layers through
   * the depth. `auto`: plane where that is right.
   */
  mechanics?: 'auto' | 'plane' | 'layers';
  /** Other seeds begin with other densities, and may end in other designs; 0 begins evenly. */
  seed?: number;
  budget?: {
    /** Default 120. */
    iterations?: number;
    /** Most columns of cells; default 12,000 (plane) or 5,000. */
    cells?: number;
    /** Through the depth; default 2, which bend and twist well enough: elements are quadratic in bending. */
    layers?: number;
  };
}

/** Of the shape that was drawn, by its outline. */
export interface ShapeMeasures {
  volume_mm3: number;
  mass_t: number;
  /** Thinnest member and narrowest gap that were found, mm; null where there is none. */
  thinnestMember_mm: number | null;
  /** Smallest radius of an inner corner, mm; null where there is none. */
  smallestInnerRadius_mm: number | null;
  windows: number;
  pieces: { lines: number; arcs: number };
  /** Largest distance of the drawn outline from the contour that it was fitted to, mm. */
  fitError_mm: number;
}

export interface ShapeReport {
  mechanics: 'plane' | 'layers';
  layers: number;
  cell_mm: number;
  cells: number;
  iterations: number;
  stopped: 'settled' | 'iterations';
  /** Volume of the densities, mm^3. */
  densityVolume_mm3: number;
  /**
   * Compliance (force times displacement) of each case by the densities, and by the outline that was drawn on the same grid,
   * N mm; and the former as a multiple of that of the whole envelope.
   */
  compliances: { name: string; compliance_N_mm: number; drawn_N_mm: number; relative: number }[];
  greyness: number;
  measures: ShapeMeasures;
  /** What a person should know. */
  warnings: string[];
  seconds: { optimise: number; draw: number };
}

export interface DensityField {
  cellsX: number;
  cellsY: number;
  cell_mm: readonly [number, number];
  /** Plane coordinates of the first cell's outer corner. */
  origin_mm: Point2;
  /** Cell (i, j) has the number i cellsY + j. */
  density: Float32Array;
}

/** A closed outline: pieces that hang together, counter-clockwise around the material, holes clockwise. */
export interface DrawnLoop {
  pieces: DrawnPiece[];
}
export interface DrawnPiece {
  /** A name given by an interface, or none. */
  face?: string;
  from: Point2;
  to: Point2;
  /** A point of an arc halfway; a straight line where left out. */
  through?: Point2;
}

export interface GeneratedShape {
  /** A TypeScript part script. */
  script: string;
  /** Faces of each interface in the part, for loads and restraints. */
  faces: Record<string, string[]>;
  /** In plane coordinates; the first goes around everything, the others are windows. Bores are not among them. */
  outlines: DrawnLoop[];
  history: HistoryEntry[];
  field: DensityField;
  report: ShapeReport;
}
