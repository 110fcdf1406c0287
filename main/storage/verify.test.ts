import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { instance, part, refusalOf, source, study, view } from '../document/records.fixture.ts';
import { temporaryFolder } from './folder.fixture.ts';
import { openProject } from './open.ts';
import { recoverProject } from './recover.ts';
import { DocumentSession } from './session.ts';
import { Connection } from './sqlite.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

/** A project with everything in it, then damaged from outside. */
async function damaged(damage: (inside: Connection) => void): Promise<DocumentSession> {
  const path = join(temporaryFolder(), 'a.artificer');
  const session = await DocumentSession.create(path);
  const hash = await session.file.writeSource(new Uint8Array(2e6).fill(1), 'a.step');
  await session.file.blobs.write(new Uint8Array(2e6).fill(2), 'tessellation');
  session.change({ label: '2', put: [source('a', hash), part(), study()] });
  for (let n = 3; n <= 8; n++) session.change({ label: `${n}`, put: [view('a', n), view(`k${n}`)] });
  session.undo();
  await session.close();
  const inside = new Connection(path);
  damage(inside);
  inside.close();
  return DocumentSession.open(path);
}
const codes = (problems: { code: string }[]) => problems.map((problem) => problem.code);

test('a sound project has no problems', async () => {
  const session = await damaged(() => {});
  expect(await session.file.verify()).toMatchObject({ ok: true, problems: [] });
  await session.close();
});

describe.each<[string, string, boolean, (inside: Connection) => void]>([
  [
    'a changed record',
    'records-differ',
    true,
    (inside) => inside.run("UPDATE records SET json = replace(json, 'view a', 'view X')"),
  ],
  ['a lost record', 'records-differ', true, (inside) => inside.run("DELETE FROM records WHERE id = 'view_k30000'")],
  [
    'a record from nowhere',
    'records-differ',
    true,
    (inside) =>
      inside.run('INSERT INTO records VALUES (?, ?, ?)', 'view_zzzzzz', 'view', JSON.stringify(view('zzzzzz'))),
  ],
  ['a lost change', 'change-unreadable', true, (inside) => inside.run('DELETE FROM changes WHERE sequence = 2')],
  [
    'several lost changes',
    'change-unreadable',
    true,
    (inside) => inside.run('DELETE FROM changes WHERE sequence IN (3, 5, 6)'),
  ],
  [
    'an unreadable change',
    'change-unreadable',
    true,
    (inside) => inside.run("UPDATE changes SET diffs = x'00ff' WHERE sequence = 5"),
  ],
  [
    'a change with a rotten label',
    'change-unreadable',
    true,
    (inside) => inside.run("UPDATE changes SET label = 'rot' WHERE sequence = 5"),
  ],
  [
    'two unreadable changes',
    'change-unreadable',
    true,
    (inside) => inside.run("UPDATE changes SET diffs = x'00ff' WHERE sequence IN (2, 6)"),
  ],
  [
    'a rotten blob',
    'blob-damaged',
    true,
    (inside) =>
      inside.run(
        "UPDATE blob_chunks SET bytes = zeroblob(10) WHERE chunk = 1 AND blob = (SELECT id FROM blobs WHERE kind = 'tessellation')",
      ),
  ],
  [
    'a blob with a piece missing',
    'blob-damaged',
    true,
    (inside) =>
      inside.run(
        "DELETE FROM blob_chunks WHERE chunk = 1 AND blob = (SELECT id FROM blobs WHERE kind = 'tessellation')",
      ),
  ],
  [
    'a rotten import',
    'source-damaged',
    false,
    (inside) =>
      inside.run(
        "UPDATE blob_chunks SET bytes = zeroblob(10) WHERE chunk = 1 AND blob = (SELECT id FROM blobs WHERE kind = 'source')",
      ),
  ],
])('%s', (_, code, repairable, damage) => {
  test('is found', async () => {
    const session = await damaged(damage);
    const { ok, problems } = await session.file.verify();
    expect(ok).toBe(false);
    expect(codes(problems)).toContain(code);
    await session.close();
  });
  if (repairable) {
    test('and mended', async () => {
      const session = await damaged(damage);
      const repaired = await session.file.verify({ repair: true });
      expect(repaired.problems.map((problem) => problem.repaired)).toEqual([true]);
      expect(repaired.ok).toBe(true);
      expect((await session.file.verify()).problems).toEqual([]);
      await session.close();
      const again = await DocumentSession.open(session.file.path);
      expect(again.store.get('view_k30000')).toEqual(view('k3'));
      expect(again.store.get(study().id)).toEqual(study());
      // And it can be worked with.
      again.change({ label: 'On', put: [view('b')] });
      again.undo();
      expect((await again.file.verify()).problems).toEqual([]);
      await again.close();
    });
  }
});

test('a source whose bytes are gone, and a circle in the tree, are found', async () => {
  const session = await damaged((inside) => {
    inside.execute('DELETE FROM sources; DELETE FROM blob_chunks; DELETE FROM blobs');
    for (const [me, parent] of [
      ['x', 'y'],
      ['y', 'x'],
    ] as const) {
      const record = instance(me, { parentId: instance(parent).id });
      inside.run('INSERT INTO records VALUES (?, ?, ?)', record.id, record.type, JSON.stringify(record));
    }
  });
  const { problems } = await session.file.verify();
  expect(codes(problems)).toEqual(['records-differ', 'cycle', 'cycle', 'source-missing']);
  await session.close();
});

