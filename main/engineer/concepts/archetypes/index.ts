/** Archetypes: parts that are fitted to whatever a brief says they must fit. */
import type { Brief, ConceptRequest } from '../../brief/brief.ts';
import { refuseDesign } from '../../errors.ts';
import type { Archetype, Fit } from './archetype.ts';
import { beamLink } from './beam-link.ts';
import { bracket } from './bracket.ts';
import { flange } from './flange.ts';
import { heatSink } from './heat-sink.ts';
import { housing } from './housing.ts';
import { pressureVessel } from './pressure-vessel.ts';
import { shaft } from './shaft.ts';
import { stiffenedPlate } from './stiffened-plate.ts';

export type { Archetype, Fit, Misfit } from './archetype.ts';
export { readArchetypeScript } from './archetype-scripts.ts';

export const ARCHETYPES: readonly Archetype[] = [
  bracket,
  stiffenedPlate,
  beamLink,
  flange,
  housing,
  shaft,
  pressureVessel,
  heatSink,
];

/** @throws ArtificerError `design.archetype` */
export function archetypeOf(key: string): Archetype {
  const found = ARCHETYPES.find((each) => each.key === key);
  if (found) return found;
  throw refuseDesign(
    'archetype',
    `There is no archetype "${key.slice(0, 60)}".`,
    `There are ${ARCHETYPES.map((each) => each.key).join(', ')}.`,
  );
}

type Fitted = Pick<Brief, 'interfaces' | 'envelope'>;

/** What the brief sets or varies itself comes before what the archetype would. @throws ArtificerError `design.misfit` */
export function fitRequest(request: ConceptRequest, key: string, { interfaces, envelope }: Fitted): ConceptRequest {
  const archetype = archetypeOf(key);
  const fit = archetype.fit(interfaces, envelope);
  if ('reason' in fit)
    throw refuseDesign(
      'misfit',
      `Concept "${request.name}": the archetype "${key}" does not fit: ${fit.reason}.`,
      `It takes ${archetype.roles}.`,
    );
  const without = <T>(record: Record<string, T>, other: object): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !Object.hasOwn(other, name)));
  return {
    ...request,
    set: { ...without(fit.set, request.vary), ...request.set },
    vary: { ...without(fit.vary, request.set), ...request.vary },
    faces: { ...fit.faces, ...request.faces },
  };
}

/** A request for every archetype that fits the brief. @throws ArtificerError `design.misfit` where none does */
export function requestsThatFit(brief: Fitted): ConceptRequest[] {
  const tried = ARCHETYPES.map((archetype) => ({ archetype, fit: archetype.fit(brief.interfaces, brief.envelope) }));
  const fitting = tried.filter((each): each is { archetype: Archetype; fit: Fit } => 'set' in each.fit);
  if (fitting.length === 0)
    throw refuseDesign(
      'misfit',
      'No archetype fits the interfaces of the brief.',
      `Give concepts. ${tried.map(({ archetype, fit }) => `${archetype.title}: ${'reason' in fit ? fit.reason : ''}.`).join(' ')}`,
    );
  return fitting.map(({ archetype: { key } }) => ({
    name: key,
    from: { kind: 'archetype', key },
    vary: {},
    set: {},
    faces: {},
    imports: {},
  }));
}
