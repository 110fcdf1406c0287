/**
 * Whether the size of a model can be believed. A file whose header says millimetres and whose numbers were metres is the
 * commonest silent mistake of exchange, and a thousand-fold: every volume, mass and stress after it is wrong.
 *
 * No size proves it, so this only warns, and only where one of two things holds:
 * - the model is larger or smaller than nearly anything that is made (over 100 m, under 0.05 mm), whatever its unit;
 * - the file says mm or inch, was written by a system whose users model in metres (Rhino and the like, often used for ships,
 *   aircraft, buildings and blades), holds surfaces only, and measures between 10 and 1000 units of its file: a part of that
 *   size in mm is drawn as a solid far more often than as loose surfaces.
 */
import type { BoundingBox } from '../../preload/contract/geometry.ts';
import type { Warning } from './port.ts';

const LARGEST_mm = 100_000;
const SMALLEST_mm = 0.05;
const UNIT_FREE_SYSTEMS = /rhino|st-developer|openvsp|sketchup|blender|ansys|designmodeler|spaceclaim/i;

export interface SizeFacts {
  box: BoundingBox | undefined;
  lengthUnit: string;
  originatingSystem: string;
  solids: number;
}

export function checkSize({ box, lengthUnit, originatingSystem, solids }: SizeFacts): Warning[] {
  if (!box) return [];
  const size = Math.max(...box.max.map((max, axis) => max - box.min[axis]!));
  const said = `The file gives its lengths in ${lengthUnit}`;
  if (size > LARGEST_mm)
    return [
      {
        code: 'import.suspicious-size',
        message: `${said}, which makes the model ${(size / 1000).toPrecision(3)} m long. Check the unit before relying on any number.`,
      },
    ];
  if (size > 0 && size < SMALLEST_mm)
    return [
      {
        code: 'import.suspicious-size',
        message: `${said}, which makes the model only ${(size * 1000).toPrecision(3)} µm long. Check the unit before relying on any number.`,
      },
    ];
  if (lengthUnit === 'mm' && solids === 0 && size >= 10 && size <= 1000 && UNIT_FREE_SYSTEMS.test(originatingSystem))
    return [
      {
        code: 'import.suspicious-unit',
        message: `${said} and was written by ${originatingSystem}, which has surfaces in any unit: ${size.toPrecision(4)} mm may have been meant as ${size.toPrecision(4)} m. Check a known dimension.`,
      },
    ];
  return [];
}
