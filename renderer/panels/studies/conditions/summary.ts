/** An item of a study in a few words: at the end of its line, and beside its symbol in the view. */
import type { Connection, Load, Restraint } from '../../../../preload/contract/index.ts';
import { formatCount, formatQuantity } from '../../../units/format.ts';
import type { Quantity } from '../../../units/quantities.ts';
import { currentUnits } from '../../../units/use-units.ts';
import { actsOnAll, type Item, type ListName, placesOn } from '../kinds/lists.ts';

const sizeOf = (vector: readonly number[]): number => Math.hypot(...vector);

/** Size and quantity of a load, such as 1.2 kN. */
function measureOf(load: Load): [value: number, quantity: Quantity] {
  switch (load.kind) {
    case 'force':
    case 'bearing':
    case 'remote-force':
      return [sizeOf(load.force_N), 'force'];
    case 'pressure':
      return [load.pressure_MPa, 'stress'];
    case 'traction':
      return [sizeOf(load.traction_MPa), 'stress'];
    case 'moment':
      return [sizeOf(load.moment_N_mm), 'moment'];
    case 'gravity':
    case 'acceleration':
      return [sizeOf(load.acceleration_mm_s2), 'acceleration'];
    case 'centrifugal':
      return [load.speed_rad_s, 'angularVelocity'];
    case 'body-temperature':
      return [load.temperature_degC, 'temperature'];
    case 'convection':
      return [load.film_W_m2K, 'heatTransfer'];
    case 'radiation':
      return [load.ambient_degC, 'temperature'];
    case 'heat-flux':
      return [load.flux_W_m2, 'heatFlux'];
    case 'heat-flow':
      return [load.power_W, 'power'];
    case 'heat-generation':
      return [load.generation_W_m3, 'heatGeneration'];
  }
}

export function loadLabel(load: Load): string {
  const words = formatQuantity(...measureOf(load), currentUnits());
  if (load.kind === 'radiation') return `to ${words}`;
  return load.curve ? `${words} × f(t)` : words;
}

const places = (count: number): string => (count === 1 ? '1 place' : `${formatCount(count)} places`);

function restraintLabel(restraint: Restraint): string {
  if (restraint.kind === 'temperature') {
    const words = formatQuantity(restraint.temperature_degC, 'temperature', currentUnits());
    return restraint.curve ? `${words} × f(t)` : words;
  }
  if (restraint.kind === 'cyclic-symmetry') return `${formatCount(restraint.sectors)} sectors`;
  return places(restraint.on.length);
}

function connectionLabel(connection: Connection): string {
  if (connection.kind === 'bolt') return formatQuantity(connection.preload_N, 'force', currentUnits());
  if (connection.kind === 'bonded-touching') return 'where they touch';
  if (connection.kind === 'coupled') return connection.axes.join(', ').toUpperCase();
  return places(connection.on.length);
}

export function summaryOf(list: ListName, item: Item): string {
  if (list === 'loads') return loadLabel(item as Load);
  if (list === 'restraints') return restraintLabel(item as Restraint);
  return connectionLabel(item as Connection);
}

/** Where it is, for a reader: everything, or how many places. */
export const whereOn = (list: ListName, item: Item): string =>
  actsOnAll(list, item) ? 'everything' : places(placesOn(item).length);
