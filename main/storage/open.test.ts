import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { view } from '../document/records.fixture.ts';
import { rejectionOf, temporaryFolder } from './folder.fixture.ts';
import { openProject } from './open.ts';
import { latestVersion, MIGRATIONS } from './schema.ts';
import { DocumentSession } from './session.ts';
import { Connection } from './sqlite.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

const inFolder = (name = 'a.artificer') => join(temporaryFolder(), name);
async function project(path = inFolder(), passphrase?: string): Promise<string> {
  const session = await DocumentSession.create(path, { passphrase });
  session.change({ label: 'View', put: [view()] });
  session.change({
    label: 'Fill',
    put: Array.from({ length: 200 }, (_, n) => view(`fill${String(n).padStart(4, '0')}`)),
  });
  await session.close();
  return path;
}
function noise(bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(all.subarray(at, Math.min(bytes, at + 65536)));
  return all;
}

describe('what is no project is refused plainly', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a missing file', () => {}, 'project.not-found'],
    ['a folder', (path) => mkdirSync(path), 'project.is-folder'],
    ['an empty file', (path) => writeFileSync(path, ''), 'project.not-a-project'],
    ['a text', (path) => writeFileSync(path, 'ISO-10303-21;\n'.repeat(2000)), 'project.not-a-project'],
    ['a short bit of noise', (path) => writeFileSync(path, noise(100)), 'project.not-a-project'],
    ['a lot of noise', (path) => writeFileSync(path, noise(50_000)), 'project.passphrase-needed'],
    [
      "another program's database",
      (path) => {
        const other = new Connection(path);
        other.execute('CREATE TABLE t (a)');
        other.close();
      },
      'project.not-a-project',
    ],
    [
      'a database of which only the header is left',
      (path) => {
        writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), noise(5000)]));
      },
      'project.not-a-project',
    ],
  ])('%s', async (_, make, code) => {
    const path = inFolder();
    make(path);
    const refusal = await rejectionOf(openProject(path));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(/^[A-Z"].*\.$/);
    expect(refusal.hint ?? '').not.toContain(path);
  });

  test('a truncated project', async () => {
    const path = await project();
    truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
    expect(await rejectionOf(DocumentSession.open(path))).toMatchObject({ code: 'project.damaged' });
    expect(existsSync(`${path}-lock`)).toBe(false);
  });

  test('a folder that is not there, a file that is', async () => {
    const folder = temporaryFolder();
    expect(await rejectionOf(openProject(join(folder, 'no', 'a.artificer'), { create: true }))).toMatchObject({
      code: 'project.no-folder',
    });
    const path = await project(join(folder, 'a.artificer'));
    const bytes = readFileSync(path);
    expect(await rejectionOf(openProject(path, { create: true }))).toMatchObject({ code: 'project.exists' });
    expect(readFileSync(path)).toEqual(bytes);
  });
});

describe('a project at rest', () => {
  test('is one file', async () => {
    const path = await project();
    expect(readdirSync(join(path, '..'))).toEqual(['a.artificer']);
  });
  test('can have any name', async () => {
    for (const name of ['ä ö #?%.artificer', 'file:x?mode=memory.artificer', "o'clock.artificer"]) {
      const path = await project(inFolder(name));
      const session = await DocumentSession.open(path);
      expect(session.store.get(view().id)).toEqual(view());
      await session.close();
    }
    expect(await rejectionOf(DocumentSession.create(inFolder('a.artificer ')))).toMatchObject({ code: 'project.name' });
  });
});

describe('encryption', () => {
  const secret = 'correct horse ü';
  test('leaves nothing readable and opens only with the passphrase', async () => {
    const path = await project(inFolder(), secret);
    const bytes = readFileSync(path).toString('latin1');
    expect(bytes).not.toContain('SQLite');
    expect(bytes).not.toContain('view');
    const session = await DocumentSession.open(path, { passphrase: secret });
    expect(session.info().encrypted).toBe(true);
    expect(session.store.get(view().id)).toEqual(view());
    await session.close();
    expect(await rejectionOf(openProject(path))).toMatchObject({ code: 'project.passphrase-needed' });
    const refusal = await rejectionOf(openProject(path, { passphrase: 'Hunter2-wrong' }));
    expect(refusal.code).toBe('project.wrong-passphrase');
    expect(JSON.stringify(refusal)).not.toContain('Hunter2');
  });
  test('also of what is not yet folded into the file', async () => {
    const path = inFolder();
    const session = await DocumentSession.create(path, { passphrase: secret });
    session.change({ label: 'View', put: [view()] });
    expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(0);
    expect(readFileSync(`${path}-wal`).toString('latin1')).not.toContain('camera');
    await session.close();
  });
  test('is that of SQLCipher 4: its own way of making the key opens the file', async () => {
    const path = await project(inFolder(), secret);
    const Library = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers');
    const database = new Library(path);
    database.pragma("cipher='sqlcipher'");
    database.pragma('legacy=4');
    database.pragma(`key='${secret}'`);
    expect(database.prepare('SELECT count(*) AS n FROM records').get()).toEqual({ n: 202 });
    database.close();
  });
  test('accents typed in another way are the same passphrase', async () => {
    const path = await project(inFolder(), 'ü'.normalize('NFC'));
    await (await openProject(path, { passphrase: 'ü'.normalize('NFD') })).close();
  });
  test('a passphrase that is not needed does no harm', async () => {
    await (await openProject(await project(), { passphrase: secret })).close();
  });
});

