/** A folder for one test, removed afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ErrorData } from '../../preload/contract/errors.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'artificer-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What an asynchronous call is refused with. */
export async function rejectionOf(work: Promise<unknown> | (() => Promise<unknown>)): Promise<ErrorData> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    const { data } = thrown as { data?: ErrorData };
    if (data) return data;
    throw thrown;
  }
  throw new Error('nothing was refused');
}
