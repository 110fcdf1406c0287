import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type refusalOf, view } from '../document/records.fixture.ts';
import { rejectionOf, temporaryFolder } from './folder.fixture.ts';
import { DocumentSession } from './session.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

async function filledSession(passphrase?: string): Promise<DocumentSession> {
  const session = await DocumentSession.create(join(temporaryFolder(), 'a.artificer'), { passphrase });
  session.change({ label: 'View', put: [view()] });
  session.change({ label: 'Zoom', put: [view('a', 7)] });
  session.undo();
  await session.file.writeSource(new Uint8Array(3e6).fill(7), 'a.step');
  session.file.settings.set('a', [1]);
  return session;
}

describe('saving under another name', () => {
  test.each([
    ['plain', undefined, undefined],
    ['encrypting', undefined, 'new'],
    ['decrypting', 'old', undefined],
    ['with another passphrase', 'old', 'new'],
  ])('%s keeps everything', async (_, before, after) => {
    const session = await filledSession(before);
    const path = join(temporaryFolder(), 'b.artificer');
    let progress = 0;
    await session.file.saveAs(path, { passphrase: after, onProgress: (fraction) => (progress = fraction) });
    expect(progress).toBe(1);
    expect(readFileSync(path).toString('latin1').startsWith('SQLite')).toBe(after === undefined);
    const copy = await DocumentSession.open(path, { passphrase: after });
    expect(copy.state()).toEqual(session.state());
    expect(copy.history()).toEqual(session.history());
    expect(new Set(copy.snapshot().records)).toEqual(new Set(session.snapshot().records));
    expect(copy.file.sources()).toEqual(session.file.sources());
    expect(copy.file.settings.all()).toEqual({ a: [1] });
    copy.redo();
    // What happens to the copy doesn't happen to the original.
    expect(session.store.get(view().id)).toEqual(view());
    expect((await copy.file.verify()).problems).toEqual([]);
    await copy.file.pack();
    await copy.close();
    await session.close();
    expect(readdirSync(join(path, '..'))).toEqual(['b.artificer']);
  });
  test('replaces a file only when told to, and never itself', async () => {
    const session = await filledSession();
    const path = join(temporaryFolder(), 'b.artificer');
    writeFileSync(path, 'precious');
    expect((await rejectionOf(session.file.saveAs(path))).code).toBe('project.exists');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect((await rejectionOf(session.file.saveAs(session.file.path, { overwrite: true }))).code).toBe(
      'project.same-file',
    );
    expect((await rejectionOf(session.file.saveAs(join(path, '..', 'no', 'x')))).code).toBe('project.no-folder');
    await session.file.saveAs(path, { overwrite: true });
    await (await DocumentSession.open(path)).close();
    await session.close();
  });
  test('does not replace what is open elsewhere', async () => {
    const session = await filledSession();
    const other = await filledSession();
    expect((await rejectionOf(session.file.saveAs(other.file.path, { overwrite: true }))).code).toBe('project.locked');
    other.change({ label: 'Still works', put: [view('b')] });
    await other.close();
    await session.close();
  });
  test('sees one moment, whatever is changed meanwhile', async () => {
    const session = await filledSession();
    // So many records that copying them takes several turns.
    const many = Array.from({ length: 20_000 }, (_, n) => view(`n${String(n).padStart(6, '0')}`));
    session.change({ label: 'Many', put: many });
    const path = join(temporaryFolder(), 'b.artificer');
    const saving = session.file.saveAs(path);
    let changes = 0;
    const timer = setInterval(() => session.change({ label: 'Meanwhile', put: [view('m', ++changes)] }), 1);
    await saving;
    clearInterval(timer);
    expect(changes).toBeGreaterThan(0);
    const copy = await DocumentSession.open(path);
    expect((await copy.file.verify()).problems).toEqual([]);
    await copy.close();
    await session.close();
  });
  test('stopped half-way leaves nothing', async () => {
    const session = await filledSession();
    await session.file.blobs.write(new Uint8Array(60e6).fill(1), 'large');
    const folder = temporaryFolder();
    const stop = new AbortController();
    const saving = session.file.saveAs(join(folder, 'b.artificer'), { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(saving).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
    await session.close();
  });
  test('works from a project that is open read-only', async () => {
    const session = await filledSession('secret');
    const reader = await DocumentSession.open(session.file.path, { passphrase: 'secret', readOnly: true });
    const path = join(temporaryFolder(), 'b.artificer');
    await reader.file.saveAs(path);
    expect(existsSync(path)).toBe(true);
    await reader.close();
    await session.close();
  });
});

describe('a full disk', () => {
  /** A disk of its own, of 2 MiB; only root can have that. */
  function smallDisk(): string | null {
    const folder = join(temporaryFolder(), 'disk');
    mkdirSync(folder);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
    if (mounted.status !== 0) return null;
    onTestFinished(() => {
      spawnSync('umount', ['-l', folder]);
    });
    return folder;
  }
  test('is said plainly, changes nothing and breaks nothing', async ({ skip }) => {
    const disk = smallDisk();
    if (!disk) return skip('needs root for a small disk of its own');
    const path = join(disk, 'a.artificer');
    const session = await DocumentSession.create(path);
    session.change({ label: 'View', put: [view()] });
    const refusal = await rejectionOf(session.file.blobs.write(new Uint8Array(4e6).fill(9), 'x'));
    expect(refusal.code).toBe('project.disk-full');
    expect(refusal.message).toContain('no room');
    // Fill it up for good: each change either goes in or is refused whole.
    const room = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), new Uint8Array(Math.max(0, room.bavail * room.bsize - 100_000)));
    let kept = 0;
    let last: ReturnType<typeof refusalOf> | undefined;
    for (let n = 0; n < 3000 && !last; n++) {
      const many = Array.from({ length: 20 }, (_, k) => view(`n${String(n * 20 + k).padStart(6, '0')}`, n + 1));
      try {
        session.change({ label: `${n}`, put: many });
        kept++;
      } catch (thrown) {
        last = (thrown as { data: ReturnType<typeof refusalOf> }).data;
      }
    }
    expect(last?.code).toBe('project.disk-full');
    expect(session.store.size).toBe(2 + kept * 20);
    await session.close();
    rmSync(join(disk, 'ballast'));
    const again = await DocumentSession.open(path);
    expect(again.store.size).toBe(2 + kept * 20);
    expect((await again.file.verify()).problems).toEqual([]);
    again.change({ label: 'Goes on', put: [view('b')] });
    await again.close();
  });
  test('leaves no part of a copy', async ({ skip }) => {
    const disk = smallDisk();
    if (!disk) return skip('needs root for a small disk of its own');
    const session = await filledSession();
    expect((await rejectionOf(session.file.saveAs(join(disk, 'b.artificer')))).code).toBe('project.disk-full');
    expect(readdirSync(disk)).toEqual([]);
    await session.close();
  });
});
