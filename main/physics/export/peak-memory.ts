import { readFile } from 'node:fs/promises';

/**
 * Largest resident memory of a process since its program began, by its own account, MiB; 0 where the system does not say.
 * What getrusage says of a process counts the memory of the one that started it, too: on Linux it outlives the exec.
 */
export async function peakMemoryOf(pid: number): Promise<number> {
  try {
    const line = (await readFile(`/proc/${pid}/status`, 'utf8')).split('\n').find((one) => one.startsWith('VmHWM'));
    return Number(line?.replace(/\D/g, '') ?? 0) / 1024;
  } catch {
    return 0;
  }
}
