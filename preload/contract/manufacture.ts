/** Whether and how a part can be made: findings on its faces, and a plan with stock, set-ups, time and cost. */
import * as v from 'valibot';
import { Vector3Schema } from './geometry.ts';

export const PROCESSES = [
  'milling',
  'turning',
  'sheet-metal',
  'casting',
  'fused-filament',
  'laser-powder-bed',
] as const;
export type Process = (typeof PROCESSES)[number];
export const PROCESS_TITLES: Record<Process, string> = {
  milling: 'Milling (3 axes)',
  turning: 'Turning',
  'sheet-metal': 'Sheet metal',
  casting: 'Sand casting',
  'fused-filament': 'Fused filament',
  'laser-powder-bed': 'Laser powder bed',
};
export const MOST_PIECES = 10_000_000;

/** Where a figure was published. */
export const PublishedSourceSchema = v.object({
  name: v.string(),
  /** Title of the section, table or clause. */
  section: v.string(),
  /** What it says, in our words. */
  figure: v.string(),
});
export type PublishedSource = v.InferOutput<typeof PublishedSourceSchema>;

/** `1` is a plain number: a ratio or a count. */
export const FINDING_UNITS = ['mm', 'deg', '1'] as const;
const Unit = v.picklist(FINDING_UNITS);
export type FindingUnit = (typeof FINDING_UNITS)[number];

/** What would put a finding right: in words, and as data where it is one dimension. */
export const ManufacturingFixSchema = v.object({
  words: v.string(),
  change: v.optional(
    v.object({
      what: v.picklist([
        'wall-thickness',
        'fillet-radius',
        'depth',
        'diameter',
        'height',
        'width',
        'length',
        'distance',
        'draft-angle',
        'slope-angle',
        'size',
      ]),
      /** As it is; null where there is none yet (a sharp edge has no radius). */
      from: v.nullable(v.number()),
      /** What satisfies the rule without a warning. */
      to: v.number(),
      unit: Unit,
    }),
  ),
});
export type ManufacturingFix = v.InferOutput<typeof ManufacturingFixSchema>;

/**
 * `error`: can't be made so by this process. `warning`: outside what is recommended; costs more or risks scrap.
 * `advice`: can be made, something else would be cheaper.
 */
