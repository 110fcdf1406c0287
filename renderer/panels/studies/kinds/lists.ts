/** The lists of a study: restraints, loads and connections, read and replaced alike. Pure. */
import {
  ACTS_ON_EVERYTHING,
  type Connection,
  type Load,
  type Reference,
  type Restraint,
  STUDY_KINDS,
  type StudyRecord,
  type StudyType,
  THERMAL_LOADS,
} from '../../../../preload/contract/index.ts';
import { CONNECTIONS, type KindDescription, LOADS, RESTRAINTS, type Side } from './item-kinds.ts';

export const LISTS = ['restraints', 'loads', 'connections'] as const;
export type ListName = (typeof LISTS)[number];
export type Item = Restraint | Load | Connection;
export type ItemKind = Item['kind'];

const DESCRIPTIONS: Record<ListName, Record<string, KindDescription>> = {
  restraints: RESTRAINTS,
  loads: LOADS,
  connections: CONNECTIONS,
};

export const describeKind = (list: ListName, kind: ItemKind): KindDescription => DESCRIPTIONS[list][kind]!;
export const kindsOf = (list: ListName): ItemKind[] => Object.keys(DESCRIPTIONS[list]) as ItemKind[];

export const itemsOf = (study: StudyRecord, list: ListName): Item[] => study[list] ?? [];

/** Does this kind belong to studies of this type? */
export const belongs = (type: StudyType, list: ListName, kind: ItemKind): boolean =>
  (STUDY_KINDS[type][list] as readonly string[]).includes(kind);

/** Kinds of heat: where a study takes both, they stand under a heading of their own. */
export const isHeat = (kind: ItemKind): boolean =>
  kind === 'temperature' || (THERMAL_LOADS as readonly string[]).includes(kind);

/** The sets of places that an item has, each with what it is. One of an item without a side of its own is called nothing. */
export const sidesOf = (list: ListName, kind: ItemKind): { side: Side; title: string }[] =>
  describeKind(list, kind).sides ?? (describeKind(list, kind).accepts.length > 0 ? [{ side: 'on', title: '' }] : []);

export const placesOn = (item: Item | { on: Reference[] }, side: Side = 'on'): Reference[] =>
  (item as Partial<Record<Side, Reference[]>>)[side] ?? [];

/** An empty set of places that must not be empty. */
export const lacksPlaces = (list: ListName, item: Item): boolean =>
  !describeKind(list, item.kind).emptyMeansAll &&
  sidesOf(list, item.kind).some(({ side }) => placesOn(item, side).length === 0);

export const actsOnAll = (list: ListName, item: Item): boolean =>
  item.kind === 'bonded-touching' ||
  (list === 'loads' && (ACTS_ON_EVERYTHING as readonly string[]).includes(item.kind) && placesOn(item).length === 0);

/** Replaces one list of the study. */
export function withItems(study: StudyRecord, list: ListName, items: Item[]): StudyRecord {
  if (list === 'restraints') return { ...study, restraints: items as Restraint[] };
  if (list === 'loads') return { ...study, loads: items as Load[] };
  const { connections: _before, ...rest } = study;
  return items.length > 0 ? { ...rest, connections: items as Connection[] } : rest;
}
