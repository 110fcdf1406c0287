/** Curves that follow one another: paths to sweep along, profiles of ribs. */
import { type Curve, curveOf, evaluate } from '../curves/curve.ts';
import { refused } from '../model/errors.ts';
import { distance } from '../model/vector.ts';
import { SketchView } from '../model/view.ts';
import { nameWords } from '../model/words.ts';
import type { Chain, Entity, Position } from '../types.ts';
import { type HalfEdge, piecesOf } from './faces.ts';

const JOINED_MM = 1e-6;

/**
 * Chains of these curves, or of all that are no construction. Each runs along its first curve's own direction. Where three
 * curves meet a chain ends.
 */
export function chainsOf(entities: readonly Entity[], ids?: readonly string[]): Chain[] {
  const view = new SketchView(entities);
  const wanted = ids
    ? [...new Set(ids)]
    : entities.filter((entity) => entity.kind !== 'point' && !entity.construction).map(({ id }) => id);
  const curves = wanted.map((id) => curveOf(view, id));
  const chains: Chain[] = [];
  const waiting = new Set<Curve>(curves);
  const ends = (curve: Curve): [Position, Position] => [evaluate(curve, curve.from), evaluate(curve, curve.to)];
  const meeting = (place: Position) =>
    curves.flatMap((curve) =>
      curve.closed
        ? []
        : ends(curve).flatMap((end, i) => (distance(end, place) <= JOINED_MM ? [{ curve, atEnd: i === 1 }] : [])),
    );
  const half = (curve: Curve, reversed: boolean): HalfEdge => ({
    edge: { curve, from: curve.from, to: curve.to, start: 0, end: 0 },
    reversed,
  });
  for (const curve of curves) {
    if (!waiting.delete(curve)) continue;
    const halves = [half(curve, false)];
    if (curve.closed) {
      chains.push({ pieces: piecesOf(halves), closed: true });
      continue;
    }
    const endOf = ({ edge, reversed }: HalfEdge) => evaluate(edge.curve, reversed ? edge.from : edge.to);
    const startOf = ({ edge, reversed }: HalfEdge) => evaluate(edge.curve, reversed ? edge.to : edge.from);
    const next = (place: Position) => {
      const here = meeting(place);
      return here.length === 2 ? here.find((other) => waiting.has(other.curve)) : undefined;
    };
    for (let found = next(endOf(halves[0]!)); found; found = next(endOf(halves[halves.length - 1]!))) {
      waiting.delete(found.curve);
      halves.push(half(found.curve, found.atEnd));
    }
    for (let found = next(startOf(halves[0]!)); found; found = next(startOf(halves[0]!))) {
      waiting.delete(found.curve);
      halves.unshift(half(found.curve, !found.atEnd));
    }
    const closed = distance(startOf(halves[0]!), endOf(halves[halves.length - 1]!)) <= JOINED_MM;
    chains.push({ pieces: piecesOf(halves, false), closed });
  }
  return chains;
}

/** The one chain of these curves. @throws ArtificerError `sketch.chain` when they make none, or several */
export function chainOf(entities: readonly Entity[], ids?: readonly string[]): Chain {
  const chains = chainsOf(entities, ids);
  if (chains.length === 1) return chains[0]!;
  throw refused(
    'sketch.chain',
    chains.length === 0
      ? 'There are no curves to follow.'
      : `The curves make ${chains.length} separate chains where one is wanted.`,
    {
      hint:
        chains.length === 0
          ? 'Draw the path with lines, arcs or splines that are no construction geometry.'
          : `Join them, or choose the curves: ${chains
              .slice(0, 4)
              .map(({ pieces }) => pieces.map(({ id }) => nameWords(id)).join(', '))
              .join(' / ')}.`,
    },
  );
}
