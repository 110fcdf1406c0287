import { expect, test } from 'vitest';
import { checkFile } from '../../scripts/check-imports.ts';

const says = (path: string, source: string) =>
  checkFile(path, source).map(({ line, message }) => `${line}: ${message}`);

test.each([
  ['main/kernel/port.ts', "import type { Job } from '../../preload/contract/jobs.ts';"],
  ['main/kernel/read.ts', "import { Store } from '../document/index.ts';"],
  ['main/kernel/read.ts', "import fs from 'node:fs';\nimport './other/thing.ts';"],
  ['main/physics/solve.ts', "import type { Kernel } from '../kernel/port.ts';"],
  ['main/physics/solve.ts', "import core from '../../native/index.ts';"],
  ['main/physics/library.ts', "import steel from '../../resources/materials/steel.json' with { type: 'json' };"],
  ['main/engineer/search.ts', "import { solve } from '../physics/index.ts';"],
  ['main/engine.ts', "import { JobManager } from './host/index.ts';\nimport { Kernel } from './kernel/index.ts';"],
  ['main/engine/calls.ts', "import { Kernel } from '../kernel/index.ts';"],
  ['main/cli/inspect.ts', "const { Kernel } = await import('../kernel/index.ts');"],
  ['main/app/index.ts', "import { app } from 'electron';\nimport { createEngine } from '../engine.ts';"],
  ['preload/index.ts', "import { ipcRenderer } from 'electron';"],
  [
    'renderer/app.tsx',
    "import { api } from '../preload/contract/index.ts';\nimport { evaluate } from '../main/document/index.ts';",
  ],
  ['renderer/app.tsx', "import type { ArtificerShell } from '../preload/shell.ts';\nimport React from 'react';"],
  ['main/cli/benchmarks/kernel.ts', "import { bench } from '../../kernel/benchmarks.ts';"],
  ['main/storage/benchmarks.ts', "import { records } from '../document/records.fixture.ts';"],
  ['renderer/vite.config.ts', "import { join } from 'node:path';"],
  ['main/kernel/read.test.ts', "import { anything } from '../physics/inside.ts';"],
  ['tests/e2e/a.spec.ts', "import { app } from 'electron';"],
])('lets %s import %s', (path, source) => {
  expect(says(path, source)).toEqual([]);
});

test.each([
  ['main/kernel/a.ts', "import { solve } from '../physics/index.ts';", 'kernel may not import physics'],
  ['main/kernel/a.ts', "import { mesh } from '../physics/port.ts';", 'kernel may not import physics'],
  ['main/kernel/a.ts', "import { createEngine } from '../engine.ts';", 'kernel may not import engine'],
  ['main/kernel/a.ts', "import { JobManager } from '../host/index.ts';", 'kernel may not import host'],
  ['main/document/a.ts', "import { open } from '../storage/index.ts';", 'document may not import storage'],
  ['main/document/a.ts', "import { readFile } from 'node:fs/promises';", 'document is pure'],
  ['main/document/a.ts', "import fs from 'fs';", 'document is pure'],
  [
    'preload/contract/a.ts',
    "import { Store } from '../../main/document/index.ts';",
    'contract may not import document',
  ],
  ['preload/contract/a.ts', "import { hash } from 'node:crypto';", 'contract runs in a page'],
  ['main/host/a.ts', "import { createEngine } from '../engine.ts';", 'host may not import engine'],
  ['main/engine.ts', "import { app } from 'electron';", 'only main/app'],
  ['main/cli/a.ts', "import type { App } from 'electron';", 'only main/app'],
  ['main/engineer/a.ts', "import { weld } from '../kernel/mesh/weld.ts';", 'kernel is entered by its index.ts'],
  ['main/engineer/a.ts', "export { weld } from '../kernel/mesh/weld.ts';", 'kernel is entered by its index.ts'],
  ['main/engineer/a.ts', "export * from '../kernel/mesh/weld.ts';", 'kernel is entered by its index.ts'],
  ['main/engineer/a.ts', "await import('../kernel/mesh/weld.ts');", 'kernel is entered by its index.ts'],
  ['main/engineer/a.ts', "import { READABLE } from '../kernel/port.ts';", 'or its port.ts, for types'],
  ['main/engine/a.ts', "import { bench } from '../kernel/benchmarks.ts';", 'kernel is entered by its index.ts'],
  ['main/app/a.ts', "import { Store } from '../document/index.ts';", 'app may not import document'],
  ['renderer/a.tsx', "import { Kernel } from '../main/kernel/index.ts';", 'renderer may not import kernel'],
  ['renderer/a.tsx', "import { x } from '../preload/shell.ts';", 'for its types alone'],
  ['renderer/a.tsx', "import { x } from '../main/document/store.ts';", 'document is entered by its index.ts'],
  ['renderer/a.tsx', "import { join } from 'node:path';", 'renderer runs in a page'],
  ['renderer/a.tsx', "import { ipcRenderer } from 'electron';", 'only main/app'],
  ['main/kernel/a.ts', "import x from '../../somewhere/x.ts';", 'belongs to no layer'],
  ['main/cellar/a.ts', 'export {};', 'no layer of the house'],
])('does not let %s: %s', (path, source, why) => {
  expect(says(path, source)).toEqual([expect.stringContaining(why)]);
});

test('names the line, and is not fooled by words in strings and comments', () => {
  const source = [
    "// import { a } from '../physics/index.ts';",
    'const text = "import { a } from \'../physics/index.ts\'";',
    '',
    "import { a } from '../physics/index.ts';",
  ].join('\n');
  expect(checkFile('main/kernel/a.ts', source)).toEqual([
    { file: 'main/kernel/a.ts', line: 4, message: 'kernel may not import physics (main/physics/index.ts)' },
  ]);
});
