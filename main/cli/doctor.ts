/** `artificer doctor`: what this machine offers, and what is missing and what that costs. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ENGINE_VERSION } from '../engine.ts';
import { findBrowser, findElectron } from '../host/index.ts';
import { createPhysics, gmshVersion } from '../physics/index.ts';
import type { Command } from './output.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

interface Finding {
  name: string;
  available: boolean;
  detail: string;
  /** What its absence costs. */
  cost?: string;
}

async function versionOf(program: string, args: string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: 10_000 });
    return (stdout || stderr).trim().split('\n')[0] ?? '';
  } catch (thrown) {
    // ccx -v answers with a non-zero exit code.
    const { stdout } = thrown as { stdout?: string };
    return stdout?.trim() ? stdout.trim().split('\n')[0]! : null;
  }
}

function packageVersion(name: string): string | null {
  for (const folder of require.resolve.paths(name) ?? [])
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }).version;
    } catch {
      // Not in this folder; the next one may have it.
    }
  return null;
}

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'what this machine offers',
  async run() {
    const physics = createPhysics();
    const status = await physics.status();
    await physics.dispose();
    const browser = findBrowser();
    const electron = findElectron(join(import.meta.dirname, '../..'));
    const browserVersion = browser ? await versionOf(browser, ['--version']) : null;
    const ccx = await versionOf('ccx', ['-v']);
    const gmsh = gmshVersion();
    const kernel = packageVersion('opencascade.js');
    const modeller = packageVersion('replicad-opencascadejs');
    const sqlite = packageVersion('better-sqlite3-multiple-ciphers');
    const onnx = packageVersion('onnxruntime-node');
    const findings: Finding[] = [
      {
        name: 'Node',
        available: Number(process.versions.napi) >= 10,
        detail: `${process.version}, Node-API ${process.versions.napi}`,
      },
      {
        name: 'Electron',
        available: electron !== null,
        detail: electron ? `${packageVersion('electron') ?? ''}` : 'no binary on this machine',
        cost: 'the window opens in an installed Chromium, Chrome or Edge instead',
      },
      {
        name: 'Browser',
        available: browser !== null,
        detail: browserVersion ?? 'none found',
        cost: 'no window without Electron, and `render` cannot draw',
      },
      { name: 'Numeric core', ...status.native, cost: 'nothing can be solved' },
      { name: 'Mesher', ...status.mesher, cost: 'nothing can be meshed' },
      { name: 'Kernel, reader', available: kernel !== null, detail: `opencascade.js ${kernel} (LGPL-2.1)` },
      {
        name: 'Kernel, modeller',
        available: modeller !== null,
        detail: `replicad-opencascadejs ${modeller} (LGPL-2.1)`,
      },
      {
        name: 'Project file',
        available: sqlite !== null,
        detail: `SQLite with SQLCipher, better-sqlite3-multiple-ciphers ${sqlite} (MIT)`,
      },
      {
        name: 'ONNX',
        available: onnx !== null,
        detail: onnx ? `onnxruntime-node ${onnx}` : 'not part of this version',
        cost: 'surrogates cannot be asked',
      },
      {
        name: 'CalculiX',
        available: ccx !== null,
        detail: ccx ?? 'not installed',
        cost: 'no second opinion, and the benchmark cannot compare',
      },
      {
        name: 'Gmsh',
        available: gmsh !== null,
        detail: gmsh ?? 'not installed',
        cost: 'no second opinion on another mesh: evidence is verified by our own solver alone',
      },
    ];
    const [cpu] = cpus();
    const data = {
      version: ENGINE_VERSION,
      machine: {
        cores: cpus().length,
        processor: cpu?.model ?? '',
        memory_GiB: totalmem() / 2 ** 30,
        free_GiB: freemem() / 2 ** 30,
        platform: `${process.platform} ${process.arch}`,
      },
      findings,
    };
    const width = Math.max(...findings.map((finding) => finding.name.length));
    const lines = [
      `Artificer ${data.version} on ${data.machine.platform}, ${data.machine.cores} cores (${data.machine.processor}), ${data.machine.memory_GiB.toFixed(1)} GiB`,
      ...findings.map(
        (f) =>
          `${f.available ? ' ok ' : ' -- '} ${f.name.padEnd(width)}  ${f.detail}${!f.available && f.cost ? `: ${f.cost}` : ''}`,
      ),
    ];
    return { data, text: lines.join('\n') };
  },
};
