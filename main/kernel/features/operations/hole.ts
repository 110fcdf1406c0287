/** Holes at the points of a sketch, drilled against the normal of its plane. */
import type { SketchEntity } from '../../../../preload/contract/index.ts';
import { pointsOfEntity } from '../../../sketch/index.ts';
import { usage } from '../../errors.ts';
import { scale } from '../../modeller/vectors.ts';
import { combine } from '../combine.ts';
import { drilled } from '../holes/drill.ts';
import { shapeOfHole } from '../holes/shape.ts';
import { byNumber } from '../naming/names.ts';
import type { Frame, Operation } from '../operation.ts';
import { toSpace } from '../scope/frames.ts';
import { withField } from '../scope/resolve.ts';
import { gathered } from '../shapes/named.ts';
import { reachThrough } from './reach.ts';

export const hole: Operation<'hole'> = (feature, scope) => {
  const sketch = scope.sketch(feature.sketch, 'sketch');
  const shape = shapeOfHole(feature);
  if (feature.extent.to === 'depth' && feature.extent.tip !== undefined) {
    const { tip } = feature.extent;
    if (!(tip > 0.01 && tip <= Math.PI + 1e-12))
      throw withField(
        usage('feature.dimension', "The angle of the drill's point must be above 0 and at most 180 degrees.").data,
        'extent.tip',
      );
  }
  const bodies = scope.bodiesNamed(feature.bodies, 'bodies');
  const normal = feature.reverse ? scale(sketch.frame.z, -1) : sketch.frame.z;
  const points = pointsToDrill(sketch.entities, feature.points);
  const tools = points.map((point) => {
    const origin_mm = toSpace(sketch.frame, point.x_mm, point.y_mm);
    // Turned about x, so that y, which nothing depends on, goes along.
    const frame: Frame = feature.reverse
      ? { origin_mm, x: sketch.frame.x, y: scale(sketch.frame.y, -1), z: normal }
      : { ...sketch.frame, origin_mm };
    const depth =
      feature.extent.to === 'depth'
        ? { depth_mm: feature.extent.depth, tip_rad: feature.extent.tip }
        : { depth_mm: reachThrough(scope, bodies, origin_mm, scale(normal, -1), 'extent') };
    return drilled(scope, frame, shape, depth, point.id);
  });
  return combine(scope, 'cut', gathered(scope, tools), feature.bodies);
};

type Point = Extract<SketchEntity, { kind: 'point' }>;

/** The chosen ones; otherwise those that no curve uses, and the centres of circles. */
function pointsToDrill(entities: readonly SketchEntity[], chosen: readonly string[] | undefined): Point[] {
  const points = new Map<string, Point>();
  for (const entity of entities) if (entity.kind === 'point') points.set(entity.id, entity);
  if (chosen)
    return chosen.map((id, index) => {
      const curve = entities.find((entity) => entity.id === id);
      const point = points.get(curve && 'centre' in curve ? curve.centre : id);
      if (!point)
        throw withField(
          usage('hole.no-point', `The sketch no longer has the point "${id}".`, 'Choose the points again.').data,
          `points[${index}]`,
        );
      return point;
    });
  const used = new Set<string>();
  const centres = new Set<string>();
  for (const entity of entities) {
    for (const id of pointsOfEntity(entity)) used.add(id);
    if (entity.kind === 'circle' && !entity.construction) centres.add(entity.centre);
  }
  const found = [...points.values()]
    .filter(({ id, construction }) => centres.has(id) || (!used.has(id) && !construction))
    .sort((a, b) => byNumber(a.id, b.id));
  if (found.length === 0)
    throw withField(
      usage('hole.no-point', 'The sketch has no free points and no circles.', 'Draw a point where the hole goes.').data,
      'sketch',
    );
  return found;
}