/** What a project means: its records and its history with all diffs. */
const meaningOf = (session: DocumentSession) => ({
  records: new Set(session.snapshot().records),
  changes: session.file.changes(),
});

test('pages overwritten by something else are noticed, or held nothing', async () => {
  const path = join(temporaryFolder(), 'a.artificer');
  const session = await DocumentSession.create(path);
  for (let n = 0; n < 150; n++) session.change({ label: `${n}`, put: [view(`k${String(n).padStart(5, '0')}`)] });
  const meaning = meaningOf(session);
  await session.close();
  const sound = readFileSync(path);
  let noticed = 0;
  for (let page = 1; page < sound.length / 4096; page += 3) {
    const rotten = Buffer.from(sound);
    rotten.fill(0x5a, page * 4096 + 1500, page * 4096 + 2500);
    writeFileSync(path, rotten);
    try {
      const again = await DocumentSession.open(path);
      try {
        if ((await again.file.verify()).ok) expect(meaningOf(again)).toEqual(meaning);
        else noticed++;
      } finally {
        await again.close();
      }
    } catch (thrown) {
      // Refused at once is noticed, too; but only with a plain error.
      expect((thrown as { code?: string }).code, String(thrown)).toMatch(/^project\./);
      noticed++;
    }
  }
  expect(noticed).toBeGreaterThan(5);
});

test('numbers of coalesced changes are not taken for lost ones', async () => {
  const session = await DocumentSession.create(join(temporaryFolder(), 'a.artificer'));
  for (let n = 1; n < 9; n++) session.change({ label: 'Zoom', put: [view('a', n)], coalesce: 'zoom' });
  session.change({ label: 'Other', put: [view('b')] });
  expect(session.history().map((change) => change.sequence)).toEqual([10, 9, 1]);
  expect((await session.file.verify()).problems).toEqual([]);
  session.undo();
  session.undo();
  expect(session.store.get(view().id)).toBeUndefined();
  await session.close();
});

test('a damaged index is found and made again', async () => {
  const path = join(temporaryFolder(), 'a.artificer');
  const session = await DocumentSession.create(path);
  for (let n = 1; n <= 20; n++) session.change({ label: `${n}`, put: [view('a', n)] });
  await session.close();
  const inside = new Connection(path);
  const { page } = inside.get<{ page: number }>("SELECT pageno AS page FROM dbstat WHERE name = 'changes_of_branch'")!;
  inside.close();
  const bytes = readFileSync(path);
  // The first row of the index ends its page: "main" becomes "maix".
  expect(bytes.subarray(page * 4096 - 4, page * 4096).toString()).toBe('main');
  bytes[page * 4096 - 1] = 'x'.charCodeAt(0);
  writeFileSync(path, bytes);
  const again = await DocumentSession.open(path);
  const found = await again.file.verify();
  expect(found.ok).toBe(false);
  expect(codes(found.problems)).toContain('pages');
  expect((await again.file.verify({ repair: true })).ok).toBe(true);
  expect((await again.file.verify()).problems).toEqual([]);
  await again.close();
});

test('repair needs write access', async () => {
  const session = await damaged(() => {});
  const reader = await DocumentSession.open(session.file.path);
  await expect(reader.file.verify({ repair: true })).rejects.toMatchObject({ code: 'project.read-only' });
  expect((await reader.file.verify()).ok).toBe(true);
  await reader.close();
  await session.close();
  expect(refusalOf(() => session.undo()).code).toBe('project.closed');
});

test('what can be read of a badly damaged file is recovered into a new one', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.artificer');
  const session = await DocumentSession.create(path);
  const many = Array.from({ length: 1000 }, (_, n) => view(`n${String(n).padStart(5, '0')}`));
  session.change({ label: 'Many', put: many });
  session.change({ label: 'One', put: [view('a', 5)] });
  const meaning = meaningOf(session);
  await session.close();
  const inside = new Connection(path);
  const pages = inside.all<{ page: number }>(
    "SELECT pageno AS page FROM dbstat WHERE name = 'records' AND pagetype = 'leaf'",
  );
  inside.close();
  const bytes = readFileSync(path);
  const { page } = pages[Math.floor(pages.length / 2)]!;
  bytes.fill(0xff, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);

  await expect(DocumentSession.open(path)).rejects.toMatchObject({ code: 'project.damaged' });
  const file = await openProject(path, { readOnly: true });
  const { ok, problems } = await file.verify();
  expect(ok).toBe(false);
  expect(codes(problems)).toContain('unreadable');
  await file.close();

  const before = readFileSync(path);
  const recovered = join(folder, 'b.artificer');
  const { damagedTables, integrity } = await recoverProject(path, recovered);
  expect(damagedTables).toEqual(['records']);
  expect(integrity.ok).toBe(true);
  const again = await DocumentSession.open(recovered);
  expect(meaningOf(again)).toEqual(meaning);
  expect((await again.file.verify()).problems).toEqual([]);
  await again.close();
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['a.artificer', 'b.artificer']);
});
