/** What one operation sees of the part so far; see `OperationScope`. */
import type { Evaluated, Feature, Reference, Vector3 } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import type { Occt } from '../../modeller/occt.ts';
import type { Warning } from '../../port.ts';
import type { Own } from '../../scope.ts';
import type { CompleteKernelAnswers } from '../complete-kernel.ts';
import type {
  BodyState,
  ChainOfEdges,
  Dress,
  Frame,
  OperationScope,
  ProfileFace,
  Repeatable,
  Tool,
} from '../operation.ts';
import { isSound } from '../pictures/soundness.ts';
import { Make } from '../shapes/make.ts';
import type { SketchResult } from '../sketches/result.ts';
import type { Bodies } from './bodies.ts';
import { pathOfEdges, pathOfSketch } from './paths.ts';
import { axisOf, type PlaceSources, planeOf, planeOfFaces } from './places.ts';
import { profileOfFaces, profileOfSketch } from './profiles.ts';
import { resolveItems, withField } from './resolve.ts';

/** What came of earlier steps, by their ids. */
export interface Earlier {
  sketch(id: string): SketchResult | undefined;
  datum(id: string): Frame | undefined;
  feature(id: string): Evaluated<Feature> | undefined;
  repeatable(id: string): Repeatable | undefined;
}

export interface ScopeOptions {
  oc: Occt;
  own: Own;
  id: string;
  states: readonly BodyState[];
  bodies: Bodies;
  earlier: Earlier;
  imported(id: string): Uint8Array[];
  warn(warning: Warning): void;
  rememberTool(tool: Tool): void;
  rememberDress(dress: Dress): void;
  /** Bodies that the step made on its way. */
  onTheWay: Set<BodyState>;
  answers: CompleteKernelAnswers;
}

export function makeScope(options: ScopeOptions): OperationScope {
  const { oc, own, id, states, bodies, earlier } = options;
  const make = new Make({ oc, own });
  const sketch = (sketchId: string, field: string): SketchResult => {
    const found = earlier.sketch(sketchId);
    if (!found)
      throw withField(
        usage('feature.no-sketch', `There is no sketch ${sketchId} before this step.`, 'Choose another sketch.').data,
        field,
      );
    return found;
  };
  const datum = (datumId: string, field: string): Frame => {
    const found = earlier.datum(datumId) ?? earlier.sketch(datumId)?.frame;
    if (!found)
      throw withField(
        usage('feature.no-datum', `There is no plane ${datumId} before this step.`, 'Choose another plane.').data,
        field,
      );
    return found;
  };
  const items = (kind: 'face' | 'edge' | 'vertex') => (references: readonly Reference[], field: string) =>
    resolveItems(states, bodies, references, kind, field);
  const places: PlaceSources = { oc, faces: items('face'), edges: items('edge'), sketch, datum };
  return {
    oc,
    own,
    id,
    bodies: states,
    faces: items('face'),
    edges: items('edge'),
    vertices: items('vertex'),
    bodiesNamed: (names, field) => bodiesNamed(states, names, field),
    plane: (plane, field) => planeOf(places, plane, field),
    axis: (axis, field): { origin_mm: Vector3; direction: Vector3 } => axisOf(places, axis, field),
    profile: (profile, field): ProfileFace[] => {
      if (profile.by === 'sketch')
        return profileOfSketch(make, sketch(profile.sketch, `${field}.sketch`), profile.regions, field, options.warn);
      const found = items('face')([profile.face], `${field}.face`);
      return profileOfFaces(make, bodies, found, planeOfFaces(oc, found, `${field}.face`));
    },
    path: (path, field): ChainOfEdges =>
      path.by === 'sketch'
        ? pathOfSketch(make, sketch(path.sketch, `${field}.sketch`), path.curves)
        : pathOfEdges(make, bodies, items('edge')(path.edges, `${field}.edges`), field),
    sketch,
    imported: options.imported,
    earlierFeature: earlier.feature,
    warn: options.warn,
    isSound: (shape) => isSound(oc, bodies.memory, shape),
    rememberTool: options.rememberTool,
    rememberDress: options.rememberDress,
    repeatable: (featureId, field) => {
      const found = earlier.repeatable(featureId);
      if (found) return found;
      throw withField(
        usage(
          'pattern.no-such-feature',
          `There is no step ${featureId} before this one that could be repeated.`,
          'Choose the steps again.',
        ).data,
        field,
      );
    },
    on: (others, otherId) => {
      for (const body of others) if (!options.states.includes(body)) options.onTheWay.add(body);
      return makeScope({ ...options, states: others, id: otherId });
    },
    defeature: (body, faces) => options.answers.defeature({ oc, own, id }, body, faces),
  };
}

function bodiesNamed(states: readonly BodyState[], names: readonly string[] | undefined, field: string): BodyState[] {
  if (!names) return [...states];
  return names.map((name) => {
    const found = states.find((state) => state.name === name);
    if (!found)
      throw withField(
        usage(
          'feature.no-such-body',
          `There is no body ${name} before this step.`,
          states.length === 0
            ? 'The part has no body yet.'
            : `There are: ${states.map((each) => each.name).join(', ')}.`,
        ).data,
        field,
      );
    return found;
  });
}
