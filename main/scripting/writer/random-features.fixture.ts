/** Features of every kind with every option, made at random from the contract's own schemas. */
import type * as v from 'valibot';
import {
  type Feature,
  type FeatureKind,
  FeatureSchema,
  type SketchConstraint,
  SketchConstraintSchema,
  type SketchEntity,
} from '../../../preload/contract/index.ts';
import type { RandomSource } from '../../document/index.ts';

/** As much of a valibot schema as is looked at here. */
interface Node {
  type: string;
  entries?: Record<string, Node>;
  options?: readonly (Node | string)[];
  literal?: unknown;
  wrapped?: Node;
  item?: Node;
  items?: readonly Node[];
  pipe?: readonly { type: string; requirement?: unknown }[];
}

export interface World {
  random: RandomSource;
  /** Ids of features that may be mentioned. */
  ids: readonly string[];
  variables: Readonly<Record<'length' | 'angle' | 'number', string>>;
}

const pick = <T>(list: readonly T[], { random }: World): T => list[Math.floor(random() * list.length)]!;

export function randomFeature(kind: FeatureKind, world: World): Feature {
  if (kind === 'sketch') return randomSketch(world);
  const schema = FeatureSchema.options.find((each) => each.entries.kind.literal === kind);
  return make(schema as unknown as Node, world, kind) as Feature;
}

function make(node: Node, world: World, key: string): unknown {
  const { random } = world;
  switch (node.type) {
    case 'strict_object':
    case 'object':
      return madeEntries(node.entries!, world);
    case 'variant':
      return make(pick(node.options as readonly Node[], world), world, key);
    case 'literal':
      return node.literal;
    case 'picklist':
      return pick(node.options!, world);
    case 'boolean':
      return random() < 0.5;
    case 'array':
      return Array.from({ length: leastOf(node) + Math.floor(random() * 3) }, () => make(node.item!, world, key));
    case 'strict_tuple':
      return node.items!.map((item) => make(item, world, key));
    case 'number':
      return Math.round(random() * 1000) / (node.pipe?.some(({ type }) => type === 'integer') ? 1 : 8) + 1;
    case 'string':
      return text(node, world, key);
    default:
      throw new Error(`schemas of type ${node.type} are not made yet`);
  }
}

const leastOf = (node: Node): number =>
  Math.max(
    1,
    ...(node.pipe ?? []).flatMap(({ type, requirement }) => (type === 'min_length' ? [requirement as number] : [])),
  );

function madeEntries(entries: Record<string, Node>, world: World): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(entries)) {
    if (entry.type === 'optional') {
      if (world.random() < 0.5) made[key] = make(entry.wrapped!, world, key);
    } else made[key] = make(entry, world, key);
  }
  // Fewer ways to say the same: what is repeated is either steps or bodies.
  if ('features' in made && 'bodies' in made) delete made['bodies'];
  return made;
}

function text(node: Node, world: World, key: string): string {
  const { variables } = world;
  const id = pick(world.ids, world);
  switch (key) {
    case 'length':
      return pick(['12.5 mm', variables.length, `${variables.length} / 2 + 3 mm`, "it's odd"], world);
    case 'angle':
      return pick(['30 deg', variables.angle, `${variables.angle} * 2`], world);
    case 'number':
      return pick(['3', variables.number, `${variables.number} - 1`], world);
    case 'sketch':
    case 'feature':
    case 'features':
      return id;
    case 'bodies':
    case 'target':
    case 'tools':
      return pick([id, `${id}#2`, 'feature_unknown1'], world);
    case 'name':
      return pick([`${id}/side(line1)|${id}/end`, `${id}/round(${id}/a|${id}/b)`, `${id}/wall`], world);
    case 'selector':
      return pick(['faces >Z', 'edges |Z and >X', 'vertices <X', '>Y', 'faces near (1, 2, 3)', ' faces  >X '], world);
    case 'beside':
    case 'faceNames':
      return pick([`${id}/end`, '0', "'quoted' \\ \n and more"], world);
    case 'sourceId':
      return 'source_abcdefgh';
    default:
      return pick(['line1', 'line2', 'circle1'], world) + (node.pipe ? '' : ' ');
  }
}

function randomSketch(world: World): Feature {
  const { random } = world;
  const entities: SketchEntity[] = [];
  const name = (kind: string, at: number): string => (random() < 0.7 ? `${kind}${at}` : `${kind}_own_${at}`);
  const place = (): number => Math.round(random() * 1e6) / 997 - 300;
  const points = Array.from({ length: 8 }, (_, at) => name('point', at + 1));
  for (const id of points) entities.push({ kind: 'point', id, x_mm: place(), y_mm: place() });
  const point = (): string => pick([...points, 'origin'], world);
  const extra = () => ({
    ...(random() < 0.2 ? { construction: true } : {}),
    ...(random() < 0.2 ? { from: { by: 'selector' as const, selector: 'edges |Z' } } : {}),
  });
  for (let at = 1; at <= 3; at++) {
    entities.push({ kind: 'line', id: name('line', at), start: point(), end: point(), ...extra() });
    entities.push({ kind: 'circle', id: name('circle', at), centre: point(), radius_mm: 1 + random(), ...extra() });
    entities.push({ kind: 'arc', id: name('arc', at), ...threeOf(points, world), ...extra() });
    const minorRadius_mm = 1 + random();
    entities.push({ kind: 'ellipse', id: name('ellipse', at), centre: point(), major: point(), minorRadius_mm });
    const closed = random() < 0.5 ? { closed: true } : {};
    entities.push({ kind: 'spline', id: name('spline', at), points: [point(), point(), point()], ...closed });
  }
  // A window draws in any order.
  if (random() < 0.5) entities.reverse();
  const constraints = random() < 0.2 ? [] : SketchConstraintSchema.options.flatMap(twoOf(world));
  const schema = FeatureSchema.options[0].entries.plane as unknown as Node;
  return { kind: 'sketch', plane: make(schema, world, 'plane') as never, entities, constraints };
}

const threeOf = (points: readonly string[], world: World) => {
  const first = Math.floor(world.random() * (points.length - 2));
  return { centre: points[first]!, start: points[first + 1]!, end: points[first + 2]! };
};

const twoOf =
  (world: World) =>
  (schema: v.GenericSchema): SketchConstraint[] =>
    [1, 2].map((at) => {
      const made = make(schema as unknown as Node, world, 'constraint') as SketchConstraint;
      return { ...made, id: world.random() < 0.7 ? `${made.kind}${at}` : `own_${made.kind}_${at}` };
    });
