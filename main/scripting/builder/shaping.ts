/** Steps that make and cut bodies: sketches, planes, and what is made of profiles. */
import { History, type StepOptions } from './history.ts';
import { ScriptMistake } from './host.ts';
import {
  type AxisLike,
  axisData,
  type BodyLike,
  bodiesData,
  type ExtentLike,
  extentData,
  type PathLike,
  type PlaneLike,
  type ProfileLike,
  pathData,
  planeData,
  profileData,
  stepId,
} from './places.ts';
import { SketchBuilder } from './sketch.ts';
import { Point } from './sketch-items.ts';
import { SketchStep, Step } from './steps.ts';
import { type AngleValue, angleData, defined, type LengthValue, lengthData } from './values.ts';

/** What happens to the bodies that are there. By default the first body is new, and what follows is added to it. */
export type BodyOperation = 'new' | 'add' | 'cut' | 'intersect';
export interface BodyOptions extends StepOptions {
  operation?: BodyOperation;
  /** The bodies it works on; all that it touches otherwise. */
  bodies?: readonly BodyLike[];
}

export interface SketchOptions extends StepOptions {
  plane: PlaneLike;
  /** Holds every point where it is drawn. By default only if the script adds no constraints of its own. */
  fix?: boolean;
}
export interface ExtrudeOptions extends BodyOptions, ExtentLike {
  /** Along the plane's normal (default), against it, or half to each side. */
  direction?: 'normal' | 'reverse' | 'symmetric';
  /** And so far to the other side. */
  second?: ExtentLike;
  /** Sides lean inwards by this, towards the end. */
  draft?: AngleValue;
}
export interface RevolveOptions extends BodyOptions {
  axis: AxisLike;
  /** A full turn by default. */
  angle?: AngleValue;
  /** Half to each side of the plane. */
  symmetric?: boolean;
}
export interface HoleOptions extends StepOptions {
  /** Whose table the size is looked up in; `custom` by default. */
  standard?: 'iso' | 'asme' | 'custom';
  /** `simple` by default. */
  type?: 'simple' | 'clearance' | 'tapped' | 'counterbore' | 'countersink';
  /** Of the screw: `M6`, `1/4-20`. */
  size?: string;
  fit?: 'close' | 'normal' | 'loose';
  /** Of the bore, where no table says so, or in spite of it. */
  diameter?: LengthValue;
  /** Through everything when absent. */
  depth?: LengthValue;
  /** Angle of the drill's point, for holes with a depth; flat when absent. */
  tip?: AngleValue;
  counterbore?: { diameter: LengthValue; depth: LengthValue };
  countersink?: { diameter: LengthValue; angle: AngleValue };
  /** Drilled along the plane's normal instead of against it. */
  reverse?: boolean;
  /** Points of the sketch to drill at; its free points and centres of circles when absent. */
  points?: readonly (string | Point)[];
  bodies?: readonly BodyLike[];
}

export class Shaping extends History {
  /** A sketch on a plane: `p.sketch('base', 'xy', (s) => { s.rectangle([0, 0], [width, depth]); })`. */
  sketch(name: string, plane: PlaneLike | SketchOptions, draw: (sketch: SketchBuilder) => unknown): SketchStep {
    const options = isSketchOptions(plane) ? plane : { plane };
    const builder = new SketchBuilder();
    if (typeof draw !== 'function')
      throw new ScriptMistake(`The sketch "${name}" is not drawn.`, 'Draw in a function: (s) => { s.circle(...); }.');
    draw(builder);
    const { entities, constraints, curves } = builder.finish(options.fix);
    const id = this.add(name, { kind: 'sketch', plane: planeData(options.plane), entities, constraints }, options);
    return new SketchStep(id, name, curves);
  }

  /** A plane to sketch on, mirror at or split by. `tilt` turns it about an axis that lies in it. */
  datumPlane(
    name: string,
    plane: PlaneLike,
    options: StepOptions & { tilt?: { axis: AxisLike; angle: AngleValue } } = {},
  ): Step {
    const { tilt } = options;
    const turned = tilt && { axis: axisData(tilt.axis), angle: angleData(tilt.angle) };
    return this.step(name, { kind: 'datum-plane', plane: planeData(plane), ...defined({ tilt: turned }) }, options);
  }

