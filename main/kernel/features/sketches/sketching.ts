/** What features need of the sketch package. */

import type { Chain, Entity, Loop, LoopPiece, Position, Region, Regions } from '../../../sketch/index.ts';
import * as sketching from '../../../sketch/index.ts';

export type { Chain, Loop, LoopPiece, Region };

export const findRegions: (entities: readonly Entity[]) => Regions = sketching.findRegions ?? simpleRegions;
export const chainOf: (entities: readonly Entity[], ids?: readonly string[]) => Chain = sketching.chainOf;
export const bsplineOf = (
  sketching as unknown as {
    bsplineOf: (
      entities: readonly Entity[],
      id: string,
    ) => { poles: Position[]; knots: number[]; multiplicities: number[]; degree: 3 };
  }
).bsplineOf;

/** Loops of lines and circles that share their points. */
function simpleRegions(entities: readonly Entity[]): Regions {
  const at = new Map<string, Position>();
  for (const entity of entities) if (entity.kind === 'point') at.set(entity.id, [entity.x_mm, entity.y_mm]);
  const regions: Region[] = [];
  const region = (pieces: LoopPiece[], area_mm2: number): void => {
    regions.push({
      outer: { pieces, area_mm2 },
      holes: [],
      area_mm2,
      curves: pieces.map(({ id }) => id).sort(),
      depth: 0,
      inside: pieces[0]!.from,
    });
  };
  const lines = entities.flatMap((entity) => (entity.kind === 'line' && !entity.construction ? [entity] : []));
  const left = new Set(lines);
  while (left.size > 0) {
    const first = [...left][0]!;
    left.delete(first);
    const pieces: LoopPiece[] = [piece(first.id, at.get(first.start)!, at.get(first.end)!, false)];
    let end = first.end;
    while (end !== first.start) {
      const next = [...left].find((line) => line.start === end || line.end === end);
      if (!next) break;
      left.delete(next);
      const reversed = next.end === end;
      pieces.push(piece(next.id, at.get(end)!, at.get(reversed ? next.start : next.end)!, reversed));
      end = reversed ? next.start : next.end;
    }
    if (end !== first.start) continue;
    const area = pieces.reduce((sum, { from, to }) => sum + (from[0] * to[1] - to[0] * from[1]) / 2, 0);
    const ordered =
      area > 0
        ? pieces
        : pieces.reverse().map((each) => ({ ...each, from: each.to, to: each.from, reversed: !each.reversed }));
    region(ordered, Math.abs(area));
  }
  for (const entity of entities)
    if (entity.kind === 'circle' && !entity.construction) {
      const [x, y] = at.get(entity.centre)!;
      const place: Position = [x + entity.radius_mm, y];
      const whole = piece(entity.id, place, place, false);
      region([{ ...whole, toParameter: 2 * Math.PI }], Math.PI * entity.radius_mm ** 2);
    }
  return { regions, defaultRegions: regions, problems: [] };
}

const piece = (id: string, from: Position, to: Position, reversed: boolean): LoopPiece => ({
  id,
  from,
  to,
  fromParameter: 0,
  toParameter: 1,
  reversed,
  whole: true,
});
