/** What a dimension may be before the kernel sees it. */
import { usage } from '../../errors.ts';

const finite = (value: number, field: string): number => {
  if (!Number.isFinite(value)) throw usage('feature.dimension', `${field} is not a number.`);
  return value;
};

/** mm. @throws ArtificerError `feature.dimension` */
export function positiveLength(value_mm: number, field: string): number {
  if (finite(value_mm, field) > 1e-6) return value_mm;
  throw usage(
    'feature.dimension',
    `The ${field} must be greater than zero, not ${Number(value_mm.toPrecision(6))} mm.`,
  );
}

/** rad, between two bounds that are not included. @throws ArtificerError `feature.dimension` */
export function angleWithin(value_rad: number, low_rad: number, high_rad: number, field: string): number {
  const degrees = (angle: number): string => `${Number(((angle * 180) / Math.PI).toPrecision(6))}`;
  if (finite(value_rad, field) > low_rad && value_rad < high_rad) return value_rad;
  throw usage(
    'feature.dimension',
    `The ${field} must be between ${degrees(low_rad)} and ${degrees(high_rad)} degrees, not ${degrees(value_rad)}.`,
  );
}
