/** The constructive language of `kernel/port.ts` as a schema: study and verification files may hold a body by dimensions. */
import * as v from 'valibot';
import { ColourSchema, Vector3Schema } from '../../preload/contract/geometry.ts';
import type { PrimitiveShape, PrimitiveSpecification, ProfileSegment } from '../kernel/port.ts';

const Length = v.pipe(v.number(), v.finite());

const SegmentSchema: v.GenericSchema<ProfileSegment> = v.union([
  v.strictObject({ line: v.strictObject({ from_mm: Vector3Schema, to_mm: Vector3Schema }) }),
  v.strictObject({
    ellipseArc: v.strictObject({
      centre_mm: Vector3Schema,
      major_mm: Vector3Schema,
      minor_mm: Vector3Schema,
      startAngle_rad: Length,
      endAngle_rad: Length,
    }),
  }),
]);
const ProfileSchema = v.pipe(v.array(SegmentSchema), v.minLength(2));

const ShapeSchema: v.GenericSchema<PrimitiveShape> = v.lazy(() =>
  v.union([
    v.strictObject({ box: v.strictObject({ min_mm: Vector3Schema, max_mm: Vector3Schema }) }),
    v.strictObject({
      cylinder: v.strictObject({
        origin_mm: Vector3Schema,
        axis: Vector3Schema,
        radius_mm: Length,
        height_mm: Length,
      }),
    }),
    v.strictObject({ sphere: v.strictObject({ centre_mm: Vector3Schema, radius_mm: Length }) }),
    v.strictObject({ extrude: v.strictObject({ profile: ProfileSchema, vector_mm: Vector3Schema }) }),
    v.strictObject({
      revolve: v.strictObject({
        profile: ProfileSchema,
        origin_mm: Vector3Schema,
        axis: Vector3Schema,
        angle_rad: Length,
      }),
    }),
    v.strictObject({ union: v.array(ShapeSchema) }),
    v.strictObject({
      difference: v.pipe(v.array(ShapeSchema), v.minLength(1)) as unknown as v.GenericSchema<
        [PrimitiveShape, ...PrimitiveShape[]]
      >,
    }),
    v.strictObject({ intersection: v.array(ShapeSchema) }),
    v.strictObject({ fillet: v.strictObject({ shape: ShapeSchema, edges: v.string(), radius_mm: Length }) }),
  ]),
);

export const PrimitivesSchema: v.GenericSchema<PrimitiveSpecification[]> = v.pipe(
  v.array(v.strictObject({ name: v.string(), colour: v.optional(ColourSchema), shape: ShapeSchema })),
  v.minLength(1),
) as unknown as v.GenericSchema<PrimitiveSpecification[]>;
