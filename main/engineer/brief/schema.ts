/** The brief as it is written: YAML with units. `resources/briefs/brief.schema.json` is made of this. */
import * as v from 'valibot';
import { PROCESSES } from '../../../preload/contract/index.ts';

const Amount = v.union([v.string(), v.number()]);
const Point = v.strictTuple([Amount, Amount, Amount]);
const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000));
const OneOrMore = v.union([Text, v.pipe(v.array(Text), v.minLength(1), v.maxLength(50))]);
const Direction = v.union([
  v.picklist(['x', 'y', 'z', '-x', '-y', '-z']),
  v.strictTuple([v.number(), v.number(), v.number()]),
]);
const BoxOfFile = v.strictObject({ min: Point, max: Point });

const InterfaceSchema = v.union([
  v.strictObject({
    bolts: v.strictObject({
      size: v.pipe(v.string(), v.regex(/^M\d+(\.\d+)?$/, 'a bolt size is written like M8')),
      at: v.pipe(v.array(Point), v.minLength(1), v.maxLength(64)),
      axis: Direction,
    }),
  }),
  v.strictObject({
    bore: v.strictObject({ diameter: Amount, at: Point, axis: Direction, length: v.optional(Amount) }),
  }),
  v.strictObject({
    journal: v.strictObject({ diameter: Amount, at: Point, axis: Direction, length: Amount }),
  }),
  v.strictObject({
    face: v.strictObject({ at: Point, normal: Direction, size: v.optional(v.strictTuple([Amount, Amount])) }),
  }),
]);

const VariedSchema = v.union([
  v.strictTuple([Amount, Amount]),
  v.strictObject({
    choices: v.pipe(
      v.array(Amount),
      v.minLength(2, 'there is nothing to choose from: give two or more, or fix the one under `set`'),
      v.maxLength(100),
    ),
  }),
]);

const ConceptSchema = v.strictObject({
  name: v.optional(Name),
  archetype: v.optional(Name),
  part: v.optional(Text),
  generate: v.optional(v.literal(true)),
  vary: v.optional(v.record(Name, VariedSchema), {}),
  set: v.optional(v.record(Name, Amount), {}),
  faces: v.optional(v.record(Name, OneOrMore), {}),
  imports: v.optional(v.record(Name, Text), {}),
});

/** Keys of a study file that a case may have; what they hold is read as there. */
export const CASE_KEYS = [
  'type',
  'restraints',
  'loads',
  'connections',
  'probes',
  'inertia_relief',
  'large_displacement',
  'modes',
  'modal',
  'buckling',
  'transient',
  'uniform_temperature',
  'reference_temperature',
] as const;

const CaseSchema = v.strictObject(
  Object.fromEntries(CASE_KEYS.map((key) => [key, v.optional(v.unknown())])) as Record<
    (typeof CASE_KEYS)[number],
    v.OptionalSchema<v.UnknownSchema, undefined>
  >,
);

export const BriefFileSchema = v.strictObject({
  name: Name,
  about: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
  process: v.optional(v.picklist(PROCESSES)),
  quantity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), 1),
  materials: v.optional(v.pipe(v.array(Name), v.maxLength(20)), []),
  interfaces: v.optional(v.record(Name, InterfaceSchema), {}),
  envelope: v.optional(BoxOfFile),
  keep_out: v.optional(v.pipe(v.array(BoxOfFile), v.maxLength(50)), []),
  concepts: v.optional(v.pipe(v.array(ConceptSchema), v.maxLength(20)), []),
  cases: v.optional(v.record(Name, CaseSchema), {}),
  requirements: v.optional(v.pipe(v.array(Text), v.maxLength(100)), []),
  objective: v.optional(OneOrMore, 'minimise mass'),
  budget: v.optional(
    v.strictObject({
      minutes: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(10_000)), 10),
      solves: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)), 400),
    }),
    {},
  ),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31)), 1),
  leave_out: v.optional(Amount),
});
export type BriefFile = v.InferOutput<typeof BriefFileSchema>;
