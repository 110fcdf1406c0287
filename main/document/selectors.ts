/**
 * What a selector means on given bodies, exactly as in CadQuery: `>Z` those whose centre lies farthest (within 0.0001 mm),
 * `|Z` planar faces with a parallel normal and straight edges with a parallel direction, `#Z` perpendicular ones, `+Z` the
 * same way round, `>Z[n]` the nth of the parallel ones. All bodies of the part are looked through together.
 */
import type { BodyInfo, Vector3 } from '../../preload/contract/geometry.ts';
import { indicesCalled } from './occurrences.ts';
import { listInWords, refuse } from './refuse.ts';
import { parseSelector, type SelectorNode } from './selector-syntax.ts';
import { itemsOf, type LocatedItem, pluralOf, type TopologyItem } from './topology.ts';
import { cross, distance, dot, lengthOf } from './vectors.ts';

/** CadQuery's: mm for places, radians (or their sine) for directions. */
const TOLERANCE = 1e-4;

/** @throws ArtificerError `selector.syntax`, `selector.no-match` */
export function select(text: string, bodies: readonly BodyInfo[]): TopologyItem[] {
  const { kind, of, root } = parseSelector(text);
  const everywhere = itemsOf(bodies, kind);
  const all = of === undefined ? everywhere : itemsOfBodies(everywhere, bodies, of);
  const found = evaluate(root, all, text);
  if (found.length === 0) {
    const types = [...new Set(all.map((item) => item.type))].sort();
    throw refuse('selector.no-match', `The selector "${text}" matches no ${kind}.`, {
      hint:
        all.length === 0
          ? `The part has no ${pluralOf(kind)}.`
          : `The part has ${all.length} ${all.length === 1 ? kind : pluralOf(kind)}, of type ${listInWords(types, 11)}.`,
    });
  }
  return found.map(({ body, kind: itemKind, index }) => ({ body, kind: itemKind, index }));
}

/** Those on the bodies of a name. @throws ArtificerError `selector.no-body` */
function itemsOfBodies(items: LocatedItem[], bodies: readonly BodyInfo[], name: string): LocatedItem[] {
  const names = bodies.map((body) => body.name);
  const wanted = new Set(indicesCalled(names, name));
  if (wanted.size === 0)
    throw refuse('selector.no-body', `There is no body "${name}".`, {
      hint: `The bodies are ${listInWords(
        names.map((each) => `"${each}"`),
        10,
      )}.`,
    });
  return items.filter(({ body }) => wanted.has(body));
}

function evaluate(node: SelectorNode, items: LocatedItem[], text: string): LocatedItem[] {
  switch (node.op) {
    case 'all':
      return items;
    case 'and': {
      const right = new Set(evaluate(node.right, items, text));
      return evaluate(node.left, items, text).filter((item) => right.has(item));
    }
    case 'or': {
      const either = new Set([...evaluate(node.left, items, text), ...evaluate(node.right, items, text)]);
      return items.filter((item) => either.has(item));
    }
    case 'except': {
      const right = new Set(evaluate(node.right, items, text));
      return evaluate(node.left, items, text).filter((item) => !right.has(item));
    }
    case 'not': {
      const out = new Set(evaluate(node.operand, items, text));
      return items.filter((item) => !out.has(item));
    }
    case 'type':
      return items.filter((item) => item.type === node.type);
    case 'named':
      return items.filter((item) => item.name === node.name);
    case 'near':
      return nearest(items, node.point_mm);
    case 'parallel':
      return items.filter((item) => {
        const direction = straightDirection(item);
        return direction !== null && lengthOf(cross(node.direction, direction)) < TOLERANCE;
      });
    case 'perpendicular':
      return items.filter((item) => Math.abs(angleTo(node.direction, item) - Math.PI / 2) < TOLERANCE);
    case 'same-direction':
      return items.filter((item) => angleTo(node.direction, item) < TOLERANCE);
    case 'centre':
      return nth(items, node.direction, node.max, node.index, text);
    case 'farthest': {
      if (node.index === undefined) return nth(items, node.direction, node.max, -1, text);
      const parallel = evaluate({ op: 'parallel', direction: node.direction }, items, text);
      return nth(parallel, node.direction, node.max, node.index, text);
    }
  }
}

/** Only planes and straight lines have a direction to compare; everything else never matches. */
function straightDirection(item: LocatedItem): Vector3 | null {
  return (item.kind === 'face' && item.type === 'plane') || (item.kind === 'edge' && item.type === 'line')
    ? (item.direction ?? null)
    : null;
}

/** Radians; NaN, which compares false, for what has no direction. */
function angleTo(direction: Vector3, item: LocatedItem): number {
  const own = straightDirection(item);
  if (own === null) return Number.NaN;
  return Math.atan2(lengthOf(cross(direction, own)), dot(direction, own));
}

function nearest(items: LocatedItem[], point_mm: Vector3): LocatedItem[] {
  let best: LocatedItem | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const away = distance(item.centre_mm, point_mm);
    if (away < least) [best, least] = [item, away];
  }
  return best ? [best] : [];
}

/** Sorted by how far their centres lie along the direction, those within the tolerance counting as one place. */
function nth(items: LocatedItem[], direction: Vector3, max: boolean, index: number, text: string): LocatedItem[] {
  const placed = items.map((item) => ({ item, at: dot(item.centre_mm, direction) })).sort((a, b) => a.at - b.at);
  const clusters: LocatedItem[][] = [];
  let start = Number.NaN;
  for (const { item, at } of placed) {
    if (Math.abs(at - start) <= TOLERANCE) clusters[clusters.length - 1]!.push(item);
    else {
      clusters.push([item]);
      start = at;
    }
  }
  if (!max) clusters.reverse();
  const found = clusters.at(index);
  if (!found && clusters.length > 0) {
    throw refuse('selector.no-match', `The selector "${text}" asks for place ${index} of ${clusters.length}.`, {
      hint: `Places run from 0 to ${clusters.length - 1}, or from -1 back to ${-clusters.length}.`,
    });
  }
  return found ?? [];
}
