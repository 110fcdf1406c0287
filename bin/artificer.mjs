#!/usr/bin/env node
/**
 * `npx artificer …`: the command line, run by a Node that is new enough.
 *
 * An older Node does not refuse better-sqlite3, it crashes in it; so the project's own Node 24 takes over.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 18);
const ownNode = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');

function stop(message, hint) {
  if (process.argv.includes('--json')) {
    const error = { code: 'setup.missing', category: 'fault', message, hint };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
  } else process.stderr.write(`artificer: ${message}\n${hint}\n`);
  process.exit(5);
}

if (!existsSync(join(root, 'node_modules/valibot')))
  stop('Artificer has not been set up here yet.', 'Run "npm start" or "npm test" once in the project\'s folder.');

if (newEnough) {
  const source = join(root, 'main/cli/index.ts');
  const built = join(root, 'out/main/cli.js');
  // From a checkout Node runs the sources as they are (it strips types from 22.18 on), packaged what was built of them.
  const entry = existsSync(source) ? source : built;
  if (!existsSync(entry)) stop('The command line is missing.', 'Run "npm start" or "npm test" once to build it.');
  process.argv[1] = entry;
  await import(pathToFileURL(entry).href);
} else if (existsSync(ownNode) && process.env.ARTIFICER_NODE !== ownNode) {
  // Marked in the environment, so that a link back to the old Node ends here and not in a loop.
  const env = { ...process.env, ARTIFICER_NODE: ownNode };
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit', env });
  // At a terminal Ctrl+C reaches both by itself, and a second one would mean "at once"; from another program it
  // reaches only this process, and is handed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  child.on('error', (error) => stop(`Node could not be started: ${error.message}`, 'Run "npm start" once to mend it.'));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
} else {
  stop(
    `Artificer needs Node 22.18 or newer; this is ${process.version}.`,
    'Run "npm start" once, which fetches one for this project, or install a newer Node.',
  );
}
