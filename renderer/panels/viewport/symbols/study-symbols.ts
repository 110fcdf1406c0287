/** Symbols for the restraints, loads and connections of a study, in the study's coordinates. */
import type { Connection, Load, Restraint, StudyRecord, Vector3 } from '../../../../preload/contract/index.ts';
import { subjectBodies } from '../../../geometry/subject.ts';
import type { Annotation } from '../../../viewport/api.ts';
import { loadLabel, summaryOf } from '../../studies/conditions/summary.ts';
import { belongs, type Item, isHeat, type ListName } from '../../studies/kinds/lists.ts';
import { axisEnds, extentOf, middleOf, type Place, placesOf } from './places.ts';

const negated = ([x, y, z]: Vector3): Vector3 => [-x, -y, -z];
const length = (vector: readonly number[]): number => Math.hypot(...vector);

/** The vector that the load's arrow follows, if it has one of its own. */
function vectorOf(load: Load): Vector3 | null {
  switch (load.kind) {
    case 'force':
    case 'bearing':
    case 'remote-force':
      return load.force_N;
    case 'traction':
      return load.traction_MPa;
    case 'moment':
      return load.moment_N_mm;
    case 'gravity':
    case 'acceleration':
      return load.acceleration_mm_s2;
    default:
      return null;
  }
}

/** Positive pushes or flows into the face; for convection and radiation the arrow shows the way out. */
function acrossFace(load: Load, normal: Vector3 | null): Vector3 | null {
  if (!normal) return null;
  switch (load.kind) {
    case 'pressure':
      return load.pressure_MPa < 0 ? normal : negated(normal);
    case 'heat-flux':
      return load.flux_W_m2 < 0 ? normal : negated(normal);
    case 'heat-flow':
      return load.power_W < 0 ? normal : negated(normal);
    case 'convection':
    case 'radiation':
      return normal;
    default:
      return null;
  }
}

type Mark = Omit<Annotation, 'selected'>;

function restraintSymbols(restraint: Restraint, studied: string): Mark[] {
  const own = placesOf(restraint.on, studied);
  const label =
    restraint.kind === 'temperature' ? `${restraint.name} ${summaryOf('restraints', restraint)}` : restraint.name;
  const kind = restraint.kind === 'temperature' ? ('heat' as const) : ('restraint' as const);
  const found = own.map(({ at, normal }, index): Mark => {
    const direction = normal && kind === 'heat' ? negated(normal) : normal;
    return {
      id: `${restraint.id}/${index}`,
      kind,
      at_mm: at,
      ...(direction ? { direction } : {}),
      ...(index === 0 ? { label } : {}),
    };
  });
  if (restraint.kind === 'remote-displacement')
    found.push(...arms(restraint.id, restraint.point_mm, own, 'connection'));
  if (restraint.kind === 'cyclic-symmetry') {
    placesOf(restraint.opposite, studied).forEach(({ at, normal }, index) => {
      found.push({
        id: `${restraint.id}/opposite/${index}`,
        kind: 'restraint',
        at_mm: at,
        ...(normal ? { direction: normal } : {}),
      });
    });
    found.push(...axisSymbol(`${restraint.id}/axis`, restraint.axis, studied, summaryOf('restraints', restraint)));
  }
  return found;
}

/** A point in space, and a line to what follows it. */
function arms(id: string, point: Vector3, places: readonly Place[], kind: 'connection'): Mark[] {
  return places.map(({ at }, index) => ({ id: `${id}/arm/${index}`, kind, at_mm: point, to_mm: at }));
}

function axisSymbol(
  id: string,
  axis: { origin_mm: Vector3; direction: Vector3 },
  studied: string,
  label: string,
): Mark[] {
  const box = extentOf(studied);
  const ends = box && axisEnds(axis, box);
  return ends ? [{ id, kind: 'axis', at_mm: ends[0], to_mm: ends[1], label }] : [];
}

