/** `artificer serve [PROJECT] [--port N]`: the window's page on 127.0.0.1, with a one-time token in the printed URL. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ArtificerError } from '../../preload/contract/index.ts';
import { createEngine } from '../engine.ts';
import { serveEngine } from '../host/index.ts';
import { callEngine } from './engine-client.ts';
import { type Command, usageError } from './output.ts';

/** The built page, from the sources or from the bundle beside it. */
export function pageFolder(): string {
  const here = import.meta.dirname;
  const candidates = [join(here, '../../out/renderer'), join(here, '../renderer')];
  const found = candidates.find((folder) => existsSync(join(folder, 'index.html')));
  if (found) return found;
  throw new ArtificerError({
    code: 'serve.no-page',
    category: 'fault',
    message: "The window's page has not been built.",
    hint: 'Run `npm start` once: it sets everything up.',
  });
}

export const serve: Command = {
  name: 'serve',
  usage: 'serve [PROJECT] [--port N] [--front WORDS] [--import FILE]',
  summary: "the window's page on 127.0.0.1",
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { port: { type: 'string' }, front: { type: 'string' }, import: { type: 'string', multiple: true } },
    });
    const port = values.port === undefined ? 0 : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw usageError('--port takes a number from 0 to 65535.');
    if (positionals.length > 1) throw usageError('`serve` takes at most one project.');
    const front = values.front ?? 'Browser';
    const engine = createEngine({ front });
    const { client, close } = callEngine(engine);
    try {
      const [path] = positionals;
      if (path !== undefined) {
        const absolute = resolve(path);
        if (existsSync(absolute)) await client['project.open']({ path: absolute });
        else await client['project.create']({ path: absolute });
      } else await client['project.create']({ name: 'Untitled' });
      engine.kernel.warm();
      // Started, not waited for: the window shows their progress.
      for (const file of values.import ?? [])
        await client['files.import']({ path: resolve(file) }).catch((thrown: Error) =>
          io.err(`${file}: ${thrown.message}\n`),
        );
      const host = await serveEngine(engine, { root: pageFolder(), port, front });
      // The URL is the answer, and it is needed while the server runs: it cannot wait for the end.
      io.out(io.json ? `${JSON.stringify({ url: host.url, port: host.port })}\n` : `${host.url}\n`);
      await new Promise<void>((done) => {
        if (io.signal.aborted) done();
        io.signal.addEventListener('abort', () => done(), { once: true });
      });
      await host.close();
      return { data: null, text: '', exitCode: 0, silent: true };
    } finally {
      close();
      await engine.dispose();
    }
  },
};
