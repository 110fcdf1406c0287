/** `npm start`, with stand-ins for the engine, the browser and Electron that write down how they were started. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const URL_ = 'http://127.0.0.1:45678/?token=abc-DEF_1';
let folder: string;
let running: ChildProcess | undefined;

/** A program that writes its arguments down, and then waits to be ended (or, with `seconds`, ends by itself). */
function standIn(name: string, seconds?: number): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `#!${process.execPath}
const { writeFileSync } = require('node:fs');
process.on('SIGTERM', () => {
  writeFileSync(${JSON.stringify(join(folder, name.replaceAll('/', '-')))} + '.ended', '');
  process.exit(0);
});
writeFileSync(${JSON.stringify(join(folder, name.replaceAll('/', '-')))} + '.said', JSON.stringify(process.argv.slice(2)));
setTimeout(() => process.exit(0), ${(seconds ?? 60) * 1000});
`,
  );
  chmodSync(path, 0o755);
  return path;
}
const said = (name: string): string[] => JSON.parse(readFileSync(join(folder, `${name}.said`), 'utf8'));
const appeared = (name: string) => vi.waitFor(() => expect(existsSync(join(folder, name))).toBe(true), 20_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artificer-start-'));
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  cpSync(join(root, 'main/host/programs.mjs'), join(folder, 'main/host/programs.mjs'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin/artificer.mjs'),
    `import { writeFileSync } from 'node:fs';
const words = process.argv.slice(2);
if (words[0] === 'project') {
  writeFileSync(words[2], 'new');
  process.exit(0);
}
process.on('SIGTERM', () => {
  writeFileSync(${JSON.stringify(join(folder, 'engine.ended'))}, '');
  process.exit(0);
});
process.on('SIGINT', () => {});
// Said only when it listens: whoever hears it may end it at once.
writeFileSync(${JSON.stringify(join(folder, 'engine.said'))}, JSON.stringify(words));
console.log('Artificer is at ${URL_}');
setTimeout(() => {}, 60_000);
`,
  );
  mkdirSync(join(folder, 'out/renderer'), { recursive: true });
  writeFileSync(join(folder, 'out/renderer/index.html'), '');
  mkdirSync(join(folder, 'temporary'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string>, ...words: string[]) {
  const child = spawn(process.execPath, [join(folder, 'scripts/start.mjs'), ...words], {
    env: {
      PATH: '',
      TMPDIR: join(folder, 'temporary'),
      ARTIFICER_DATA: join(folder, 'data'),
      INIT_CWD: folder,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { child, output, ended };
}

test('without a display the address is printed, and Ctrl+C ends the engine', async () => {
  const { child, output, ended } = start({ CHROMIUM: standIn('chromium') });
  await vi.waitFor(() => expect(output.text).toContain(URL_), 20_000);
  expect(said('engine')).toEqual(['serve', '--front', 'Browser', join(folder, 'data/First project.artificer')]);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await appeared('engine.ended');
  expect(existsSync(join(folder, 'chromium.said'))).toBe(false);
});

test('with a display and a browser it is an app window, and closing that ends all and leaves nothing behind', async () => {
  const { output, ended } = start({ CHROMIUM: standIn('chromium', 0.5), DISPLAY: ':0' }, 'my.artificer');
  await appeared('chromium.said');
  expect(said('chromium')).toContain(`--app=${URL_}`);
  expect(said('engine')).toEqual(['serve', '--front', 'Chromium app window', join(folder, 'my.artificer')]);
  expect(await ended).toBe(0);
  await appeared('engine.ended');
  expect(output.text).toContain('Chromium app window');
  expect(output.text).not.toContain('token');
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
});

test('Ctrl+C ends the browser too', async () => {
  const { child, ended } = start({ CHROMIUM: standIn('chromium'), DISPLAY: ':0' });
  await appeared('chromium.said');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await appeared('chromium.ended');
  await appeared('engine.ended');
});

test('Electron comes first, with the project that was named', async () => {
  standIn('node_modules/electron/dist/electron', 0.3);
  const { ended } = start({ CHROMIUM: standIn('chromium'), DISPLAY: ':0' }, 'my.artificer');
  expect(await ended).toBe(0);
  const words = said('node_modules-electron-dist-electron').filter((word) => word !== '--no-sandbox');
  expect(words).toEqual([folder, join(folder, 'my.artificer')]);
  expect(existsSync(join(folder, 'engine.said'))).toBe(false);
});

test('geometry that is named is imported', async () => {
  const { output } = start({}, 'plate.stp');
  await vi.waitFor(() => expect(output.text).toContain(URL_), 20_000);
  expect(said('engine')).toEqual(['serve', '--front', 'Browser', '--import', join(folder, 'plate.stp')]);
});

test('an engine that does not start ends it with its exit code', async () => {
  writeFileSync(join(folder, 'bin/artificer.mjs'), 'console.error("error: the disk is full."); process.exit(3);');
  const { output, ended } = start({}, 'my.artificer');
  expect(await ended).toBe(3);
  expect(output.text).toBe('error: the disk is full.\n');
});

test('without a built window it says so', async () => {
  rmSync(join(folder, 'out'), { recursive: true });
  const { output, ended } = start({});
  expect(await ended).toBe(1);
  expect(output.text).toContain('npm run build');
});
