/**
 * Electron's security checklist, applied: sandboxed pages of our own origin alone, no permissions, no other windows, no
 * navigation, and no request that leaves the machine. Fuses are set when packaging (electron-builder.yml).
 */
import type Electron from 'electron';
import type { ElectronModules } from './electron-modules.ts';

/** Pages are `app://window-1/…`: every window is an origin of its own, so none can reach another's engine. */
export const SCHEME = 'app';
export const originOf = (windowName: string): string => `${SCHEME}://${windowName}`;

/** The name of the window that an address belongs to, or null when it is no address of ours. */
export function windowNameOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && /^window-\d+$/.test(host) ? host : null;
}

export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
} as const satisfies Electron.WebPreferences;

/** Chromium's own reasons to speak to somebody, taken away; and a proxy that is not there for whatever is left. */
const SWITCHES: Record<string, string> = {
  'host-resolver-rules': 'MAP * ~NOTFOUND',
  'proxy-server': 'socks5://127.0.0.1:9',
  'proxy-bypass-list': '<-loopback>',
  'webrtc-ip-handling-policy': 'disable_non_proxied_udp',
  'disable-background-networking': '',
  'disable-component-update': '',
  'disable-domain-reliability': '',
  'no-pings': '',
};

/** Before the app is ready. */
export function hardenApp({ app, protocol }: Pick<ElectronModules, 'app' | 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
  app.enableSandbox();
  for (const [name, value] of Object.entries(SWITCHES))
    if (value) app.commandLine.appendSwitch(name, value);
    else app.commandLine.appendSwitch(name);
}

/** What a page of ours may load: itself, and what it made itself. */
export function mayRequest(address: string, developerTools: boolean): boolean {
  if (windowNameOf(address) !== null) return true;
  if (address.startsWith(`blob:${SCHEME}://`)) return windowNameOf(address.slice('blob:'.length)) !== null;
  return address.startsWith('data:') || (developerTools && address.startsWith('devtools:'));
}

/** Copying a number out of a table is all that a page of ours ever needs to ask for. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** After the app is ready. */
export function hardenSession(session: Electron.Session, options: { developerTools: boolean }): void {
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url, options.developerTools) }),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(permission === ALLOWED_PERMISSION && windowNameOf(details.requestingUrl) !== null),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      permission === ALLOWED_PERMISSION && windowNameOf(requestingOrigin) !== null,
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // A picture that the page made is saved through the native dialog; nothing is fetched.
    if (!item.getURL().startsWith(`blob:${SCHEME}://`)) event.preventDefault();
  });
}

/** For every page there is, the moment it is made. */
export function hardenContents(contents: Electron.WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { preventDefault(): void }, address: string) => {
    const own = windowNameOf(contents.getURL());
    // A reload is a navigation to itself. Before the first page there is nothing to stay with.
    if (own === null || windowNameOf(address) !== own) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The window whose top frame sent this message, or null: a frame inside a page, or a page that is not ours, is nobody. */
export function senderWindow(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): string | null {
  const frame = event.senderFrame;
  return frame && frame.parent === null ? windowNameOf(frame.url) : null;
}
