/** The window's page on the engine in memory, for a file of browser tests. */
import { expect, type Page } from '@playwright/test';
import { builtPages } from './built-pages.fixture.ts';

export interface WindowPage {
  /** What the page complained of since it was opened: errors, and what its strict policy refused. */
  complaints: string[];
  open(page: Page, query?: string): Promise<void>;
}

export function windowPage(): WindowPage {
  const self: WindowPage = {
    complaints: [],
    async open(page, query = '') {
      self.complaints = [];
      // Choosers of files are held back from the first listener on, a moment later: too late for one that a key opens at once.
      page.on('filechooser', () => {});
      page.on('pageerror', (error) => self.complaints.push(error.message));
      // A refused script or style, and a string where a Trusted Type is needed, are told of in the console.
      page.on('console', (message) => {
        if (message.type() === 'error' && /policy|trusted/i.test(message.text())) self.complaints.push(message.text());
      });
      await page.goto(`${await builtPages()}testing/development.html?${query}`);
      await expect(page.getByTestId('connection')).toContainText('Development page');
    },
  };
  return self;
}
