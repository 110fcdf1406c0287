/**
 * `npm test [-- FILTER]`: lint, types, import rule, unit and integration tests, tests in a window; in this order, with
 * one line at the end that sums them up. With a filter, only the suites and files that it names.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { add, countOf, countPlaywright, countVerification, countVitest, NONE, summary } from './lib/counts.mjs';
import { projectNode, ROOT } from './lib/project.mjs';

const filters = process.argv.slice(2);
const node = projectNode() ?? process.execPath;
const reports = join(ROOT, 'out/test');
mkdirSync(reports, { recursive: true });

const packageScript = (path) => join(ROOT, 'node_modules', path);

let child;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    child?.kill(signal);
    process.exitCode = 130;
  });

function run(args, env = {}) {
  return new Promise((resolve) => {
    child = spawn(node, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

const check = (name, args) => ({ name, run: async () => countOf(await run(args)) });

function vitest() {
  const path = join(reports, 'vitest.json');
  return async () => {
    rmSync(path, { force: true });
    const ok = await run([
      packageScript('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
      '--passWithNoTests',
      ...filters,
    ]);
    return countVitest(readReport(path), ok);
  };
}

/** The tests in a window of one of the configuration's projects. */
function playwright(project) {
  const path = join(reports, `playwright-${project}.json`);
  return async () => {
    rmSync(path, { force: true });
    const ok = await run(
      [
        packageScript('@playwright/test/cli.js'),
        'test',
        `--project=${project}`,
        '--reporter=list,json',
        '--pass-with-no-tests',
        ...filters,
      ],
      { PLAYWRIGHT_JSON_OUTPUT_NAME: path, PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    );
    return countPlaywright(readReport(path), ok);
  };
}

/** Published and analytic cases at their own accuracy; the page is made anew in out/test/verification. */
function verification() {
  const folder = join(reports, 'verification');
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    const ok = await run(['main/cli/index.ts', 'verify', 'physics', '--lanes', '2', '--out', folder]);
    return countVerification(readReport(join(folder, 'verification.json')), ok);
  };
}

/** With a filter a check runs only when it is named; the two runners look through their files themselves. */
const isNamed = (name) => filters.length === 0 || filters.includes(name);

const suites = [
  ...[
    check('lint', [packageScript('@biomejs/biome/bin/biome'), 'check', '.']),
    check('types', [packageScript('typescript/bin/tsc'), '-p', 'tsconfig.json']),
    check('imports', ['scripts/check-imports.ts']),
    check('licences', ['scripts/licences.ts', '--quiet']),
  ].filter(({ name }) => isNamed(name)),
  ...[{ name: 'verification', run: verification() }].filter(({ name }) => isNamed(name)),
  { name: 'unit and integration tests', run: vitest() },
  { name: 'tests in a window', run: playwright('windows') },
  { name: 'flows in a window', run: playwright('flows') },
  { name: 'timings in a window', run: playwright('timed') },
].filter(() => existsSync(join(ROOT, 'node_modules')));

let total = NONE;
const lines = [];
for (const suite of suites) {
  if (process.exitCode) break;
  process.stdout.write(`\n── ${suite.name}\n`);
  const started = performance.now();
  const counts = await suite.run();
  total = add(total, counts);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(`  ${suite.name.padEnd(28)}${summary(counts)} in ${seconds} s`);
}

const nothingRan = total.passed + total.failed + total.skipped === 0;
process.stdout.write(`\n${lines.join('\n')}\n`);
if (nothingRan) process.stdout.write(`No test matches "${filters.join(' ')}".\n`);
process.stdout.write(`${summary(total)}\n`);
if (total.failed > 0 || nothingRan) process.exitCode = 1;
