/** Prints a page of our own making to PDF with an installed browser, cut off from everything. */
import { ArtificerError } from '../../preload/contract/index.ts';
import { withHeadlessBrowser } from './headless-browser.ts';

const noBrowser = (): ArtificerError =>
  new ArtificerError({
    code: 'report.no-browser',
    category: 'fault',
    message: 'A PDF needs an installed Chromium, Chrome or Edge to print it.',
    hint: 'Save the report as HTML, and print it from any browser.',
  });

/** @throws ArtificerError `report.no-browser` */
export const printToPdf = (html: Uint8Array, signal: AbortSignal): Promise<Uint8Array> =>
  withHeadlessBrowser({ args: ['--disable-dev-shm-usage'], signal, missing: noBrowser }, async (browser) => {
    const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.setContent(new TextDecoder().decode(html), { waitUntil: 'load' });
    return await page.pdf({
      format: 'A4',
      printBackground: true,
      margin: { top: '15mm', bottom: '15mm', left: '14mm', right: '14mm' },
    });
  });
