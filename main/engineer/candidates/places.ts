/** What an `on` of a brief stands for on a design: the faces of an interface, a persistent name, or a selector. */
import type { FeatureOutcome, Reference, TopologyKind } from '../../../preload/contract/index.ts';
import { nameFromWords } from '../../document/index.ts';

/** Where requirements speak of faces: references by what they are called there. */
export type PlacesOf = (on: string) => readonly Reference[];

export function placesOn(
  faces: Readonly<Record<string, readonly string[]>>,
  outcomes: readonly Pick<FeatureOutcome, 'id' | 'name'>[],
): PlacesOf {
  return (on) => (Object.hasOwn(faces, on) ? faces[on]! : [on]).map((text) => referenceOf(text, outcomes));
}

/** Where the places of a design were picked already; what is not among them is a selector. */
export const pickedPlaces =
  (picked: Readonly<Record<string, readonly Reference[]>>): PlacesOf =>
  (on) =>
    Object.hasOwn(picked, on) ? picked[on]! : [{ by: 'selector', selector: on }];

function referenceOf(text: string, outcomes: readonly Pick<FeatureOutcome, 'id' | 'name'>[]): Reference {
  const [, kind, name] = /^(face|edge|vertex|body)\s+(.*\S)\s*$/s.exec(text) ?? [];
  return kind === undefined
    ? { by: 'selector', selector: text }
    : { by: 'name', kind: kind as TopologyKind, name: nameFromWords(kind as TopologyKind, name!, outcomes) };
}
