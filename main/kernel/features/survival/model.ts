/**
 * Parts whose every face can be foretold: a plate of named lines with holes, pockets, bosses, slots, rounded corners and
 * patterns in the cells of a grid, so that nothing collides. A model says what its features are, and where each of their
 * faces must then lie.
 */
import type { Evaluated, Feature, Reference, SketchEntity, Vector3 } from '../../../../preload/contract/index.ts';
import type { FeatureStep } from '../../port.ts';
import { plane, type Surface, uprightCone45, uprightCylinder } from './surfaces.ts';

export const CELL_mm = 20;
export const COLUMNS = 8;
export const ROWS = 5;

interface Common {
  /** The id of the feature that makes the faces. */
  id: string;
  column: number;
  row: number;
}
export type Block =
  | (Common & { kind: 'hole'; diameter: number; depth: number | null; onFace: Evaluated<Reference> | null })
  | (Common & { kind: 'pocket'; width: number; length: number; depth: number; onFace: Evaluated<Reference> | null })
  | (Common & { kind: 'boss'; radius: number; height: number; onFace: Evaluated<Reference> | null })
  /** Along the whole column. */
  | (Common & { kind: 'slot'; width: number; depth: number })
  /** Of the corner where line `a` ends and line `b` begins. */
  | (Common & { kind: 'round'; a: string; b: string; radius: number; edge: Evaluated<Reference> })
  | (Common & { kind: 'bevel'; boss: string; distance: number; edge: Evaluated<Reference> })
  /** Repeats a hole along x, a cell apart. */
  | (Common & { kind: 'pattern'; hole: string; count: number });
export type BlockKind = Block['kind'];

export interface Corner {
  /** The line that begins here. */
  line: string;
  /** In cells, so that a plate that is resized takes everything along. */
  x: number;
  y: number;
}

export interface Model {
  name: string;
  outline: Corner[];
  height: number;
  scaleX: number;
  scaleY: number;
  blocks: Block[];
  /** Ids are never used twice. */
  next: number;
}

export const BASE = 'feature_base00';
const BASE_SKETCH = 'feature_base00s';
export const idOf = (model: Model, kind: string): string => `feature_${kind}${String(model.next++).padStart(6, '0')}`;
const sketchIdOf = (id: string): string => `${id}s`;

export const cellX = (model: Model, column: number): number => (column + 0.5) * CELL_mm * model.scaleX;
export const cellY = (model: Model, row: number): number => (row + 0.5) * CELL_mm * model.scaleY;
export const cornerAt = (model: Model, corner: Corner): [number, number] => [
  corner.x * CELL_mm * model.scaleX,
  corner.y * CELL_mm * model.scaleY,
];

const polygon = (corners: [number, number][], lines: string[]): SketchEntity[] => [
  ...corners.map(([x_mm, y_mm], i): SketchEntity => ({ kind: 'point', id: `p${lines[i]}`, x_mm, y_mm })),
  ...lines.map(
    (id, i): SketchEntity => ({
      kind: 'line',
      id,
      start: `p${id}`,
      end: `p${lines[(i + 1) % lines.length]}`,
    }),
  ),
];

const sketch = (
  id: string,
  entities: SketchEntity[],
  plane: Extract<Evaluated<Feature>, { kind: 'sketch' }>['plane'],
): FeatureStep => ({
  id,
  name: id,
  suppressed: false,
  feature: { kind: 'sketch', plane, entities, constraints: [] } as Evaluated<Feature>,
});
const step = (id: string, feature: Evaluated<Feature>): FeatureStep => ({ id, name: id, suppressed: false, feature });

const rectangleAt = (x: number, y: number, width: number, length: number): SketchEntity[] =>
  polygon(
    [
      [x - width / 2, y - length / 2],
      [x + width / 2, y - length / 2],
      [x + width / 2, y + length / 2],
      [x - width / 2, y + length / 2],
    ],
    ['south', 'east', 'north', 'west'],
  );

