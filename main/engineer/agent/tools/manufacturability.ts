/** The tool that asks whether a part can be made. */
import * as v from 'valibot';
import {
  type ManufacturingReport,
  MOST_PIECES,
  PROCESS_TITLES,
  PROCESSES,
} from '../../../../preload/contract/index.ts';
import { figure } from './figures.ts';
import { PartName } from './inputs.ts';
import { bodiesOf, finish, partOf, pointAt, viewOf } from './project-view.ts';
import { defineTool } from './tool.ts';

const SHOWN = 5;
const WORDS = { error: 'cannot be made', warning: 'costs more or risks scrap', advice: 'could be cheaper' } as const;

export const checkManufacture = defineTool({
  name: 'check_manufacture',
  title: 'Check whether it can be made',
  description:
    'Checks whether a part can be made by a process. Each finding with the rule, the measured value, its faces and a fix; and what a piece costs, with the assumptions behind it. Nothing changes.',
  input: v.strictObject({
    part: v.optional(PartName),
    process: v.picklist(PROCESSES),
    quantity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_PIECES))),
  }),
  effect: 'nothing',
  run: async (context, { part: said, process, quantity }) => {
    const view = await viewOf(context);
    const part = partOf(view, context, said);
    await bodiesOf(context, part);
    const { jobId } = await context.client['manufacture.check'](
      { partId: part.id, process, ...(quantity === undefined ? {} : { quantity }) },
      { signal: context.signal },
    );
    const report = (await finish(context, jobId)) as ManufacturingReport;
    const { findings, plan, canBeMade } = report;
    const how = PROCESS_TITLES[process].toLowerCase();
    const faces = findings
      .slice(0, SHOWN)
      .flatMap(({ body, faces: [index], title }) =>
        index === undefined ? [] : [pointAt(view, part, { body, index }, title)],
      );
    return {
      text: [
        `"${part.name}" ${canBeMade ? 'can' : 'cannot'} be made by ${how}${findings.length === 0 ? ': no rule is broken.' : '.'}`,
        ...findings
          .slice(0, SHOWN)
          .map(
            ({ severity, message, fixes: [fix] }) => `${message} (${WORDS[severity]}.${fix ? ` ${fix.words}` : ''})`,
          ),
        ...(findings.length > SHOWN ? [`And ${findings.length - SHOWN} more.`] : []),
        `A piece costs about ${figure(plan.cost.perPiece, plan.cost.currency, 3)} where ${report.quantity === 1 ? 'one is made' : `${report.quantity} are made`}.`,
      ].join(' '),
      data: {
        part: part.name,
        process,
        quantity: report.quantity,
        canBeMade,
        findings: findings.map(({ rule, severity, message, measured, limit, unit, names, places, fixes, source }) => ({
          rule,
          severity,
          message,
          measured,
          limit,
          unit,
          faces: names,
          places,
          fixes: fixes.map(({ words }) => words),
          source: source.name,
        })),
        cost: plan.cost,
        minutes_per_piece: plan.time.minutesPerPiece,
        assumptions: plan.assumptions,
        notes: plan.notes,
      },
      ...(plan.notes.length > 0 ? { assumptions: plan.notes } : {}),
      ...(faces.length > 0 ? { faces } : {}),
    };
  },
});

export const MANUFACTURE_TOOLS = [checkManufacture];
