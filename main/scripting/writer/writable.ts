/** What is written as a script: records of a part have it, and so has what a script makes. */
import type { Feature, VariableDimension } from '../../../preload/contract/index.ts';

export interface WritableVariable {
  name: string;
  dimension: VariableDimension;
  expression: string;
  minimum?: string | undefined;
  maximum?: string | undefined;
  note?: string | undefined;
}

export interface WritableStep {
  id: string;
  name: string;
  group?: string | undefined;
  suppressed?: boolean | undefined;
  feature: Feature;
}

export interface WritablePart {
  name: string;
  about?: string | undefined;
  /** Its name in the library. */
  material?: string | undefined;
  variables: readonly WritableVariable[];
  features: readonly WritableStep[];
}
