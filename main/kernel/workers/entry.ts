/**
 * Where a worker's program is: beside its source while developing, where Node strips the types itself, and beside the
 * bundled engine in the packaged application, where every entry is a file `out/main/<name>.js`.
 */
export type WorkerName = 'kernel-reader' | 'kernel-modeller';

export function workerEntry(name: WorkerName): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? `./${name}.ts` : `./${name}.js`, import.meta.url);
}
