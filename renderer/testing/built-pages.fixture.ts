/** The pages that only tests open, built and served once for all the files of browser tests that a process goes through. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

let address: Promise<string> | undefined;

/** Address of the folder of pages, with a slash at its end; they are served until the process ends. */
export function builtPages(): Promise<string> {
  address ??= buildAndServe();
  return address;
}

async function buildAndServe(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'artificer-pages-'));
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const configFile = join(import.meta.dirname, '../vite.config.ts');
  const options = { configFile, logLevel: 'error' as const, build: { outDir, emptyOutDir: true } };
  await build(options);
  const server = await preview({ ...options, preview: { port: 0, host: '127.0.0.1' } });
  return server.resolvedUrls!.local[0]!;
}
