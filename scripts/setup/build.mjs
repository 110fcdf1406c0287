/** Builds the numeric core and the window, each only when its sources have changed since it last was. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../../main/host/programs.mjs';
import { lastWords } from './findings.mjs';
import { run, say } from './run.mjs';
import { hashOf, readStamps, writeStamp } from './stamps.mjs';

/** Tests are not part of what is built. */
const isTest = (path) => /(\.test\.tsx?|\.spec\.ts)$/.test(path);

const NATIVE_SOURCES = ['native'];
const isNativeOutput = (path) => path === 'native/build' || path.endsWith('/node_modules') || isTest(path);

export function buildNative(root, node) {
  if (!existsSync(join(root, 'native/build.mjs'))) return [];
  const hash = hashOf(root, NATIVE_SOURCES, isNativeOutput);
  const compiler = onPath('c++') ?? onPath('g++') ?? onPath('clang++') ?? 'none';
  const stamp = readStamps(root).native;
  const isSame = stamp?.hash === hash && stamp.compiler === compiler;
  if (isSame && stamp.failure === undefined && existsSync(join(root, 'native/build'))) return [];
  const finding = (words) => ({
    missing: 'numeric core',
    costs: `No study can be meshed or solved. Building it said: ${words}`,
    mend: 'node native/build.mjs (shows everything that the compiler says)',
  });
  // Neither the sources nor the compiler have changed since it failed: it would fail again.
  if (isSame && stamp.failure !== undefined) return [finding(stamp.failure)];
  say('Building the numeric core …');
  const done = run(node, ['native/build.mjs'], { cwd: root });
  const failure = done.ok ? undefined : lastWords(done.output, 3);
  writeStamp(root, 'native', { hash, compiler, failure });
  return done.ok ? [] : [finding(failure)];
}

const WINDOW_SOURCES = ['renderer', 'preload', 'main', 'electron.vite.config.ts', 'package-lock.json'];

export function buildWindow(root, node) {
  const finding = (words) => ({
    missing: 'the window',
    costs: `There is nothing to open. ${words}`,
    mend: 'npm run build',
  });
  if (!existsSync(join(root, 'renderer/index.html'))) return [finding('This checkout has no renderer/index.html.')];
  const hash = hashOf(root, WINDOW_SOURCES, isTest);
  if (readStamps(root).window === hash && existsSync(join(root, 'out/renderer/index.html'))) return [];
  say('Building the window …');
  const done = run(node, ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'], {
    cwd: root,
  });
  if (!done.ok) return [finding(`Building it said: ${lastWords(done.output)}`)];
  writeStamp(root, 'window', hash);
  return [];
}