export const FINDING_SEVERITIES = ['error', 'warning', 'advice'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

const Indices = v.array(v.pipe(v.number(), v.integer(), v.minValue(0)));

export const ManufacturingFindingSchema = v.object({
  /** Of the rule in `resources/manufacture`: `milling.wall-thickness`. */
  rule: v.string(),
  severity: v.picklist(FINDING_SEVERITIES),
  title: v.string(),
  /** A sentence with the measured value and the limit. */
  message: v.string(),
  /** Places that are alike in all figures are one finding. */
  places: v.number(),
  body: v.number(),
  /** Faces of the body to paint, and edges where the place is an edge. */
  faces: Indices,
  edges: Indices,
  /** Persistent names of the faces, where the part has them; some may be missing. */
  names: v.array(v.string()),
  /** Where it is worst. */
  at_mm: Vector3Schema,
  measured: v.number(),
  limit: v.number(),
  unit: Unit,
  sense: v.picklist(['at-least', 'at-most']),
  /** How far inside (positive) or outside (negative) of the limit, as a share of the limit. */
  margin: v.number(),
  source: PublishedSourceSchema,
  fixes: v.array(ManufacturingFixSchema),
});
export type ManufacturingFinding = v.InferOutput<typeof ManufacturingFindingSchema>;

/** How a rule stands on the whole part, whether or not it holds: what a search can take as a constraint. */
export const RuleStandingSchema = v.object({
  rule: v.string(),
  title: v.string(),
  /** How many places it was applied to. */
  places: v.number(),
  /** Against the limit below which it is a warning (or an advice, where the rule knows no more). */
  worst: v.nullable(
    v.object({
      measured: v.number(),
      limit: v.number(),
      unit: Unit,
      margin: v.number(),
      body: v.number(),
      faces: Indices,
    }),
  ),
});
export type RuleStanding = v.InferOutput<typeof RuleStandingSchema>;

/** One figure that time and cost rest on. */
export const AssumptionSchema = v.object({
  what: v.string(),
  value: v.number(),
  unit: v.string(),
  source: v.string(),
});
export type ManufacturingAssumption = v.InferOutput<typeof AssumptionSchema>;

export const ManufacturingOperationSchema = v.object({
  words: v.string(),
  /** Of one piece. */
  minutes: v.number(),
});
export const ManufacturingSetUpSchema = v.object({
  words: v.string(),
  /** The tool, the press or the laser comes from there: unit vector, out of the part. */
  direction: v.nullable(Vector3Schema),
  /** Faces of each body that are made in it. */
  faces: v.array(v.object({ body: v.number(), faces: Indices })),
  operations: v.array(ManufacturingOperationSchema),
  /** Once for the whole lot. */
  setUpMinutes: v.number(),
  /** Of one piece: operations and handling. */
  minutesPerPiece: v.number(),
});
export type ManufacturingSetUp = v.InferOutput<typeof ManufacturingSetUpSchema>;

export const ManufacturingPlanSchema = v.object({
  stock: v.object({
    form: v.picklist(['plate', 'bar', 'sheet', 'melt', 'filament', 'powder']),
    words: v.string(),
    /** Length, width, height; or length and diameter of a round bar; or length, width and thickness of a blank. */
    size_mm: v.array(v.number()),
    volume_mm3: v.number(),
    mass_kg: v.number(),
    /** Of the stock that ends up in the part. */
    used: v.number(),
    /** True where no size of the catalogue is large enough: it has to be ordered specially. */
    special: v.boolean(),
  }),
  setUps: v.array(ManufacturingSetUpSchema),
  time: v.object({
    /** Programming, tooling and set-ups, once for the lot. */
    onceMinutes: v.number(),
    minutesPerPiece: v.number(),
    lotHours: v.number(),
  }),
  cost: v.object({
    currency: v.string(),
    perPiece: v.number(),
    lot: v.number(),
    /** Of one piece; what is spent once is divided by the quantity. */
    items: v.array(v.object({ what: v.string(), perPiece: v.number() })),
  }),
  assumptions: v.array(AssumptionSchema),
  notes: v.array(v.string()),
});
export type ManufacturingPlan = v.InferOutput<typeof ManufacturingPlanSchema>;

/** What may be said about how it is made; all of it has sensible defaults. */
export const ManufacturingOptionsSchema = v.strictObject({
  /** Build direction, pull direction of the mould, axis of the lathe: found where left out. */
  direction: v.optional(Vector3Schema),
  /** Faces that are finished by another process (bored, tapped, ground): casting and printing leave them out. */
  finishedFaces: v.optional(v.array(v.strictObject({ body: v.number(), faces: Indices }))),
});
export type ManufacturingOptions = v.InferOutput<typeof ManufacturingOptionsSchema>;

export const ManufacturingReportSchema = v.object({
  process: v.picklist(PROCESSES),
  quantity: v.number(),
  material: v.nullable(v.string()),
  /** What the rules took it for: `aluminium`, `steel` ... */
  materialClass: v.string(),
  /** True where no finding is an error. */
  canBeMade: v.boolean(),
  /** The worst first. */
  findings: v.array(ManufacturingFindingSchema),
  rules: v.array(RuleStandingSchema),
  plan: ManufacturingPlanSchema,
  seconds: v.number(),
  /** Of a part of a project: hashes of the bodies' tessellations, comma between; the numbers of faces are of that shape. */
  shape: v.optional(v.string()),
});
export type ManufacturingReport = v.InferOutput<typeof ManufacturingReportSchema>;
