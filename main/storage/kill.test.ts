/** Killing a writer at random moments loses nothing that it was told is kept. The bench does the same twenty times. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarkKills, benchmarkUndo } from './benchmarks.ts';
import { temporaryFolder } from './folder.fixture.ts';

test.each([
  ['plain', undefined],
  ['encrypted', 'open sesame'],
])('a killed writer loses no acknowledged change (%s)', { timeout: 240_000 }, async (_, passphrase) => {
  const outcome = await benchmarkKills(4, { seed: 7, ...(passphrase ? { passphrase } : {}) });
  expect(outcome.problems).toEqual([]);
  expect(outcome).toMatchObject({ kills: 4, damaged: 0, lost: 0 });
  expect(outcome.acknowledged).toBeGreaterThan(20);
});

test('the kill test notices a writer that acknowledges before it keeps', { timeout: 240_000 }, async () => {
  const child = join(temporaryFolder(), 'hasty.ts');
  const session = new URL('./session.ts', import.meta.url).href;
  writeFileSync(
    child,
    `import { writeSync } from 'node:fs';
     import { DocumentSession } from ${JSON.stringify(session)};
     const session = await DocumentSession.open(process.argv[2]);
     for (let next = session.state().sequence + 1; ; next++) writeSync(1, next + '\\n');`,
  );
  const outcome = await benchmarkKills(1, { child });
  expect(outcome.lost).toBeGreaterThan(0);
});

test('undo takes under a millisecond, file included', { timeout: 240_000 }, async () => {
  const { median_ms } = await benchmarkUndo(200);
  expect(median_ms).toBeLessThan(1);
});
