/** Where things are, and which Node runs them. Plain JavaScript: this runs before anything is installed. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const isWindows = process.platform === 'win32';

/** The first Node that runs TypeScript as it is; what the native modules need is older than that. */
export const NEEDED_NODE = [22, 18];

export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
}

/** The project's own Node, once its packages are installed on a machine that npm has one for. */
export const ownNode = (root = ROOT) => join(root, 'node_modules/.bin', isWindows ? 'node.exe' : 'node');

/** The Node to run the project's programs with, or null. */
export function projectNode(root = ROOT) {
  if (existsSync(ownNode(root))) return ownNode(root);
  return isNewEnough(process.version) ? process.execPath : null;
}
