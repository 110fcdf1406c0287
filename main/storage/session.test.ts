import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { AnyRecord } from '../../preload/contract/records.ts';
import { seededRandom } from '../document/index.ts';
import { ANNA, BOT, instance, part, refusalOf, source, view } from '../document/records.fixture.ts';
import { rejectionOf, temporaryFolder } from './folder.fixture.ts';
import { type ChangeEvent, DocumentSession, type SessionOptions } from './session.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

const newPath = () => join(temporaryFolder(), 'a.artificer');
const sorted = (records: AnyRecord[]) => records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const zoom = (session: DocumentSession, height_mm: number, key = 'a') =>
  session.change({ label: `Zoom ${height_mm}`, put: [view(key, height_mm)] });
async function reopened(session: DocumentSession, options: SessionOptions = {}): Promise<DocumentSession> {
  await session.close();
  return DocumentSession.open(session.file.path, options);
}

describe('a session', () => {
  test('begins with the settings of the project, which nobody can undo', async () => {
    const session = await DocumentSession.create(newPath(), { name: 'Bracket' });
    expect(session.snapshot().records).toEqual([
      { type: 'project', id: 'project_settings', name: 'Bracket', units: 'mm-N-MPa' },
    ]);
    expect(session.state()).toEqual({ sequence: 1, undoLabel: null, redoLabel: null, branch: 'main' });
    expect(session.info()).toMatchObject({
      name: 'Bracket',
      readOnly: false,
      encrypted: false,
      records: 1,
      changes: 1,
    });
    await session.close();
  });

  test('finds everything again, undo and redo included', async () => {
    let session = await DocumentSession.create(newPath());
    zoom(session, 1);
    zoom(session, 2);
    zoom(session, 3);
    session.undo();
    const { records, history } = session.snapshot();
    session = await reopened(session);
    expect(session.snapshot()).toEqual({ records: sorted(records), history });
    session.redo();
    expect(session.store.get(view().id)).toEqual(view('a', 3));
    session = await reopened(session);
    for (let n = 0; n < 3; n++) session.undo();
    expect(session.store.get(view().id)).toBeUndefined();
    expect(session.state().undoLabel).toBeNull();
    expect(session.history().map(({ kind, of }) => [kind, of])).toEqual([
      ['undo', 2],
      ['undo', 3],
      ['undo', 4],
      ['redo', 4],
      ['undo', 4],
      ['edit', undefined],
      ['edit', undefined],
      ['edit', undefined],
      ['edit', undefined],
    ]);
    await session.close();
  });

  test('tells its listeners, until they have had enough', async () => {
    const session = await DocumentSession.create(newPath());
    const events: ChangeEvent[] = [];
    const stop = session.subscribe((event) => events.push(event));
    zoom(session, 1);
    zoom(session, 1);
    session.undo();
    stop();
    session.redo();
    expect(events.map(({ change, history }) => [change.kind, change.sequence, history.sequence])).toEqual([
      ['edit', 2, 2],
      ['undo', 3, 3],
    ]);
    expect(events[1]!.diffs).toEqual([{ id: view().id, before: view('a', 1), after: null }]);
    await session.close();
  });

  test('coalesces into one line of the file, but never with what an earlier session did', async () => {
    let now = 1000;
    const options = { now: () => now };
    let session = await DocumentSession.create(newPath(), options);
    const drag = (height_mm: number) =>
      session.change({ label: 'Zoom', put: [view('a', height_mm)], coalesce: 'zoom' });
    for (let n = 1; n <= 50; n++) drag(n);
    expect(session.history()).toHaveLength(2);
    session = await reopened(session, options);
    drag(51);
    expect(session.history()).toHaveLength(3);
    now += 5000;
    drag(52);
    session.undo();
    session.undo();
    expect(session.store.get(view().id)).toEqual(view('a', 50));
    session.undo();
    expect(session.store.get(view().id)).toBeUndefined();
    expect(await session.file.verify()).toMatchObject({ ok: true, problems: [] });
    await session.close();
  });

  test('changes nothing when the file has no room for it', async () => {
    const session = await DocumentSession.create(newPath(), { maximumBytes: 200_000 });
    zoom(session, 1);
    const before = session.snapshot();
    const noise = Array.from({ length: 3000 }, (_, n) => view(`n${String(n).padStart(5, '0')}`, Math.random() + n + 1));
    const refusal = refusalOf(() => session.change({ label: 'Too much', put: noise }));
    expect(refusal).toMatchObject({ code: 'project.disk-full' });
    expect(session.snapshot()).toEqual(before);
    zoom(session, 2);
    session.undo();
    expect(session.store.get(view().id)).toEqual(view('a', 1));
    expect((await session.file.verify()).problems).toEqual([]);
    await session.close();
  });

  test('refuses to edit what is open read-only, and says why', async () => {
    const session = await DocumentSession.create(newPath());
    zoom(session, 1);
    const second = await DocumentSession.open(session.file.path);
    expect(second.info().readOnlyReason).toContain('another window');
    expect(second.store.get(view().id)).toEqual(view('a', 1));
    expect(refusalOf(() => zoom(second, 2))).toMatchObject({ code: 'project.read-only' });
    expect(refusalOf(() => second.undo()).message).toContain('another window');
    expect(await rejectionOf(second.file.blobs.write(new Uint8Array(3), 'x'))).toMatchObject({
      code: 'project.read-only',
    });
    await second.close();
    await session.close();
    expect(refusalOf(() => zoom(session, 3)).code).toBe('project.closed');
  });
});