  /** Draws a profile out: `p.extrude('plate', base, { distance: thickness })`. */
  extrude(name: string, profile: ProfileLike, options: ExtrudeOptions): Step {
    const { operation = this.usualOperation, direction, second, draft, bodies } = options;
    return this.step(
      name,
      {
        kind: 'extrude',
        profile: profileData(profile),
        operation,
        extent: extentData(options, `"${name}"`),
        ...defined({
          direction,
          second: second && extentData(second, `The other side of "${name}"`),
          draft: draft === undefined ? undefined : angleData(draft),
          bodies: bodiesData(bodies),
        }),
      },
      options,
    );
  }

  /** Turns a profile about an axis. */
  revolve(name: string, profile: ProfileLike, options: RevolveOptions): Step {
    const { operation = this.usualOperation, axis, angle = 360, symmetric, bodies } = options;
    return this.step(
      name,
      {
        kind: 'revolve',
        profile: profileData(profile),
        operation,
        axis: axisData(axis),
        angle: angleData(angle),
        ...defined({ symmetric, bodies: bodiesData(bodies) }),
      },
      options,
    );
  }

  /** Leads a profile along a path. `twist` is over the whole length. */
  sweep(name: string, profile: ProfileLike, options: BodyOptions & { path: PathLike; twist?: AngleValue }): Step {
    const { operation = this.usualOperation, path, twist, bodies } = options;
    return this.step(
      name,
      {
        kind: 'sweep',
        profile: profileData(profile),
        path: pathData(path),
        operation,
        ...defined({ twist: twist === undefined ? undefined : angleData(twist), bodies: bodiesData(bodies) }),
      },
      options,
    );
  }

  /** A body from section to section; `ruled` joins them by straight lines. */
  loft(name: string, sections: readonly ProfileLike[], options: BodyOptions & { ruled?: boolean } = {}): Step {
    const { operation = this.usualOperation, ruled, bodies } = options;
    return this.step(
      name,
      {
        kind: 'loft',
        sections: sections.map(profileData),
        operation,
        ...defined({ ruled, bodies: bodiesData(bodies) }),
      },
      options,
    );
  }

  /** A rib along a path, towards the material: in the plane of its sketch, or along that plane's normal. */
  rib(
    name: string,
    path: PathLike,
    options: StepOptions & {
      thickness: LengthValue;
      direction?: 'in-plane' | 'normal';
      reverse?: boolean;
      bodies?: readonly BodyLike[];
    },
  ): Step {
    const { thickness, direction = 'in-plane', reverse, bodies } = options;
    return this.step(
      name,
      {
        kind: 'rib',
        path: pathData(path),
        thickness: lengthData(thickness),
        direction,
        ...defined({ reverse, bodies: bodiesData(bodies) }),
      },
      options,
    );
  }

  /** Holes at the points of a sketch: `p.hole('bolts', corners, { standard: 'iso', type: 'clearance', size: 'M6' })`. */
  hole(name: string, sketch: SketchStep | string, options: HoleOptions): Step {
    const { standard = 'custom', type = 'simple', size, fit, diameter, depth, tip, reverse, points } = options;
    const { counterbore, countersink } = options;
    const extent =
      depth === undefined
        ? ({ to: 'through-all' } as const)
        : { to: 'depth' as const, depth: lengthData(depth), ...(tip === undefined ? {} : { tip: angleData(tip) }) };
    return this.step(
      name,
      {
        kind: 'hole',
        sketch: stepId(sketch),
        standard,
        type,
        extent,
        ...defined({
          points: points?.map((each) => (each instanceof Point ? each.id : each)),
          size,
          fit,
          diameter: diameter === undefined ? undefined : lengthData(diameter),
          counterbore: counterbore && {
            diameter: lengthData(counterbore.diameter),
            depth: lengthData(counterbore.depth),
          },
          countersink: countersink && {
            diameter: lengthData(countersink.diameter),
            angle: angleData(countersink.angle),
          },
          reverse,
          bodies: bodiesData(options.bodies),
        }),
      },
      options,
    );
  }

  protected step(name: string, feature: Parameters<History['add']>[1], options: StepOptions): Step {
    return new Step(this.add(name, feature, options), name);
  }
}

/** A plane by a principal one has the key `plane` too, but never a plane within. */
function isSketchOptions(plane: PlaneLike | SketchOptions): plane is SketchOptions {
  if (typeof plane !== 'object' || plane === null || plane instanceof Step || !('plane' in plane)) return false;
  return !('offset' in plane) && !('by' in plane);
}
