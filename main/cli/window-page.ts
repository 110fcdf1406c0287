/** The window in an installed browser without a screen: for pictures of a project, and to time what a person would see. */
import { chromium, type Page } from 'playwright-core';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { Engine } from '../engine.ts';
import { serveEngine } from '../host/index.ts';
import { findBrowser, SOFTWARE_RENDERING_FLAGS } from './browser.ts';
import { pageFolder } from './serve.ts';

/**
 * @param front what calls, as the engine names it
 * @param run with a page that shows the engine's project, and the address of the host's other pages
 * @throws ArtificerError `render.no-browser`
 */
export async function withWindowPage<Result>(
  engine: Engine,
  { front, width, height, signal }: { front: string; width: number; height: number; signal: AbortSignal },
  run: (page: Page, address: string) => Promise<Result>,
): Promise<Result> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new ArtificerError({
      code: 'render.no-browser',
      category: 'fault',
      message: 'A picture needs an installed Chromium, Chrome or Edge.',
      hint: 'Install one, or name it in the environment variable CHROMIUM.',
    });
  const host = await serveEngine(engine, { root: pageFolder(), front });
  // Root has no user namespaces for Chromium's sandbox; the page is our own and reaches nothing but this engine.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...SOFTWARE_RENDERING_FLAGS, ...sandbox] });
  const stop = (): void => void browser.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const page = await browser.newPage({ viewport: { width, height } });
    // The one-time link opens the session; further pages share its cookie.
    await page.goto(host.url);
    return await run(page, `http://127.0.0.1:${host.port}`);
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
    await host.close();
  }
}
