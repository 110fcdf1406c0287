/** The ways to show the window, best first: Electron, an installed browser's app window, or an address to open. */
import { browserName } from '../../main/host/programs.mjs';

/**
 * @param {{ electron: string | null, browser: string | null, display: boolean }} machine
 * @returns {{ kind: 'electron' | 'browser' | 'address', words: string, program?: string }}
 */
export function chooseFront({ electron, browser, display }) {
  if (display && electron) return { kind: 'electron', words: 'Electron', program: electron };
  if (display && browser) return { kind: 'browser', words: `${browserName(browser)} app window`, program: browser };
  return { kind: 'address', words: 'Browser' };
}

/** The switches of a browser that is to be one window on one page, and to ask nobody for anything. */
export function appWindowArguments(url, profile, { asRoot = false } = {}) {
  return [
    `--app=${url}`,
    // Its own profile: no extensions of the person's reach the page, and closing the window ends the browser.
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    '--disable-features=Translate,OptimizationHints,MediaRouter',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    // Chromium refuses to sandbox itself for root.
    ...(asRoot ? ['--no-sandbox'] : []),
  ];
}

/** The one-time address in what `artificer serve` prints, or null while it has not come. */
export const addressIn = (output) => /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(output)?.[0] ?? null;
