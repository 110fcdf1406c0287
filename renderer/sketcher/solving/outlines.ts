/** Closed regions as polygons that can be filled. */
import { findRegions, type Loop, pointOnCurve } from '../../../main/sketch/index.ts';
import type { SketchEntity } from '../../../preload/contract/index.ts';
import type { Outlines } from './messages.ts';

const STEPS_PER_CURVE = 48;

function ringOf(loop: Loop, entities: readonly SketchEntity[], straight: ReadonlySet<string>): [number, number][] {
  const ring: [number, number][] = [];
  for (const { id, from, fromParameter, toParameter } of loop.pieces) {
    if (straight.has(id)) {
      ring.push([from[0], from[1]]);
      continue;
    }
    for (let k = 0; k < STEPS_PER_CURVE; k++) {
      const [x, y] = pointOnCurve(entities, id, fromParameter + ((toParameter - fromParameter) * k) / STEPS_PER_CURVE);
      ring.push([x, y]);
    }
  }
  return ring;
}

export function outlinesOf(entities: SketchEntity[]): Outlines {
  // Construction geometry bounds nothing, but its points are needed.
  const solid = entities.filter((entity) => entity.kind === 'point' || !entity.construction);
  const straight = new Set(solid.filter(({ kind }) => kind === 'line').map(({ id }) => id));
  const { defaultRegions, problems } = findRegions(solid);
  return {
    regions: defaultRegions.map(({ outer, holes }) => [outer, ...holes].map((loop) => ringOf(loop, solid, straight))),
    openEnds: problems.filter(({ kind }) => kind === 'open-end').map(({ at }) => [at[0], at[1]] as const),
  };
}