/** The features of a model, in order. */
export function stepsOf(model: Model): FeatureStep[] {
  const top = (onFace: Evaluated<Reference> | null): Extract<Evaluated<Feature>, { kind: 'sketch' }>['plane'] =>
    onFace ? { by: 'face', face: onFace } : { by: 'principal', plane: 'xy', offset: model.height };
  const steps: FeatureStep[] = [
    sketch(
      BASE_SKETCH,
      polygon(
        model.outline.map((corner) => cornerAt(model, corner)),
        model.outline.map(({ line }) => line),
      ),
      { by: 'principal', plane: 'xy' },
    ),
    step(BASE, {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: BASE_SKETCH },
      operation: 'new',
      extent: { to: 'distance', distance: model.height },
    }),
  ];
  for (const block of model.blocks) {
    const { id } = block;
    const [x, y] = [cellX(model, block.column), cellY(model, block.row)];
    switch (block.kind) {
      case 'hole':
        steps.push(
          sketch(sketchIdOf(id), [{ kind: 'point', id: 'centre', x_mm: x, y_mm: y }], top(block.onFace)),
          step(id, {
            kind: 'hole',
            sketch: sketchIdOf(id),
            standard: 'custom',
            type: 'simple',
            diameter: block.diameter,
            extent: block.depth === null ? { to: 'through-all' } : { to: 'depth', depth: block.depth },
          }),
        );
        break;
      case 'pocket':
        steps.push(
          sketch(sketchIdOf(id), rectangleAt(x, y, block.width, block.length), top(block.onFace)),
          step(id, {
            kind: 'extrude',
            profile: { by: 'sketch', sketch: sketchIdOf(id) },
            operation: 'cut',
            extent: { to: 'distance', distance: block.depth },
            direction: 'reverse',
          }),
        );
        break;
      case 'boss':
        steps.push(
          sketch(
            sketchIdOf(id),
            [
              { kind: 'point', id: 'centre', x_mm: x, y_mm: y },
              { kind: 'circle', id: 'rim', centre: 'centre', radius_mm: block.radius },
            ],
            top(block.onFace),
          ),
          step(id, {
            kind: 'extrude',
            profile: { by: 'sketch', sketch: sketchIdOf(id) },
            operation: 'add',
            extent: { to: 'distance', distance: block.height },
          }),
        );
        break;
      case 'slot': {
        const ys = model.outline.map((corner) => cornerAt(model, corner)[1]);
        const [low, high] = [Math.min(...ys) - 5, Math.max(...ys) + 5];
        steps.push(
          sketch(sketchIdOf(id), rectangleAt(x, (low + high) / 2, block.width, high - low), top(null)),
          step(id, {
            kind: 'extrude',
            profile: { by: 'sketch', sketch: sketchIdOf(id) },
            operation: 'cut',
            extent: { to: 'distance', distance: block.depth },
            direction: 'reverse',
          }),
        );
        break;
      }
      case 'round':
        steps.push(step(id, { kind: 'fillet', edges: [block.edge], radius: block.radius }));
        break;
      case 'bevel':
        steps.push(step(id, { kind: 'chamfer', edges: [block.edge], distance: block.distance }));
        break;
      case 'pattern':
        steps.push(
          step(id, {
            kind: 'linear-pattern',
            features: [block.hole],
            direction: { by: 'principal', axis: 'x' },
            spacing: CELL_mm * model.scaleX,
            count: block.count,
          }),
        );
    }
  }
  return steps;
}

