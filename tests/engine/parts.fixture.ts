/** Parts as records for tests of the engine, and an engine with one project. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine.ts';
import type {
  AnyRecord,
  Api,
  Client,
  Feature,
  FeatureRecord,
  InstanceRecord,
  PartHistory,
  PartRecord,
  PartView,
  Sketch,
  SketchEntity,
  VariableRecord,
} from '../../preload/contract/index.ts';
import { IDENTITY_TRANSFORM } from '../../preload/contract/index.ts';
import { transports } from '../transports/each-transport.ts';

export interface Bench {
  folder: string;
  engine: Engine;
  client: Client<Api>;
  /** Ends the engine and starts another on the same data. */
  restart(options?: EngineOptions): Promise<void>;
  end(): Promise<void>;
}

/** Every engine of it, also a later one, begins with `given`. */
export async function openBench(given: EngineOptions = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'artificer-parts-'));
  const start = async (options: EngineOptions = {}) => {
    const engine = createEngine({ dataFolder: folder, ...given, ...options });
    const { client, close } = await transports[0]!.connect(engine.handlers);
    return { engine, client, close };
  };
  let running = await start();
  const bench: Bench = {
    folder,
    engine: running.engine,
    client: running.client,
    restart: async (options) => {
      await running.close();
      await running.engine.dispose();
      running = await start(options);
      Object.assign(bench, { engine: running.engine, client: running.client });
    },
    end: async () => {
      await running.close();
      await running.engine.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

/** A rectangle from the origin, with its sides as dimensions: `line1` below, then counter-clockwise. */
export function rectangle(
  width: string,
  height: string,
  plane: Sketch['plane'] = { by: 'principal', plane: 'xy' },
): Sketch {
  const corners = [
    [0, 0],
    [40, 0],
    [40, 30],
    [0, 30],
  ] as const;
  const entities: SketchEntity[] = [
    ...corners.map(([x_mm, y_mm], index) => ({ kind: 'point' as const, id: `point${index + 1}`, x_mm, y_mm })),
    ...corners.map((_, index) => ({
      kind: 'line' as const,
      id: `line${index + 1}`,
      start: `point${index + 1}`,
      end: `point${((index + 1) % 4) + 1}`,
    })),
  ];
  return {
    kind: 'sketch',
    plane,
    entities,
    constraints: [
      { kind: 'coincident', id: 'corner', a: 'point1', b: 'origin' },
      { kind: 'horizontal', id: 'flat1', a: 'line1' },
      { kind: 'vertical', id: 'flat2', a: 'line2' },
      { kind: 'horizontal', id: 'flat3', a: 'line3' },
      { kind: 'vertical', id: 'flat4', a: 'line4' },
      { kind: 'distance', id: 'width', a: 'line1', value: { length: width } },
      { kind: 'distance', id: 'height', a: 'line2', value: { length: height } },
    ],
  };
}

export const feature = (partId: string, id: string, name: string, data: Feature): FeatureRecord => ({
  type: 'feature',
  id: `feature_${id}`,
  partId,
  name,
  feature: data,
});
export const extrude = (sketch: string, distance: string): Feature => ({
  kind: 'extrude',
  profile: { by: 'sketch', sketch: `feature_${sketch}` },
  operation: 'new',
  extent: { to: 'distance', distance: { length: distance } },
});
export const edgeBetween = (a: string, b: string) => ({
  by: 'name' as const,
  kind: 'edge' as const,
  name: [a, b].sort().join('|'),
});
export const face = (name: string) => ({ by: 'name' as const, kind: 'face' as const, name });

export const PLATE_ID = 'part_plate1';
export const variable = (name: string, expression: string): VariableRecord => ({
  type: 'variable',
  id: `variable_${name}00`,
  partId: PLATE_ID,
  name,
  dimension: 'length',
  expression,
  order: 0,
});
const placed = (part: PartRecord): InstanceRecord => ({
  type: 'instance',
  id: 'instance_plate1',
  name: part.name,
  parentId: null,
  partId: part.id,
  transform: IDENTITY_TRANSFORM,
  order: 0,
});

export const ROUND_EDGE = edgeBetween('feature_outline/side(line1)', 'feature_outline/side(line2)');

/** A plate of `width` x 30 x 10 mm with one upright edge rounded. Volume: width * 30 * 10 - (4 - pi) / 4 * r^2 * 10. */
export function plate(more: Partial<PartRecord> = {}): AnyRecord[] {
  const part: PartRecord = {
    type: 'part',
    id: PLATE_ID,
    name: 'Plate',
    features: ['feature_sketch1', 'feature_base01', 'feature_rounds1'],
    bodies: [],
    ...more,
  };
  return [
    part,
    placed(part),
    variable('width', '40 mm'),
    variable('radius', '5 mm'),
    feature(part.id, 'sketch1', 'Outline', rectangle('width', '30 mm')),
    feature(part.id, 'base01', 'Base', extrude('sketch1', '10 mm')),
    feature(part.id, 'rounds1', 'Round', {
      kind: 'fillet',
      edges: [edgeBetween('feature_base01/side(line1)', 'feature_base01/side(line2)')],
      radius: { length: 'radius' },
    }),
  ];
}
export const plateVolume = (width: number, radius: number): number =>
  width * 30 * 10 - ((4 - Math.PI) / 4) * radius ** 2 * 10;

/** Waits until the part is evaluated, and answers with how it stands. */
export async function evaluated(
  client: Client<Api>,
  partId = PLATE_ID,
): Promise<{ history: PartHistory; view: PartView }> {
  const { jobId } = await client['parts.evaluate']({ partId });
  await client['jobs.wait']({ jobId });
  const history = await client['parts.history']({ partId });
  const [view] = await client['geometry.parts']({ partIds: [partId] });
  return { history, view: view! };
}

export const volumesOf = (view: PartView): number[] => view.bodies.map(({ info }) => info.mass.volume_mm3);
