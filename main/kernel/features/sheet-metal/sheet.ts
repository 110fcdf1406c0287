/** What sheet-metal steps know of each other: the sheet's thickness, bend radius and neutral axis, kept by the first step. */
import { usage } from '../../errors.ts';
import type { BodyState, OperationScope } from '../operation.ts';

/**
 * Where the neutral axis of a bend lies, as a part of the thickness from the inside. Machinery's Handbook (31st edition,
 * "Bending sheet metal") gives lengths of 90 degree bends of 0.64 t + 1.57 r for mild steel and half-hard brass and
 * 0.71 t + 1.57 r for hard bronze and copper, which is 0.41 and 0.45; 0.44 is the usual preset between the two.
 */
export const DEFAULT_K_FACTOR = 0.44;

export interface SheetSettings {
  thickness_mm: number;
  /** Inside. */
  bendRadius_mm: number;
  kFactor: number;
}

/** The settings of the sheet-metal step that the body began with; undefined for any other body. */
export function settingsOf(scope: OperationScope, body: BodyState): SheetSettings | undefined {
  const ids = new Set([body.name, ...body.faceNames.flat()].map((name) => /^feature_[A-Za-z0-9]+/.exec(name)?.[0]));
  for (const id of ids) {
    const feature = id === undefined ? undefined : scope.earlierFeature(id);
    if (feature?.kind === 'sheet-base')
      return {
        thickness_mm: feature.thickness,
        bendRadius_mm: feature.bendRadius,
        kFactor: feature.kFactor ?? DEFAULT_K_FACTOR,
      };
  }
  return undefined;
}

/** @throws ArtificerError `sheet.k-factor` */
export function checkedKFactor(kFactor: number | undefined): number {
  const value = kFactor ?? DEFAULT_K_FACTOR;
  if (value > 0 && value < 1) return value;
  throw usage(
    'sheet.k-factor',
    `The K-factor must lie between 0 and 1, not ${value}.`,
    'It is where the neutral axis lies in the thickness: 0.3 to 0.5 for most sheets.',
  );
}

/** Length of the neutral axis round a bend, mm: angle (r + K t). */
export const bendAllowance = (
  angle_rad: number,
  innerRadius_mm: number,
  thickness_mm: number,
  kFactor: number,
): number => angle_rad * (innerRadius_mm + kFactor * thickness_mm);
