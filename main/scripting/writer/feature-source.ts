/** A feature as the call of the builder that makes it: which function, with which arguments. */
import type {
  AxisLine,
  Extent,
  Feature,
  FeatureKind,
  FeatureOf,
  Path,
  Plane,
  Profile,
} from '../../../preload/contract/index.ts';
import { Code, code, print } from './code.ts';
import type { Names } from './names.ts';

interface Call {
  method: string;
  /** After the name of the step and before its options. */
  values: unknown[];
  options: Record<string, unknown>;
}
type Writer<Kind extends FeatureKind> = (feature: FeatureOf<Kind>, say: Say) => Call;

const made = (method: string, values: unknown[], options: Record<string, unknown>): Call => ({
  method,
  values,
  options,
});

/** The words of a feature's fields. */
class Say {
  readonly names: Names;
  constructor(names: Names) {
    this.names = names;
  }

  value = (value: Parameters<Names['value']>[0] | undefined): unknown => value && this.names.value(value);
  bodies = (bodies: readonly string[] | undefined): unknown => bodies?.map((each) => this.names.body(each));
  steps = (ids: readonly string[] | undefined): unknown => ids?.map((each) => this.names.step(each));

  plane(plane: Plane): unknown {
    switch (plane.by) {
      case 'principal':
        return plane.offset ? { plane: plane.plane, offset: this.value(plane.offset) } : plane.plane;
      case 'face':
        return {
          face: this.names.reference(plane.face, 'face'),
          ...(plane.offset ? { offset: this.value(plane.offset) } : {}),
        };
      case 'datum': {
        const step = this.names.step(plane.feature);
        return step instanceof Code ? step : plane;
      }
      case 'frame':
        return { origin: plane.origin_mm, normal: plane.normal, x: plane.x };
    }
  }

  axis(axis: AxisLine): unknown {
    // Said but not meant: kept as it is.
    if ('reverse' in axis && axis.reverse === false) return axis;
    const reverse = 'reverse' in axis && axis.reverse !== undefined ? { reverse: axis.reverse } : {};
    switch (axis.by) {
      case 'principal':
        return axis.reverse === undefined ? axis.axis : { axis: axis.axis, ...reverse };
      case 'edge':
        return { edge: this.names.reference(axis.edge, 'edge'), ...reverse };
      case 'face':
        return { face: this.names.reference(axis.face, 'face'), ...reverse };
      case 'line':
        return { origin: axis.origin_mm, direction: axis.direction };
      case 'sketch-line': {
        const step = this.names.step(axis.sketch);
        if (!(step instanceof Code)) return axis;
        const options = axis.reverse ? `, ${print({ reverse: true })}` : '';
        return code(`${step.text}.axis(${print(axis.line)}${options})`);
      }
    }
  }

  profile(profile: Profile): unknown {
    if (profile.by === 'face') return { face: this.names.reference(profile.face, 'face') };
    const step = this.names.step(profile.sketch);
    if (!(step instanceof Code)) return profile;
    return profile.regions
      ? code(`${step.text}.regions(${profile.regions.map((each) => print(each)).join(', ')})`)
      : step;
  }

  path(path: Path): unknown {
    if (path.by === 'edges') return { edges: this.names.references(path.edges, 'edge') };
    const step = this.names.step(path.sketch);
    // An empty list of curves is not the same as none.
    if (!(step instanceof Code) || path.curves?.length === 0) return path;
    return path.curves ? code(`${step.text}.path(${path.curves.map((each) => print(each)).join(', ')})`) : step;
  }

  extent(extent: Extent): Record<string, unknown> {
    if (extent.to === 'distance') return { distance: this.value(extent.distance) };
    if (extent.to === 'through-all') return { throughAll: true };
    return { toFace: this.names.reference(extent.face, 'face'), offset: this.value(extent.offset) };
  }
}