describe('versions', () => {
  const latest = latestVersion();
  const next = [...MIGRATIONS, { version: latest + 1, sql: 'CREATE TABLE extra (a); INSERT INTO extra VALUES (7)' }];
  test.each([undefined, 'pass'])(
    'an older file is brought up to date, after a backup (passphrase: %s)',
    async (passphrase) => {
      const path = await project(inFolder(), passphrase);
      const file = await openProject(path, { passphrase, migrations: next });
      expect(file.info()).toMatchObject({ formatVersion: latest + 1, records: 202 });
      await file.close();
      const backup = await DocumentSession.open(`${path}.v${latest}.backup`, { passphrase });
      expect(backup.info()).toMatchObject({ formatVersion: latest, records: 202 });
      expect((await backup.file.verify()).problems).toEqual([]);
      await backup.close();
    },
  );
  test('a migration that fails leaves the file as it was', async () => {
    const path = await project();
    const broken = [...MIGRATIONS, { version: latest + 1, sql: 'DROP TABLE records; NONSENSE' }];
    expect((await rejectionOf(openProject(path, { migrations: broken }))).code).toBe('project.storage');
    const session = await DocumentSession.open(path);
    expect(session.info()).toMatchObject({ formatVersion: latest, records: 202 });
    await session.close();
  });
  test('a newer file opens read-only and stays as it is', async () => {
    const path = await project();
    await (await openProject(path, { migrations: next })).close();
    const bytes = readFileSync(path);
    const session = await DocumentSession.open(path);
    expect(session.info()).toMatchObject({ readOnly: true, formatVersion: latest + 1 });
    expect(session.info().readOnlyReason).toContain('newer version');
    expect(session.store.get(view().id)).toEqual(view());
    await session.close();
    expect(readFileSync(path)).toEqual(bytes);
  });
  test('an older file with the same tables is only marked, and read as it is where it may not be written', async () => {
    const older = MIGRATIONS.filter(({ version }) => version === 1);
    const path = inFolder();
    await (await openProject(path, { create: true, migrations: older })).close();
    const bytes = readFileSync(path);
    const reader = await openProject(path, { readOnly: true });
    expect(reader.info()).toMatchObject({ formatVersion: 1, readOnly: true });
    await reader.close();
    expect(readFileSync(path)).toEqual(bytes);
    const writer = await openProject(path);
    expect(writer.info().formatVersion).toBe(latest);
    await writer.close();
    expect(existsSync(`${path}.v1.backup`)).toBe(false);
    // And the version before keeps its hands off what it does not know.
    const before = await openProject(path, { migrations: older });
    expect(before.info()).toMatchObject({ readOnly: true, readOnlyReason: expect.stringContaining('newer version') });
    await before.close();
  });
  test('an older file that can not be written says so', async () => {
    const path = await project();
    expect(await rejectionOf(openProject(path, { readOnly: true, migrations: next }))).toMatchObject({
      code: 'project.older-version',
    });
  });
});

describe('where nothing may be written', () => {
  /** Tries as a user without rights (root may write everywhere). */
  function openAsNobody(path: string): Record<string, unknown> {
    const program = `
      import { DocumentSession } from ${JSON.stringify(new URL('./session.ts', import.meta.url).href)};
      try {
        const session = await DocumentSession.open(${JSON.stringify(path)});
        console.log(JSON.stringify({ ...session.info(), size: session.store.size, view: session.store.get('view_a00000') !== undefined }));
        await session.close();
      } catch (thrown) { console.log(JSON.stringify(thrown.data ?? String(thrown))); }`;
    const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      ...identity,
      encoding: 'utf8',
    });
    return JSON.parse(stdout || JSON.stringify({ stderr })) as Record<string, unknown>;
  }
  function locked(path: string): string {
    chmodSync(path, 0o444);
    chmodSync(join(path, '..'), 0o555);
    return path;
  }
  test('a project at rest opens read-only', async () => {
    const opened = openAsNobody(locked(await project()));
    expect(opened).toMatchObject({ readOnly: true, size: 202, view: true });
    expect(opened['readOnlyReason']).toContain('may not be written');
  });
  test('so does one whose writer was killed, with its last changes', async () => {
    const path = inFolder();
    const session = await DocumentSession.create(path);
    session.change({ label: 'View', put: [view()] });
    const copy = inFolder();
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    await session.close();
    chmodSync(`${copy}-wal`, 0o444);
    expect(openAsNobody(locked(copy))).toMatchObject({ readOnly: true, size: 2, view: true });
  });
  test('a new project can not be made', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const program = `
      import { DocumentSession } from ${JSON.stringify(new URL('./session.ts', import.meta.url).href)};
      try { await DocumentSession.create(${JSON.stringify(join(folder, 'x.artificer'))}); } catch (thrown) { console.log(thrown.data.code, '|', thrown.data.message); }`;
    const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      ...identity,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^project\.(read-only|cannot-open) \| "x.artificer"/);
  });
});

test('asked to, it opens read-only and leaves no trace', async () => {
  const path = await project();
  const bytes = readFileSync(path);
  const session = await DocumentSession.open(path, { readOnly: true });
  expect(session.info()).toMatchObject({ readOnly: true, readOnlyReason: 'it was opened that way' });
  await session.close();
  expect(readFileSync(path)).toEqual(bytes);
  expect(readdirSync(join(path, '..'))).toEqual(['a.artificer']);
});
