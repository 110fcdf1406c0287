/** The published rules of every process, read from `resources/manufacture`: limits by material, each with its source. */
import * as v from 'valibot';
import {
  FINDING_SEVERITIES,
  FINDING_UNITS,
  type FindingSeverity,
  PROCESSES,
  type Process,
  PublishedSourceSchema,
} from '../../../preload/contract/index.ts';
import casting from '../../../resources/manufacture/casting.json' with { type: 'json' };
import fusedFilament from '../../../resources/manufacture/fused-filament.json' with { type: 'json' };
import laserPowderBed from '../../../resources/manufacture/laser-powder-bed.json' with { type: 'json' };
import milling from '../../../resources/manufacture/milling.json' with { type: 'json' };
import sheetMetal from '../../../resources/manufacture/sheet-metal.json' with { type: 'json' };
import turning from '../../../resources/manufacture/turning.json' with { type: 'json' };
import { groupOf, MATERIAL_CLASSES, type MaterialClass } from '../material-class.ts';

/** By class of material, by group of classes, or `any`: the narrowest that is there counts. */
const LimitSchema = v.record(v.picklist([...MATERIAL_CLASSES, 'metal', 'plastic', 'any']), v.number());
export const RuleSchema = v.strictObject({
  id: v.string(),
  title: v.string(),
  unit: v.picklist(FINDING_UNITS),
  sense: v.picklist(['at-least', 'at-most']),
  limits: v.strictObject({
    error: v.optional(LimitSchema),
    warning: v.optional(LimitSchema),
    advice: v.optional(LimitSchema),
  }),
  /** Figures besides the limit that say where the rule applies. */
  parameters: v.optional(v.record(v.string(), v.number())),
  source: PublishedSourceSchema,
});
export type Rule = v.InferOutput<typeof RuleSchema>;
const BookSchema = v.strictObject({
  process: v.picklist(PROCESSES),
  /** Classes of material that it takes, and the one that is meant where none is said. */
  materials: v.array(v.picklist(MATERIAL_CLASSES)),
  defaultMaterial: v.picklist(MATERIAL_CLASSES),
  rules: v.array(RuleSchema),
});
type Book = v.InferOutput<typeof BookSchema>;

const BOOKS = new Map<Process, Book>(
  [milling, turning, sheetMetal, casting, fusedFilament, laserPowderBed].map((read) => {
    const book = v.parse(BookSchema, read);
    return [book.process, book];
  }),
);

export const rulesOf = (process: Process): readonly Rule[] => BOOKS.get(process)!.rules;
export const materialsOf = (process: Process): readonly MaterialClass[] => BOOKS.get(process)!.materials;
export const defaultMaterialOf = (process: Process): MaterialClass => BOOKS.get(process)!.defaultMaterial;

export function limitFor(rule: Rule, severity: FindingSeverity, material: MaterialClass): number | undefined {
  const limits = rule.limits[severity];
  return limits?.[material] ?? limits?.[groupOf(material)] ?? limits?.any;
}

/** The limit that leaves nothing to say once it is kept. */
export function gentlestLimit(rule: Rule, material: MaterialClass): number {
  const limits = FINDING_SEVERITIES.flatMap((severity) => limitFor(rule, severity, material) ?? []);
  return rule.sense === 'at-least' ? Math.max(...limits) : Math.min(...limits);
}

/** How far inside of a limit, as a share of it; a limit of zero counts as one. */
export function marginOf({ sense }: Pick<Rule, 'sense'>, measured: number, limit: number): number {
  const inside = sense === 'at-least' ? measured - limit : limit - measured;
  return inside / (Math.abs(limit) > 0 ? Math.abs(limit) : 1);
}
