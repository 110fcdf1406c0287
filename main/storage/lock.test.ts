import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { rejectionOf, temporaryFolder } from './folder.fixture.ts';
import { acquireWriterLock, lockPathOf } from './lock.ts';
import { openProject } from './open.ts';
import { DocumentSession } from './session.ts';

// Real files, real processes, and a disk that others use too.
vi.setConfig({ testTimeout: 240_000 });

const newPath = () => join(temporaryFolder(), 'a.artificer');

/** Another process that holds the project open until it is killed. */
async function holder(path: string) {
  const program = `
    import { DocumentSession } from ${JSON.stringify(new URL('./session.ts', import.meta.url).href)};
    await DocumentSession.open(${JSON.stringify(path)});
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('another process that has it open keeps us from writing, and is named; killed, it does so no more', async () => {
  const path = newPath();
  await (await DocumentSession.create(path)).close();
  const child = await holder(path);
  const reader = await openProject(path);
  expect(reader.readOnly).toBe(true);
  expect(reader.readOnlyReason).toContain(`process ${child.pid}`);
  await reader.close();
  const refusal = await rejectionOf(openProject(path, { ifLocked: 'refuse' }));
  expect(refusal.code).toBe('project.locked');
  expect(refusal.message).toContain(`process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const writer = await openProject(path, { ifLocked: 'refuse' });
  expect(writer.readOnly).toBe(false);
  await writer.close();
});

test('the same process can not write twice either', async () => {
  const path = newPath();
  const first = await DocumentSession.create(path);
  expect((await rejectionOf(openProject(path, { ifLocked: 'refuse' }))).code).toBe('project.locked');
  // Readers that come and go take nothing from the writer.
  await (await openProject(path)).close();
  expect((await rejectionOf(openProject(path, { ifLocked: 'refuse' }))).code).toBe('project.locked');
  await first.close();
  await (await openProject(path, { ifLocked: 'refuse' })).close();
});

test('what is left of a lock that nobody holds is no lock', async () => {
  const path = newPath();
  await (await DocumentSession.create(path)).close();
  for (const litter of ['', 'litter', 'SQLite format 3\0 and litter']) {
    writeFileSync(lockPathOf(path), litter);
    const file = await openProject(path, { ifLocked: 'refuse' });
    expect(file.readOnly).toBe(false);
    await file.close();
    expect(existsSync(lockPathOf(path))).toBe(false);
  }
});

test('only one of many gets it, at each turn', () => {
  const path = newPath();
  for (let turn = 0; turn < 20; turn++) {
    const claims = Array.from({ length: 5 }, () => acquireWriterLock(path));
    const locks = claims.flatMap((claim) => ('lock' in claim ? [claim.lock] : []));
    expect(locks).toHaveLength(1);
    locks[0]!.release();
  }
});
