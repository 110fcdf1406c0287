/** Small words for features of random parts. Lengths in mm, angles in degrees. */
import type {
  AngleExpression,
  AxisLine,
  Feature,
  FeatureOf,
  LengthExpression,
  Plane,
  Profile,
  Reference,
  SketchEntity,
} from '../../../preload/contract/index.ts';
import type { RandomSource } from '../../document/index.ts';
import type { WritableStep } from '../writer/writable.ts';

export interface RandomPart {
  /** The family and its number. */
  name: string;
  features: WritableStep[];
  /** Worked out by hand, not by a kernel. */
  volume_mm3: number;
}

export const mm = (value: number): LengthExpression => ({ length: `${value} mm` });
export const degrees = (value: number): AngleExpression => ({ angle: `${value} deg` });
export const Z: AxisLine = { by: 'principal', axis: 'z' };
export const XY: Plane = { by: 'principal', plane: 'xy' };
/** X to the right, Z up: what is turned about Z is drawn here. */
export const FRONT: Plane = { by: 'frame', origin_mm: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] };
export const at = (offset: number): Plane => ({ by: 'principal', plane: 'xy', offset: mm(offset) });
export const edges = (selector: string): Reference[] => [{ by: 'selector', selector: `edges ${selector}` }];
export const faces = (selector: string): Reference[] => [{ by: 'selector', selector: `faces ${selector}` }];

/** Random numbers as a designer would choose them: a few digits. */
export class Dice {
  readonly #random: RandomSource;
  constructor(random: RandomSource) {
    this.#random = random;
  }
  /** With three digits after the point. */
  between(low: number, high: number): number {
    return Number((low + this.#random() * (high - low)).toFixed(3));
  }
  whole(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }
  oneOf<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }
}

export type Place = readonly [number, number];

/** Points and lines of a closed outline: `line1` goes from the first corner to the second. */
export function outline(corners: readonly Place[], prefix = ''): SketchEntity[] {
  const id = (index: number): string => `${prefix}point${(index % corners.length) + 1}`;
  return [
    ...corners.map(([x, y], index): SketchEntity => ({ kind: 'point', id: id(index), x_mm: x, y_mm: y })),
    ...corners.map(
      (_, index): SketchEntity => ({
        kind: 'line',
        id: `${prefix}line${index + 1}`,
        start: id(index),
        end: id(index + 1),
      }),
    ),
  ];
}

export const rectangle = (width: number, depth: number): SketchEntity[] =>
  outline([
    [-width / 2, -depth / 2],
    [width / 2, -depth / 2],
    [width / 2, depth / 2],
    [-width / 2, depth / 2],
  ]);

export const circle = ([x, y]: Place, radius: number, id = 'circle1'): SketchEntity[] => [
  { kind: 'point', id: `${id}-middle`, x_mm: x, y_mm: y },
  { kind: 'circle', id, centre: `${id}-middle`, radius_mm: radius },
];

export const points = (places: readonly Place[]): SketchEntity[] =>
  places.map(([x, y], index) => ({ kind: 'point', id: `point${index + 1}`, x_mm: x, y_mm: y }));

/** Collects steps; each gets an id made of its place. */
export class Steps {
  readonly list: WritableStep[] = [];

  add(feature: Feature): string {
    const id = `feature_step${String(this.list.length + 1).padStart(3, '0')}`;
    this.list.push({ id, name: `${feature.kind} ${this.list.length + 1}`, feature });
    return id;
  }
  /** Every point is fixed, so that the sketch is what it says. */
  sketch(entities: SketchEntity[], plane: Plane = XY): string {
    const fixed = entities.flatMap((each) => (each.kind === 'point' ? [each.id] : []));
    const constraints = fixed.map((point, index) => ({ kind: 'fixed' as const, id: `fixed${index + 1}`, point }));
    return this.add({ kind: 'sketch', plane, entities, constraints });
  }
  profile = (entities: SketchEntity[], plane: Plane = XY): Profile => ({
    by: 'sketch',
    sketch: this.sketch(entities, plane),
  });
  extrude(
    profile: Profile,
    distance: number,
    operation: FeatureOf<'extrude'>['operation'] = 'new',
    more: Partial<FeatureOf<'extrude'>> = {},
  ): string {
    return this.add({
      kind: 'extrude',
      profile,
      operation,
      extent: { to: 'distance', distance: mm(distance) },
      ...more,
    });
  }
  hole(places: readonly Place[], top: number, more: Partial<FeatureOf<'hole'>>): string {
    const sketch = this.sketch(points(places), at(top));
    return this.add({
      kind: 'hole',
      sketch,
      standard: 'custom',
      type: 'simple',
      extent: { to: 'through-all' },
      ...more,
    });
  }
}

/** Of a cylinder. */
export const cylinder = (radius: number, height: number): number => Math.PI * radius * radius * height;
/** Of a cone cut off. */
export const frustum = (r1: number, r2: number, height: number): number =>
  (Math.PI * height * (r1 * r1 + r1 * r2 + r2 * r2)) / 3;
/** Of an outline in radius and height, counter-clockwise, turned by an angle (Pappus). */
export function turned(corners: readonly Place[], angle_deg: number): number {
  const sum = corners.reduce((total, [r1, z1], index) => {
    const [r2, z2] = corners[(index + 1) % corners.length]!;
    return total + (r1 * r1 + r1 * r2 + r2 * r2) * (z2 - z1);
  }, 0);
  return ((angle_deg * Math.PI) / 180) * (sum / 6);
}
