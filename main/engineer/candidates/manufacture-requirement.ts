/** Whether a design can be made by the brief's process, as a requirement like any other: the search obeys it. */
import {
  type JobContext,
  type ManufacturingReport,
  type Material,
  PROCESS_TITLES,
  type RequirementResult,
} from '../../../preload/contract/index.ts';
import { recogniseFeatures } from '../../kernel/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { checkInWorker } from '../../manufacture/index.ts';
import type { Brief } from '../brief/brief.ts';
import { type RuledDesign, ruleResult } from './rule-result.ts';

/** As fine as rays through the part need it: of the body's diagonal, and between facets. */
const DEFLECTION_SHARE = 5e-4;
const FACET_ANGLE_rad = 0.2;
const MOST_TOLD = 3;

export async function manufacturingReport(
  kernel: Kernel,
  brief: Pick<Brief, 'process' | 'quantity'>,
  material: Material,
  made: RuledDesign,
  context: JobContext,
): Promise<ManufacturingReport> {
  const bodies = await Promise.all(
    made.bodies.map(async ({ brep }, index) => {
      const info = made.infos[index]!;
      const diagonal = Math.hypot(...info.box.max.map((high, axis) => high - info.box.min[axis]!));
      const tessellation = await kernel.tessellate(
        brep!,
        { linearDeflection_mm: DEFLECTION_SHARE * diagonal, angularDeflection_rad: FACET_ANGLE_rad },
        context,
      );
      return { info, tessellation, features: recogniseFeatures(info, index).features };
    }),
  );
  return checkInWorker({ bodies, process: brief.process!, quantity: brief.quantity, material }, context);
}

/**
 * How far the worst rule is missed, as a share of its limit: negative where every rule has that much to spare. Only errors
 * fail: a warning costs money, not the part.
 */
export function manufactureRequirement({ process, findings, rules }: ManufacturingReport): RequirementResult {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const worst = errors.reduce((most, { margin }) => Math.max(most, Math.abs(margin)), 0);
  // Where nothing fails, the nearest rule says how far the next failure is; warnings count as the very border.
  const spare = rules.reduce((least, { worst: one }) => Math.min(least, one ? Math.max(0, one.margin) : 1), 1);
  const value = errors.length > 0 ? Math.max(worst, 1e-3) : -Math.max(spare, 1e-3);
  const [first] = errors;
  return ruleResult(
    `can be made by ${PROCESS_TITLES[process].toLowerCase()}`,
    value,
    first ? { at_mm: first.at_mm, note: inWords(errors.map(({ message }) => message)) } : null,
  );
}

const inWords = (messages: readonly string[]): string =>
  [
    ...messages.slice(0, MOST_TOLD),
    ...(messages.length > MOST_TOLD ? [`and ${messages.length - MOST_TOLD} more`] : []),
  ].join(' ');
