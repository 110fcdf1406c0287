/**
 * Runs the mesher in a process of its own: it can hang, crash or grow without harm, and ends within a second of a cancel.
 * Its standard output is one JSON object a line: progress while it works, an error before it fails.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ArtificerError, cancelled } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';

export interface MesherLimits {
  seconds: number;
  memory_MiB: number;
}

/** How a run of the mesher ended badly; the caller decides whether other settings may help. */
export class MesherFailure extends Error {
  readonly kind: 'crashed' | 'refused' | 'timed-out' | 'too-much-memory';
  readonly code: string;
  /** What the mesher itself advises. */
  readonly hint: string;
  constructor(kind: MesherFailure['kind'], message: string, code = '', hint = '') {
    super(message);
    this.kind = kind;
    this.code = code;
    this.hint = hint;
  }
}

/** Resident memory of a process, MiB; null where the system does not say. */
async function residentMemory(pid: number): Promise<number | null> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
    return (pages * 4096) / 2 ** 20;
  } catch {
    return null;
  }
}

/** @returns the mesh bundle's bytes */
export async function runMesher(
  mesherPath: string,
  brep: Uint8Array,
  options: object,
  limits: MesherLimits,
  context: JobContext,
  workingFolder: string = tmpdir(),
): Promise<Uint8Array> {
  if (context.signal.aborted) throw cancelled('Meshing');
  const folder = await mkdtemp(join(workingFolder, 'artificer-mesh-'));
  try {
    const input = join(folder, 'in.brep');
    const output = join(folder, 'out.bin');
    const settings = join(folder, 'options.json');
    await writeFile(input, brep);
    await writeFile(settings, JSON.stringify(options));
    await spawnMesher(mesherPath, [input, output, settings], folder, limits, context);
    return new Uint8Array(await readFile(output));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Moves a mesh's surface from the geometry it was made on to another of the same topology.
 * @param mesh the mesh bundle; @param correspondence the number there of each face, edge and vertex
 * @returns a bundle of `nodes` (3n, mm) and `surface` (n marks)
 */
export async function runMorph(
  mesherPath: string,
  from: Uint8Array,
  mesh: Uint8Array,
  to: Uint8Array,
  correspondence: object,
  limits: MesherLimits,
  context: JobContext,
  workingFolder: string = tmpdir(),
): Promise<Uint8Array> {
  if (context.signal.aborted) throw cancelled('Following the geometry');
  const folder = await mkdtemp(join(workingFolder, 'artificer-morph-'));
  try {
    const files = ['old.brep', 'mesh.bin', 'new.brep', 'out.bin', 'correspondence.json'].map((name) =>
      join(folder, name),
    );
    await Promise.all([
      writeFile(files[0]!, from),
      writeFile(files[1]!, mesh),
      writeFile(files[2]!, to),
      writeFile(files[4]!, JSON.stringify(correspondence)),
    ]);
    await spawnMesher(mesherPath, ['--morph', ...files], folder, limits, context);
    return new Uint8Array(await readFile(files[3]!));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function spawnMesher(
  mesherPath: string,
  files: string[],
  folder: string,
  limits: MesherLimits,
  context: JobContext,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(mesherPath, files, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let failure: Error | null = null;
    let said: NonNullable<Line['error']> | null = null;
    let stderr = '';
    const end = (reason: Error): void => {
      failure ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => end(cancelled('Meshing'));
    context.signal.addEventListener('abort', onAbort, { once: true });
    const clock = setTimeout(
      () => end(new MesherFailure('timed-out', `meshing took over ${limits.seconds} s`)),
      1000 * limits.seconds,
    );
    const watch = setInterval(async () => {
      const used = child.pid ? await residentMemory(child.pid) : null;
      if (used !== null && used > limits.memory_MiB)
        end(new MesherFailure('too-much-memory', `meshing took over ${limits.memory_MiB} MiB`));
    }, 250);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = parseLine(line);
      if (!message) return;
      if (message.error) said = message.error;
      else if (message.stage) context.progress(message.stage, message.fraction ?? null);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2000);
    });
    const finish = (error: Error | null): void => {
      clearTimeout(clock);
      clearInterval(watch);
      context.signal.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    };
    child.on('error', (error) =>
      finish(
        new ArtificerError({
          code: 'physics.no-mesher',
          category: 'fault',
          message: 'The mesher could not be started.',
          hint: 'Run the set-up again; it builds the mesher where Netgen (libnglib) is installed.',
          cause: error.message,
        }),
      ),
    );
    child.on('close', (code, signal) => {
      if (failure) return finish(failure);
      if (code === 0) return finish(null);
      if (said) return finish(new MesherFailure('refused', said.message, said.code, said.hint));
      const how = signal ? `ended by ${signal}` : `exit code ${code}`;
      finish(new MesherFailure('crashed', `${how}${stderr ? `: ${stderr.trim().split('\n').at(-1)}` : ''}`));
    });
  });
}

interface Line {
  stage?: string;
  fraction?: number;
  error?: { code: string; message: string; hint?: string };
}

/** Netgen prints to standard output too: whatever is not one of our objects is passed over. */
function parseLine(line: string): Line | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}
