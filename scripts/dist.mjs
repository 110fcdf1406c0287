/**
 * `npm run dist`: builds the window and packages the desktop program into `dist/`. Electron's own program is taken from
 * this machine (its npm package after a download, or a folder that ELECTRON_OVERRIDE_DIST_PATH names), never fetched.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findElectron } from '../main/host/programs.mjs';
import { projectNode, ROOT } from './lib/project.mjs';

const node = projectNode() ?? process.execPath;
const words = process.argv.slice(2);
const electron = findElectron(ROOT);

if (!electron) {
  process.stderr.write(
    'Packaging needs Electron’s program, which is not on this machine. Run "npx install-electron" where there is a ' +
      'network, or name a folder that holds it in ELECTRON_OVERRIDE_DIST_PATH.\n',
  );
  process.exit(1);
}
// On macOS the program is inside Electron.app; the distribution is the folder around that.
const distribution = process.platform === 'darwin' ? join(dirname(electron), '../../..') : dirname(electron);

const run = (script, args) => {
  const done = spawnSync(node, [join(ROOT, 'node_modules', script), ...args], { cwd: ROOT, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
};

if (!words.includes('--no-build') || !existsSync(join(ROOT, 'out/main/app.js')))
  run('electron-vite/bin/electron-vite.js', ['build']);
run('electron-builder/cli.js', [
  ...words.filter((word) => word !== '--no-build'),
  '--publish=never',
  `-c.electronDist=${distribution}`,
]);
