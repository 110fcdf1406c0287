/** Memory of all processes with one project open and idle for a minute; by then the reader has been ended. */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { waitForJob, withTemporaryEngine } from '../engine-client.ts';
import { sampleFile } from './sample-files.ts';
import type { Benchmark } from './types.ts';

interface ProcessRow {
  pid: number;
  parent: number;
  rss_MiB: number;
}

/** Resident memory of this process and everything it started, MiB. POSIX only. */
export function memoryOfTree(): { total_MiB: number; processes: number } {
  const rows: ProcessRow[] = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, rss] = line.trim().split(/\s+/).map(Number);
      return { pid: pid!, parent: parent!, rss_MiB: rss! / 1024 };
    });
  const tree = new Set([process.pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const row of rows)
      if (tree.has(row.parent) && !tree.has(row.pid)) {
        tree.add(row.pid);
        grown = true;
      }
  }
  const members = rows.filter((row) => tree.has(row.pid));
  return { total_MiB: members.reduce((sum, row) => sum + row.rss_MiB, 0), processes: members.length };
}

const IDLE_SECONDS = 60;

export const memory: Benchmark = {
  name: 'memory',
  summary: 'memory with one project open and idle for a minute',
  async run(io) {
    const file = sampleFile('as1-oc-214.stp');
    if (!file) return { name: 'memory', lines: [], skipped: 'the corpus is not here' };
    if (process.platform === 'win32') return { name: 'memory', lines: [], skipped: 'needs `ps`' };
    return withTemporaryEngine({ front: 'Benchmark' }, async ({ engine, client, dataFolder }) => {
      const before = memoryOfTree();
      await client['project.create']({ path: join(dataFolder, 'memory.artificer') });
      const { jobId } = await client['files.import']({ path: resolve(file) });
      await waitForJob(client, jobId, io);
      const after = memoryOfTree();
      for (let second = 0; second < IDLE_SECONDS && !io.signal.aborted; second++)
        await new Promise((done) => setTimeout(done, 1000));
      const idle = memoryOfTree();
      const readers = engine.kernel
        .status()
        .workers.filter((worker) => worker.role === 'reader' && worker.state !== 'ended');
      return {
        name: 'memory',
        lines: [
          { what: 'engine before a project', value: before.total_MiB, unit: 'MiB' },
          { what: 'right after an import', value: after.total_MiB, unit: 'MiB' },
          { what: `idle for ${IDLE_SECONDS} s`, value: idle.total_MiB, unit: 'MiB' },
          { what: 'processes', value: idle.processes },
          { what: 'readers still running', value: readers.length, bar: 'none', holds: readers.length === 0 },
        ],
      };
    });
  },
};