const WRITERS: { [Kind in Exclude<FeatureKind, 'sketch'>]: Writer<Kind> } = {
  'datum-plane': ({ plane, tilt }, say) =>
    made('datumPlane', [say.plane(plane)], {
      tilt: tilt && { axis: say.axis(tilt.axis), angle: say.value(tilt.angle) },
    }),
  extrude: (f, say) =>
    made('extrude', [say.profile(f.profile)], {
      operation: f.operation,
      ...say.extent(f.extent),
      direction: f.direction,
      second: f.second && say.extent(f.second),
      draft: say.value(f.draft),
      bodies: say.bodies(f.bodies),
    }),
  revolve: (f, say) =>
    made('revolve', [say.profile(f.profile)], {
      operation: f.operation,
      axis: say.axis(f.axis),
      angle: say.value(f.angle),
      symmetric: f.symmetric,
      bodies: say.bodies(f.bodies),
    }),
  sweep: (f, say) =>
    made('sweep', [say.profile(f.profile)], {
      operation: f.operation,
      path: say.path(f.path),
      twist: say.value(f.twist),
      bodies: say.bodies(f.bodies),
    }),
  loft: (f, say) =>
    made('loft', [f.sections.map((each) => say.profile(each))], {
      operation: f.operation,
      ruled: f.ruled,
      bodies: say.bodies(f.bodies),
    }),
  rib: (f, say) =>
    made('rib', [say.path(f.path)], {
      thickness: say.value(f.thickness),
      direction: f.direction,
      reverse: f.reverse,
      bodies: say.bodies(f.bodies),
    }),
  hole: (f, say) =>
    made('hole', [say.names.step(f.sketch)], {
      standard: f.standard,
      type: f.type,
      size: f.size,
      fit: f.fit,
      diameter: say.value(f.diameter),
      depth: f.extent.to === 'depth' ? say.value(f.extent.depth) : undefined,
      tip: f.extent.to === 'depth' ? say.value(f.extent.tip) : undefined,
      counterbore: f.counterbore && {
        diameter: say.value(f.counterbore.diameter),
        depth: say.value(f.counterbore.depth),
      },
      countersink: f.countersink && {
        diameter: say.value(f.countersink.diameter),
        angle: say.value(f.countersink.angle),
      },
      reverse: f.reverse,
      points: f.points,
      bodies: say.bodies(f.bodies),
    }),
  fillet: (f, say) =>
    made('fillet', [say.names.references(f.edges, 'edge')], {
      radius: say.value(f.radius),
      endRadius: say.value(f.endRadius),
    }),
  chamfer: (f, say) =>
    made('chamfer', [say.names.references(f.edges, 'edge')], {
      distance: say.value(f.distance),
      distance2: say.value(f.distance2),
      angle: say.value(f.angle),
      face: f.face && say.names.reference(f.face, 'face'),
    }),
  shell: (f, say) =>
    made('shell', [], {
      thickness: say.value(f.thickness),
      open: f.open && say.names.references(f.open, 'face'),
      outward: f.outward,
      bodies: say.bodies(f.bodies),
    }),
  draft: (f, say) =>
    made('draft', [say.names.references(f.faces, 'face')], {
      neutral: say.plane(f.neutral),
      angle: say.value(f.angle),
      reverse: f.reverse,
    }),
  'linear-pattern': (f, say) => {
    const row = (each: Pick<typeof f, 'direction' | 'spacing' | 'count'>) => ({
      direction: say.axis(each.direction),
      spacing: say.value(each.spacing),
      count: say.value(each.count),
    });
    return made('linearPattern', [], {
      features: say.steps(f.features),
      bodies: say.bodies(f.bodies),
      ...row(f),
      second: f.second && row(f.second),
      skip: f.skip,
    });
  },
  'circular-pattern': (f, say) =>
    made('circularPattern', [], {
      features: say.steps(f.features),
      bodies: say.bodies(f.bodies),
      axis: say.axis(f.axis),
      count: say.value(f.count),
      step: say.value(f.step),
      skip: f.skip,
    }),
  mirror: (f, say) =>
    made('mirror', [], {
      features: say.steps(f.features),
      bodies: say.bodies(f.bodies),
      plane: say.plane(f.plane),
      join: f.join,
    }),
  boolean: (f, say) =>
    made('boolean', [], {
      operation: f.operation,
      target: say.names.body(f.target),
      tools: say.bodies(f.tools),
      keepTools: f.keepTools,
    }),
  split: (f, say) => made('split', [], { plane: say.plane(f.plane), keep: f.keep, bodies: say.bodies(f.bodies) }),
  thicken: (f, say) =>
    made('thicken', [say.names.references(f.faces, 'face')], {
      thickness: say.value(f.thickness),
      reverse: f.reverse,
      operation: f.operation,
    }),
  'move-body': (f, say) =>
    made('moveBody', [say.bodies(f.bodies)], {
      by: f.translation.map(say.value),
      turn: f.rotation && { axis: say.axis(f.rotation.axis), angle: say.value(f.rotation.angle) },
      copy: f.copy,
    }),
  'offset-face': (f, say) =>
    made('offsetFace', [say.names.references(f.faces, 'face')], { distance: say.value(f.distance) }),
  'move-face': (f, say) =>
    made('moveFace', [say.names.references(f.faces, 'face')], {
      by: f.translation.map(say.value),
      turn: f.rotation && { axis: say.axis(f.rotation.axis), angle: say.value(f.rotation.angle) },
    }),
  'delete-face': (f, say) => made('deleteFace', [say.names.references(f.faces, 'face')], {}),
  'replace-face': (f, say) =>
    made('replaceFace', [say.names.references(f.faces, 'face')], { plane: say.plane(f.plane) }),
  'resize-hole': (f, say) =>
    made('resizeHole', [say.names.references(f.faces, 'face')], { diameters: f.diameters.map(say.value) }),
  'resize-fillet': (f, say) =>
    made('resizeFillet', [say.names.references(f.faces, 'face')], { radius: say.value(f.radius) }),
  import: (f) => made('import', [], { source: f.sourceId, key: f.sourceKey, faceNames: f.faceNames }),
  'sheet-base': (f, say) =>
    made('sheetBase', [say.profile(f.profile)], {
      thickness: say.value(f.thickness),
      bendRadius: say.value(f.bendRadius),
      kFactor: say.value(f.kFactor),
      reverse: f.reverse,
    }),
  'edge-flange': (f, say) =>
    made('edgeFlange', [say.names.references(f.edges, 'edge')], {
      height: say.value(f.height),
      angle: say.value(f.angle),
      bendRadius: say.value(f.bendRadius),
    }),
  unfold: (f, say) => made('unfold', [], { fixed: say.names.reference(f.fixed, 'face') }),
};

export function featureCall(feature: Exclude<Feature, { kind: 'sketch' }>, names: Names): Call {
  const write = WRITERS[feature.kind] as Writer<typeof feature.kind>;
  return write(feature as never, new Say(names));
}

export const planeSource = (plane: Plane, names: Names): unknown => new Say(names).plane(plane);
