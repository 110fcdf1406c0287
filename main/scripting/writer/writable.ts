/** What is written as a script: records of a part have it, and so has what a script makes. */
import type { Feature } from '../../../preload/contract/index.ts';
import type { DeclaredVariable } from '../../document/index.ts';

export type WritableVariable = DeclaredVariable;

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
