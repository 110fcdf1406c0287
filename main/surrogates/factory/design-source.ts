/** Where designs come from: a part that can be made with other dimensions, and what is asked of each of them. */
import type { BodyInfo, FeatureOutcome, JobContext } from '../../../preload/contract/index.ts';
import type { StudyBody, StudyOfRequest } from '../../physics/index.ts';
import type { SurrogateSpecification } from '../specification/read-specification.ts';

export interface MadePart {
  /** ASCII BREP of the solid bodies as one compound. */
  brep: Uint8Array;
  infos: BodyInfo[];
  outcomes: FeatureOutcome[];
}

export interface DesignSource {
  /** What the part is called. */
  part: string;
  /** Hashes of all that decides a result besides the parameters. */
  partHash: string;
  studyHash: string;
  /** What is asked of each design. */
  study: StudyOfRequest;
  /**
   * The part with given dimensions, in the parameters' units and order.
   * @param lane parts of different lanes can be made at once
   * @throws ArtificerError of the step that failed
   */
  make(values: readonly number[], lane: number, context: JobContext): Promise<MadePart>;
  /** The bodies of a design, made of what they are made of. */
  bodies(infos: readonly BodyInfo[]): StudyBody[];
  /** The study with names as this part knows them, where they are written in words. */
  inNamesOf(made: MadePart): StudyOfRequest;
}

/** What is sampled, and how often: a specification without its part and its study. */
export type DesignPlan = Pick<
  SurrogateSpecification,
  | 'name'
  | 'parameters'
  | 'reference'
  | 'quantities'
  | 'fields'
  | 'seed'
  | 'designs'
  | 'adaptive'
  | 'unseen'
  | 'ownMeshEvery'
  | 'budget'
>;
