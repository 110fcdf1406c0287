/** `artificer mcp [PROJECT]`: the project for clients of the Model Context Protocol, on standard input and output. */
import { existsSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Api, ArtificerError, type Client } from '../../preload/contract/index.ts';
import { ENGINE_VERSION } from '../engine.ts';
import { serveMcp } from '../mcp/index.ts';
import { waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, type CommandIo, usageError } from './output.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/samples/Wall bracket.artificer');
const SOLVES = 200;

export const mcp: Command = {
  name: 'mcp',
  usage: 'mcp [PROJECT] [--allow-changes] [--allow-exports FOLDER] [--solves N]',
  summary: 'a Model Context Protocol server on standard input and output',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'allow-changes': { type: 'boolean', default: false },
        'allow-exports': { type: 'string' },
        solves: { type: 'string', default: String(SOLVES) },
      },
    });
    if (positionals.length > 1) throw usageError('`mcp` takes at most one project.', mcp.usage);
    const solves = Number(values.solves);
    if (!Number.isInteger(solves) || solves < 0 || solves > 100_000)
      throw usageError('--solves takes a number from 0 to 100000.');
    const folder = values['allow-exports'];
    if (folder !== undefined && !isFolder(folder)) throw usageError(`There is no folder ${folder} to export into.`);
    // Standard output belongs to the protocol: whatever else speaks is sent to standard error.
    console.log = console.info = console.debug = console.error;
    return withTemporaryEngine({ front: 'MCP' }, async ({ engine, client, dataFolder }) => {
      const about = await open(client, positionals[0], values['allow-changes'], dataFolder, io);
      await serveMcp({
        client,
        blob: engine.blob,
        input: process.stdin,
        output: process.stdout,
        log: (line) => io.err(`${line}\n`),
        permissions: {
          changes: values['allow-changes'],
          exportFolder: folder === undefined ? null : resolve(folder),
          solves,
        },
        version: ENGINE_VERSION,
        ...(about === undefined ? {} : { about }),
        signal: io.signal,
      });
      return { data: null, text: '', exitCode: 0, silent: true };
    });
  },
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** @returns what has to be said about a project that is not the person's own file */
async function open(
  client: Client<Api>,
  path: string | undefined,
  changes: boolean,
  dataFolder: string,
  io: CommandIo,
): Promise<string | undefined> {
  const copy = join(dataFolder, 'copy.artificer');
  if (path === undefined) {
    if (!existsSync(SAMPLE)) throw usageError('Name the project to serve.', mcp.usage);
    await copyFile(SAMPLE, copy);
    await client['project.open']({ path: copy });
    return 'No project was named: this is a copy of the sample project, thrown away at the end.';
  }
  if (!existsSync(path))
    throw new ArtificerError({
      code: 'import.no-such-file',
      category: 'refused',
      message: `There is no file ${path}.`,
      hint: 'Check the path.',
    });
  if (extname(path) !== '.artificer') {
    await client['project.create']({ path: copy });
    const { jobId } = await client['files.import']({ path: resolve(path) });
    await waitForJob(client, jobId, io);
    return 'The project was made of an imported file and is thrown away at the end; the file itself is not touched.';
  }
  const info = await client['project.open']({ path: resolve(path) });
  if (!info.readOnly) return undefined;
  if (changes)
    throw new ArtificerError({
      code: 'project.locked',
      category: 'refused',
      message: `${path} can only be read: ${info.readOnlyReason ?? 'it is open elsewhere'}`,
      hint: 'Close it there, or start the server without --allow-changes.',
    });
  return 'The project is open elsewhere: it is read as it was when the server started.';
}
