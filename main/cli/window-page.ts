/** The window in an installed browser without a screen: for pictures of a project, and to time what a person would see. */
import type { Page } from 'playwright-core';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { Engine } from '../engine.ts';
import { SOFTWARE_RENDERING_FLAGS, serveEngine, withHeadlessBrowser } from '../host/index.ts';
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
  return withHeadlessBrowser({ args: SOFTWARE_RENDERING_FLAGS, signal, missing: noBrowser }, async (browser) => {
    const host = await serveEngine(engine, { root: pageFolder(), front });
    try {
      const page = await browser.newPage({ viewport: { width, height } });
      // The one-time link opens the session; further pages share its cookie.
      await page.goto(host.url);
      return await run(page, `http://127.0.0.1:${host.port}`);
    } finally {
      await host.close();
    }
  });
}

const noBrowser = (): ArtificerError =>
  new ArtificerError({
    code: 'render.no-browser',
    category: 'fault',
    message: 'A picture needs an installed Chromium, Chrome or Edge.',
    hint: 'Install one, or name it in the environment variable CHROMIUM.',
  });