describe('branches', () => {
  test('keep an agent apart until its work is merged as one step', async () => {
    let session = await DocumentSession.create(newPath(), { author: ANNA });
    zoom(session, 1);
    session.startBranch('agent/1', { author: BOT });
    session.change({ label: 'Try', author: BOT, put: [view('a', 5), view('b')] });
    session.change({ label: 'Try again', author: BOT, put: [view('a', 6)] });
    session.undo();
    expect(session.branch).toBe('agent/1');
    session.switchBranch('main');
    expect(session.snapshot().records).toHaveLength(2);
    // Main moves on; the branch must still see the state that it left.
    session.change({ label: 'Meanwhile', put: [view('c')] });
    session = await reopened(session, { author: ANNA });
    session.switchBranch('agent/1');
    expect(session.store.get(view('c').id)).toBeUndefined();
    expect(session.store.get(view('a').id)).toEqual(view('a', 5));
    expect(session.state()).toMatchObject({ undoLabel: 'Try', redoLabel: 'Try again' });
    session.redo();
    session.mergeBranch('agent/1', { label: 'Lighter', author: BOT });
    expect(session.branch).toBe('main');
    expect(session.store.get(view('a').id)).toEqual(view('a', 6));
    expect(session.store.get(view('c').id)).toBeDefined();
    expect(session.state().undoLabel).toBe('Lighter');
    expect((await session.file.verify()).problems).toEqual([]);
    session = await reopened(session, { author: ANNA });
    session.undo();
    expect(session.store.get(view('a').id)).toEqual(view('a', 1));
    expect(session.store.get(view('b').id)).toBeUndefined();
    expect(session.file.branch('agent/1').status).toBe('merged');
    expect(refusalOf(() => session.mergeBranch('agent/1', { label: 'x' })).code).toBe('project.branch-ended');
    await session.close();
  });
  test('are taken up again after they were dropped, and outlive what they stand on', async () => {
    const session = await DocumentSession.create(newPath());
    zoom(session, 1);
    session.startBranch('below');
    zoom(session, 2, 'b');
    session.startBranch('above');
    zoom(session, 3, 'c');
    session.dropBranch('above');
    expect(session.branch).toBe('below');
    expect(refusalOf(() => session.reopenBranch('below')).code).toBe('project.branch-not-dropped');
    session.reopenBranch('above');
    expect(session.store.get(view('c').id)).toEqual(view('c', 3));
    // Its parent's work is on the main branch by now: there its own goes, and not onto a branch that nobody sees any more.
    session.mergeBranch('below', { label: 'Below' });
    session.mergeBranch('above', { label: 'Above' });
    expect(session.branch).toBe('main');
    expect(session.store.get(view('c').id)).toEqual(view('c', 3));
    expect(session.store.get(view('b').id)).toEqual(view('b', 2));
    await session.close();
  });

  test('can be dropped, and branch off each other', async () => {
    const session = await DocumentSession.create(newPath(), { author: ANNA });
    zoom(session, 1);
    session.startBranch('one');
    zoom(session, 2);
    session.startBranch('two');
    zoom(session, 3);
    session.switchBranch('one');
    zoom(session, 4);
    session.switchBranch('two');
    expect(session.store.get(view().id)).toEqual(view('a', 3));
    session.dropBranch('two');
    expect(session.branch).toBe('one');
    session.dropBranch('one');
    expect(session.store.get(view().id)).toEqual(view('a', 1));
    expect(refusalOf(() => session.dropBranch('main')).code).toBe('project.main-branch');
    expect(refusalOf(() => session.switchBranch('nowhere')).code).toBe('project.no-branch');
    expect(refusalOf(() => session.startBranch('one')).code).toBe('branch.exists');
    await session.close();
  });
  test('a merge that conflicts changes nothing', async () => {
    const session = await DocumentSession.create(newPath(), { author: ANNA });
    zoom(session, 1);
    session.startBranch('b');
    zoom(session, 2);
    session.switchBranch('main');
    zoom(session, 3);
    expect(refusalOf(() => session.mergeBranch('b', { label: 'x' })).code).toBe('branch.conflict');
    expect(session.file.branch('b').status).toBe('open');
    session.mergeBranch('b', { label: 'x', onConflict: 'prefer-branch' });
    expect(session.store.get(view().id)).toEqual(view('a', 2));
    await session.close();
  });
  test('a mark can be gone back to', async () => {
    const session = await DocumentSession.create(newPath());
    zoom(session, 1);
    const mark = session.mark();
    zoom(session, 2);
    zoom(session, 3, 'b');
    session.bailOut(mark);
    expect(session.snapshot().records.filter((record) => record.type === 'view')).toEqual([view('a', 1)]);
    session.undo();
    expect(session.store.get(view().id)).toEqual(view('a', 2));
    await session.close();
  });
});

