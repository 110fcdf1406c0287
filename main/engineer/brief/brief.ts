/** What the engineer is given, read and in base units. */
import type { Material, Process, Vector3 } from '../../../preload/contract/index.ts';
import type { DesignQuantity, Requirement } from '../requirements/requirement.ts';

export interface Box {
  min_mm: Vector3;
  max_mm: Vector3;
}

/** What a design must have so that it fits its neighbours. */
export type BriefInterface = { name: string } & (
  | { kind: 'bolts'; at_mm: Vector3[]; axis: Vector3; diameter_mm: number; size: string }
  | { kind: 'bore'; at_mm: Vector3; axis: Vector3; diameter_mm: number; length_mm: number | null }
  | { kind: 'journal'; at_mm: Vector3; axis: Vector3; diameter_mm: number; length_mm: number }
  | { kind: 'face'; at_mm: Vector3; normal: Vector3; size_mm: [number, number] | null }
);

/** A variable that a concept may change, as the brief has it; its kind and its unit are those of the part's variable. */
export type Varied =
  | { kind: 'range'; minimum: string | number; maximum: string | number }
  | { kind: 'choices'; choices: (string | number)[] };

export interface ConceptRequest {
  name: string;
  /** Key of an archetype, key of a sample part or path of a script; or a shape generated between the interfaces. */
  from: { kind: 'archetype'; key: string } | { kind: 'part'; part: string } | { kind: 'generated' };
  vary: Record<string, Varied>;
  set: Record<string, string | number>;
  /** Where the interfaces are on the part: selectors of faces by name. */
  faces: Record<string, string[]>;
  /** Files that the part's script imports, by the source it names them with. */
  imports: Record<string, string>;
}

/** A named load case: a study without geometry, material and mesh, as plain data of the file. */
export interface BriefCase {
  name: string;
  type: string;
  conditions: Record<string, unknown>;
}

export interface Objective {
  text: string;
  direction: 'minimise' | 'maximise';
  quantity: DesignQuantity;
  case?: string;
}

export interface Brief {
  name: string;
  about: string;
  process: Process | null;
  /** How many are to be made. */
  quantity: number;
  materials: Material[];
  interfaces: BriefInterface[];
  envelope: Box | null;
  keepOuts: Box[];
  concepts: ConceptRequest[];
  cases: BriefCase[];
  requirements: Requirement[];
  objectives: Objective[];
  budget: { minutes: number; solves: number };
  seed: number;
  /** Stress this near a place where it is infinite in theory is left out; chosen from the mesh where null. */
  leaveOut_mm: number | null;
}
