/** An installed browser without a screen, for pages of our own making. */
import { type Browser, chromium } from 'playwright-core';
import type { ArtificerError } from '../../preload/contract/index.ts';
import { findBrowser } from './programs.mjs';

/**
 * Ended with the work, and by the signal.
 * @param missing what is thrown where no browser is installed
 */
export async function withHeadlessBrowser<Result>(
  { args, signal, missing }: { args: readonly string[]; signal: AbortSignal; missing: () => ArtificerError },
  run: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const executablePath = findBrowser();
  if (!executablePath) throw missing();
  // Root has no user namespaces for Chromium's sandbox; the page is our own and reaches nothing but this program.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...args, ...sandbox] });
  const stop = (): void => void browser.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await run(browser);
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}
