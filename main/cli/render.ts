/** `artificer render FILE OUT.png`: a picture of a file, a project or a result, drawn by the window's own viewport. */
import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { Engine } from '../engine.ts';
import { serveEngine, writeFileAtomically } from '../host/index.ts';
import { findBrowser, SOFTWARE_RENDERING_FLAGS } from './browser.ts';
import { waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, usageError } from './output.ts';
import { pageFolder } from './serve.ts';

const VIEWS = ['iso', 'front', 'back', 'left', 'right', 'top', 'bottom'];

export interface PictureOptions {
  view?: string;
  theme?: string;
  width: number;
  height: number;
  studyId?: string;
  quantity?: string;
}

/** Draws the project that is open on this engine. */
export async function drawPicture(engine: Engine, options: PictureOptions, signal: AbortSignal): Promise<Uint8Array> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new ArtificerError({
      code: 'render.no-browser',
      category: 'fault',
      message: 'A picture needs an installed Chromium, Chrome or Edge.',
      hint: 'Install one, or name it in the environment variable CHROMIUM.',
    });
  const host = await serveEngine(engine, { root: pageFolder(), front: 'Render' });
  // Root has no user namespaces for Chromium's sandbox; the page is our own and reaches nothing but this engine.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...SOFTWARE_RENDERING_FLAGS, ...sandbox] });
  const stop = (): void => void browser.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const page = await browser.newPage({ viewport: { width: options.width, height: options.height } });
    // The one-time link opens the session; the picture's page then shares its cookie.
    await page.goto(host.url);
    const query = new URLSearchParams({ view: options.view ?? 'iso', theme: options.theme ?? 'light' });
    if (options.studyId) query.set('study', options.studyId);
    if (options.quantity) query.set('quantity', options.quantity);
    await page.goto(`http://127.0.0.1:${host.port}/picture.html?${query}`);
    for (let waited = 0; waited < 180_000; waited += 100) {
      const title = await page.title();
      if (title === 'drawn') return await page.screenshot({ type: 'png' });
      if (title.startsWith('failed: '))
        throw new ArtificerError({
          code: 'render.failed',
          category: 'fault',
          message: 'The picture could not be drawn.',
          cause: title.slice(8),
        });
      signal.throwIfAborted();
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new ArtificerError({
      code: 'render.timeout',
      category: 'fault',
      message: 'Drawing the picture took more than three minutes.',
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close();
    await host.close();
  }
}

export const render: Command = {
  name: 'render',
  usage: 'render FILE OUT.png [--view iso] [--size 1200x900] [--theme light|dark]',
  summary: 'a picture of a file, project or result',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        view: { type: 'string', default: 'iso' },
        size: { type: 'string', default: '1200x900' },
        theme: { type: 'string', default: 'light' },
        study: { type: 'string' },
        quantity: { type: 'string' },
      },
    });
    const [input, output] = positionals;
    if (!input || !output) throw usageError('`render` takes a file and a picture to write.', render.usage);
    const size = /^(\d{1,5})x(\d{1,5})$/.exec(values.size);
    if (!size) throw usageError('--size takes WIDTHxHEIGHT in pixels, such as 1200x900.');
    const [width, height] = [Number(size[1]), Number(size[2])];
    if (width < 16 || height < 16 || width > 8192 || height > 8192)
      throw usageError('--size takes 16 to 8192 pixels each way.');
    if (!VIEWS.includes(values.view)) throw usageError(`--view is one of ${VIEWS.join(', ')}.`);
    if (extname(output).toLowerCase() !== '.png') throw usageError('The picture is written as PNG: name it OUT.png.');
    if (!existsSync(input))
      throw new ArtificerError({
        code: 'import.no-such-file',
        category: 'refused',
        message: `There is no file ${input}.`,
        hint: 'Check the path.',
      });
    return withTemporaryEngine({ front: 'Render' }, async ({ engine, client, dataFolder }) => {
      if (extname(input) === '.artificer') await client['project.open']({ path: resolve(input) });
      else {
        await client['project.create']({ path: join(dataFolder, 'picture.artificer') });
        const { jobId } = await client['files.import']({ path: resolve(input) });
        await waitForJob(client, jobId, io);
      }
      const { records } = await client['document.snapshot']({});
      const study =
        values.study === undefined
          ? undefined
          : records.find(
              (record) => record.type === 'study' && (record.id === values.study || record.name === values.study),
            );
      if (values.study !== undefined && !study) throw usageError(`There is no study "${values.study}" in the project.`);
      const bytes = await drawPicture(
        engine,
        {
          view: values.view,
          theme: values.theme,
          width,
          height,
          ...(study ? { studyId: study.id } : {}),
          ...(values.quantity ? { quantity: values.quantity } : {}),
        },
        io.signal,
      );
      await writeFileAtomically(output, bytes);
      return { data: { file: output, width, height, bytes: bytes.length }, text: `${output}: ${width} x ${height}` };
    });
  },
};
