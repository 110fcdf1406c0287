/** Gmsh (Debian's package gmsh) as another mesher to compare with. GPL: only ever a process of its own, with files. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancelled } from '../../../preload/contract/errors.ts';
import type { JobContext } from '../../../preload/contract/jobs.ts';
import { physicsFault } from '../errors.ts';
import { foreignMesh } from '../exchange/foreign-mesh.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { requireCore } from '../native-core.ts';
import { readMsh } from './msh-reader.ts';

/** Of a busy machine: a part of many small holes takes Gmsh minutes. */
const MOST_SECONDS = 1200;

/** The version's words, or null where Gmsh is not installed. */
export function gmshVersion(): string | null {
  const answer = spawnSync('gmsh', ['--version'], { encoding: 'utf8' });
  return answer.error ? null : (answer.stdout.trim() || answer.stderr.trim()).split('\n').at(-1)!;
}

export interface GmshSize {
  /** Largest element edge. */
  size_mm: number;
  /** Elements along a full circle of curvature. */
  aroundCircle: number;
}

/**
 * Meshes solids with second-order tetrahedra. Curved sides are mended by Gmsh where they turned elements inside out: that takes
 * it five times as long as the mesh itself.
 * @throws ArtificerError `study.gmsh-failed`
 */
export async function meshWithGmsh(brep: Uint8Array, size: GmshSize, context: JobContext): Promise<VolumeMesh> {
  const { mesh } = foreignMesh(readMsh(await mshOf(brep, size, false, context)));
  return requireCore().meshQuality(mesh.nodes, mesh.elements).invertedElements.length === 0
    ? mesh
    : foreignMesh(readMsh(await mshOf(brep, size, true, context))).mesh;
}

/**
 * The mesh as Gmsh writes it.
 * @param mend look for better places of midside nodes
 * @throws ArtificerError `study.gmsh-failed`
 */
export async function mshOf(brep: Uint8Array, size: GmshSize, mend: boolean, context: JobContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'artificer-gmsh-'));
  try {
    await writeFile(join(folder, 'part.brep'), brep);
    const output = await run(folder, size, mend, context);
    const text = await readFile(join(folder, 'part.msh'), 'latin1').catch(() => null);
    if (text === null) throw physicsFault('gmsh-failed', 'Gmsh could not mesh the part.', undefined, output);
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(folder: string, { size_mm, aroundCircle }: GmshSize, mend: boolean, context: JobContext): Promise<string> {
  const options = ['-clmax', String(size_mm), '-clmin', String(size_mm / 20), '-clcurv', String(aroundCircle)];
  if (mend) options.push('-optimize_ho');
  return new Promise((resolve, reject) => {
    const child = spawn(
      'gmsh',
      ['part.brep', '-3', '-order', '2', ...options, '-format', 'msh2', '-o', 'part.msh', '-v', '2'],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 1000 * MOST_SECONDS },
    );
    let text = '';
    const collect = (chunk: string): void => {
      text = (text + chunk).slice(-3000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    context.signal.addEventListener('abort', stop, { once: true });
    if (context.signal.aborted) stop();
    child.on('error', reject);
    child.on('close', () => {
      context.signal.removeEventListener('abort', stop);
      if (context.signal.aborted) reject(cancelled('Meshing with Gmsh'));
      else resolve(text);
    });
  });
}
