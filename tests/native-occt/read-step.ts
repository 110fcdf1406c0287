/** Native OpenCascade as a second opinion on STEP files: built once where its headers are, absent elsewhere. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HEADERS = '/usr/include/opencascade';
const SOURCE = join(import.meta.dirname, 'read-step.cpp');
const LIBRARIES = [
  ...['XDESTEP', 'STEP', 'STEP209', 'STEPAttr', 'STEPBase', 'XSBase', 'XCAF', 'CAF', 'LCAF', 'CDF', 'TopAlgo'],
  ...['BRep', 'GeomBase', 'GeomAlgo', 'G3d', 'G2d', 'ShHealing', 'Mesh', 'Math', 'ernel'],
].map((name) => `-lTK${name}`);

/** Are headers and a compiler here? The mesher is built from the same. */
export const hasNativeOcct = existsSync(join(HEADERS, 'STEPCAFControl_Reader.hxx')) && existsSync('/usr/bin/g++');

async function program(): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/artificer-tests');
  const version = createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 16);
  const path = join(folder, `read-step-${version}`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}-${process.pid}`;
  await run('/usr/bin/g++', ['-O1', '-w', '-std=c++17', `-I${HEADERS}`, SOURCE, '-o', unfinished, ...LIBRARIES], {
    timeout: 300_000,
  });
  await rename(unfinished, path);
  return path;
}

export interface NativeStep {
  read: boolean;
  transferred: boolean;
  solids: number;
  faces: number;
  volume_mm3: number;
  valid: boolean;
  colours: [number, number, number][];
  names: string[];
  /** Failures and warnings of the file's check and of its translation. */
  complaints: string[];
}

export async function readStepNatively(path: string): Promise<NativeStep> {
  const { stdout } = await run(await program(), [path], { timeout: 120_000 });
  return JSON.parse(stdout) as NativeStep;
}
