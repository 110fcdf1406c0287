/** `artificer verify physics [--out DIR] [CASE ...]`: the verification cases; `verify DIR`: the evidence of a design. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyEvidence } from '../engineer/index.ts';
import { createKernel } from '../kernel/index.ts';
import { createPhysics, runVerification, verificationCases, verificationHtml } from '../physics/index.ts';
import { type Command, type CommandIo, type CommandResult, terminalContext, usageError } from './output.ts';

/** @param only names of cases; all where empty. Exit code 4 where a figure lies outside its band. */
export async function verifyPhysics(
  only: readonly string[],
  out: string | undefined,
  io: CommandIo,
  lanes = 1,
): Promise<CommandResult> {
  const known = verificationCases().map(({ file }) => file.replace(/\.yaml$/, ''));
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw usageError(`There is no verification case ${unknown.join(', ')}.`, `There are: ${known.join(', ')}.`);
  const kernel = createKernel();
  const physics = createPhysics({ workers: lanes });
  try {
    const { pictures, ...report } = await runVerification(kernel, physics, terminalContext(io), {
      ...(only.length > 0 ? { only } : {}),
      pictures: out !== undefined,
      lanes,
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

/** Evidence of a design, checked from its files alone. Exit code 4 where anything does not hold. */
async function verifyDesign(
  folder: string,
  asked: { secondOpinion: boolean; claimsOnly: boolean },
  io: CommandIo,
): Promise<CommandResult> {
  const kernel = createKernel();
  const physics = createPhysics();
  try {
    const verification = await verifyEvidence(resolve(folder), { kernel, physics, ...asked }, terminalContext(io));
    const { checks, unsigned, passed, faithful, seconds } = verification;
    const mark = (check: (typeof checks)[number]): string => (check.passed ? ' ok ' : check.admitted ? 'said' : 'FAIL');
    const lines = checks.map((check) => `${mark(check)} ${check.name}: ${check.detail}`);
    if (unsigned.length > 0) lines.push(`     not part of the evidence: ${unsigned.join(', ')}`);
    const words = passed
      ? 'the evidence holds'
      : faithful
        ? 'the evidence is true; it says itself that the design does NOT meet its brief'
        : 'the evidence does NOT hold';
    lines.push(`${words} (${seconds.toFixed(1)} s)`);
    return { data: verification, text: lines.join('\n'), exitCode: passed ? 0 : 4 };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}

export const verify: Command = {
  name: 'verify',
  usage: 'verify physics [CASE ...] [--out DIR] [--lanes N] | verify DIR [--no-second-opinion] [--claims-only]',
  summary: 'published and analytic cases compared with their targets; or the evidence of a design',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        lanes: { type: 'string' },
        'no-second-opinion': { type: 'boolean' },
        'claims-only': { type: 'boolean' },
      },
    });
    const [what, ...only] = positionals;
    if (what === undefined) throw usageError('`verify` checks physics, or a folder of evidence.', verify.usage);
    if (what !== 'physics') {
      if (only.length > 0 || values.out !== undefined)
        throw usageError('`verify DIR` takes one folder of evidence.', verify.usage);
      return verifyDesign(
        what,
        { secondOpinion: !values['no-second-opinion'], claimsOnly: values['claims-only'] === true },
        io,
      );
    }
    const lanes = Number(values.lanes ?? 1);
    if (!Number.isInteger(lanes) || lanes < 1 || lanes > 16)
      throw usageError('--lanes takes a whole number from 1 to 16.', verify.usage);
    return verifyPhysics(only, values.out, io, lanes);
  },
};
