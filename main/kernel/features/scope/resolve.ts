/** References on live shapes. */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import type { Reference, TopologyKind } from '../../../../preload/contract/geometry.ts';
import {
  type Resolution,
  resolvePersistentName,
  resolveReference,
  type TopologyItem,
} from '../../../document/index.ts';
import { usage } from '../../errors.ts';
import type { BodyState, FoundItem } from '../operation.ts';
import type { Bodies } from './bodies.ts';

/**
 * The items of a kind that references mean, each once. A face stands for its edges where edges are wanted, an edge or a face
 * for their vertices, and a body for all it has.
 *
 * @throws ArtificerError `reference.lost`, `reference.ambiguous`, `reference.wrong-kind`, `selector.*`, with the field
 */
export function resolveItems(
  states: readonly BodyState[],
  bodies: Bodies,
  references: readonly Reference[],
  kind: Exclude<TopologyKind, 'body'>,
  field: string,
): FoundItem[] {
  const found = new Map<string, FoundItem>();
  for (const reference of references) {
    const resolution = resolve(states, bodies, reference);
    if (resolution.error) throw withField(resolution.error, field);
    for (const item of resolution.items)
      for (const index of within(states, bodies, item, kind, field)) {
        const body = states[item.body]!;
        const { topology } = bodies.topologyOf(body);
        const shape = { face: topology.faces, edge: topology.edges, vertex: topology.vertices }[kind].shapes[index]!;
        found.set(`${item.body}/${index}`, { body, bodyIndex: item.body, index, shape });
      }
  }
  return [...found.values()];
}

function resolve(states: readonly BodyState[], bodies: Bodies, reference: Reference): Resolution {
  if (reference.by === 'name') {
    // Names need no more than how faces and edges meet; the full description is for the hard cases and for messages.
    const resolution = resolvePersistentName(
      reference,
      states.map((state) => bodies.topologyOf(state).named),
    );
    if ('items' in resolution && resolution.items.length > 0) return resolution;
  }
  return resolveReference(
    reference,
    states.map((state) => bodies.topologyOf(state).info),
  );
}

function within(
  states: readonly BodyState[],
  bodies: Bodies,
  item: TopologyItem,
  kind: Exclude<TopologyKind, 'body'>,
  field: string,
): number[] {
  if (item.kind === kind) return [item.index];
  const { topology, named } = bodies.topologyOf(states[item.body]!);
  if (item.kind === 'body') {
    const all = { face: topology.faces, edge: topology.edges, vertex: topology.vertices }[kind];
    return all.shapes.map((_, index) => index);
  }
  const edges = item.kind === 'face' ? named.faces[item.index]!.edges : item.kind === 'edge' ? [item.index] : [];
  if (kind === 'edge' && item.kind === 'face') return [...edges];
  if (kind === 'vertex') return [...new Set(edges.flatMap((edge) => named.edges[edge]!.vertices))];
  throw withField(
    usage(
      'reference.wrong-kind',
      `A ${kind} is wanted here, not ${item.kind === 'edge' ? 'an edge' : `a ${item.kind}`}.`,
    ).data,
    field,
  );
}

export function withField(error: ArtificerError['data'], field: string): ArtificerError {
  const details = typeof error.details === 'object' && error.details !== null ? error.details : {};
  return new ArtificerError({ ...error, details: { field, ...details } });
}
