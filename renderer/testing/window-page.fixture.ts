/** The window's page on the engine in memory, built and served once for a file of browser tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';

export interface WindowPage {
  /** What the page complained of since it was opened: errors, and what its strict policy refused. */
  complaints: string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  open(page: Page, query?: string): Promise<void>;
}

export function windowPage(): WindowPage {
  let server: PreviewServer | undefined;
  let folder: string | undefined;
  const self: WindowPage = {
    complaints: [],
    async start() {
      folder = await mkdtemp(join(tmpdir(), 'artificer-window-'));
      const configFile = join(import.meta.dirname, '../vite.config.ts');
      const options = { configFile, logLevel: 'error' as const, build: { outDir: folder, emptyOutDir: true } };
      await build(options);
      server = await preview({ ...options, preview: { port: 0, host: '127.0.0.1' } });
    },
    async stop() {
      await server?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
    async open(page, query = '') {
      self.complaints = [];
      // Choosers of files are held back from the first listener on, a moment later: too late for one that a key opens at once.
      page.on('filechooser', () => {});
      page.on('pageerror', (error) => self.complaints.push(error.message));
      // A refused script or style, and a string where a Trusted Type is needed, are told of in the console.
      page.on('console', (message) => {
        if (message.type() === 'error' && /policy|trusted/i.test(message.text())) self.complaints.push(message.text());
      });
      await page.goto(`${server!.resolvedUrls!.local[0]}testing/development.html?${query}`);
      await expect(page.getByTestId('connection')).toContainText('Development page');
    },
  };
  return self;
}
