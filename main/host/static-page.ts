/** The window's built page, as files of one folder and nothing outside it. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  status: 200 | 403 | 404;
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
  cacheControl: string;
}

const nothing = (status: 403 | 404): PageFile => ({
  status,
  body: new Uint8Array(),
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'no-store',
});

/** `pathname` is the still percent-encoded path of the URL. */
export async function readPageFile(root: string, pathname: string): Promise<PageFile> {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return nothing(403);
  }
  // A page's files have plain names: whatever could step out of the folder is refused before a path is made of it.
  if (/[\\\0]|(^|\/)\.\.?(\/|$)|^\/[a-z]:/i.test(path)) return nothing(403);
  try {
    const folder = await realpath(root);
    const file = await realpath(join(folder, path === '/' ? 'index.html' : path));
    if (!file.startsWith(folder + sep)) return nothing(403); // A symbolic link that leads outside.
    const extension = extname(file);
    return {
      status: 200,
      body: new Uint8Array(await readFile(file)),
      contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
      // The build puts a hash of the content into the name of everything under `assets`.
      cacheControl: path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
    };
  } catch {
    return nothing(404);
  }
}
