/** Resolves the references of a load or restraint to global topology of the study's bodies. */

import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { Reference, TopologyKind } from '../../../preload/contract/geometry.ts';
import { resolveReferences } from '../../document/index.ts';
import { refuseStudy } from '../errors.ts';
import type { StudyBody } from '../types.ts';
import type { Target } from './target.ts';
import { bodyOffsets } from './topology.ts';

/** @param who the load or restraint, for errors: `Load "pull"` */
export function resolveTarget(on: readonly Reference[], bodies: readonly StudyBody[], who: string): Target {
  if (on.length === 0) throw refuseStudy('nothing-there', `${who} is on nothing.`, 'Pick where it acts.');
  const infos = bodies.map((body) => body.info);
  // References count bodies within the part; the study may have some of them only.
  const placed = on.map((reference): Reference => {
    if (reference.by !== 'pick') return reference;
    const position = bodies.findIndex((body) => body.index === reference.body);
    if (position < 0)
      throw refuseStudy(
        'nothing-there',
        `${who} is on body ${reference.body + 1}, which is not in the study.`,
        'Pick it again.',
      );
    return { ...reference, body: position };
  });
  const { items, error } = resolveReferences(placed, infos);
  if (error) throw new ArtificerError({ ...error, message: `${who}: ${error.message}` });
  if (items.length === 0)
    throw refuseStudy('nothing-there', `${who} is on nothing: its selector matches nothing.`, 'Pick where it acts.');
  const offsets = bodyOffsets(infos);
  const kinds = new Set(
    items.map((item): Exclude<TopologyKind, 'body'> => (item.kind === 'body' ? 'face' : item.kind)),
  );
  if (kinds.size > 1)
    throw refuseStudy(
      'mixed-topology',
      `${who} is on ${[...kinds].join('s and ')}s together.`,
      'Use one load or restraint for each kind.',
    );
  const [kind] = [...kinds] as [Target['kind']];
  const first = { face: offsets.faces, edge: offsets.edges, vertex: offsets.vertices }[kind];
  const found = items.flatMap((item) =>
    item.kind === 'body'
      ? infos[item.body]!.faces.map((_, face) => first[item.body]! + face)
      : [first[item.body]! + item.index],
  );
  return { kind, items: [...new Set(found)] };
}
