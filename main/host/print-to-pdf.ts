/** Prints a page of our own making to PDF with an installed browser, cut off from everything. */
import { chromium } from 'playwright-core';
import { ArtificerError } from '../../preload/contract/index.ts';
import { findBrowser } from './programs.mjs';

/** @throws ArtificerError `report.no-browser` */
export async function printToPdf(html: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new ArtificerError({
      code: 'report.no-browser',
      category: 'fault',
      message: 'A PDF needs an installed Chromium, Chrome or Edge to print it.',
      hint: 'Save the report as HTML, and print it from any browser.',
    });
  // Root has no user namespaces for Chromium's sandbox; the page is our own, has no scripts and reaches nothing.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: ['--disable-dev-shm-usage', ...sandbox] });
  const stop = (): void => void browser.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.setContent(new TextDecoder().decode(html), { waitUntil: 'load' });
    return await page.pdf({
      format: 'A4',
      printBackground: true,
      margin: { top: '15mm', bottom: '15mm', left: '14mm', right: '14mm' },
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
  }
}
