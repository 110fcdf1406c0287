/** What is asked of sensitivities and what is answered. Units: mm, N, MPa; angles of variables in rad. */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { Functional, SensitivitySummary } from '../../../preload/contract/sensitivities.ts';
import type { StudyRequest } from '../types.ts';

/** The part with a variable a little larger or smaller. */
export interface ChangedGeometry {
  /** ASCII BREP of all bodies as one compound, in the order of the request's bodies. */
  brep: Uint8Array;
  infos: BodyInfo[];
}

/** A variable of the part, and the part on both sides of its value. */
export interface FollowedVariable {
  name: string;
  /** `mm`, `rad` or `1`. */
  unit: string;
  value: number;
  /** The two parts are at value + step and value - step. */
  step: number;
  plus: ChangedGeometry;
  minus: ChangedGeometry;
}

export interface SensitivityRequest extends StudyRequest {
  functionals: Functional[];
  variables: FollowedVariable[];
  /** Variables that the caller could not make parts of, and why. */
  leftOut?: SensitivitySummary['leftOut'];
  /** Solve anew on both sides of each variable and give central differences too. */
  differences?: boolean;
}

/** Where the surface of a mesh is on both sides of a variable's value; nodes inside where they were. */
export interface SurfaceMovement {
  name: string;
  unit: string;
  value: number;
  step: number;
  /** 3n, mm. */
  plus: Float64Array;
  minus: Float64Array;
}

export interface SensitivityOutcome {
  summary: SensitivitySummary;
  /** A bundle as SensitivityMeta in the contract describes. */
  fields: Uint8Array;
  /** By functional and variable, where they were asked for: (J(p + h) - J(p - h)) / 2h of new solutions. */
  differences?: number[][];
}
