/** Values of a restraint, load or connection that say nothing. Pure. */
import type { Item } from '../kinds/lists.ts';
import type { Missing } from './missing.ts';

const MOTIONS = ['x_mm', 'y_mm', 'z_mm', 'rx_rad', 'ry_rad', 'rz_rad'] as const;
const isZero = (vector: readonly number[]): boolean => vector.every((each) => each === 0);

export function missingInValues(item: Item): Missing[] {
  const say = (text: string, field: string, blocking: boolean): Missing[] => [
    { text: `“${item.name}” ${text}`, itemId: item.id, field, blocking },
  ];
  switch (item.kind) {
    case 'displacement':
    case 'remote-displacement': {
      const free = MOTIONS.every((key) => !(key in item) || (item as { [key: string]: unknown })[key] === undefined);
      return free ? say('holds no axis.', 'x_mm', true) : [];
    }
    case 'elastic-support':
      return item.normal_N_mm3 === 0 && item.tangential_N_mm3 === 0
        ? say('has no stiffness.', 'normal_N_mm3', true)
        : [];
    case 'cyclic-symmetry':
      return isZero(item.axis.direction) ? say('has an axis without a direction.', 'axis', true) : [];
    case 'centrifugal':
      return [
        ...(isZero(item.axis.direction) ? say('has an axis without a direction.', 'axis', true) : []),
        ...(item.speed_rad_s === 0 ? say('does not turn: its speed is 0.', 'speed_rad_s', false) : []),
      ];
    case 'force':
    case 'bearing':
      return isZero(item.force_N) ? say('is a force of 0.', 'force_N', false) : [];
    case 'remote-force':
      return isZero(item.force_N) && isZero(item.moment_N_mm ?? [0]) ? say('is a force of 0.', 'force_N', false) : [];
    case 'gravity':
    case 'acceleration':
      return isZero(item.acceleration_mm_s2) ? say('is an acceleration of 0.', 'acceleration_mm_s2', false) : [];
    case 'spring':
      return isZero(item.stiffness_N_mm) ? say('has no stiffness.', 'stiffness_N_mm', true) : [];
    default:
      return [];
  }
}
