/** Requirements that no brief writes down: that a design fits its neighbours, and that it can be made by the brief's process. */
import type { JobContext, ManufacturingReport, Material, RequirementResult } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { Brief } from '../brief/brief.ts';
import { fitRequirementCount, fitRequirements } from './fit-requirements.ts';
import { manufactureRequirement, manufacturingReport } from './manufacture-requirement.ts';
import type { RuledDesign } from './rule-result.ts';

export interface DesignRules {
  /** How many requirements `judge` answers with. */
  count: number;
  judge(design: RuledDesign, material: Material): Promise<RequirementResult[]>;
  /** Of one piece; absent where no process is named. */
  cost?(design: RuledDesign, material: Material): Promise<number>;
}

export function designRules(kernel: Kernel, brief: Brief, context: JobContext): DesignRules {
  const quiet: JobContext = { signal: context.signal, progress: () => {} };
  const fits = (design: RuledDesign): Promise<RequirementResult[]> => fitRequirements(kernel, brief, design, quiet);
  const count = fitRequirementCount(brief);
  if (brief.process === null) return { count, judge: fits };
  // Both questions about one design are answered by one report.
  const reports = new WeakMap<RuledDesign, Promise<ManufacturingReport>>();
  const reportOf = (design: RuledDesign, material: Material): Promise<ManufacturingReport> => {
    const known = reports.get(design);
    if (known) return known;
    const report = manufacturingReport(kernel, brief, material, design, quiet);
    reports.set(design, report);
    return report;
  };
  return {
    count: count + 1,
    judge: async (design, material) => [
      ...(await fits(design)),
      manufactureRequirement(await reportOf(design, material)),
    ],
    cost: async (design, material) => (await reportOf(design, material)).plan.cost.perPiece,
  };
}