function loadSymbols(load: Load, studied: string): Mark[] {
  const label = `${load.name} ${loadLabel(load)}`;
  const vector = vectorOf(load);
  const centre = subjectBodies(studied)[0]?.info.mass.centroid_mm;
  switch (load.kind) {
    case 'gravity':
    case 'acceleration':
      return centre && vector && length(vector) > 0
        ? [{ id: load.id, kind: 'gravity', at_mm: centre, direction: vector, label }]
        : [];
    case 'centrifugal': {
      // Against the axis, it turns the other way.
      const direction = load.speed_rad_s < 0 ? negated(load.axis.direction) : load.axis.direction;
      return axisSymbol(load.id, { ...load.axis, direction }, studied, label);
    }
    case 'body-temperature':
      return centre ? [{ id: load.id, kind: 'singularity', at_mm: centre, label }] : [];
    case 'heat-generation':
      if (load.on.length === 0) return centre ? [{ id: load.id, kind: 'singularity', at_mm: centre, label }] : [];
      return placesOf(load.on, studied).map(({ at }, index) => ({
        id: `${load.id}/${index}`,
        kind: 'singularity',
        at_mm: at,
        ...(index === 0 ? { label } : {}),
      }));
    case 'remote-force': {
      const places = placesOf(load.on, studied);
      if (places.length === 0) return [];
      const own = length(load.force_N) > 0 ? load.force_N : (load.moment_N_mm ?? null);
      return [
        {
          id: `${load.id}/0`,
          kind: 'load',
          at_mm: load.point_mm,
          label,
          ...(own && length(own) > 0 ? { direction: own } : {}),
        },
        ...arms(load.id, load.point_mm, places, 'connection'),
      ];
    }
    default:
      return placesOf(load.on, studied).map(({ at, normal }, index): Mark => {
        const direction = vector && length(vector) > 0 ? vector : acrossFace(load, normal);
        // An arrow out of the face begins on it; one that pushes ends there.
        const outward = direction !== null && direction === normal;
        return {
          id: `${load.id}/${index}`,
          ...(outward ? { outward } : {}),
          kind: isHeat(load.kind) ? 'heat' : 'load',
          at_mm: at,
          ...(direction ? { direction } : {}),
          ...(index === 0 ? { label } : {}),
        };
      });
  }
}

function connectionSymbols(connection: Connection, studied: string): Mark[] {
  if (connection.kind === 'bonded-touching') return [];
  const label = `${connection.name} ${connection.kind === 'bolt' ? summaryOf('connections', connection) : ''}`.trim();
  const own = placesOf(connection.on, studied);
  if ('to' in connection) {
    const [from, to] = [middleOf(own), middleOf(placesOf(connection.to, studied))];
    // One line from the middle of the one side to the middle of the other.
    if (from && to) return [{ id: connection.id, kind: 'connection', at_mm: from, to_mm: to, label }];
  }
  return own.map(({ at }, index) => ({
    id: `${connection.id}/${index}`,
    kind: 'connection',
    at_mm: at,
    ...(index === 0 ? { label } : {}),
  }));
}

/** All symbols of a study; what is suppressed or does not belong to its type has none. */
export function studySymbols(study: StudyRecord, openItem: string | null): Annotation[] {
  const active = <T extends Item>(list: ListName, items: T[]): T[] =>
    items.filter((item) => !item.suppressed && belongs(study.study, list, item.kind));
  const of = <T extends Item>(items: T[], draw: (item: T, studied: string) => Mark[]): Annotation[] =>
    items.flatMap((item) => draw(item, study.partId).map((symbol) => ({ ...symbol, selected: item.id === openItem })));
  return [
    ...of(active('restraints', study.restraints), restraintSymbols),
    ...of(active('loads', study.loads), loadSymbols),
    ...of(active('connections', study.connections ?? []), connectionSymbols),
  ];
}
