/** Every function that a script can call is described: in its source, and in docs/scripts.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FEATURE_KINDS } from '../../preload/contract/index.ts';
import { seededRandom } from '../document/index.ts';
import { featureCall } from './writer/feature-source.ts';
import { Names } from './writer/names.ts';
import { randomFeature } from './writer/random-features.fixture.ts';

const FOLDER = join(import.meta.dirname, 'builder');
const PUBLIC = ['history', 'shaping', 'dressing', 'reworking', 'constraints', 'sketch', 'outline', 'steps', 'values'];
const page = readFileSync(join(import.meta.dirname, '../../docs/scripts.md'), 'utf8');

interface Member {
  file: string;
  name: string;
  described: boolean;
}

/** Methods and getters of classes, and functions that are exported to scripts, by how they are indented. */
function membersOf(file: string): Member[] {
  const lines = readFileSync(join(FOLDER, `${file}.ts`), 'utf8').split('\n');
  return lines.flatMap((line, at): Member[] => {
    const name = /^ {2}(?:get )?([a-z]\w*)(?:<[^>]*>)?\(/.exec(line)?.[1];
    if (name === undefined || line.endsWith(';') || ['constructor', 'finish', 'toString'].includes(name)) return [];
    return [{ file, name, described: lines[at - 1]!.trim().endsWith('*/') }];
  });
}
const members = PUBLIC.flatMap(membersOf);

test('the functions are found', () => {
  expect(readdirSync(FOLDER)).toEqual(expect.arrayContaining(PUBLIC.map((name) => `${name}.ts`)));
  expect(members.length).toBeGreaterThan(80);
});

test.each(members)('$name of $file says what it does', ({ described }) => {
  expect(described).toBe(true);
});

test.each(members.map(({ name }) => name))('%s stands in docs/scripts.md', (name) => {
  expect(page).toMatch(new RegExp(`[.\`]${name}\\b`));
});

test.each(FEATURE_KINDS.filter((kind) => kind !== 'sketch'))('%s is made by a function of the page', (kind) => {
  const variables = { length: 'a', angle: 'b', number: 'c' };
  const feature = randomFeature(kind, { random: seededRandom(1), ids: ['feature_aaaaaa'], variables });
  const { method } = featureCall(feature as Exclude<typeof feature, { kind: 'sketch' }>, new Names([], []));
  expect(page).toContain(`p.${method}`);
});
