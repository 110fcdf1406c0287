/** `artificer surrogate data SPEC --out DIR`: designs made and solved, until all are there or the budget is used. */
import { parseArgs } from 'node:util';
import { disposePartScripts } from '../../scripting/index.ts';
import { type DataReport, makeData, refuseAdaptive } from '../../surrogates/index.ts';
import { type Command, terminalContext, usageError } from '../output.ts';
import { findSpecification, positiveOption, wholeOption } from './specification.ts';

/** Failures that are told one by one; all are in the JSON document and in the folder. */
const TOLD = 10;

export const data: Command = {
  name: 'surrogate data',
  usage:
    'surrogate data SPEC --out DIR [--designs N] [--adaptive N] [--unseen N] [--solves N] [--minutes N] [--lanes N]',
  summary: 'solves the designs that a surrogate learns from; goes on where it was stopped',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        designs: { type: 'string' },
        adaptive: { type: 'string' },
        unseen: { type: 'string' },
        solves: { type: 'string' },
        minutes: { type: 'string' },
        lanes: { type: 'string' },
      },
    });
    const [given] = positionals;
    if (given === undefined || positionals.length > 1 || values.out === undefined)
      throw usageError('`surrogate data` takes one specification, and --out DIR.', `artificer ${data.usage}`);
    const solves = wholeOption('solves', values.solves, 1);
    const minutes = positiveOption('minutes', values.minutes);
    const lanes = wholeOption('lanes', values.lanes, 1);
    const designs = wholeOption('designs', values.designs, 4);
    const adaptive = wholeOption('adaptive', values.adaptive, 0);
    const unseen = wholeOption('unseen', values.unseen, 0);
    try {
      const specification = await findSpecification(given);
      const asked = {
        ...specification,
        ...(designs === undefined ? {} : { designs }),
        ...(adaptive === undefined ? {} : { adaptive }),
        ...(unseen === undefined ? {} : { unseen }),
        budget: {
          ...specification.budget,
          ...(solves === undefined ? {} : { solves }),
          ...(minutes === undefined ? {} : { minutes }),
        },
      };
      refuseAdaptive(asked, asked.parameters.length);
      const report = await makeData(asked, values.out, terminalContext(io), lanes === undefined ? {} : { lanes });
      return { data: report, text: inWords(report) };
    } finally {
      disposePartScripts();
    }
  },
};

function inWords({ folder, solved, failed, added, stopped, seconds, dataHash }: DataReport): string {
  return [
    `${solved.training} designs to learn from and ${solved.unseen} to judge by in ${folder} (${added} new, ${seconds.toFixed(0)} s); data ${dataHash.slice(0, 12)}`,
    ...(stopped ? [`stopped: the budget of ${stopped} is used; the same command goes on`] : []),
    ...failed
      .slice(0, TOLD)
      .map(
        ({ role, index, stage, message, cause }) =>
          `  failed: ${role} design ${index} at "${stage}": ${message}${cause ? ` (${cause})` : ''}`,
      ),
    ...(failed.length > TOLD ? [`  and ${failed.length - TOLD} more: see designs.jsonl`] : []),
  ].join('\n');
}
