/** A sketch as the statements that draw it. Ids that the builder would give by itself are not written. */
import type { FeatureOf, LengthExpression, SketchConstraint, SketchEntity } from '../../../preload/contract/index.ts';
import { pointsOfEntity } from '../../sketch/index.ts';
import { call } from './code.ts';
import type { Names } from './names.ts';

type Sketch = FeatureOf<'sketch'>;

/** Numbers entities and constraints as the builder does. */
class Numbering {
  readonly #counts = new Map<string, number>();
  readonly #taken = new Set<string>(['origin', 'x-axis', 'y-axis']);

  /** The id, or undefined where it need not be said. */
  said(kind: string, id: string): string | undefined {
    let count = this.#counts.get(kind) ?? 0;
    let own: string;
    do own = `${kind}${++count}`;
    while (this.#taken.has(own));
    this.#taken.add(id);
    if (own !== id) return id;
    this.#counts.set(kind, count);
    return undefined;
  }
}

export function sketchStatements(sketch: Sketch, names: Names, indent: string): string[] {
  const numbering = new Numbering();
  return [
    ...inDrawingOrder(sketch.entities).map((entity) => entitySource(entity, names, numbering, indent)),
    ...sketch.constraints.map((constraint) => constraintSource(constraint, names, numbering, indent)),
  ];
}

/** Points come before the curves that use them. */
function inDrawingOrder(entities: readonly SketchEntity[]): SketchEntity[] {
  const points = new Map(entities.flatMap((each) => (each.kind === 'point' ? [[each.id, each] as const] : [])));
  const ordered = new Set<SketchEntity>();
  for (const entity of entities) {
    for (const id of pointsOfEntity(entity)) {
      const point = points.get(id);
      if (point) ordered.add(point);
    }
    ordered.add(entity);
  }
  return [...ordered];
}

function entitySource(entity: SketchEntity, names: Names, numbering: Numbering, indent: string): string {
  const common = {
    id: numbering.said(entity.kind, entity.id),
    construction: entity.construction || undefined,
    from: entity.from && names.reference(entity.from),
  };
  const options = (more: object = {}): object | undefined => {
    const all = { ...common, ...more };
    return Object.values(all).some((each) => each !== undefined) ? all : undefined;
  };
  const statement = (method: string, ...values: unknown[]): string => `${call(`s.${method}`, values, indent)};`;
  switch (entity.kind) {
    case 'point':
      return statement('point', [entity.x_mm, entity.y_mm], options());
    case 'line':
      return statement('line', entity.start, entity.end, options());
    case 'circle':
      return statement('circle', entity.centre, entity.radius_mm, options());
    case 'arc':
      return statement('arc', entity.centre, entity.start, entity.end, options());
    case 'ellipse':
      return statement('ellipse', entity.centre, entity.major, entity.minorRadius_mm, options());
    case 'spline':
      return statement('spline', entity.points, options({ closed: entity.closed || undefined }));
  }
}

const METHODS: Record<SketchConstraint['kind'], string> = {
  coincident: 'coincident',
  'point-on': 'pointOn',
  midpoint: 'midpoint',
  horizontal: 'horizontal',
  vertical: 'vertical',
  parallel: 'parallel',
  perpendicular: 'perpendicular',
  collinear: 'collinear',
  tangent: 'tangent',
  concentric: 'concentric',
  equal: 'equal',
  symmetric: 'symmetric',
  fixed: 'fixed',
  distance: 'distance',
  'horizontal-distance': 'horizontalDistance',
  'vertical-distance': 'verticalDistance',
  radius: 'radius',
  diameter: 'diameter',
  angle: 'angle',
};

function constraintSource(constraint: SketchConstraint, names: Names, numbering: Numbering, indent: string): string {
  const options = {
    id: numbering.said(constraint.kind, constraint.id),
    reference: ('reference' in constraint && constraint.reference) || undefined,
    label: 'label_mm' in constraint ? constraint.label_mm : undefined,
  };
  const last = Object.values(options).some((each) => each !== undefined) ? options : undefined;
  const statement = (...values: unknown[]): string =>
    `${call(`s.${METHODS[constraint.kind]}`, [...values, last], indent)};`;
  const length = (value: LengthExpression): unknown => names.value(value);
  switch (constraint.kind) {
    case 'fixed':
      return statement(constraint.point);
    case 'point-on':
      return statement(constraint.point, constraint.curve);
    case 'midpoint':
      return statement(constraint.point, constraint.line);
    case 'symmetric':
      return statement(constraint.a, constraint.b, constraint.about);
    case 'distance':
    case 'horizontal-distance':
    case 'vertical-distance':
      return statement(constraint.a, constraint.b, length(constraint.value));
    case 'radius':
    case 'diameter':
      return statement(constraint.curve, length(constraint.value));
    case 'angle':
      return statement(constraint.a, constraint.b, names.value(constraint.value));
    default:
      return statement(constraint.a, constraint.b);
  }
}
