/**
 * The import rule of the house, checked: who may import whom, and through which door.
 *
 *   contract <- document <- sketch <- {scripting, storage, kernel, assembly, physics, manufacture} <- surrogates <- engineer
 *            <- engine <- mcp <- {app, cli};  host stands beside the domains and knows the engine by its shape alone
 *   renderer imports the contract, the shell's interface, and the pure helpers of document and sketch
 *
 * A domain is entered by its `index.ts`, or its `port.ts` for types; electron by `main/app` and the preload alone.
 * Tests, fixtures and benchmarks are free; a domain's `benchmarks.ts` is a door for the command line. Run it without arguments; it prints `file:line: what is wrong` and exits with 1.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative, resolve, sep } from 'node:path';
import { parseSync } from 'vite';

export interface Violation {
  file: string;
  line: number;
  message: string;
}

/** A layer is a folder, named by what its files may import. Peers are absent on purpose. */
const DOMAINS = ['storage', 'kernel', 'assembly', 'physics', 'surrogates', 'manufacture'];
const BELOW_ENGINE = ['contract', 'document', 'sketch', 'scripting', 'native', ...DOMAINS, 'engineer', 'host'];
const MAY_IMPORT: Record<string, string[]> = {
  contract: [],
  native: [],
  preload: ['contract'],
  document: ['contract'],
  sketch: ['contract', 'document'],
  scripting: ['contract', 'document', 'sketch'],
  ...Object.fromEntries(DOMAINS.map((domain) => [domain, ['contract', 'document', 'sketch', 'native']])),
  // Their data are parts that are rebuilt and solved again and again.
  surrogates: ['contract', 'document', 'sketch', 'scripting', 'kernel', 'physics', 'host'],
  // Its candidates are scripts.
  engineer: ['contract', 'document', 'scripting', 'native', ...DOMAINS],
  host: ['contract'],
  engine: BELOW_ENGINE,
  app: ['contract', 'preload', 'host', 'engine'],
  cli: [...BELOW_ENGINE, 'engine', 'mcp'],
  mcp: [...BELOW_ENGINE, 'engine'],
  renderer: ['contract', 'preload', 'document', 'sketch'],
};

/** Entered from anywhere in the house: data files and what is outside of it. */
const OPEN = ['resources', 'package'];

/** Tests, what they stand on, benchmarks and configurations of tools: none of it is in the product's way. */
const isFree = (path: string) =>
  /(\.test\.tsx?|\.spec\.ts|\.fixture\.ts|\.config\.ts|(^|\/)benchmarks\.ts)$/.test(path) ||
  path.startsWith('tests/') ||
  /(^|\/)(tests?|doubles|fixtures)\//.test(path);

/** Which layer a file of the house belongs to, or null when no rule covers it. */
export function layerOf(path: string): string | null {
  if (path.startsWith('preload/contract/')) return 'contract';
  if (path.startsWith('preload/')) return 'preload';
  if (path.startsWith('renderer/')) return 'renderer';
  if (path.startsWith('native/')) return 'native';
  if (path.startsWith('resources/')) return 'resources';
  if (path === 'package.json') return 'package';
  if (path === 'main/engine.ts' || path.startsWith('main/engine/')) return 'engine';
  return /^main\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether one may enter a layer by this file. */
function isDoor(layer: string, path: string, typeOnly: boolean, from: string): boolean {
  switch (layer) {
    case 'contract':
    case 'native':
      return true;
    case 'engine':
      return path === 'main/engine.ts';
    case 'preload':
      // The shell shares the names of channels and commands; a page may only know the types of what it is given.
      return typeOnly || from === 'app';
    default:
      return (
        path === `main/${layer}/index.ts` ||
        (path === `main/${layer}/port.ts` && typeOnly) ||
        (path === `main/${layer}/benchmarks.ts` && from === 'cli')
      );
  }
}

interface Import {
  specifier: string;
  line: number;
  typeOnly: boolean;
}

/** Every module that a source names: import, export from, dynamic import. */
function importsOf(fileName: string, source: string): Import[] {
  const { module, errors } = parseSync(fileName, source);
  if (errors.length > 0) throw new SyntaxError(`${fileName}: ${errors[0]!.message}`);
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length;
  const found = new Map<string, Import>();
  const note = (specifier: string, start: number, typeOnly: boolean) => {
    const line = lineOf(start);
    const known = found.get(`${line} ${specifier}`);
    if (known) known.typeOnly &&= typeOnly;
    else found.set(`${line} ${specifier}`, { specifier, line, typeOnly });
  };
  for (const { moduleRequest, start, entries } of module.staticImports)
    note(moduleRequest.value, start, entries.length > 0 && entries.every((entry) => entry.isType));
  for (const { entries } of module.staticExports)
    for (const entry of entries) if (entry.moduleRequest) note(entry.moduleRequest.value, entry.start, entry.isType);
  for (const { moduleRequest, start } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text)?.[2];
    if (literal) note(literal, start, false);
  }
  return [...found.values()];
}

const NODE_MODULES = new Set(builtinModules);
const isNodeBuiltin = (specifier: string) =>
  specifier.startsWith('node:') || NODE_MODULES.has(specifier.split('/')[0]!);

/** What the rule has against one import, in words, or null. */
function objection(file: string, from: string, { specifier, typeOnly }: Import): string | null {
  if (specifier === 'electron' || specifier.startsWith('electron/'))
    return from === 'app' || from === 'preload' ? null : 'only main/app and the preload may import electron';
  if (isNodeBuiltin(specifier)) {
    if (from === 'renderer' || from === 'contract') return `${from} runs in a page and may not import ${specifier}`;
    if (from === 'document' && specifier !== 'node:crypto') return `document is pure and may not import ${specifier}`;
    return null;
  }
  if (!specifier.startsWith('.')) return null;
  const target = normalize(join(dirname(file), specifier.replace(/\?.*$/, '')))
    .split(sep)
    .join('/');
  const to = layerOf(target);
  if (to === null) return `${target} belongs to no layer of the house`;
  if (to === from || OPEN.includes(to)) return null;
  const peerTypes = typeOnly && DOMAINS.includes(to) && DOMAINS.includes(from) && target === `main/${to}/port.ts`;
  if (!peerTypes && !MAY_IMPORT[from]?.includes(to)) return `${from} may not import ${to} (${target})`;
  if (isDoor(to, target, typeOnly, from)) return null;
  return typeOnly || to !== 'preload'
    ? `${to} is entered by its index.ts (or its port.ts, for types), not by ${target}`
    : `${target} may be imported for its types alone`;
}

/** `path` is relative to the root, with forward slashes. */
export function checkFile(path: string, source: string): Violation[] {
  const layer = layerOf(path);
  if (layer === null || isFree(path)) return [];
  if (!Object.hasOwn(MAY_IMPORT, layer))
    return [{ file: path, line: 1, message: `${layer} is no layer of the house: add it to scripts/check-imports.ts` }];
  return importsOf(path, source).flatMap((found) => {
    const message = objection(path, layer, found);
    return message ? [{ file: path, line: found.line, message }] : [];
  });
}

export function checkTree(root: string): Violation[] {
  const violations: Violation[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'build') visit(path);
      else if (/\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith('.d.mts'))
        violations.push(...checkFile(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')));
    }
  };
  for (const folder of ['preload', 'main', 'renderer', 'native']) visit(join(root, folder));
  return violations;
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  const violations = checkTree(dirname(import.meta.dirname));
  for (const { file, line, message } of violations) console.error(`${file}:${line}: ${message}`);
  if (violations.length > 0) process.exitCode = 1;
  else console.log('The import rule holds.');
}
