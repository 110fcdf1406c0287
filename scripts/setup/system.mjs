/** What comes from the operating system: compiler, mesher, browser. Installed on Debian by root, else asked for. */
import { findBrowser, onPath } from '../../main/host/programs.mjs';
import { lastWords } from './findings.mjs';
import { run, say } from './run.mjs';
import { readStamps, writeStamp } from './stamps.mjs';

/**
 * `found` answers for systems whose packages cannot be asked for; where it is absent, only Debian's can. Where it is
 * `enough`, a program that came from elsewhere does as well as Debian's.
 */
export const NEEDS = [
  {
    packages: ['g++', 'make'],
    missing: 'C++ compiler',
    costs: 'The numeric core cannot be built: no study can be solved.',
    found: () => Boolean(onPath('c++') || onPath('g++') || onPath('clang++')),
  },
  {
    packages: [
      'libnglib-dev',
      'libocct-foundation-dev',
      'libocct-modeling-data-dev',
      'libocct-modeling-algorithms-dev',
      'libocct-data-exchange-dev',
      'libeigen3-dev',
      'libmetis-dev',
    ],
    missing: 'mesher, solver libraries',
    costs: 'Netgen, OpenCascade, Eigen and METIS: no finite-element mesh can be made or solved.',
  },
  {
    packages: ['chromium'],
    missing: 'Chromium',
    costs: 'No app window without Electron, no pictures from the command line, no tests in a browser.',
    found: () => Boolean(findBrowser()),
    enough: true,
  },
  {
    packages: ['calculix-ccx'],
    missing: 'CalculiX (ccx)',
    costs: 'No second opinion on a solution, and "artificer bench" has nothing to compare with.',
    found: () => Boolean(onPath('ccx')),
    enough: true,
  },
  {
    packages: ['gmsh'],
    missing: 'Gmsh',
    costs: 'A second opinion is asked on our own mesh only, and "artificer verify DIR" leaves CalculiX out.',
    found: () => Boolean(onPath('gmsh')),
    enough: true,
  },
  { packages: ['fonts-dejavu-core'], missing: 'fonts', costs: 'Text in pictures may show as boxes.' },
];

/** After a failed installation it is not tried again for this long, lest every start waits for a network. */
const RETRY_AFTER_MS = 60 * 60 * 1000;

/** Those of the packages that are not installed, or null where packages cannot be asked for. */
function missingPackages(packages) {
  if (!onPath('dpkg-query')) return null;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const { output } = run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages]);
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** The needs that are not met, each with the packages that would. */
export function unmetNeeds(needs = NEEDS, ask = missingPackages) {
  const missing = ask(needs.flatMap((need) => need.packages));
  return needs.flatMap((need) => {
    if (need.enough && need.found()) return [];
    if (missing === null) return need.found && !need.found() ? [{ ...need, packages: [] }] : [];
    const packages = need.packages.filter((name) => missing.includes(name));
    return packages.length > 0 ? [{ ...need, packages }] : [];
  });
}

function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], { env });
  apt('update'); // An old list may still do; if it does not, installing says so.
  return apt('install', '-y', '--no-install-recommends', ...packages);
}

export function installSystemPackages(root) {
  const unmet = unmetNeeds();
  if (unmet.length === 0) return [];
  const packages = unmet.flatMap((need) => need.packages);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const isDebian = packages.length > 0 && onPath('apt-get') !== null;
  let reason = '';
  if (isDebian && process.getuid?.() === 0) {
    const failed = readStamps(root).aptFailed;
    if (failed?.packages === packages.join(' ') && Date.now() - failed.at < RETRY_AFTER_MS) reason = ' Tried lately.';
    else {
      say(`Installing Debian packages: ${packages.join(' ')} …`);
      const done = aptInstall(packages);
      if (!done.ok) {
        writeStamp(root, 'aptFailed', { packages: packages.join(' '), at: Date.now() });
        say(lastWords(done.output, 3));
      }
      return unmetNeeds().map((need) => ({ ...need, mend: command }));
    }
  }
  return unmet.map(({ missing, costs }) => ({
    missing,
    costs: costs + reason,
    ...(isDebian ? { mend: process.getuid?.() === 0 ? command : `sudo ${command}` } : {}),
  }));
}
