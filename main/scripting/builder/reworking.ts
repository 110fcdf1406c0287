/** Steps that set bodies against each other, that edit faces directly, that import, and that bend sheet metal. */
import { Dressing } from './dressing.ts';
import type { StepOptions } from './history.ts';
import {
  type BodyLike,
  bodiesData,
  bodyName,
  type Movement,
  movementData,
  type PlaneLike,
  type ProfileLike,
  planeData,
  profileData,
} from './places.ts';
import { type ReferenceLike, type ReferencesLike, referenceData, referencesData } from './references.ts';
import type { BodyOperation } from './shaping.ts';
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

export class Reworking extends Dressing {
  /** One body with others: `p.boolean('bore', { operation: 'subtract', target: block, tools: [pin] })`. */
  boolean(
    name: string,
    options: StepOptions & {
      operation: 'union' | 'subtract' | 'intersect';
      target: BodyLike;
      tools: readonly BodyLike[];
      keepTools?: boolean;
    },
  ): Step {
    const { operation, target, tools, keepTools } = options;
    return this.step(
      name,
      {
        kind: 'boolean',
        operation,
        target: bodyName(target),
        tools: tools.map(bodyName),
        ...defined({ keepTools }),
      },
      options,
    );
  }

  /** Cuts bodies in two at a plane. */
  split(
    name: string,
    options: StepOptions & { plane: PlaneLike; keep?: 'both' | 'front' | 'back'; bodies?: readonly BodyLike[] },
  ): Step {
    const { plane, keep = 'both', bodies } = options;
    return this.step(
      name,
      { kind: 'split', plane: planeData(plane), keep, ...defined({ bodies: bodiesData(bodies) }) },
      options,
    );
  }

  /** Material on faces, along their normal. */
  thicken(
    name: string,
    faces: ReferencesLike,
    options: StepOptions & { thickness: LengthValue; reverse?: boolean; operation?: BodyOperation },
  ): Step {
    const { thickness, reverse, operation = this.usualOperation } = options;
    return this.step(
      name,
      {
        kind: 'thicken',
        faces: referencesData(faces, 'face'),
        thickness: lengthData(thickness),
        operation,
        ...defined({ reverse }),
      },
      options,
    );
  }

  /** Moves bodies, or copies of them: `p.moveBody('lid', [lid], { by: [0, 0, 20] })`. */
  moveBody(name: string, bodies: readonly BodyLike[], options: StepOptions & Movement & { copy?: boolean }): Step {
    return this.step(
      name,
      {
        kind: 'move-body',
        bodies: bodies.map(bodyName),
        ...movementData(options),
        ...defined({ copy: options.copy }),
      },
      options,
    );
  }

  /** Moves faces along their normal: outwards when positive. */
  offsetFace(name: string, faces: ReferencesLike, options: StepOptions & { distance: LengthValue }): Step {
    const feature = { faces: referencesData(faces, 'face'), distance: lengthData(options.distance) };
    return this.step(name, { kind: 'offset-face', ...feature }, options);
  }
  /** Moves faces and lets their neighbours follow. */
  moveFace(name: string, faces: ReferencesLike, options: StepOptions & Movement): Step {
    const feature = { faces: referencesData(faces, 'face'), ...movementData(options) };
    return this.step(name, { kind: 'move-face', ...feature }, options);
  }
  /** Takes faces away and closes the gap from their neighbours: fillets, holes, bosses, pockets. */
  deleteFace(name: string, faces: ReferencesLike, options: StepOptions = {}): Step {
    return this.step(name, { kind: 'delete-face', faces: referencesData(faces, 'face') }, options);
  }
  /** Puts faces onto a plane. */
  replaceFace(name: string, faces: ReferencesLike, options: StepOptions & { plane: PlaneLike }): Step {
    const feature = { faces: referencesData(faces, 'face'), plane: planeData(options.plane) };
    return this.step(name, { kind: 'replace-face', ...feature }, options);
  }
  /** Another size for a hole on a body: one diameter for each of its cylinders, from the opening inwards. */
  resizeHole(name: string, faces: ReferencesLike, options: StepOptions & { diameters: readonly LengthValue[] }): Step {
    const feature = { faces: referencesData(faces, 'face'), diameters: options.diameters.map(lengthData) };
    return this.step(name, { kind: 'resize-hole', ...feature }, options);
  }
  /** Another radius for fillets on a body. */
  resizeFillet(name: string, faces: ReferencesLike, options: StepOptions & { radius: LengthValue }): Step {
    const feature = { faces: referencesData(faces, 'face'), radius: lengthData(options.radius) };
    return this.step(name, { kind: 'resize-fillet', ...feature }, options);
  }

  /** Bodies of a file that the project has imported: `source` is its id, `key` that of the part in it. */
  import(
    name: string,
    options: StepOptions & { source: string; key: string; faceNames?: readonly (readonly string[])[] },
  ): Step {
    const { source, key, faceNames } = options;
    return this.step(
      name,
      {
        kind: 'import',
        sourceId: source,
        sourceKey: key,
        ...defined({ faceNames: faceNames?.map((names) => [...names]) }),
      },
      options,
    );
  }

  /** A flat sheet to bend flanges from. */
  sheetBase(
    name: string,
    profile: ProfileLike,
    options: StepOptions & {
      thickness: LengthValue;
      /** Inside, of all bends that have none of their own. */
      bendRadius: LengthValue;
      /** Neutral axis as a fraction of the thickness from the inside. */
      kFactor?: NumberValue;
      reverse?: boolean;
    },
  ): Step {
    const { thickness, bendRadius, kFactor, reverse } = options;
    return this.step(
      name,
      {
        kind: 'sheet-base',
        profile: profileData(profile),
        thickness: lengthData(thickness),
        bendRadius: lengthData(bendRadius),
        ...defined({ kFactor: kFactor === undefined ? undefined : numberData(kFactor), reverse }),
      },
      options,
    );
  }
  /** Bends flanges up from edges of a sheet: upright by default. */
  edgeFlange(
    name: string,
    edges: ReferencesLike,
    options: StepOptions & { height: LengthValue; angle?: AngleValue; bendRadius?: LengthValue },
  ): Step {
    const { height, angle = 90, bendRadius } = options;
    return this.step(
      name,
      {
        kind: 'edge-flange',
        edges: referencesData(edges, 'edge'),
        height: lengthData(height),
        angle: angleData(angle),
        ...defined({ bendRadius: bendRadius === undefined ? undefined : lengthData(bendRadius) }),
      },
      options,
    );
  }
  /** Lays a bent sheet flat; the fixed face stays where it is. */
  unfold(name: string, options: StepOptions & { fixed: ReferenceLike }): Step {
    return this.step(name, { kind: 'unfold', fixed: referenceData(options.fixed, 'face') }, options);
  }
}
