/** Runs a program with nobody at the keyboard and keeps its words, to be shown only when it fails. */
import { spawnSync } from 'node:child_process';

export function run(program, args, options = {}) {
  const { env, ...others } = options;
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 ** 2,
    // Its words may be quoted in a report: no colours.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    ...others,
  });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `\n${done.error.message}` : ''}`;
  return { ok: done.status === 0, output };
}

/** Says what is going on, before something that takes a while. */
export const say = (words) => process.stdout.write(`${words}\n`);
