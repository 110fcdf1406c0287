/** `artificer render FILE OUT.png`: a picture of a file, a project or a result, drawn by the window's own viewport. */
import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { Engine } from '../engine.ts';
import { writeFileAtomically } from '../host/index.ts';
import { waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, usageError } from './output.ts';
import { withWindowPage } from './window-page.ts';

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
  const { width, height, view = 'iso', theme = 'light', studyId, quantity } = options;
  return withWindowPage(engine, { front: 'Render', width, height, signal }, async (page, address) => {
    const query = new URLSearchParams({ view, theme });
    if (studyId) query.set('study', studyId);
    if (quantity) query.set('quantity', quantity);
    await page.goto(`${address}/picture.html?${query}`);
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
  });
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
