/** `artificer project new|info|import|verify|export PROJECT`: a project file without the window. */
import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Api, Client } from '../../preload/contract/index.ts';
import { formatOfEnding } from './convert.ts';
import { waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, type CommandIo, type CommandResult, usageError } from './output.ts';

const USAGE =
  'artificer project new|info|import|verify|export PROJECT [FILE ...] [--passphrase-env NAME] [--repair] [--heal] [--schema AP242] [--deflection 0.1]';
const SCHEMAS = ['AP203', 'AP214', 'AP242'] as const;

/** A passphrase never stands on a command line, where every process could read it: its variable's name does. */
function passphraseFrom(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const value = process.env[variable];
  if (!value) throw usageError(`The environment variable ${variable} is empty.`, 'Put the passphrase in it.');
  return value;
}

export const project: Command = {
  name: 'project',
  usage: USAGE,
  summary: 'works on a project file without the window',
  async run(args, io): Promise<CommandResult> {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'passphrase-env': { type: 'string' },
        repair: { type: 'boolean' },
        heal: { type: 'boolean' },
        name: { type: 'string' },
        schema: { type: 'string' },
        deflection: { type: 'string' },
      },
    });
    const [action, given, ...rest] = positionals;
    if (action === undefined || given === undefined)
      throw usageError('`project` takes an action and a project file.', USAGE);
    const path = resolve(extname(given) === '' ? `${given}.artificer` : given);
    const passphrase = passphraseFrom(values['passphrase-env']);
    const secret = passphrase === undefined ? {} : { passphrase };
    return withTemporaryEngine({ front: 'Command line' }, async ({ client }) => {
      const open = (): Promise<unknown> => client['project.open']({ path, ...secret });
      switch (action) {
        case 'new': {
          const info = await client['project.create']({
            path,
            ...secret,
            ...(values.name ? { name: values.name } : {}),
          });
          return { data: info, text: `${info.path}: new project "${info.name}"` };
        }
        case 'info': {
          await open();
          const info = (await client['project.current']({}))!;
          const { records } = await client['document.snapshot']({});
          const counts: Record<string, number> = {};
          for (const record of records) counts[record.type] = (counts[record.type] ?? 0) + 1;
          const data = { ...info, recordsByType: counts };
          const lines = [
            `${info.path}: "${info.name}"${info.readOnly ? ` (read-only: ${info.readOnlyReason})` : ''}`,
            `${info.records} records (${Object.entries(counts)
              .map(([type, n]) => `${n} ${type}`)
              .join(', ')})`,
            `${info.changes} changes on ${info.branch}; ${(info.bytes / 1e6).toFixed(2)} MB, of which ${(info.cacheBytes / 1e6).toFixed(2)} MB cache`,
          ];
          return { data, text: lines.join('\n') };
        }
        case 'import':
          if (rest.length === 0) throw usageError('Name the files to import.', USAGE);
          if (existsSync(path)) await open();
          else await client['project.create']({ path, ...secret });
          return importFiles(client, rest, values.heal ?? false, io);
        case 'verify': {
          await open();
          const answer = await client['project.verify']({ repair: values.repair ?? false });
          const text = answer.ok
            ? `${path}: whole`
            : [
                `${path}: ${answer.problems.length} problems`,
                ...answer.problems.map((p) => `- ${p.message}${p.repaired ? ' (repaired)' : ''}`),
              ].join('\n');
          return { data: answer, text, exitCode: answer.ok ? 0 : 4 };
        }
        case 'export': {
          const [output] = rest;
          if (output === undefined) throw usageError('Name the file to write.', USAGE);
          const schema = SCHEMAS.find((known) => known === values.schema?.toUpperCase());
          if (values.schema !== undefined && !schema)
            throw usageError(`--schema is one of ${SCHEMAS.join(', ')}.`, USAGE);
          const deflection_mm = values.deflection === undefined ? undefined : Number(values.deflection);
          if (deflection_mm !== undefined && !(deflection_mm > 0))
            throw usageError('--deflection takes a length in mm above zero.', USAGE);
          await open();
          const { jobId } = await client['files.export']({
            format: formatOfEnding(output),
            path: resolve(output),
            ...(schema ? { schema } : {}),
            ...(deflection_mm === undefined ? {} : { deflection_mm }),
          });
          const value = (await waitForJob(client, jobId, io)) as { bytes: number };
          return { data: value, text: `${output}: ${value.bytes} bytes` };
        }
        default:
          throw usageError(`\`project\` does not know "${action}".`, USAGE);
      }
    });
  },
};

async function importFiles(client: Client<Api>, files: string[], heal: boolean, io: CommandIo): Promise<CommandResult> {
  const imported: unknown[] = [];
  for (const file of files) {
    const { jobId } = await client['files.import']({ path: resolve(file), heal });
    const value = (await waitForJob(client, jobId, io)) as { sourceId: string; partIds: string[] };
    imported.push({ file, ...value });
  }
  return { data: { imported }, text: `${files.length} ${files.length === 1 ? 'file' : 'files'} imported` };
}
