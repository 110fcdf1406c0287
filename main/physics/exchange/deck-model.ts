/** A foreign deck as far as it was understood: ready to be solved, with the account of what was not. */
import type { HeatSource, HeatSurface } from '../../../native/index.d.ts';
import type { Material } from '../../../preload/contract/studies.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { Vec3 } from '../vector.ts';
import type { AccountItem } from './account.ts';
import type { ForeignMesh } from './foreign-mesh.ts';

/** Natural frequencies where a deck asks for some and does not say how many. */
const DEFAULT_MODES = 10;

/** What acts in a step. */
export interface DeckStep {
  name: string;
  /** 3n, N. */
  forces: Float64Array;
  gravity_mm_s2: Vec3;
}

export interface DeckModel {
  title: string;
  type: 'static' | 'modal' | 'thermal';
  mesh: VolumeMesh;
  /** The deck's number of each of our nodes; midside nodes that were added have 0. */
  nodeNumbers: Int32Array;
  /** Index of each element's material. */
  elementMaterial: Int32Array;
  materials: Material[];
  /** Axis 0, 1, 2. */
  fixed: { node: number; axis: number; value_mm: number }[];
  /** 3n, N: of the first step. */
  forces: Float64Array;
  gravity_mm_s2: Vec3;
  /** Further steps of statics, each with all that acts in it; held as in the first. */
  laterSteps: DeckStep[];
  /** Of the first step, where it has one. */
  stepName: string;
  fixedTemperatures: { node: number; temperature_degC: number }[];
  /** n, mW; positive flows in. */
  heat: Float64Array;
  /** What lets heat through or takes it up, in the core's units (mW, mm, K). */
  surfaces: HeatSurface[];
  sources: HeatSource[];
  /** Natural frequencies that are asked for. */
  modes: number;
  account: AccountItem[];
}

/** Decks have no units: those that CalculiX users of ours work in are taken, and the account says so. */
export const ASSUMED_UNITS = 'taken to be in mm, N, MPa, tonne, s, K';
/** kg/m^3 in a tonne/mm^3. */
export const KG_M3_PER_TONNE_MM3 = 1e12;
/** J/(kg K) in an mJ/(tonne K): the deck's unit of specific heat in mm, tonne, s. */
export const J_KGK_PER_MJ_TONNEK = 1e-6;

/** A deck of which only the mesh is known so far. */
export function emptyDeck({ mesh, nodeIndex }: ForeignMesh, title = ''): DeckModel {
  const nodeNumbers = new Int32Array(mesh.nodes.length / 3);
  for (const [number, index] of nodeIndex) nodeNumbers[index] = number;
  return {
    title,
    type: 'static',
    mesh,
    nodeNumbers,
    elementMaterial: new Int32Array(mesh.elements.length / 10).fill(-1),
    materials: [],
    fixed: [],
    forces: new Float64Array(mesh.nodes.length),
    gravity_mm_s2: [0, 0, 0],
    laterSteps: [],
    stepName: 'Step 1',
    fixedTemperatures: [],
    heat: new Float64Array(mesh.nodes.length / 3),
    surfaces: [],
    sources: [],
    modes: DEFAULT_MODES,
    account: [],
  };
}
