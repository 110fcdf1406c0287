import type { BodyInfo, RequirementResult, Vector3 } from '../../../preload/contract/index.ts';

/** What rules are asked of: a design that was made, or the bodies of a file. */
export interface RuledDesign {
  /** `BinTools` bytes. */
  bodies: readonly { brep?: Uint8Array }[];
  infos: readonly BodyInfo[];
}

/**
 * What every design is held to besides the brief's own requirements, as one of them.
 * @param value how far it is missed, as a share; negative where it holds
 */
export const ruleResult = (
  text: string,
  value: number,
  missed: { note: string; at_mm?: Vector3 } | null,
): RequirementResult => ({
  text,
  value,
  limit: 0,
  unit: '1',
  isRule: true,
  margin: -value,
  error_percent: null,
  holds: value < 0,
  ...missed,
});
