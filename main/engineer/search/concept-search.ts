/** The search of one concept: its region of trust, and what its solves have told of themselves. */
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import type { Brief } from '../brief/brief.ts';
import type { Concept } from '../concepts/concept.ts';
import type { Observation } from './models.ts';
import { DesignSpace } from './space.ts';
import { TrustRegion } from './trust-region.ts';

/** A design that was tried, as the models see it and as it is told. */
export type Tried = Observation & { candidate: DesignCandidate };

export class ConceptSearch extends TrustRegion<Tried> {
  readonly concept: Concept;
  /** How near singular places stress is left out: by the brief, or once its first design is solved. */
  leaveOut_mm: number | undefined;
  /** Converged over quick, by requirement. */
  corrections: number[];

  constructor(concept: Concept, brief: Brief) {
    super(new DesignSpace(concept, brief.materials));
    this.concept = concept;
    this.leaveOut_mm = brief.leaveOut_mm ?? undefined;
    this.corrections = new Array<number>(brief.requirements.length).fill(1);
  }
}
