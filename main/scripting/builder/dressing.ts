/** Steps that dress up what is there, and that repeat it. */
import type { StepOptions } from './history.ts';
import { ScriptMistake } from './host.ts';
import { type AxisLike, axisData, type BodyLike, bodiesData, type PlaneLike, planeData, stepId } from './places.ts';
import { type ReferenceLike, type ReferencesLike, referenceData, referencesData } from './references.ts';
import { Shaping } from './shaping.ts';
import type { Step } from './steps.ts';
import {
  type AngleValue,
  angleData,
  defined,
  type LengthValue,
  lengthData,
  type NumberValue,
  numberData,
} from './values.ts';

/** What is repeated: steps, or whole bodies (all when neither is given). */
export interface RepeatOptions extends StepOptions {
  features?: readonly (Step | string)[];
  bodies?: readonly BodyLike[];
}
export interface Row {
  direction: AxisLike;
  spacing: LengthValue;
  /** With the original. */
  count: NumberValue;
}
export interface LinearPatternOptions extends RepeatOptions, Row {
  second?: Row;
  /** Occurrences left out, numbered from 0 (the original) row by row. */
  skip?: readonly number[];
}
export interface CircularPatternOptions extends RepeatOptions {
  axis: AxisLike;
  /** With the original. */
  count: NumberValue;
  /** Between neighbours; spread over the full turn when absent. */
  step?: AngleValue;
  skip?: readonly number[];
}

export class Dressing extends Shaping {
  /** Rounds edges: `p.fillet('edges', '|Z', { radius: '3 mm' })`. With `endRadius` the radius changes along each edge. */
  fillet(
    name: string,
    edges: ReferencesLike,
    options: StepOptions & { radius: LengthValue; endRadius?: LengthValue },
  ): Step {
    const { radius, endRadius } = options;
    return this.step(
      name,
      {
        kind: 'fillet',
        edges: referencesData(edges, 'edge'),
        radius: lengthData(radius),
        ...defined({ endRadius: endRadius === undefined ? undefined : lengthData(endRadius) }),
      },
      options,
    );
  }

  /** Bevels edges: by one distance, by two, or by a distance and an angle. `distance` is measured on `face`. */
  chamfer(
    name: string,
    edges: ReferencesLike,
    options: StepOptions & {
      distance: LengthValue;
      distance2?: LengthValue;
      angle?: AngleValue;
      face?: ReferenceLike;
    },
  ): Step {
    const { distance, distance2, angle, face } = options;
    return this.step(
      name,
      {
        kind: 'chamfer',
        edges: referencesData(edges, 'edge'),
        distance: lengthData(distance),
        ...defined({
          distance2: distance2 === undefined ? undefined : lengthData(distance2),
          angle: angle === undefined ? undefined : angleData(angle),
          face: face === undefined ? undefined : referenceData(face, 'face'),
        }),
      },
      options,
    );
  }

  /** Hollows bodies out to a wall; `open` faces are taken away. */
  shell(
    name: string,
    options: StepOptions & {
      thickness: LengthValue;
      open?: ReferencesLike;
      outward?: boolean;
      bodies?: readonly BodyLike[];
    },
  ): Step {
    const { thickness, open, outward, bodies } = options;
    return this.step(
      name,
      {
        kind: 'shell',
        thickness: lengthData(thickness),
        ...defined({
          open: open === undefined ? undefined : referencesData(open, 'face'),
          outward,
          bodies: bodiesData(bodies),
        }),
      },
      options,
    );
  }

  /** Leans faces by an angle about where they meet the neutral plane. */
  draft(
    name: string,
    faces: ReferencesLike,
    options: StepOptions & { neutral: PlaneLike; angle: AngleValue; reverse?: boolean },
  ): Step {
    const { neutral, angle, reverse } = options;
    return this.step(
      name,
      {
        kind: 'draft',
        faces: referencesData(faces, 'face'),
        neutral: planeData(neutral),
        angle: angleData(angle),
        ...defined({ reverse }),
      },
      options,
    );
  }

  /** Repeats steps or bodies along a line, or along two. */
  linearPattern(name: string, options: LinearPatternOptions): Step {
    const { direction, spacing, count, second, skip } = options;
    const row = (each: Row) => ({
      direction: axisData(each.direction),
      spacing: lengthData(each.spacing),
      count: numberData(each.count),
    });
    return this.step(
      name,
      {
        kind: 'linear-pattern',
        ...repeated(options),
        ...row({ direction, spacing, count }),
        ...defined({ second: second && row(second), skip: skip && [...skip] }),
      },
      options,
    );
  }

  /** Repeats steps or bodies about an axis: `p.circularPattern('bolts', { features: [bolt], axis: 'z', count: 6 })`. */
  circularPattern(name: string, options: CircularPatternOptions): Step {
    const { axis, count, step, skip } = options;
    return this.step(
      name,
      {
        kind: 'circular-pattern',
        ...repeated(options),
        axis: axisData(axis),
        count: numberData(count),
        ...defined({ step: step === undefined ? undefined : angleData(step), skip: skip && [...skip] }),
      },
      options,
    );
  }

  /** Mirrors steps or bodies at a plane; `join` makes one body of both halves. */
  mirror(name: string, options: RepeatOptions & { plane: PlaneLike; join?: boolean }): Step {
    const { plane, join } = options;
    return this.step(
      name,
      { kind: 'mirror', ...repeated(options), plane: planeData(plane), ...defined({ join }) },
      options,
    );
  }
}

function repeated({ features, bodies }: RepeatOptions): { features?: string[]; bodies?: string[] } {
  if (features && bodies)
    throw new ScriptMistake('Either steps or bodies are repeated, not both.', 'Give `features` or `bodies`.');
  return defined({ features: features?.map(stepId), bodies: bodiesData(bodies) });
}
