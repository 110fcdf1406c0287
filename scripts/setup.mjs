/**
 * Sets a checkout up: packages, Node, system packages, numeric core, window. Runs before `npm start` and `npm test`, on
 * Node 20, with nothing installed and nobody watching; once all is there it costs a fraction of a second.
 *
 * It ends with what is missing and what that costs. Only what makes everything else pointless ends in an exit code.
 */

import { findElectron } from '../main/host/programs.mjs';
import { isNewEnough, projectNode, ROOT } from './lib/project.mjs';
import { buildNative, buildWindow } from './setup/build.mjs';
import { report } from './setup/findings.mjs';
import { installPackages, linkCommand, linkNode } from './setup/packages.mjs';
import { installSystemPackages } from './setup/system.mjs';

const findings = [];
const isFatal = () => findings.some((finding) => finding.fatal);

/** Adds what a step finds missing; a step that breaks is itself something missing, said in one line. */
function step(what, work) {
  if (isFatal()) return;
  try {
    findings.push(...(work() ?? []));
  } catch (error) {
    findings.push({ missing: what, costs: `Setting it up failed: ${error instanceof Error ? error.message : error}` });
  }
}

step('npm packages', () => installPackages(ROOT));
step('Node', () => linkNode(ROOT));
step('npx artificer', () => linkCommand(ROOT));
step('system packages', () => installSystemPackages(ROOT));
const node = projectNode(ROOT) ?? (isNewEnough(process.version) ? process.execPath : null);
step('numeric core', () => buildNative(ROOT, node));
step('the window', () => buildWindow(ROOT, node));
step('Electron', () =>
  findElectron(ROOT)
    ? []
    : [{ missing: 'Electron’s program', costs: 'The window opens in an installed browser instead of one of its own.' }],
);

process.stdout.write(report(findings));
process.exitCode = isFatal() ? 1 : 0;
