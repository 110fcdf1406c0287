/** `artificer verify physics [--out DIR] [CASE ...]`: the verification cases, with a report page. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createKernel } from '../kernel/index.ts';
import { createPhysics, runVerification, verificationCases, verificationHtml } from '../physics/index.ts';
import { type Command, type CommandIo, type CommandResult, terminalContext, usageError } from './output.ts';

/** @param only names of cases; all where empty. Exit code 4 where a figure lies outside its band. */
export async function verifyPhysics(
  only: readonly string[],
  out: string | undefined,
  io: CommandIo,
): Promise<CommandResult> {
  const known = verificationCases().map(({ file }) => file.replace(/\.yaml$/, ''));
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw usageError(`There is no verification case ${unknown.join(', ')}.`, `There are: ${known.join(', ')}.`);
  const kernel = createKernel();
  const physics = createPhysics();
  try {
    const { pictures, ...report } = await runVerification(kernel, physics, terminalContext(io), {
      ...(only.length > 0 ? { only } : {}),
      pictures: out !== undefined,
    });
    const lines = report.rows.map((row) => {
      const got = row.failure ?? `${row.got.toPrecision(5)} ${row.unit}, ${row.error_percent.toFixed(3)} %`;
      return `${row.passed ? ' ok ' : 'FAIL'} ${row.name}: ${row.quantity} ${got} (target ${row.target} ${row.unit}, ${row.band}; ${row.dof} DOF, ${row.seconds.toFixed(1)} s)`;
    });
    if (out !== undefined) {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'verification.html'), verificationHtml({ ...report, pictures }));
      await writeFile(join(out, 'verification.json'), JSON.stringify(report, null, 2));
      lines.push(`report: ${join(out, 'verification.html')}`);
    }
    const failed = report.rows.filter((row) => !row.passed).length;
    lines.push(`${report.rows.length - failed} of ${report.rows.length} figures within their bands`);
    return { data: report, text: lines.join('\n'), exitCode: report.passed ? 0 : 4 };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}

export const verify: Command = {
  name: 'verify',
  usage: 'verify physics [CASE ...] [--out DIR]',
  summary: 'published and analytic cases, solved and compared with their targets',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' } },
    });
    const [what, ...only] = positionals;
    if (what !== 'physics') throw usageError('`verify` checks: physics.', verify.usage);
    return verifyPhysics(only, values.out, io);
  },
};
