/**
 * `npm start [-- PROJECT]`: opens the window. Electron if its program is here; else the same page in an installed
 * browser's app window; on a machine without a display it prints the address. Ctrl+C, or closing the window, ends it all.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser, findElectron, hasDisplay } from '../main/host/programs.mjs';
import { dataFolder } from './lib/data-folder.mjs';
import { firstProject } from './lib/first-project.mjs';
import { addressIn, appWindowArguments, chooseFront } from './lib/fronts.mjs';
import { projectNode, ROOT } from './lib/project.mjs';

const words = process.argv.slice(2);
const named = words.find((word) => !word.startsWith('-'));
const wantsWindow = !words.includes('--no-window');
const asRoot = process.getuid?.() === 0;
const node = projectNode();
const command = join(ROOT, 'bin/artificer.mjs');

const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
if (!node) stop('Artificer has not been set up here: run "npm start".');
if (!existsSync(join(ROOT, 'out/renderer/index.html')))
  stop('The window has not been built, so there is nothing to open. "npm run build" says why.');

/** Everything that was started and must end with this program. */
const children = new Set();
let profile;
let ending = false;

function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  const finish = () => {
    // The browser may still be writing into its profile: what cannot be removed now, the system clears away.
    if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.exit(code);
  };
  const patience = setTimeout(() => {
    for (const child of children) child.kill('SIGKILL');
    finish();
  }, 5000);
  const check = () => {
    if (children.size > 0) return;
    clearTimeout(patience);
    finish();
  };
  for (const child of children) child.once('exit', () => setImmediate(check));
  check();
}
// At a terminal the children hear Ctrl+C as well; telling them again does no harm.
process.on('SIGINT', () => end(130));
process.on('SIGTERM', () => end(143));
process.on('SIGHUP', () => end(129));

function start(program, args, options) {
  const child = spawn(program, args, { cwd: ROOT, ...options });
  children.add(child);
  child.on('error', (error) => {
    children.delete(child);
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    end(1);
  });
  child.on('exit', () => children.delete(child));
  return child;
}

/** Makes the project if it has to be made, and answers with its path. */
function project() {
  if (named) return resolve(process.env.INIT_CWD ?? process.cwd(), named);
  const { path, isNew } = firstProject(ROOT, dataFolder());
  if (isNew) {
    const made = spawnSync(node, [command, 'project', 'new', path], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (made.status !== 0) return null;
  }
  return path;
}

function openElectron(front, path) {
  const args = [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...(path ? [path] : [])];
  start(front.program, args, { stdio: 'inherit' }).on('exit', (code) => end(code ?? 1));
}

function openAppWindow(front, url) {
  profile = mkdtempSync(join(tmpdir(), 'artificer-window-'));
  if (asRoot) process.stdout.write('You are root: the browser’s own sandbox is off. Better run as an ordinary user.\n');
  const browser = start(front.program, appWindowArguments(url, profile, { asRoot }), { stdio: 'ignore' });
  process.stdout.write(`Artificer is open in a ${front.words}. Close it, or press Ctrl+C here, to end.\n`);
  browser.on('exit', () => end(0));
}

function serve(front, path) {
  const isProject = path?.toLowerCase().endsWith('.artificer');
  const what = path ? (isProject ? [path] : ['--import', path]) : [];
  const args = [command, 'serve', '--front', front.words, ...what];
  const server = start(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  server.on('exit', (code) => end(code || 1));
  let said = '';
  let url = null;
  server.stdout.setEncoding('utf8').on('data', (text) => {
    if (url) return;
    said += text;
    url = addressIn(said);
    if (!url) return;
    if (front.kind === 'browser') openAppWindow(front, url);
    else
      process.stdout.write(
        `No window can be shown here. Open this address in a browser on this machine (it works once); Ctrl+C ends it:\n${url}\n`,
      );
  });
}

const front = chooseFront({
  electron: findElectron(ROOT),
  browser: findBrowser(),
  display: wantsWindow && hasDisplay(),
});
const path = project();
if (front.kind === 'electron') openElectron(front, path);
else serve(front, path);