describe.each([1, 2, 3, 4])('random work with restarts, seed %i', (seed) => {
  test('is what a model with whole copies says', async () => {
    const random = seededRandom(seed);
    const passphrase = seed % 2 === 0 ? 'open sesame' : undefined;
    let session = await DocumentSession.create(newPath(), { passphrase });
    const sha256 = await session.file.writeSource(new Uint8Array([1, 2, 3]), 'a.step');
    session.change({ label: 'Source', put: [source('a', sha256)] });
    let now = sorted(session.snapshot().records);
    const undoable: AnyRecord[][] = [[now[0]!]];
    const redoable: AnyRecord[][] = [];
    for (let step = 0; step < 120; step++) {
      const action = random();
      const key = String.fromCharCode(97 + Math.floor(random() * 6));
      const before = now;
      try {
        if (action < 0.6) {
          const candidates: AnyRecord[] = [
            view(key, Math.floor(random() * 5) + 1),
            part(key),
            instance(key, { partId: part('a').id }),
          ];
          const target = candidates[Math.floor(random() * 3)]!;
          const there = session.store.get(target.id);
          const { sequence } = session.state();
          const removing = there !== undefined && random() < 0.4;
          session.change({
            label: `${step}`,
            ...(removing ? session.store.removalEdit([target.id]) : { put: [target] }),
          });
          now = sorted(session.snapshot().records);
          if (session.state().sequence > sequence) {
            undoable.push(before);
            redoable.length = 0;
          }
        } else if (action < 0.8) {
          session.undo();
          redoable.push(now);
          now = undoable.pop()!;
        } else if (action < 0.93) {
          session.redo();
          undoable.push(now);
          now = redoable.pop()!;
        } else {
          session = await reopened(session, { passphrase });
        }
      } catch (thrown) {
        expect((thrown as { code?: string }).code).toMatch(/^(document|history)\./);
      }
      expect(sorted(session.snapshot().records)).toEqual(now);
    }
    expect((await session.file.verify()).problems).toEqual([]);
    await session.close();
  });
});
