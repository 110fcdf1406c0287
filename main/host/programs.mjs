/**
 * Finds the programs that may or may not be on this machine. Nothing here downloads or installs. JavaScript, because set-up
 * uses it before there is a Node that reads TypeScript.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags that draw WebGL without a graphics card; see the Chromium project's notes on SwiftShader. */
export const SOFTWARE_RENDERING_FLAGS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-dev-shm-usage',
];

const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];

const MAC_BROWSERS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_BROWSERS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a program on PATH, or null. */
export function onPath(name, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (env.PATH ?? '').split(delimiter))
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (folder && isExecutable(path)) return path;
    }
  return null;
}

/** What a person calls the browser at this path. */
export function browserName(path) {
  if (/edge/i.test(path)) return 'Edge';
  return /chromium/i.test(path) ? 'Chromium' : 'Chrome';
}

/** A Chromium, Chrome or Edge: the one that CHROMIUM names, one on PATH, or one in its usual place. */
export function findBrowser(env = process.env, platform = process.platform) {
  if (env.CHROMIUM) return isExecutable(env.CHROMIUM) ? env.CHROMIUM : null;
  const usual =
    platform === 'darwin'
      ? MAC_BROWSERS
      : platform === 'win32'
        ? [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
            .filter(Boolean)
            .flatMap((folder) => WINDOWS_BROWSERS.map((path) => join(folder, path)))
        : ['/usr/lib/chromium/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'];
  for (const name of BROWSERS) {
    const path = onPath(name, env);
    if (path) return path;
  }
  return usual.find((path) => existsSync(path)) ?? null;
}

/**
 * Electron's program, or null. Its npm package is only a wrapper that would download the program when asked for it;
 * so the wrapper is never asked, only looked at.
 */
export function findElectron(root, env = process.env) {
  const folder = join(root, 'node_modules/electron');
  let name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  try {
    name = readFileSync(join(folder, 'path.txt'), 'utf8').trim() || name;
  } catch {
    // Written by the download only.
  }
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return isExecutable(path) ? path : null;
}

/** Whether a window can be shown at all. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
