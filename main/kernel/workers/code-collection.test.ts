/** The guard against V8's double free of WebAssembly code. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { collectsCodeInUse } from './code-collection.ts';

/** (func (export "count") (param i32)): a loop that counts up to its argument. */
const COUNTING = 'AGFzbQEAAAABBgFgAX8BfwMCAQAHCQEFY291bnQAAAoXARUBAX8DQCABQQFqIgEgAEkNAAsgAQs=';

describe('the collection of WebAssembly code', () => {
  it('is known to be unsafe up to V8 13.6, and left alone from 13.7 on', () => {
    expect(
      ['11.3.244.8-node.38', '12.4.254.21-node.33', '13.6.233.17-node.52', '13.7.152.1', '14.2.231', ''].map(
        collectsCodeInUse,
      ),
    ).toEqual([true, true, true, false, false, true]);
  });

  it.runIf(collectsCodeInUse(process.versions.v8))('is off once a kernel was made', async () => {
    const collections = async (prepare: string): Promise<number> => {
      // A function that runs long is compiled anew, and its first code could be collected.
      const program = `
        import { setFlagsFromString } from 'node:v8';
        ${prepare}
        // Only from here: stripping types is WebAssembly too.
        setFlagsFromString('--trace-wasm-code-gc');
        const bytes = Uint8Array.from(Buffer.from(process.argv[1], 'base64'));
        const { exports } = (await WebAssembly.instantiate(bytes)).instance;
        for (let round = 0; round < 50; round++) exports.count(200000);
        await new Promise((resolve) => setTimeout(resolve, 500));
        for (let round = 0; round < 50; round++) exports.count(200000);
      `;
      const child = spawn(
        process.execPath,
        ['--stress-wasm-code-gc', '--input-type=module-typescript', '-e', program, COUNTING],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      const code = await new Promise((resolve) => child.on('exit', resolve));
      expect(code).toBe(0);
      return output.split('[wasm-gc] Starting GC').length - 1;
    };
    const kernel = new URL('../index.ts', import.meta.url).href;
    const made = `const { createKernel } = await import(${JSON.stringify(kernel)}); createKernel();`;
    expect(await collections('')).toBeGreaterThan(0);
    expect(await collections(made)).toBe(0);
  });
});
