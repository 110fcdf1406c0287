/**
 * Histories of parts without a kernel: variables and references are real, shapes are not. A profile becomes a box as large
 * as its sketch, a fillet only checks that its edges are there. Enough for the window to be tried; never shipped.
 */
import {
  definitionOf,
  evaluateAs,
  evaluateVariables,
  resolveReferences,
  type VariableTable,
} from '../../main/document/index.ts';
import {
  type AnyRecord,
  ArtificerError,
  type BodyInfo,
  type ErrorData,
  type Feature,
  type FeatureOutcome,
  type FeatureRecord,
  type PartHistory,
  type PartRecord,
  type Reference,
  type Sketch,
  toErrorData,
  type VariableValue,
  type Vector3,
} from '../../preload/contract/index.ts';
import { boxBody, type FixtureBody } from './fixture-geometry.ts';

export type Records = ReadonlyMap<string, AnyRecord>;
export interface FixtureEvaluation {
  history: PartHistory;
  /** Null: as imported, the history has nothing to say about its shape. */
  body: FixtureBody | null;
}

const STEEL: [number, number, number] = [0.6, 0.66, 0.72];
/** Fillets beyond this fail, so that a failing feature can be seen. */
const LARGEST_RADIUS_mm = 15;

const refuse = (code: string, message: string, more: Partial<ErrorData> = {}): ArtificerError =>
  new ArtificerError({ code, category: 'refused', message, ...more });

function variableValues(records: Records, part: PartRecord): { values: VariableValue[]; known: VariableTable } {
  const { values, table } = evaluateVariables(definitionOf(part, records.values()));
  return { values, known: table };
}

const read = evaluateAs;

/** Every reference that a feature holds, wherever it is. */
function referencesIn(value: unknown, found: Reference[] = []): Reference[] {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (value && typeof value === 'object') {
    const by = (value as { by?: unknown }).by;
    if (
      (by === 'pick' || by === 'name' || by === 'selector') &&
      ('fingerprint' in value || 'name' in value || 'selector' in value)
    )
      found.push(value as Reference);
    else for (const item of Object.values(value)) referencesIn(item, found);
  }
  return found;
}

/** Every expression, so that a bad one fails its feature. */
function checkExpressions(value: unknown, variables: VariableTable): void {
  if (Array.isArray(value)) for (const item of value) checkExpressions(item, variables);
  else if (value && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'string' && (key === 'length' || key === 'angle' || key === 'number'))
        read(item, key, variables);
      else checkExpressions(item, variables);
    }
}

const sketchSize = (feature: Feature | undefined): [number, number] => {
  const points = feature?.kind === 'sketch' ? feature.entities.filter((entity) => entity.kind === 'point') : [];
  if (points.length < 2) return [60, 40];
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) || 1;
  return [span(points.map(({ x_mm }) => x_mm)), span(points.map(({ y_mm }) => y_mm))];
};

/** Sketch to part for the principal planes; others are taken for XY. */
const FRAMES = {
  xy: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
  yz: [0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0],
  zx: [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0],
};
const solutionOf = (sketch: Sketch): NonNullable<FeatureOutcome['sketch']> => ({
  frame: FRAMES[sketch.plane.by === 'principal' ? sketch.plane.plane : 'xy'],
  entities: sketch.entities,
  status: 'under-constrained',
  degreesOfFreedom: 8,
});

/** The six faces named as an extrusion names its own. */
function namedBox(id: string, size: Vector3, name: string): FixtureBody {
  const { info, bundle } = boxBody(name, size, STEEL);
  const names = ['side(left)', 'side(right)', 'side(front)', 'side(back)', 'start', 'end'].map(
    (role) => `${id}/${role}`,
  );
  const faces = info.faces.map((face, index) => ({ ...face, persistentNames: [names[index]!] }));
  return { info: { ...info, faces, persistentName: id }, bundle };
}

export function evaluateFixture(records: Records, partId: string, imported: BodyInfo[]): FixtureEvaluation {
  const part = records.get(partId);
  if (part?.type !== 'part') throw refuse('parts.no-such-part', 'There is no such part.');
  const { values, known } = variableValues(records, part);
  const configuration = part.configurationId ? records.get(part.configurationId) : undefined;
  const suppressedHere = configuration?.type === 'configuration' ? configuration.suppressed : {};
  let body: FixtureBody | null = null;
  let made: { id: string; size: Vector3 } | null = null;
  const broken = new Map<string, string>();
  const bodies = (): BodyInfo[] => (body ? [body.info] : imported);

  const apply = (record: FeatureRecord): void => {
    const { feature } = record;
    checkExpressions(feature, known);
    const { error } = resolveReferences(referencesIn(feature), bodies());
    if (error) throw new ArtificerError(error);
    if (feature.kind === 'extrude' && feature.operation === 'new') {
      const sketch = feature.profile.by === 'sketch' ? records.get(feature.profile.sketch) : undefined;
      const [w, d] = sketchSize(sketch?.type === 'feature' ? sketch.feature : undefined);
      const height = feature.extent.to === 'distance' ? read(feature.extent.distance.length, 'length', known) : 100;
      if (!(height > 0)) throw refuse('extrude.no-height', 'The distance must be larger than nothing.');
      made = { id: record.id, size: [w, d, height] };
    } else if (feature.kind === 'offset-face' && made) {
      const [w, d, h] = made.size;
      made = { ...made, size: [w, d, h + read(feature.distance.length, 'length', known)] };
    } else if (feature.kind === 'fillet' && read(feature.radius.length, 'length', known) > LARGEST_RADIUS_mm) {
      throw refuse('fillet.too-large', 'The radius is larger than the faces beside the edge allow.', {
        cause: `The fixture takes at most ${LARGEST_RADIUS_mm} mm.`,
        hint: 'Make the radius smaller, or leave this edge out.',
      });
    }
    if (made) body = namedBox(made.id, made.size, part.name);
  };

  const outcomes = (part.features ?? []).flatMap((id, index): FeatureOutcome[] => {
    const record = records.get(id);
    if (record?.type !== 'feature') return [];
    const outcome = (state: FeatureOutcome['state'], error?: ErrorData): FeatureOutcome => ({
      id,
      name: record.name,
      state,
      warnings: [],
      seconds: 0.004,
      reused: false,
      ...(error ? { error } : {}),
    });
    if (part.rollBack !== undefined && index >= part.rollBack) return [outcome('rolled-back')];
    if (suppressedHere[id] ?? record.suppressed) return [outcome('suppressed')];
    const text = JSON.stringify(record.feature);
    const because = [...broken].find(([other]) => text.includes(other));
    if (because) {
      broken.set(id, record.name);
      return [
        outcome('blocked', {
          code: 'feature.blocked',
          category: 'refused',
          message: `It needs “${because[1]}”, which failed.`,
          hint: `Repair “${because[1]}” first.`,
        }),
      ];
    }
    try {
      apply(record);
      const { feature } = record;
      return [{ ...outcome('ok'), ...(feature.kind === 'sketch' ? { sketch: solutionOf(feature) } : {}) }];
    } catch (error) {
      broken.set(id, record.name);
      return [outcome('failed', toErrorData(error))];
    }
  });
  const failed = outcomes.some(({ state }) => state === 'failed');
  const history: PartHistory = {
    partId,
    status: failed ? 'failed' : 'ready',
    outcomes,
    variables: values,
    inputHash: '0'.repeat(64),
    seconds: 0.01,
  };
  return { history, body };
}