/** Where faces must lie, by what they are. Blocks that were not made (`failed`) have none. */
export function surfacesOf(model: Model, failed: ReadonlySet<string> = new Set()): Map<string, Surface> {
  const surfaces = new Map<string, Surface>();
  const { height } = model;
  surfaces.set('base start', plane([0, 0, 0], [0, 0, -1]));
  surfaces.set('base end', plane([0, 0, height], [0, 0, 1]));
  model.outline.forEach((corner, i) => {
    const [x, y] = cornerAt(model, corner);
    const [toX, toY] = cornerAt(model, model.outline[(i + 1) % model.outline.length]!);
    surfaces.set(`base side ${corner.line}`, plane([x, y, 0], [toY - y, x - toX, 0]));
  });
  const hole = (key: string, block: Extract<Block, { kind: 'hole' }>, x: number, y: number): void => {
    surfaces.set(`${key} wall`, uprightCylinder(x, y, block.diameter / 2));
    if (block.depth !== null) surfaces.set(`${key} bottom`, plane([x, y, height - block.depth], [0, 0, 1]));
  };
  for (const block of model.blocks) {
    if (failed.has(block.id)) continue;
    const [x, y] = [cellX(model, block.column), cellY(model, block.row)];
    const { id } = block;
    switch (block.kind) {
      case 'hole':
        hole(id, block, x, y);
        break;
      case 'pocket':
        surfaces.set(`${id} bottom`, plane([x, y, height - block.depth], [0, 0, 1]));
        surfaces.set(`${id} south`, plane([x, y - block.length / 2, 0], [0, 1, 0]));
        surfaces.set(`${id} north`, plane([x, y + block.length / 2, 0], [0, -1, 0]));
        surfaces.set(`${id} west`, plane([x - block.width / 2, y, 0], [1, 0, 0]));
        surfaces.set(`${id} east`, plane([x + block.width / 2, y, 0], [-1, 0, 0]));
        break;
      case 'boss':
        surfaces.set(`${id} side`, uprightCylinder(x, y, block.radius));
        surfaces.set(`${id} top`, plane([x, y, height + block.height], [0, 0, 1]));
        break;
      case 'slot':
        surfaces.set(`${id} bottom`, plane([x, 0, height - block.depth], [0, 0, 1]));
        surfaces.set(`${id} west`, plane([x - block.width / 2, 0, 0], [1, 0, 0]));
        surfaces.set(`${id} east`, plane([x + block.width / 2, 0, 0], [-1, 0, 0]));
        break;
      case 'round': {
        const centre = centreOfRound(model, block.a, block.b, block.radius);
        if (centre) surfaces.set(`${id} round`, uprightCylinder(...centre, block.radius));
        break;
      }
      case 'bevel': {
        const boss = model.blocks.find((each) => each.id === block.boss);
        if (boss?.kind === 'boss' && !failed.has(boss.id))
          surfaces.set(
            `${id} bevel`,
            uprightCone45(
              cellX(model, boss.column),
              cellY(model, boss.row),
              boss.radius,
              height + boss.height - block.distance,
            ),
          );
        break;
      }
      case 'pattern': {
        const original = model.blocks.find((each) => each.id === block.hole);
        if (original?.kind === 'hole' && !failed.has(original.id))
          for (let k = 1; k < block.count; k++)
            hole(
              `${id} ${k}`,
              original,
              cellX(model, original.column) + k * CELL_mm * model.scaleX,
              cellY(model, original.row),
            );
      }
    }
  }
  return surfaces;
}

/** The axis of a rounding between the lines of two neighbouring sides; null where they no longer meet. */
export function centreOfRound(model: Model, a: string, b: string, radius: number): [number, number] | null {
  const i = model.outline.findIndex(({ line }) => line === a);
  const n = model.outline.length;
  if (i < 0 || model.outline[(i + 1) % n]!.line !== b) return null;
  const [p, q, r] = [0, 1, 2].map((k) => cornerAt(model, model.outline[(i + k) % n]!)) as [
    [number, number],
    [number, number],
    [number, number],
  ];
  const direction = (from: [number, number], to: [number, number]): [number, number] => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  };
  const [u, v] = [direction(p, q), direction(q, r)];
  const turn = u[0] * v[1] - u[1] * v[0];
  // On a convex corner the axis is within the material, which is to the left of both lines.
  const side = turn > 0 ? radius : -radius;
  const first: [number, number] = [q[0] - u[1] * side, q[1] + u[0] * side];
  const second: [number, number] = [q[0] - v[1] * side, q[1] + v[0] * side];
  const t = ((second[0] - first[0]) * v[1] - (second[1] - first[1]) * v[0]) / turn;
  return [first[0] + u[0] * t, first[1] + u[1] * t];
}

/** On which side of each slot a point is: what tells the pieces of a split face apart. */
export const sidesOfSlots = (model: Model, point: Vector3): Map<string, number> =>
  new Map(
    model.blocks.flatMap((block) =>
      block.kind === 'slot' ? [[block.id, Math.sign(point[0] - cellX(model, block.column))] as const] : [],
    ),
  );
