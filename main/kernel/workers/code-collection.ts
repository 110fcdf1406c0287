/**
 * V8 before 13.7 can free a WebAssembly import wrapper twice when threads that use WebAssembly end while others run, and
 * aborts the whole process: `Check failed: jit_page_->allocations_.erase(addr) == 1` (nodejs/node#64500; its lookup of
 * wrappers that another thread is freeing was mended in V8's commit 9b8ca54d5a of April 2025, which Node 24 does not have).
 * Kernels are threads that come and go, so on such a V8 replaced WebAssembly code is kept instead of collected: some
 * megabytes of baseline code for each module, once in a process, since modules are shared.
 */
import { setFlagsFromString } from 'node:v8';

/** Whether this V8 frees WebAssembly code that is in use, from `process.versions.v8`. */
export function collectsCodeInUse(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 13 || (major === 13 && minor < 7);
}

/** To be called before a kernel is started; calling it again changes nothing. */
export function keepWebAssemblyCode(version: string = process.versions.v8): void {
  if (collectsCodeInUse(version)) setFlagsFromString('--no-wasm-code-gc');
}
