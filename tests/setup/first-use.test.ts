/** The parts of set-up and start that can be tried without a fresh machine; that they hold together, a clone shows. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser, findElectron, hasDisplay } from '../../main/host/programs.mjs';
import { countPlaywright, countVitest, summary } from '../../scripts/lib/counts.mjs';
import { dataFolder } from '../../scripts/lib/data-folder.mjs';
import { firstProject } from '../../scripts/lib/first-project.mjs';
import { addressIn, appWindowArguments, chooseFront } from '../../scripts/lib/fronts.mjs';
import { isNewEnough } from '../../scripts/lib/project.mjs';
import { lastWords, report } from '../../scripts/setup/findings.mjs';
import { packagesAreCurrent } from '../../scripts/setup/packages.mjs';
import { hashOf } from '../../scripts/setup/stamps.mjs';
import { unmetNeeds } from '../../scripts/setup/system.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'artificer-setup-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (path: string, content = '') => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
};
const program = (path: string) => {
  put(path, '#!/bin/sh\n');
  chmodSync(join(root, path), 0o755);
  return join(root, path);
};

describe('packages', () => {
  const lock = (packages: object) => put('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }));
  const installed = (packages: object) => put('node_modules/.package-lock.json', JSON.stringify({ packages }));
  const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-a' } };

  test('are installed when there are none', () => {
    lock(one);
    expect(packagesAreCurrent(root)).toBe(false);
  });

  test('are left alone when they are what the lock file says, without those for other systems', () => {
    lock({ ...one, 'node_modules/other-system': { version: '1.0.0', optional: true } });
    installed(one);
    put('node_modules/one/package.json');
    expect(packagesAreCurrent(root)).toBe(true);
  });

  test.each([
    ['of another version', { 'node_modules/one': { version: '1.0.1', integrity: 'sha512-b' } }, true],
    ['not all there', {}, true],
    ['deleted by hand', one, false],
  ])('are installed again when they are %s', (_what, packages, onDisk) => {
    lock(one);
    installed(packages);
    if (onDisk) put('node_modules/one/package.json');
    expect(packagesAreCurrent(root)).toBe(false);
  });
});

describe('what a build is stamped with', () => {
  test('changes with content, names and absence, and not with what is skipped', () => {
    put('main/a.ts', '1');
    const before = hashOf(root, ['main']);
    expect(hashOf(root, ['main'])).toBe(before);
    put('main/a.test.ts', 'x');
    expect(hashOf(root, ['main'], (path: string) => path.endsWith('.test.ts'))).toBe(before);
    put('main/a.ts', '2');
    expect(hashOf(root, ['main'], (path: string) => path.endsWith('.test.ts'))).not.toBe(before);
    expect(hashOf(root, ['nothing'])).not.toBe(before);
  });
});

describe('system packages', () => {
  const needs = [
    { packages: ['a', 'b'], missing: 'A', costs: 'no a', found: () => true },
    { packages: ['c'], missing: 'C', costs: 'no c', found: () => false },
  ];

  test('are asked for one by one where the system can tell', () => {
    expect(unmetNeeds(needs, () => ['b'])).toMatchObject([{ missing: 'A', packages: ['b'] }]);
    expect(unmetNeeds(needs, () => [])).toEqual([]);
  });

  test('are not wanted where a program from elsewhere is enough', () => {
    const browser = { packages: ['chromium'], missing: 'Chromium', costs: '', found: () => true, enough: true };
    expect(unmetNeeds([browser], () => ['chromium'])).toEqual([]);
    expect(unmetNeeds([{ ...browser, found: () => false }], () => ['chromium'])).toMatchObject([
      { packages: ['chromium'] },
    ]);
  });

  test('are judged by their programs elsewhere', () => {
    expect(unmetNeeds(needs, () => null)).toMatchObject([{ missing: 'C', packages: [] }]);
  });
});

describe('the report', () => {
  test('says what is missing, what that costs and what mends it', () => {
    const text = report([{ missing: 'Chromium', costs: 'No app window.', mend: 'apt-get install chromium' }]);
    expect(text).toContain('Chromium  No app window.');
    expect(text).toContain('To mend it: apt-get install chromium');
  });

  test('quotes a failed program without colours, frames and stacks', () => {
    const output = '\u001b[31mError: no such file\u001b[0m\n │ import x\n    at run (file.js:1:2)\nbye\n';
    expect(lastWords(output)).toBe('Error: no such file');
    expect(lastWords('one\ntwo\nthree\nfour')).toBe('two three four');
  });
});

test.each([
  ['v20.20.2', false],
  ['v22.14.0', false],
  ['v22.18.0', true],
  ['v24.0.0', true],
])('Node %s is new enough: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

describe('finding programs', () => {
  test('Electron is found where its download puts it, or where one is told, and never asked to download itself', () => {
    put('node_modules/electron/index.js', 'throw new Error("asked")');
    expect(findElectron(root, {})).toBeNull();
    const own = program('node_modules/electron/dist/electron');
    expect(findElectron(root, {})).toBe(own);
    const other = program('elsewhere/electron');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') })).toBe(other);
  });

  test('a browser is found on PATH, and the one that is named comes first', () => {
    const chrome = program('bin/google-chrome');
    const env = { PATH: join(root, 'bin') };
    expect(findBrowser(env)).toBe(chrome);
    const named = program('my/chromium');
    expect(findBrowser({ ...env, CHROMIUM: named })).toBe(named);
    expect(findBrowser({ ...env, CHROMIUM: join(root, 'none') })).toBeNull();
  });

  test('a display is where the environment says so', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});

describe('the front', () => {
  test.each([
    [{ electron: '/e', browser: '/usr/bin/chromium', display: true }, 'Electron'],
    [{ electron: null, browser: '/usr/bin/chromium', display: true }, 'Chromium app window'],
    [{ electron: null, browser: '/opt/msedge', display: true }, 'Edge app window'],
    [{ electron: null, browser: '/usr/bin/google-chrome', display: true }, 'Chrome app window'],
    [{ electron: '/e', browser: '/usr/bin/chromium', display: false }, 'Browser'],
    [{ electron: null, browser: null, display: true }, 'Browser'],
  ])('for %j is called "%s"', (machine, words) => {
    expect(chooseFront(machine).words).toBe(words);
  });

  test('finds the one-time address in what the server prints', () => {
    expect(addressIn('Open http://127.0.0.1:41234/?token=aB-_9\n')).toBe('http://127.0.0.1:41234/?token=aB-_9');
    expect(addressIn('Open http://127.0.0.1:41234/')).toBeNull();
  });

  test('is an app window with a profile of its own that asks nobody for anything', () => {
    const words = appWindowArguments('http://127.0.0.1:1/?token=x', '/p');
    expect(words).toContain('--app=http://127.0.0.1:1/?token=x');
    expect(words).toContain('--user-data-dir=/p');
    expect(words).toContain('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
    expect(words).not.toContain('--no-sandbox');
  });
});

describe('the first project', () => {
  const data = () => join(root, 'data');

  test('is the person’s own copy of the sample, made once', () => {
    put('resources/samples/Bracket.artificer', 'sample');
    const first = firstProject(root, data());
    expect(first).toEqual({ path: join(data(), 'Bracket.artificer'), isNew: false });
    writeFileSync(first.path, 'edited');
    firstProject(root, data());
    cpSync(first.path, join(root, 'check'));
    expect(existsSync(join(root, 'check'))).toBe(true);
    expect(hashOf(data(), ['Bracket.artificer'])).not.toBe(
      hashOf(join(root, 'resources/samples'), ['Bracket.artificer']),
    );
  });

  test('is a new one where there is no sample', () => {
    expect(firstProject(root, data())).toEqual({ path: join(data(), 'First project.artificer'), isNew: true });
  });

  test('is kept where the system keeps such things', () => {
    expect(dataFolder({}, 'linux', '/home/a')).toBe('/home/a/.local/share/artificer');
    expect(dataFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/home/a')).toBe('/x/artificer');
    expect(dataFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Artificer');
    expect(dataFolder({ ARTIFICER_DATA: '/y' }, 'linux', '/home/a')).toBe('/y');
  });
});

describe('the counts of a test run', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  });

  test('count a file that does not load as one failure', () => {
    const totals = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
    const testResults = [file('failed', 'failed', 'passed'), file('failed'), file('passed', 'passed')];
    expect(countVitest({ ...totals, testResults }, false)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test('never show a failed run as green', () => {
    const report_ = { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] };
    expect(countVitest(report_, false).failed).toBe(1);
    expect(countVitest(null, false).failed).toBe(1);
    expect(countPlaywright({ stats: { expected: 2, unexpected: 0, flaky: 1, skipped: 4 } }, false)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 4,
    });
  });

  test('end in the line that others read', () => {
    expect(summary({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
  });
});

test('a link in node_modules/.bin runs the command line, and an unset-up checkout says what to do', async () => {
  const { spawnSync } = await import('node:child_process');
  cpSync('bin', join(root, 'bin'), { recursive: true });
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  symlinkSync('../../bin/artificer.mjs', join(root, 'node_modules/.bin/artificer'));
  const plain = spawnSync(process.execPath, [join(root, 'node_modules/.bin/artificer'), 'doctor'], {
    encoding: 'utf8',
  });
  expect([plain.status, plain.stdout]).toEqual([5, '']);
  expect(plain.stderr).toContain('npm start');
  const json = spawnSync(process.execPath, [join(root, 'node_modules/.bin/artificer'), 'doctor', '--json'], {
    encoding: 'utf8',
  });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'setup.missing', hint: expect.any(String) } });
});
